"""What is recorded about one unit: lists it stands on, what is demanded of it, what it has sent. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext, gettext_noop

from tanheng.kernel.demand import Task
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN
from tanheng.records.models import Observation
from tanheng.records.registers import KeptRow
from tanheng.records.selecting import undone_positions
from tanheng.reports.demand_words import demand_said
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.dashboards.demands import demands_of, lights_of
from tanheng.web.dashboards.lights import LightLine, reader_of, tier_said
from tanheng.web.dashboards.unit_list import unit_href
from tanheng.web.dashboards.unit_register import KEY_UNITS, MONITORING, Registered, kept_of
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.data_calendar import Owed, owed
from tanheng.web.facts.data_calendar_page import StateShown, state_shown
from tanheng.web.obligations.task_board import board_of
from tanheng.web.obligations.task_pages import TaskLine, task_lines
from tanheng.web.ui.words import language, said

_RELATIONS = {
    "in_scope_of": gettext_noop("counted in the assessment of"),
    "in_park": gettext_noop("in the park"),
    "belongs_to_group": gettext_noop("belongs to the group"),
    "reports_to": gettext_noop("reports to"),
    "owns": gettext_noop("owned by"),
    "in_group": gettext_noop("belongs to the group"),
}


@dataclass(frozen=True)
class Demand:
    """A target of the unit with its light."""

    label: str
    href: str
    demand: str
    tier: str
    year: str
    line: LightLine | None


@dataclass(frozen=True)
class Enrolled:
    """A list the unit stands on, or somebody it belongs to: what, whom, from when, until when, and the file."""

    kind: str
    label: str
    start: str
    end: str
    source: str


@dataclass(frozen=True)
class OwedForm:
    """A form that the unit owes of a month by the data calendar: by when, and how it stands."""

    label: str
    due: date
    state: StateShown


@dataclass(frozen=True)
class Sent:
    """A month of reports: `state` is in, not_in (the month is over) or to_come; when it came, and how often since.

    `owed` are the forms that the data calendar asks of the unit for the month; where there are any, they say how the
    month stands.
    """

    label: str
    state: str
    first: date | None
    last: date | None
    statements: int
    owed: Sequence[OwedForm] = ()


@dataclass(frozen=True)
class Monitored:
    """What the monitoring platform said of the unit for a period: meters connected, readings uploaded, anomalies."""

    label: str
    connected: str
    uploaded: str
    anomalies: str
    source: str


@dataclass(frozen=True)
class Neighbours:
    """Units of the same industry in the same district: those in reach by name, the others by their number if shown."""

    industry: str
    place: str
    listed: Sequence[tuple[str, str]]
    count: int | None
    least: int


def demands_on(unit: Registered, scope: Scope) -> Sequence[Demand]:
    """The targets that the unit answers for."""
    found = []
    for item in demands_of(scope):
        if item.subject.partition("#")[0] == unit.id:
            told = lights_of(scope, item.year).get((item.target.id, item.tier))
            line = None if told is None else reader_of(told[0]).line(told[1])
            words = demand_said(item.target, language())
            found.append(Demand(said(item.target.label), item.target.id, words, tier_said(item.tier), item.year, line))
    return found


def enrolled(unit: Registered, scope: Scope) -> Sequence[Enrolled]:
    """The lists of key units that name it, and the dated relations in which it stands."""
    listed = [
        Enrolled(gettext("key unit"), row.fields["class"], _period(row), "", row.file)
        for row in kept_of(KEY_UNITS, unit.id)
        if "class" in row.fields
    ]
    directory = scope.ground.directory
    related = [
        Enrolled(
            gettext(_RELATIONS[item.kind]),
            directory.label_of(item.parent, language()),
            item.start.isoformat(),
            item.end.isoformat() if item.end else "",
            "",
        )
        for item in scope.ground.about(unit.id)
        if item.kind in _RELATIONS and item.kind != LOCATED_IN
    ]
    return [*listed, *related]


def sent_in(unit: Registered, year: int, scope: Scope) -> Sequence[Sent]:
    """Month by month what the unit owed by when, and whether its own reports came; confidential returns are not told
    of.
    """
    rule = packs_in_use().suppression
    stated = Observation.objects.filter(
        subject=unit.id, period_start__gte=date(year, 1, 1), period_start__lt=date(year + 1, 1, 1)
    ).exclude(use_class__in=rule.use_classes if rule else ())
    undone = undone_positions()
    rows = [
        row for row in stated.values_list("period_start", "period_end", "published", "event_id") if row[3] not in undone
    ]
    asked = [item for item in owed(Period.year(year), scope=scope) if item.subject == unit.id]
    return [
        replace(_sent(month, rows, scope.day), owed=[_owed(item) for item in asked if item.month == month])
        for month in Period.year(year).months()
    ]


def _owed(item: Owed) -> OwedForm:
    return OwedForm(item.label, item.due, state_shown(item.state))


def _sent(month: Period, rows: Sequence[tuple[date, date, date, int]], day: date) -> Sent:
    came = sorted(published for start, end, published, _ in rows if (start, end) == (month.start, month.end))
    label = month.label(language())
    if came:
        return Sent(label, "in", came[0], came[-1], len(came))
    return Sent(label, "not_in" if month.end <= day else "to_come", None, None, 0)


def monitored(unit: Registered) -> Sequence[Monitored]:
    """What was sent in about its connection to the monitoring platform, the latest first."""
    rows = kept_of(MONITORING, unit.id)
    return [
        Monitored(_period(row), *(_field(row, name) for name in ("connected", "uploaded", "anomalies")), row.file)
        for row in reversed(rows)
    ]


def tasks_of(unit: Registered, scope: Scope) -> Sequence[TaskLine]:
    """The tasks in reach that are about the unit, or that it leads or supports."""
    try:
        mine = {item.task.id for item in board_of(scope).tasks if _is_about(item.task, unit)}
        return [line for line in task_lines(scope) if line.id in mine]
    except Refusal as refusal:
        if refusal.code not in ("tasks-of-no-year", "tasks-none"):
            raise
        return []


def _is_about(task: Task, unit: Registered) -> bool:
    return task.subject == unit.id or unit.facility.label["zh"] in (*task.lead_parties, *task.supporting_parties)


def neighbours(unit: Registered, units: Sequence[Registered], everybody: Sequence[Registered]) -> Neighbours | None:
    """The other units of its industry in its district.

    Reads    units: those in reach; everybody: all of the site, of which a number alone is told, and that only where it
             is not smaller than the cells that are never shown.
    Gives    None for a unit without an industry or a place.
    """
    rule = packs_in_use().suppression
    least = rule.minimum_units if rule else 1
    district = unit.areas["district"] if "district" in unit.areas else ""
    if not unit.industry or not district:
        return None
    alike = [each for each in everybody if each.industry == unit.industry and each.lies_in(district)]
    near = [each for each in units if each.industry == unit.industry and each.lies_in(district) and each.id != unit.id]
    listed = [(each.facility.label[language()], unit_href(each.id)) for each in near]
    return Neighbours(unit.industry, district, listed, len(alike) if len(alike) >= least else None, least)


def _period(row: KeptRow) -> str:
    return Period.parse(row.period).label(language()) if row.period else ""


def _field(row: KeptRow, name: str) -> str:
    return row.fields[name] if name in row.fields else ""
