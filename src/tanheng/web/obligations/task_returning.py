"""Collecting and merging: the workbooks that came back as a job, the differences that it finds, and recording them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.obligation.tracking import Tracked, folded
from tanheng.records.chain import lock_log
from tanheng.records.checking import Progress
from tanheng.records.evidence import LARGEST, keep_evidence
from tanheng.records.models import Person
from tanheng.records.recording import record_observations
from tanheng.records.registers import Origin
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import blobs
from tanheng.records.task_mailing import BackFile, Mailing, mailing_of, note_back, was_noted_back
from tanheng.records.tracking import task_board
from tanheng.reports.task_merge import Merged, merge
from tanheng.reports.task_sheets import TITLE, PartySheet, write_table
from tanheng.store import load_packs
from tanheng.store.workbook import read_workbook
from tanheng.web.cases.jobs import begin_job
from tanheng.web.cases.models import Job
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.task_sending import seats_sending

KIND = "merge_task_sheets"
WORKBOOKS = ("csv", "et", "xls", "xlsx")
STEPS = ("opening", "reading", "comparing")
_LAYOUT = "task_progress"
_TOLD = ("progress", "completion", "status", "problems", "next", "evidence")
_OLD = {"problems": "problem", "next": "next_step"}
"""What a field of the workbooks is called where it was said by a page."""
_MOST_FILES = 200
_SHOWN_AT_MOST = 500
_ORDER = {Severity.BLOCKER: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def begin_merge(*, scope: Scope, number: int, files: Sequence[UploadedFile], token: str) -> Job:
    """Keeps the workbooks that came back and has them merged in the background; nothing is recorded.

    Refuses  not-permitted; task-sheets-unknown; evidence-…: a file is no workbook, too large, or there are too many.
    """
    scope.require("split")
    mailing = mailing_of(number, seats_sending(scope))
    if not files:
        raise Refusal("evidence-empty", name="-")
    if len(files) > _MOST_FILES:
        raise Refusal("evidence-too-many", count=len(files), limit=_MOST_FILES)
    if scope.person is None:
        raise Refusal("no-mandate")
    kept = [_kept(file) for file in files]
    asked = {"number": number, "day": scope.day.isoformat(), "files": kept}
    return begin_job(
        kind=KIND, title=f"{mailing.year} {TITLE} ({len(kept)})", asked=asked, person=scope.person, token=token
    )


def merge_returned(asked: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """The job itself: one table out of the workbooks, with every problem, difference and conflict named.

    Refuses  task-sheets-unknown; tasks-none; whatever making the merged workbook refuses.
    """
    progress(STEPS[0], 0, len(asked["files"]))
    mailing, day, packs = mailing_of(asked["number"]), date.fromisoformat(asked["day"]), load_packs()
    tracked = {item.task.id: item for item in task_board(mailing.year, day, packs).tasks}
    sheets = [_sheet(sheet.party, sheet.tasks, tracked) for sheet in mailing.sheets]
    with tempfile.TemporaryDirectory() as folder:
        names = _laid_out(Path(folder), asked["files"])
        told = partial(progress, STEPS[1])
        merged = merge(Path(folder), sheets, packs, directory_as_of(), day, mailing.year, told)
    progress(STEPS[2], len(names), len(names))
    return _outcome(mailing, merged, tracked, names)


def record_returned(*, scope: Scope, job: Job) -> Mailing:
    """Records what the merged workbook says, and which workbooks came back, in one transaction: an import, which can
    be taken back like any other, and the event that names the workbooks.

    Gives    the mailing as it stands then; of a form that was sent before, as it stands.
    Refuses  not-permitted; task-sheets-unknown; task-sheets-empty; task-sheets-moved: a task was reported on since the
             workbooks were checked; nothing is recorded then.
    """
    scope.require("split")
    outcome, actor = job.outcome, Person.objects.get(id=scope.person)
    mailing = mailing_of(outcome["number"], seats_sending(scope))
    if not outcome["reported"]:
        raise Refusal("task-sheets-empty")
    packs = load_packs()
    path = blobs().path(outcome["reported"])
    name = f"{mailing.year}年{TITLE}_汇总.xlsx"
    with transaction.atomic():
        lock_log()
        if was_noted_back(str(job.id)) is not None:
            return mailing
        _refuse_moved(mailing, outcome["seen"], scope.day)
        reading = read_workbook(path, None, packs, directory_as_of(), scope.day, outcome["reported"], name=name)
        origin = Origin(outcome["reported"], scope.day, _LAYOUT)
        done = record_observations((), actor, name, rows=reading.rows, origin=origin)
        files = [BackFile(item["party"], item["file"], item["digest"]) for item in outcome["returned"]]
        note_back(mailing.number, files, done.position, actor, token=str(job.id))
    return mailing_of(mailing.number)


def _kept(file: UploadedFile) -> Mapping[str, str]:
    name = file.name or "-"
    if file.size is not None and file.size > LARGEST:
        raise Refusal("evidence-too-large", name=name, limit=LARGEST // 1024 // 1024)
    kept = keep_evidence(name, file.read())
    if kept.kind not in WORKBOOKS:
        raise Refusal("evidence-kind-unknown", name=kept.name, kinds=", ".join(WORKBOOKS))
    return {"name": kept.name, "digest": kept.digest}


def _sheet(party: str, tasks: Sequence[str], tracked: Mapping[str, Tracked]) -> PartySheet:
    """What was sent to a party, as far as its tasks still count."""
    return PartySheet(party, tuple(tracked[id] for id in tasks if id in tracked))


def _laid_out(folder: Path, files: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """Puts the workbooks into a folder under their names, a second one of a name under a name of its own.

    Gives    their hashes by name.
    """
    found: dict[str, str] = {}
    for file in files:
        stem, dot, ending = file["name"].rpartition(".")
        name, number = file["name"], 1
        while name in found:
            number += 1
            name = f"{stem} ({number}){dot}{ending}"
        (folder / name).write_bytes(blobs().get(file["digest"]))
        found[name] = file["digest"]
    return found


def _outcome(
    mailing: Mailing, merged: Merged, tracked: Mapping[str, Tracked], names: Mapping[str, str]
) -> Mapping[str, Any]:
    """What the page of the job shows, as plain values, and the hashes of the two workbooks made of it."""
    said = [row for row in merged.rows if any(row.get(name) for name in _TOLD)]
    findings = sorted(merged.findings, key=_weight)
    back_before = set(mailing.back)
    return {
        "number": mailing.number,
        "merged": _workbook(mailing.year, merged.rows),
        "reported": _workbook(mailing.year, said) if said else "",
        "rows": [_difference(row, tracked[row["task_id"]]) for row in said],
        "silent": len(merged.rows) - len(said),
        "returned": [{"party": item.party, "file": item.file, "digest": names[item.file]} for item in merged.returned],
        "missing": [
            {"party": sheet.party, "tasks": len(sheet.tasks)}
            for sheet in merged.missing
            if sheet.party not in back_before
        ],
        "conflicts": [
            {"task": tracked[one.task].task.label.zh, "field": one.field, "said": [list(pair) for pair in one.said]}
            for one in merged.conflicts
        ],
        "beside": [{"task": task, "who": who, "said": dict(told)} for task, who, told in merged.beside],
        "seen": {row["task_id"]: _last_position(tracked[row["task_id"]]) for row in said},
        "findings": [finding.as_json() for finding in findings[:_SHOWN_AT_MOST]],
        "all_findings": len(findings),
    }


def _workbook(year: int, rows: Sequence[dict[str, str]]) -> str:
    """The merged table as a workbook, kept; its hash."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "merged.xlsx"
        write_table(path, f"{year}年{TITLE}（汇总）", rows)
        return blobs().put(path.read_bytes())


def _difference(row: Mapping[str, str], item: Tracked) -> Mapping[str, Any]:
    """What was said of a task before and what is said now, field by field; `changed` names the fields that differ."""
    last = item.last.row if item.last is not None else None
    old = {}
    for name in _TOLD:
        other = _OLD[name] if name in _OLD else name
        old[name] = (last.text(name) or last.text(other) or "") if last is not None else ""
    new = {name: row[name] if name in row else "" for name in _TOLD}
    return {
        "task": item.task.id,
        "label": item.task.label.zh,
        "lead": "、".join(item.task.lead_parties),
        "old": old,
        "new": new,
        "changed": [name for name in _TOLD if folded(old[name]) != folded(new[name])],
    }


def _refuse_moved(mailing: Mailing, seen: Mapping[str, int], day: date) -> None:
    tracked = {item.task.id: item for item in task_board(mailing.year, day, load_packs()).tasks}
    moved = [id for id, position in seen.items() if id not in tracked or _last_position(tracked[id]) != position]
    if moved:
        raise Refusal("task-sheets-moved", count=len(moved))


def _last_position(item: Tracked) -> int:
    return item.last.row.position if item.last is not None else 0


def _weight(finding: Finding) -> int:
    return _ORDER[finding.severity]
