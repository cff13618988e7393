"""Where each task stands on a day: done, overdue, at risk, not updated; from what departments reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from tanheng.kernel.demand import Task
from tanheng.kernel.fact import KeptRow
from tanheng.kernel.obligation.schedule import Schedule, schedule_of
from tanheng.kernel.pack.task_schedule import TaskSchedules

REGISTER = "tasks"
_BLANKS = re.compile(r"[\s，。、；：,.;:（）()“”\"]+")
_ALL = Decimal(100)


class Stand(StrEnum):
    """Where a task stands. Nothing reported is a state of its own, and never progress."""

    DONE = "done"
    UNPROVED = "unproved"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    AT_RISK = "at_risk"
    STALE = "stale"
    SILENT = "silent"
    ON_TRACK = "on_track"


@dataclass(frozen=True)
class Report:
    """What a department said of a task: the row, the completion in per cent where it gave one, whether it is done."""

    row: KeptRow
    completion: Decimal | None
    done: bool

    @property
    def evidence(self) -> str:
        """The numbers of the files that prove completion."""
        return self.row.text("evidence") or ""


@dataclass(frozen=True)
class Tracked:
    """A task on a day: its schedule, its reports in order, and where it stands."""

    task: Task
    schedule: Schedule
    reports: tuple[Report, ...]
    stand: Stand
    days_left: int | None
    expected: Decimal | None

    @property
    def last(self) -> Report | None:
        """The latest report."""
        return self.reports[-1] if self.reports else None


def tracked(
    tasks: Iterable[Task], rows: Sequence[KeptRow], day: date, year: int, words: TaskSchedules
) -> tuple[Tracked, ...]:
    """Every task with where it stands on a day; the order is kept.

    Reads    rows: kept rows of 任务进展表 (number, task, progress, completion, status, evidence), in any order; those
             that became known after the day do not count. A row belongs to a task by its id, else by its number
             together with its wording, else by its wording.
    Gives    done only with evidence; completion that is claimed without any is `unproved`.
    """
    known = sorted((row for row in rows if row.known <= day), key=lambda row: (row.known, row.position))
    by_task = _by_task(list(tasks), known)
    return tuple(_state(task, mine, day, year, words) for task, mine in by_task)


def unplaced(tasks: Iterable[Task], rows: Sequence[KeptRow]) -> list[KeptRow]:
    """The rows that belong to no task: reported, and to be placed by hand."""
    placed = {id(row) for _, mine in _by_task(list(tasks), rows) for row in mine}
    return [row for row in rows if id(row) not in placed]


def expected_completion(schedule: Schedule, day: date) -> Decimal | None:
    """How much of the time of a task has passed by a day, in per cent; None where it has no last day."""
    if schedule.due is None or schedule.start is None or schedule.due < schedule.start:
        return None
    passed = Decimal((day - schedule.start).days + 1) / Decimal((schedule.due - schedule.start).days + 1)
    return max(Decimal(0), min(Decimal(1), passed)) * _ALL


def _state(task: Task, rows: Sequence[KeptRow], day: date, year: int, words: TaskSchedules) -> Tracked:
    schedule = schedule_of(task, year, words)
    reports = tuple(_report(row, words) for row in rows)
    left = None if schedule.due is None else (schedule.due - day).days
    expected = expected_completion(schedule, day)
    stand = _stand(schedule, reports[-1] if reports else None, left, expected, day, words)
    return Tracked(task, schedule, reports, stand, left, expected)


def _stand(
    schedule: Schedule, last: Report | None, left: int | None, expected: Decimal | None, day: date, words: TaskSchedules
) -> Stand:
    if last is not None and last.done:
        return Stand.DONE if last.evidence else Stand.UNPROVED
    if left is not None and left < 0:
        return Stand.OVERDUE
    if last is None:
        return Stand.SILENT
    if (day - last.row.known).days > words.stale_days:
        return Stand.STALE
    if left is not None and not schedule.continuous and left <= words.warn_days:
        return Stand.DUE_SOON
    lags = expected is not None and last.completion is not None and last.completion + words.behind_by < expected
    return Stand.AT_RISK if lags else Stand.ON_TRACK


def _report(row: KeptRow, words: TaskSchedules) -> Report:
    completion = _number(row.text("completion"))
    said = f"{row.text('status') or ''} {row.text('progress') or ''}".strip()
    done = completion is not None and completion >= _ALL
    return Report(row, completion, done or any(re.match(word, said) for word in words.done))


def _number(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text.strip().rstrip("%％"))
    except InvalidOperation:
        return None


def _by_task(tasks: Sequence[Task], rows: Sequence[KeptRow]) -> list[tuple[Task, list[KeptRow]]]:
    found: dict[str, list[KeptRow]] = {task.id: [] for task in tasks}
    names = _names(tasks)
    for row in rows:
        task = _task_of(row, found, names)
        if task is not None:
            found[task].append(row)
    return [(task, found[task.id]) for task in tasks]


def _names(tasks: Sequence[Task]) -> Mapping[str, str]:
    """The task of each wording; a wording that two tasks share names neither without their number."""
    several: dict[str, set[str]] = {}
    for task in tasks:
        for name in (folded(task.label.zh), f"{task.number}#{folded(task.label.zh)}"):
            several.setdefault(name, set()).add(task.id)
    return {name: next(iter(ids)) for name, ids in several.items() if len(ids) == 1}


def _task_of(row: KeptRow, known: Mapping[str, object], names: Mapping[str, str]) -> str | None:
    id = row.text("task_id")
    if id is not None and id in known:
        return id
    wording = folded(row.text("task") or "")
    numbered = f"{row.text('number') or ''}#{wording}"
    return names[numbered] if numbered in names else names.get(wording)


def folded(text: str) -> str:
    """A wording as it is compared: without blanks, punctuation and quotation marks, which senders change."""
    return _BLANKS.sub("", text)
