"""Tasks that open points of a month became: recorded like those of any document, and linked with the point both ways.

The document of such a task is the list of follow-ups of its month; the point stays in that list until it is settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from tanheng.kernel.demand import Task
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.period import read_date
from tanheng.records.canonical import canonical
from tanheng.records.case_models import CaseMove
from tanheng.records.chain import lock_log
from tanheng.records.models import Person
from tanheng.records.obligations import Decision, ReviewedInstrument, record_review
from tanheng.records.standing_obligations import RecordedObligation, kept_reading, obligations_as_of
from tanheng.web.cases.own_pages import case_href
from tanheng.web.cases.selectors import case_seen
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.task_board import board_with
from tanheng.web.obligations.task_words import stand_said
from tanheng.web.ui.texts import within
from tanheng.web.ui.words import said

POINT = "point"
_DOCUMENT = "follow-up-"
_LONGEST, _LONGEST_PARTIES = 200, 300
_PROPOSER = "follow-up"


@dataclass(frozen=True)
class PointSeen:
    """A point of a month that a reader sees: its move, who answers for it by the name that documents write, by when."""

    key: str
    move: CaseMove
    text: str
    party: str
    due: date
    href: str

    @property
    def document(self) -> str:
        """The list of follow-ups that it stands in."""
        return f"{_DOCUMENT}{self.move.case.replace('/', '-')}"

    @property
    def task(self) -> str:
        """The task that it becomes, or has become."""
        return f"{self.document}.p{self.move.number}"


@dataclass(frozen=True)
class TaskAsked:
    """What is asked of whom by when, as it was typed; several parties with 、 between."""

    label: str
    lead: str
    supporting: str
    due: str


@dataclass(frozen=True)
class PointTask:
    """The task of a point: its name, its page, and where it stands."""

    label: str
    href: str
    stand: str


def point_seen(key: str, scope: Scope) -> PointSeen:
    """A point by its key, `case/3#14`.

    Refuses  month-point-unknown: no such point, or none in reach.
    """
    case, _, number = key.partition("#")
    try:
        moves = case_seen(case, scope).moves
    except Refusal as refusal:
        if refusal.code != "case-unknown":
            raise
        moves = ()
    found = next((move for move in moves if move.move == POINT and str(move.number) == number), None)
    if found is None:
        raise Refusal("month-point-unknown", point=key[:80] or "-")
    party = scope.ground.directory.label_of(found.given["party"], "zh")
    return PointSeen(key, found, found.said, party, read_date(found.given["due"]), case_href(moves[-1]))


def task_from_point(key: str, *, asked: TaskAsked, scope: Scope) -> str:
    """Makes a task of a point; asked for twice, it is the task of then.

    Gives    the id of the task.
    Refuses  not-permitted; month-point-unknown; task-incomplete; date-unreadable; case-due-past; text-too-long.
    """
    scope.require("supervise")
    scope.require("adopt")
    point = point_seen(key, scope)
    task = _task(point, asked, scope)
    with transaction.atomic():
        lock_log()
        standing = {item.obligation.id: item for item in _of_document(point.document, scope.day)}
        if point.task not in standing:
            decided = _decided(point, task, list(standing.values()))
            record_review(*decided, Person.objects.get(id=scope.person), note=key)
    return point.task


def tasks_of_points(keys: Iterable[str], scope: Scope) -> Mapping[str, PointTask]:
    """The tasks that some points have become, by point, as far as the reader sees them."""
    found = {}
    for key in keys:
        case, _, number = key.partition("#")
        id = f"{_DOCUMENT}{case.replace('/', '-')}.p{number}"
        try:
            item = board_with(scope, id).task(id)
        except Refusal as refusal:
            if refusal.code not in ("obligation-unknown", "tasks-of-no-year", "tasks-none"):
                raise
            continue
        found[key] = PointTask(said(item.task.label), reverse("task", args=[id]), stand_said(item.stand))
    return found


def origin_of_task(task: Task, scope: Scope) -> tuple[str, str]:
    """What a task became a task from: the title of the case of the month and its page; empty where it is another's."""
    if not task.id.startswith(_DOCUMENT):
        return "", ""
    case, _, number = task.id.removeprefix(_DOCUMENT).rpartition(".p")
    procedure, _, count = case.rpartition("-")
    try:
        point = point_seen(f"{procedure}/{count}#{number}", scope)
    except Refusal as refusal:
        if refusal.code != "month-point-unknown":
            raise
        return "", ""
    return point.move.title, f"{point.href}#points"


def _task(point: PointSeen, asked: TaskAsked, scope: Scope) -> Task:
    label, leads = within(asked.label, _LONGEST), _names(within(asked.lead, _LONGEST_PARTIES))
    if not label or not leads:
        raise Refusal("task-incomplete")
    due = read_date(asked.due.strip())
    if due < scope.day:
        raise Refusal("case-due-past", due=due, day=scope.day)
    party = str(point.move.given["party"])
    return Task(
        id=point.task,
        label=Label(zh=label, en=label),
        clause=f"{point.document}#p{point.move.number}",
        place=f"#{point.move.number}",
        subject=party if party.startswith("area/") else "",
        due=f"{scope.day.isoformat()}..{due.isoformat()}",  # its time runs from the day it is set
        lead_parties=leads,
        supporting_parties=_names(within(asked.supporting, _LONGEST_PARTIES)),
    )


def _decided(
    point: PointSeen, task: Task, before: Sequence[RecordedObligation]
) -> tuple[ReviewedInstrument, Sequence[Decision]]:
    """The list of follow-ups with one more line: what stood in it before stays at its place."""
    text = str(kept_reading(before[0].instrument)["text"]) if before else ""
    start = len(text) + 1 if text else 0
    text = f"{text}\n{task.label.zh}" if text else task.label.zh
    periods = {period for item in before for period in item.instrument.periods} | {task.due[-10:-6]}
    instrument = ReviewedInstrument(
        id=point.document,
        title=f"{point.move.title}·后续事项",
        file=point.move.case,
        content=canonical({"case": point.move.case}).encode(),
        reading=json.dumps(_reading(text), ensure_ascii=False).encode(),
        issued=before[0].instrument.issued if before else point.move.event.at.date(),
        periods=tuple(sorted(periods)),
    )
    return instrument, [Decision(task, (start, len(text)), _PROPOSER)]


def _reading(text: str) -> Mapping[str, Any]:
    return {"text": text}


def _of_document(document: str, day: date) -> Sequence[RecordedObligation]:
    try:
        return obligations_as_of(day, instrument=document)
    except Refusal as refusal:
        if refusal.code != "instrument-unknown":
            raise
        return ()


def _names(text: str) -> tuple[str, ...]:
    parts = text.replace(";", "、").replace("；", "、").replace("，", "、").replace(",", "、").split("、")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
