"""What the pages of tasks show. Reads only."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.urls import reverse

from tanheng.kernel.obligation.tracking import Report, Stand, Tracked
from tanheng.records.obligation_models import Instrument
from tanheng.records.people import names_of
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.models import SavedFilter
from tanheng.web.obligations.point_tasks import origin_of_task
from tanheng.web.obligations.task_board import Board, board_of, board_with, has_part, own_names
from tanheng.web.obligations.task_filters import VIEWS, Filter, parties_of, saved_filters
from tanheng.web.obligations.task_words import ORDER, stand_colour, stand_said, stand_sign
from tanheng.web.ui.words import said

_MONTHS = 12


@dataclass(frozen=True)
class StandShown:
    """Where a task stands: its sign and word beside the colour."""

    id: str
    sign: str
    word: str
    colour: str


@dataclass(frozen=True)
class TaskLine:
    """A task in one line."""

    id: str
    href: str
    number: str
    label: str
    category: str
    lead: str
    supporting: str
    stand: StandShown
    due: date | None
    schedule: str
    days_left: int | None
    completion: str
    expected: str
    progress: str
    seen: int

    @property
    def late_by(self) -> int:
        """The days since it was due."""
        return -(self.days_left or 0)


@dataclass(frozen=True)
class Column:
    """A column of the board: the tasks of one stand."""

    stand: StandShown
    lines: Sequence[TaskLine]


@dataclass(frozen=True)
class Month:
    """A month of the calendar with the tasks due in it; `is_now` where the reader's day lies."""

    start: date
    lines: Sequence[TaskLine]
    is_now: bool


@dataclass(frozen=True)
class TaskListPage:
    """The list of tasks: as a table, a board or a calendar."""

    asked: Filter
    year: int
    years: Sequence[tuple[int, str, bool]]
    views: Sequence[tuple[str, str, bool]]
    counts: Sequence[tuple[StandShown, int, str, bool]]
    whole: int
    lines: Sequence[TaskLine]
    columns: Sequence[Column]
    months: Sequence[Month]
    undated: Sequence[TaskLine]
    parties: Sequence[str]
    categories: Sequence[str]
    own: Sequence[str]
    saved: Sequence[SavedFilter]
    rules: Mapping[str, int]
    may_report: bool
    token: str


@dataclass(frozen=True)
class ReportShown:
    """What was said of a task: when, by whom, what; its evidence; and the workbook cell where it came by one."""

    day: date
    by: str
    progress: str
    completion: str
    status: str
    problem: str
    next_step: str
    evidence: Sequence[tuple[str, str]]
    source: str


@dataclass(frozen=True)
class TaskPage:
    """One task: what is demanded, where it stands, everything that was said of it, and the form to say more."""

    line: TaskLine
    clause: str
    document: str
    target: str
    origin: tuple[str, str]
    reports: Sequence[ReportShown]
    may_report: bool
    token: str


def task_list_page(asked: Filter, scope: Scope) -> TaskListPage:
    """The tasks of a year that a filter lets through.

    Refuses  tasks-of-no-year; tasks-none: none of that year.
    """
    board = board_of(scope, int(asked.year) if asked.year else None)
    shown = [_line(item, board) for item in board.tasks if asked.lists(item)]
    shown.sort(key=_urgency)
    counts = Counter(str(item.stand) for item in board.tasks)
    return TaskListPage(
        asked=asked,
        year=board.year,
        years=[(year, asked.query(year=str(year)), year == board.year) for year in board.years],
        views=[(view, asked.query(view=view), view == asked.view) for view in VIEWS],
        counts=[
            (
                _stand(stand),
                counts[stand],
                asked.query(stand="" if asked.stand == stand else str(stand)),
                asked.stand == stand,
            )
            for stand in ORDER
            if counts[stand]
        ],
        whole=len(board.tasks),
        lines=shown,
        columns=[Column(_stand(stand), [line for line in shown if line.stand.id == stand]) for stand in ORDER],
        months=_months(shown, board),
        undated=[line for line in shown if line.due is None],
        parties=parties_of(board.tasks),
        categories=sorted({item.task.category for item in board.tasks if item.task.category}),
        own=sorted(own_names(scope).intersection(parties_of(board.tasks))) if not scope.sees_all else [],
        saved=saved_filters(scope.person),
        rules={name: getattr(board.rules, name) for name in ("behind_by", "warn_days", "stale_days")},
        may_report=scope.may("track"),
        token=uuid4().hex,
    )


def task_page(id: str, scope: Scope) -> TaskPage:
    """One task in reach.

    Refuses  obligation-unknown.
    """
    board = board_with(scope, id)
    item = board.task(id)
    return TaskPage(
        line=_line(item, board),
        clause=item.task.place or item.task.clause.partition("#")[2],
        document=_title_of(item.task.instrument),
        target=item.task.note,
        origin=origin_of_task(item.task, scope),
        reports=list(reversed(_reports(item, board))),
        may_report=scope.may("track") and has_part(scope, item.task),
        token=uuid4().hex,
    )


def task_lines(scope: Scope) -> Sequence[TaskLine]:
    """The tasks in reach of the usual year, the most urgent first.

    Refuses  tasks-of-no-year; tasks-none.
    """
    board = board_of(scope)
    return sorted((_line(item, board) for item in board.tasks), key=_urgency)


def _title_of(instrument: str) -> str:
    """What the document is called that demands something; its id where it is not recorded."""
    rows = Instrument.objects.filter(instrument=instrument).order_by("-event_id")
    return str(rows.values_list("title", flat=True).first() or instrument)


def _line(item: Tracked, board: Board) -> TaskLine:
    task, last = item.task, item.last
    return TaskLine(
        id=task.id,
        href=reverse("task", args=[task.id]),
        number=task.number,
        label=said(task.label),
        category=task.category,
        lead="、".join(task.lead_parties),
        supporting="、".join(task.supporting_parties),
        stand=_stand(item.stand),
        due=item.schedule.due,
        schedule=task.schedule,
        days_left=item.days_left,
        completion="" if last is None or last.completion is None else f"{last.completion:f}",
        expected="" if item.expected is None else f"{item.expected:.0f}",
        progress="" if last is None else last.row.text("progress") or "",
        seen=board.seen(task.id),
    )


def _stand(stand: Stand) -> StandShown:
    return StandShown(str(stand), stand_sign(stand), stand_said(stand), stand_colour(stand))


def _urgency(line: TaskLine) -> tuple[int, date, str]:
    return ORDER.index(Stand(line.stand.id)), line.due or date.max, line.id


def _months(lines: Sequence[TaskLine], board: Board) -> Sequence[Month]:
    """The months of the year, and months of other years in which something is due."""
    firsts = {date(board.year, month, 1) for month in range(1, _MONTHS + 1)}
    firsts |= {line.due.replace(day=1) for line in lines if line.due}
    now = board.day.replace(day=1)
    found = []
    for first in sorted(firsts):
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        due = sorted(
            (line for line in lines if line.due and first <= line.due <= last), key=lambda line: line.due or first
        )
        found.append(Month(first, due, first == now))
    return found


def _reports(item: Tracked, board: Board) -> Sequence[ReportShown]:
    by_page = {report.row.position: report for report in board.reports if report.task == item.task.id}
    names = names_of(report.actor for report in by_page.values())
    shown = []
    for report in item.reports:
        ours = by_page[report.row.position] if report.row.position in by_page else None
        by = names[ours.actor] if ours is not None and ours.actor in names else ""
        evidence = (
            [
                (piece.name, reverse("task_evidence", args=[item.task.id, ours.position, number]))
                for number, piece in enumerate(ours.said.evidence)
            ]
            if ours is not None
            else []
        )
        shown.append(_shown(report, by, evidence))
    return shown


def _shown(report: Report, by: str, evidence: Sequence[tuple[str, str]]) -> ReportShown:
    row = report.row
    return ReportShown(
        day=row.known,
        by=by or row.text("reporter") or row.text("contact") or "",
        progress=row.text("progress") or "",
        completion="" if report.completion is None else f"{report.completion:f}",
        status=row.text("status") or "",
        problem=row.text("problem") or row.text("problems") or "",
        next_step=row.text("next_step") or row.text("next") or "",
        evidence=evidence or [(report.evidence, "")] if report.evidence else [],
        source="" if row.place.startswith("event:") else row.place,
    )
