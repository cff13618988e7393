"""What is owed of a month, and how it stands on a day: in, late, owed, or not yet to be had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tanheng.kernel.pack.data_calendar import DueDay, OwedForm
from tanheng.kernel.period import Calendar, Period, is_working_day, working_days_after


class Come(StrEnum):
    """How a form stands on a day. What came after its day is in; that it came late is said beside."""

    IN = "in"
    LATE = "late"
    OWED = "owed"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Arrival:
    """A file that came: by which layout it was read, and about whom in the month that it closes."""

    position: int
    file: str
    hash: str
    layout: str
    month: Period
    subjects: frozenset[str]
    published: date


@dataclass(frozen=True)
class Owing:
    """One form about one subject in one month: when it is due, how it stands, and the files that came.

    `assumed` says that the days off of the year are not known, so that only weekends counted as days off.
    """

    form: OwedForm
    subject: str
    month: Period
    due: date
    assumed: bool
    come: Come
    files: tuple[Arrival, ...]

    @property
    def came_late(self) -> bool:
        """Whether it is in, and nothing of it was published by the day it was due."""
        return bool(self.files) and all(file.published > self.due for file in self.files)


def due_day(rule: DueDay, month: Period, calendar: Calendar) -> tuple[date, bool]:
    """The day by which a form about a month is due, and whether days off had to be assumed.

    Reads    month: the one that the form closes; calendar: of working days. In a year that it does not cover, the
             weekends alone are days off.
    """
    number = month.start.year * 12 + month.start.month - 1 + rule.months_after
    first = date(number // 12, number % 12 + 1, 1)
    if rule.day is not None and not rule.moves:
        return first.replace(day=rule.day), False
    known, assumed = calendar.assuming(first), not calendar.covers(first)
    if rule.working_day is not None:
        return working_days_after(first - timedelta(days=1), rule.working_day, known), assumed
    day = first.replace(day=rule.day or 1)
    return (day if is_working_day(day, known) else working_days_after(day, 1, known)), assumed


def come_on(due: date, month: Period, day: date, *, came: bool) -> Come:
    """How a form stands on a day.

    late <=> due < day and nothing in;  not yet <=> the month has not ended, nothing in, and it is not late
    """
    if came:
        return Come.IN
    if due < day:
        return Come.LATE
    return Come.OWED if month.end <= day else Come.NOT_YET


def owings(
    form: OwedForm,
    subjects: Iterable[str],
    month: Period,
    day: date,
    *,
    calendar: Calendar,
    arrivals: Sequence[Arrival],
    within: Mapping[str, frozenset[str]],
) -> list[Owing]:
    """How one form stands on a day for every subject that owes it, in their order.

    Reads    month: a calendar month; a form that does not close it is owed by nobody. arrivals: those that are about
             the month. within: by area, what lies in it: a table about the firms of a district is that of the district.
    """
    if month.start.month not in form.closes:
        return []
    due, assumed = due_day(form.due, month, calendar)
    mine = [arrival for arrival in arrivals if arrival.layout in form.layouts and arrival.month == month]
    found = []
    for subject in subjects:
        meant = {subject} | (within[subject] if subject in within else frozenset())
        files = tuple(arrival for arrival in mine if arrival.subjects & meant)
        come = come_on(due, month, day, came=bool(files))
        found.append(Owing(form, subject, month, due, assumed, come, files))
    return found
