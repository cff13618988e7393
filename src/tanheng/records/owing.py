"""What is owed of a month by everybody, and how it stands on a day. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tanheng.kernel.obligation.data_owed import Arrival, Owing, owings
from tanheng.kernel.pack import PackSet, WorkingCalendar
from tanheng.kernel.pack.data_calendar import DataCalendar, OwedForm, areas_in_force, forms_in_force
from tanheng.kernel.period import Calendar, Period
from tanheng.kernel.subject import Directory, areas_within
from tanheng.records.arriving import arrivals
from tanheng.records.registers import kept_rows
from tanheng.records.selecting import directory_as_of

_FACILITY = "facility/"


def month_owings(month: Period, day: date, packs: PackSet, position: int | None = None) -> list[Owing]:
    """Everything that is owed of a month, form by form.

    Reads    the data calendars of the packs, the directory, and what came up to a position.
    Gives    nothing where no pack in use has a data calendar.
    Refuses  log-position-unknown; definition-missing: the calendar of working days.
    """
    calendars = packs.all(DataCalendar)
    if not calendars:
        return []
    directory, came = directory_as_of(position), arrivals(packs, position)
    calendar = _working_days(calendars, packs)
    within = _within(directory, month)
    of_month = [arrival for arrival in came if arrival.month == month]
    return [
        owing
        for form in forms_in_force(calendars)
        for owing in owings(
            form,
            _subjects(form, month, directory, came, areas_in_force(calendars), position),
            month,
            day,
            calendar=calendar,
            arrivals=of_month,
            within=within,
        )
    ]


def last_month_with_anything(packs: PackSet, position: int | None = None) -> Period | None:
    """The last month about which any file came."""
    return max((arrival.month for arrival in arrivals(packs, position)), default=None)


def _working_days(calendars: Sequence[DataCalendar], packs: PackSet) -> Calendar:
    return packs.get(WorkingCalendar, calendars[-1].calendar).calendar


def _subjects(
    form: OwedForm,
    month: Period,
    directory: Directory,
    came: Sequence[Arrival],
    areas: Sequence[str],
    position: int | None,
) -> list[str]:
    """Who owes a form, in the order of the directory."""
    about = form.about
    if month.start.month not in form.closes:
        return []
    if about.kind == "area":
        of_level = [area.id for area in directory.areas if area.level == about.level]
        named = [area for area in of_level if area in areas]
        return named or of_level  # a pack that names areas of another site says nothing about this one
    if about.kept_in:
        rows = kept_rows(about.kept_in, position)
        owing = {row.subject for row in rows if row.period is None or Period.parse(row.period).start < month.end}
    else:
        owing = set(_sent_before(form, month, came))
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
