"""A half-open period and the ways Chinese statistics write one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from tanheng.kernel.faults import Refusal


class Accumulation(StrEnum):
    """What span one observation covers: 当月, 累计, or January and February reported as one."""

    MONTH = "month"
    YEAR_TO_DATE = "year_to_date"
    JANUARY_FEBRUARY = "january_february"
    QUARTER = "quarter"
    YEAR = "year"


_YEAR = re.compile(r"^(\d{4})年?$")
_MONTH = re.compile(r"^(\d{4})(?:-|/|年)(\d{1,2})月?$")
_QUARTER = re.compile(r"^(\d{4})(?:Q(?=.$)|年第?(?=.季度$))([1-4一二三四])(?:季度)?$")
_HALF = re.compile(r"^(\d{4})(?:H(?=.$)|年(?=.半年$))([12上下])(?:半年)?$")
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}


@dataclass(frozen=True, order=True)
class Period:
    """From `start` up to, not including, `end`.

    Refuses  period-empty: an end that does not come after the start.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise Refusal("period-empty", start=self.start, end=self.end)

    @staticmethod
    def year(year: int) -> Period:
        """A calendar year."""
        return Period(date(year, 1, 1), date(year + 1, 1, 1))

    @staticmethod
    def month(year: int, month: int) -> Period:
        """A calendar month."""
        return _span(year, month, 1)

    @staticmethod
    def parse(text: str) -> Period:
        """Reads `2024`, `2024-03`, `2024年3月`, `2024Q1`, `2024H1`, `2024-01..2024-06` (both months included),
        or `2024-01-15..2024-02-01` (dates; the last day is not included).

        Refuses  period-unreadable: anything else.
        """
        text = text.strip()
        first, dots, last = text.partition("..")
        try:
            if not dots:
                return _parse_one(text)
            if _DAY.match(first) and _DAY.match(last):
                return Period(date.fromisoformat(first), date.fromisoformat(last))
            return Period(_parse_one(first).start, _parse_one(last).end)
        except ValueError as error:
            raise Refusal("period-unreadable", text=text) from error

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.end - self.start).days

    def covers(self, other: Period) -> bool:
        """Whether the whole of `other` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def overlap_days(self, other: Period) -> int:
        """How many days the two share."""
        return max(0, (min(self.end, other.end) - max(self.start, other.start)).days)

    def months(self) -> tuple[Period, ...]:
        """The calendar months that begin inside."""
        return tuple(months_between(self.start, self.end))

    def is_whole_months(self) -> bool:
        """Whether this is one calendar month or several, none of them cut."""
        return self.start.day == 1 and self.end.day == 1

    def is_month(self) -> bool:
        """Whether this is exactly one calendar month."""
        return self.start.day == 1 and self == Period.month(self.start.year, self.start.month)

    def __str__(self) -> str:
        """The shortest text that `parse` reads back."""
        return _text(self)

    def label(self, lang: str = "zh") -> str:
        """The period as an official writes it: 2024年, 2024年3月, 2024年1-6月."""
        months = self.months()
        if lang == "en" or not self.is_whole_months():
            return str(self)
        if str(self).isdigit():
            return f"{self.start.year}年"
        if len(months) == 1:
            return f"{self.start.year}年{self.start.month}月"
        last = months[-1].start
        to = "-" if last.year == self.start.year else f"月-{last.year}年"
        return f"{self.start.year}年{self.start.month}{to}{last.month}月"


@lru_cache(maxsize=4096)  # a run writes the same few periods into many thousand addresses
def _text(period: Period) -> str:
    months = period.months()
    if not period.is_whole_months():
        return f"{period.start}..{period.end}"
    if len(months) == 1:
        return f"{period.start:%Y-%m}"
    if period.start.month == 1 and period.end == date(period.start.year + 1, 1, 1):
        return f"{period.start.year}"
    return f"{period.start:%Y-%m}..{months[-1].start:%Y-%m}"


def year_to_date(year: int, month: int) -> Period:
    """January to the end of `month`: 1-本月."""
    return _span(year, 1, month)


def months_between(start: date, end: date) -> Iterator[Period]:
    """The calendar months from the one that begins on or after `start`, as long as they begin before `end`."""
    year, month = (start.year, start.month) if start.day == 1 else _next(start.year, start.month)
    while date(year, month, 1) < end:
        yield Period.month(year, month)
        year, month = _next(year, month)


def read_date(text: str) -> date:
    """A date written as 2025-06-30.

    Refuses  date-unreadable: anything else.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal("date-unreadable", text=text) from error


def _parse_one(text: str) -> Period:
    if found := _YEAR.match(text):
        return Period.year(int(found[1]))
    if found := _MONTH.match(text):
        return Period.month(int(found[1]), int(found[2]))
    if found := _QUARTER.match(text):
        return _span(int(found[1]), 3 * _ordinal(found[2]) - 2, 3)
    if found := _HALF.match(text):
        return _span(int(found[1]), 6 * _ordinal(found[2]) - 5, 6)
    raise ValueError(text)


def _ordinal(text: str) -> int:
    return _NUMERALS[text] if text in _NUMERALS else int(text)


def _span(year: int, month: int, months: int) -> Period:
    """`months` months from `month` on."""
    years, last = divmod(month - 1 + months, 12)
    return Period(date(year, month, 1), date(year + years, last + 1, 1))


def _next(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)
