"""Saying what was done of a task. Imperative verbs, one event each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import UploadedFile

from tanheng.kernel.faults import Refusal
from tanheng.records.evidence import keep_evidence
from tanheng.records.models import Event, Person
from tanheng.records.task_reports import Progress, report_progress
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.task_board import board_with, has_part, own_names
from tanheng.web.ui.uploads import contents_of

_MOST_FILES = 10
"""How many files one report may bring: a setting."""


def report_tasks(
    *, scope: Scope, tasks: Mapping[str, int], said: Mapping[str, str], files: Iterable[UploadedFile], token: str
) -> Event:
    """Records what a department says of one or several of its tasks, with the files that prove it.

    Reads    tasks: by id the position of the last report that the sender had seen.
    Refuses  not-permitted; obligation-unknown: a task that does not exist or is out of reach; evidence-too-many,
             before a file is kept; whatever keeping the evidence and `report_progress` refuse.
    """
    scope.require("track")
    for id in tasks:
        item = board_with(scope, id).task(id)
        if not has_part(scope, item.task):
            raise Refusal("obligation-unknown", id=id)
    evidence = tuple(keep_evidence(name, content) for name, content in contents_of(list(files), _MOST_FILES))
    party = "、".join(sorted(own_names(scope))[:1]) if not scope.sees_all else ""
    actor = Person.objects.get(id=scope.person)
    return report_progress(tasks, Progress(**said, evidence=evidence), actor, party=party, token=token)
