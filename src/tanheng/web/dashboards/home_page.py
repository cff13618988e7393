"""What somebody begins the day with: what waits, what changed, where one stands. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.data_owed import Come
from tanheng.kernel.obligation.tracking import Stand
from tanheng.kernel.period import Period
from tanheng.papers.figure import SIGNS
from tanheng.reports.board import TargetLight
from tanheng.reports.stored_board import kept_board
from tanheng.web.cases.selectors import lines_of_mine
from tanheng.web.dashboards.barometer_page import BarometerPage, barometer_page
from tanheng.web.dashboards.changes import Change, changes
from tanheng.web.dashboards.lights import LightLine, colour_said, measure_said, reader_of
from tanheng.web.dashboards.quarters import quarter_name, quarters_of, shown_of, stored_barometers
from tanheng.web.dashboards.unit_pages import unit_page
from tanheng.web.dashboards.unit_register import units_in_reach
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.data_calendar import owed
from tanheng.web.obligations.task_pages import TaskLine, task_lines
from tanheng.web.results.briefs import BriefShown, MissingBrief, brief_shown
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language, said

LEADER = "leader"
_COLOURS = ("red", "orange", "yellow", "green", "blue", "grey")
_WEEK = timedelta(days=7)
_WAITING, _LIGHTS, _OWN = 8, 8, 3


@dataclass(frozen=True)
class Waiting:
    """Something to be done: what kind, what, where, by when; `late` where it should have been done."""

    kind: str
    label: str
    href: str
    due: date | None
    due_words: str
    late: bool


@dataclass(frozen=True)
class HomePage:
    """The first page of a mandate."""

    role: str
    place: str
    day: date
    changes: Sequence[Change]
    is_leader: bool


@dataclass(frozen=True)
class WaitingPage:
    """What waits for the reader this week, the most pressing first, and how much more there is."""

    waiting: Sequence[Waiting]
    more_waiting: int


@dataclass(frozen=True)
class OwnUnit:
    """A unit that the reader answers for: its energy and carbon in the last year that was accounted for."""

    label: str
    href: str
    year: int
    totals: Sequence[tuple[str, str, Figure, Figure | None]]


@dataclass(frozen=True)
class StandingPage:
    """Where the reader stands: the lights of the last quarter, the month; for a leader the map, for a unit itself."""

    quarter: str
    quarter_label: str
    counts: Sequence[tuple[str, str, str, int]]
    lights: Sequence[tuple[str, LightLine]]
    barometer: BarometerPage | None
    brief: BriefShown | MissingBrief | None
    units: Sequence[OwnUnit]


def home_page(scope: Scope) -> HomePage:
    """Who reads, and what changed: it names people, whose names can be erased, and is asked for every time."""
    return HomePage(
        role=said(scope.role.label),
        place=_place(scope),
        day=scope.day,
        changes=changes(scope),
        is_leader=is_leader(scope),
    )


def is_leader(scope: Scope) -> bool:
    """Whether the reader gets the page that is read in a minute."""
    return scope.role.id == LEADER


def waiting_page(scope: Scope) -> WaitingPage:
    """What waits this week: it follows from the log, the packs and the day, and names nobody."""
    waiting = _waiting(scope)
    return WaitingPage(waiting[:_WAITING], max(0, len(waiting) - _WAITING))


def standing_page(scope: Scope) -> StandingPage:
    """Where the reader stands; for a leader with the map, for whoever has an area with its month."""
    quarter, lights = _lights(scope)
    area = scope.area or _widest(scope)
    return StandingPage(
        quarter="" if quarter is None else quarter_name(quarter),
        quarter_label="" if quarter is None else quarter.label(language()),
        counts=_counts(lights),
        lights=_worst(lights),
        barometer=_barometer(quarter, scope) if is_leader(scope) else None,
        brief=brief_shown(scope, area) if area and scope.sees(area) else None,
        units=_own_units(scope),
    )


def _own_units(scope: Scope) -> Sequence[OwnUnit]:
    """The units of an enterprise, which begins with them: the first ones of a group."""
    if scope.role.reach != "facility":
        return []
    pages = [unit_page(unit.id, "", scope) for unit in units_in_reach(scope)[:_OWN]]
    return [
        OwnUnit(page.label, reverse("unit", args=[page.id.removeprefix("facility/")]), page.year, page.totals)
        for page in pages
    ]


def _waiting(scope: Scope) -> list[Waiting]:
    """Cases and tasks, what is late first: tasks of whoever may report them, due in a week, overdue or unproved."""
    cases = [
        Waiting(line.procedure, line.title, line.href, line.due, line.due_words, line.overdue)
        for line in lines_of_mine(scope, 50)
    ]
    tasks = [_of_task(line) for line in _due_tasks(scope)] if scope.may("track") else []
    data = _of_data(scope) if scope.may("import") else []
    return sorted([*cases, *tasks, *data], key=lambda item: (not item.late, item.due or date.max, item.label))


def _due_tasks(scope: Scope) -> Sequence[TaskLine]:
    try:
        lines = task_lines(scope)
    except Refusal as refusal:
        if refusal.code not in ("tasks-of-no-year", "tasks-none"):
            raise
        return []
    return [line for line in lines if _is_pressing(line, scope.day)]


def _is_pressing(line: TaskLine, day: date) -> bool:
    if line.stand.id == Stand.DONE:
        return False
    soon = line.due is not None and line.due <= day + _WEEK
    return soon or line.stand.id in (Stand.OVERDUE, Stand.UNPROVED, Stand.AT_RISK)


def _of_task(line: TaskLine) -> Waiting:
    words = f"{line.stand.sign} {line.stand.word}"
    return Waiting(gettext("Task"), line.label, line.href, line.due, words, line.stand.id == Stand.OVERDUE)


def _of_data(scope: Scope) -> Sequence[Waiting]:
    """What is owed of the last month in one line, with the first day that it is or was due."""
    last = scope.day.replace(day=1) - timedelta(days=1)
    month = Period.month(last.year, last.month)
    items = [item for item in owed(month, scope=scope) if item.state in (Come.LATE, Come.OWED)]
    late = sum(item.state == Come.LATE for item in items)
    if not items:
        return []
    label = gettext("%(count)s forms of %(month)s have not come") % {
        "count": len(items),
        "month": month.label(language()),
    }
    words = gettext("%(count)s of them late") % {"count": late} if late else ""
    href = f"{reverse('data_calendar')}?month={month}"
    return [Waiting(gettext("Data owed"), label, href, min(item.due for item in items), words, bool(late))]


def _lights(scope: Scope) -> tuple[Period | None, Sequence[tuple[str, TargetLight]]]:
    """The lights of the latest quarter that are in reach, each with the result it stands in."""
    stored = stored_barometers(scope)
    quarters = quarters_of(stored)
    if not quarters:
        return None, []
    period = quarters[0]
    boards = [kept_board(run.id) for run in shown_of(stored, period)]
    found = [
        (board.result.id, light) for board in boards for light in board.lights if scope.sees(light.subject, period)
    ]
    return period, found


def _counts(lights: Sequence[tuple[str, TargetLight]]) -> Sequence[tuple[str, str, str, int]]:
    told = Counter(light.counting.colour for _, light in lights)
    return [(colour, SIGNS[colour], colour_said(colour), told[colour]) for colour in _COLOURS if told[colour]]


def _worst(lights: Sequence[tuple[str, TargetLight]]) -> Sequence[tuple[str, LightLine]]:
    """The lights that ask for the most, each with the name of its measure; what has no data comes last."""
    ordered = sorted(
        lights, key=lambda item: (_COLOURS.index(item[1].counting.colour), -_gap(item[1]), item[1].subject)
    )
    return [
        (measure_said(light), reader_of(id).line(light, reverse("target", args=[light.target])))
        for id, light in ordered[:_LIGHTS]
    ]


def _gap(light: TargetLight) -> float:
    return float(light.counting.gap.value) if light.counting.gap else 0.0


def _barometer(quarter: Period | None, scope: Scope) -> BarometerPage | None:
    return None if quarter is None else barometer_page(quarter_name(quarter), None, None, scope)


def _place(scope: Scope) -> str:
    named = [subject for subject in (scope.party, scope.area) if subject]
    return " · ".join(scope.ground.directory.label_of(subject, language()) for subject in named[:1])


def _widest(scope: Scope) -> str:
    """The area that lies in no other, for whoever sees the whole site."""
    if not scope.sees_all:
        return ""
    inside: Mapping[str, bool] = {relation.child: True for relation in scope.ground.directory.relations}
    return next((area.id for area in scope.ground.directory.areas if area.id not in inside), "")
