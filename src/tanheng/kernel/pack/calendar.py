"""Calendars of working days as data: for each year the days off and the working weekends, with their notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Self

from pydantic import model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Shape, Titled
from tanheng.kernel.period import Calendar

_SATURDAY = 5


class DaysOff(Shape):
    """A holiday: its first and its last day, both off."""

    label: Label
    first: date
    last: date

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"the holiday ends on {self.last}, before it begins on {self.first}")
        return self

    def days(self) -> Iterator[date]:
        """Each day of it."""
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


class CalendarYear(Shape):
    """What the notice of one year says. Its days may reach into the years beside it."""

    year: int
    clause: str
    status: Status
    days_off: tuple[DaysOff, ...]
    working_weekends: tuple[date, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        off = {day for holiday in self.days_off for day in holiday.days()}
        if strange := [str(day) for day in self.working_weekends if day in off or day.weekday() < _SATURDAY]:
            raise ValueError(f"no weekends, or days off as well: {', '.join(strange)}")
        if not any(day.year == self.year for day in off):
            raise ValueError(f"no day off lies in {self.year}")
        return self


class WorkingCalendar(Titled):
    """A calendar by its years; a year that is not listed is not known."""

    years: tuple[CalendarYear, ...]
    note: str = ""

    @model_validator(mode="after")
    def _lists_each_year_once(self) -> Self:
        listed = [entry.year for entry in self.years]
        if listed != sorted(set(listed)):
            raise ValueError("years are listed once each, in order")
        return self

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar to count with."""
        return Calendar(
            self.id,
            frozenset(entry.year for entry in self.years),
            frozenset(day for entry in self.years for holiday in entry.days_off for day in holiday.days()),
            frozenset(day for entry in self.years for day in entry.working_weekends),
        )
