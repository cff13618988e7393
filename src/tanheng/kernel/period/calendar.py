"""Working days: the weekdays, less the days off of a calendar, and the weekends that it makes working days.

A calendar knows the years it was given and no others: whoever counts into another year is told so, or says that
weekends alone are to count there until its notice is out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tanheng.kernel.faults import Refusal

_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The days off (放假) and the working weekends (调休上班) of the years it covers."""

    id: str
    years: frozenset[int]
    days_off: frozenset[date]
    working_weekends: frozenset[date]

    def assuming(self, *days: date) -> Calendar:
        """The calendar that covers the years of these days, those between and the next one too: in those it was not
        given, weekends alone are days off.
        """
        years = {day.year for day in days}
        return replace(self, years=self.years | frozenset(range(min(years), max(years) + 2)))

    def covers(self, day: date) -> bool:
        """Whether the days off of its year are known."""
        return day.year in self.years


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether people are at work on a day.

    Refuses  calendar-year-missing: the calendar does not cover the year of the day.
    """
    if day.year not in calendar.years:
        known = ", ".join(str(year) for year in sorted(calendar.years)) or "-"
        raise Refusal("calendar-year-missing", calendar=calendar.id, year=day.year, known=known)
    if day in calendar.days_off:
        return False
    return day.weekday() < _SATURDAY or day in calendar.working_weekends


def working_days_after(day: date, count: int, calendar: Calendar) -> date:
    """The day that lies `count` working days after a day; the day itself is not counted.

    Gives    for a count of 0 the day itself, or the next working day where it is none.
    Refuses  calendar-year-missing; ValueError: a negative count.
    """
    if count < 0:
        raise ValueError(f"{count} working days lie before the day")
    found, left = (day, count) if count else (day - timedelta(days=1), 1)
    while left:
        found += timedelta(days=1)
        left -= is_working_day(found, calendar)
    return found


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days come after `first` up to and including `last`; negative where `last` comes before.

    working_days_between(day, working_days_after(day, n)) = n for every n above 0

    Refuses  calendar-year-missing.
    """
    if last < first:
        return -working_days_between(last, first, calendar)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, calendar) for day in days)
