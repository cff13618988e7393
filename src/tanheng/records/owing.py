"""What is owed of a month by everybody, and how it stands on a day. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tanheng.kernel.obligation.data_owed import Arrival, Owing, owings
from tanheng.kernel.pack import PackSet, WorkingCalendar
from tanheng.kernel.pack.data_calendar import DataCalendar, OwedForm, areas_in_force, forms_in_force
from tanheng.kernel.period import Calendar, Period
from tanheng.kernel.subject import Directory, areas_within
from tanheng.records.arriving import arrivals
from tanheng.records.registers import kept_rows
from tanheng.records.selecting import DIRECTORY, IMPORT, UNDOING, directory_as_of, log_position

_FACILITY = "facility/"
MOVING = (IMPORT, UNDOING, DIRECTORY)
"""The kinds of event after which what is owed may stand otherwise: up to the next one it is the same."""


@dataclass(frozen=True)
class Ground:
    """What a calendar is worked out from: the directory and everything that came, as of one position."""

    directory: Directory
    came: Sequence[Arrival]
    position: int

    @property
    def last_month(self) -> Period | None:
        """The last month about which any file came; None before the first."""
        return max((arrival.month for arrival in self.came), default=None)


def ground_at(position: int, packs: PackSet) -> Ground:
    """Directory and arrivals at a position.

    Refuses  log-position-unknown.
    """
    return Ground(directory_as_of(position), arrivals(packs, position), position)


def month_owings(month: Period, day: date, packs: PackSet, ground: Ground | None = None) -> list[Owing]:
    """Everything that is owed of a month, form by form.

    Reads    the data calendars of the packs; ground: directory and arrivals (default: as they stand).
    Gives    nothing where no pack in use has a data calendar.
    Refuses  definition-missing: the calendar of working days.
    """
    calendars = packs.all(DataCalendar)
    if not calendars:
        return []
    ground = ground or ground_at(log_position(), packs)
    calendar, within = _working_days(calendars, packs), _within(ground.directory, month)
    of_month = [arrival for arrival in ground.came if arrival.month == month]
    areas = areas_in_force(calendars)
    return [
        owing
        for form in forms_in_force(calendars)
        for owing in owings(
            form,
            _subjects(form, month, ground, areas),
            month,
            day,
            calendar=calendar,
            arrivals=of_month,
            within=within,
        )
    ]


def _working_days(calendars: Sequence[DataCalendar], packs: PackSet) -> Calendar:
    return packs.get(WorkingCalendar, calendars[-1].calendar).calendar


def _subjects(form: OwedForm, month: Period, ground: Ground, areas: Sequence[str]) -> list[str]:
    """Who owes a form, in the order of the directory."""
    about, directory = form.about, ground.directory
    if month.start.month not in form.closes:
        return []
    if about.kind == "area":
        of_level = [area.id for area in directory.areas if area.level == about.level]
        named = [area for area in of_level if area in areas]
        return named or of_level  # a pack that names areas of another site says nothing about this one
    if about.kept_in:
        rows = kept_rows(about.kept_in, ground.position)
        owing = {row.subject for row in rows if row.period is None or Period.parse(row.period).start < month.end}
    else:
        owing = set(_sent_before(form, month, ground.came))
    return [facility.id for facility in directory.facilities if facility.id in owing]


def _sent_before(form: OwedForm, month: Period, came: Iterable[Arrival]) -> Iterable[str]:
    """The facilities that a form came about in the months before, or in this one."""
    number = month.start.year * 12 + month.start.month - 1 - form.about.months
    first = date(number // 12, number % 12 + 1, 1)
    for arrival in came:
        if arrival.layout in form.layouts and first <= arrival.month.start <= month.start:
            yield from (subject for subject in arrival.subjects if subject.startswith(_FACILITY))


def _within(directory: Directory, month: Period) -> Mapping[str, frozenset[str]]:
    """By area: the facilities that lay in it in a month, and the areas that lie in it at its end."""
    found: dict[str, set[str]] = {}
    for stay in directory.stays(month):
        for area in stay.areas.values():
            found.setdefault(area, set()).add(stay.facility)
    for whole in directory.areas:
        below = list(areas_within(directory, whole.id, month.start))
        for part in below:
            below += areas_within(directory, part, month.start)
        found.setdefault(whole.id, set()).update(below)
    return {area: frozenset(subjects) for area, subjects in found.items()}
