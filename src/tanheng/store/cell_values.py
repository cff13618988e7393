"""What is written in a cell: text that compares, numbers without a lost digit, periods."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from math import isfinite

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.period import Accumulation, Period
from tanheng.store.sheets import Cell

# Full-width forms only. Unicode's compatibility forms would also turn a superscript into a digit: 12² into 122.
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(0x5E)} | {0x3000: 0x20, 0xA0: 0x20}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?|[+-]?\.[0-9]+")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([, ])[0-9]{3}(\1[0-9]{3})*(\.[0-9]+)?")
_NOT_FINITE = {"nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity"}
_YEAR_AND_MONTH = re.compile(r"([0-9]{4})(0[1-9]|1[0-2])")

ACCUMULATIONS = {
    Accumulation.MONTH: Worded("一个整月", "one whole month"),
    Accumulation.YEAR_TO_DATE: Worded("自一月起的累计期", "a span from January on"),
    Accumulation.JANUARY_FEBRUARY: Worded("1-2月合并", "January and February as one"),
    Accumulation.QUARTER: Worded("一个季度", "one quarter"),
    Accumulation.YEAR: Worded("一个整年", "one whole year"),
}


class NotFinite(ValueError):
    """The cell holds NaN or infinity."""


def plain(value: object) -> str:
    """A text as it is shown: full-width letters, digits and brackets narrow, no spaces around, none invisible."""
    return str(value).translate(_FULL_WIDTH).translate(_INVISIBLE).strip()


def folded(value: object) -> str:
    """A text as it is compared: as `plain`, without any space and without the difference of capitals."""
    return _folded(str(value))


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    return re.sub(r"\s+", "", plain(text)).casefold()


def nearest(text: str, known: Iterable[str]) -> str:
    """What may have been meant, for a message."""
    return ", ".join(get_close_matches(text, list(known), 3, 0.4)) or "-"


def number_in(cell: Cell) -> tuple[Decimal, bool]:
    """The number in a cell, and whether it was stored as text.

    Excel keeps a double; its shortest text is what the sender typed. Text is read when it can mean one number only:
    `1,234.5` is, `1,5` is not.

    Refuses  NotFinite: NaN, infinity; ValueError: anything else that is no number.
    """
    if cell.kind == "n" and isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        if not isfinite(cell.value):
            raise NotFinite(str(cell.value))
        return Decimal(repr(cell.value)), False
    if cell.kind != "s":
        raise ValueError(str(cell.value))
    text = plain(cell.value)
    if text.casefold() in _NOT_FINITE:
        raise NotFinite(text)
    if not _PLAIN.fullmatch(text) and not _GROUPED.fullmatch(text):
        raise ValueError(text)
    return Decimal(text.replace(",", "").replace(" ", "")), True


def period_in(cell: Cell, accumulation: Accumulation) -> Period:
    """The period in a cell: text, 202403, a year, or for monthly data a date that is the first of its month.

    Refuses  period-unreadable: anything else, a day within a month too: which period it stands for is not said.
    """
    value = cell.value
    if isinstance(value, date):
        midnight = not isinstance(value, datetime) or value.time() == datetime.min.time()
        if accumulation is Accumulation.MONTH and value.day == 1 and midnight:
            return Period.month(value.year, value.month)
        raise Refusal("period-unreadable", text=str(value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if cell.kind not in {"n", "s"} or isinstance(value, float):
        raise Refusal("period-unreadable", text=str(value))
    return _period_of(re.sub(r"\s+", "", plain(value)))


@lru_cache(maxsize=4096)
def _period_of(text: str) -> Period:
    found = _YEAR_AND_MONTH.fullmatch(text)
    return Period.parse(f"{found[1]}-{found[2]}" if found else text)


def fits(period: Period, accumulation: Accumulation) -> bool:
    """Whether a period is of the kind that the accumulation names."""
    months, first = len(period.months()), period.start.month
    whole = period.start.day == 1 and period.end.day == 1
    rules = {
        Accumulation.MONTH: months == 1,
        Accumulation.YEAR_TO_DATE: first == 1 and months <= 12,
        Accumulation.JANUARY_FEBRUARY: first == 1 and months == 2,
        Accumulation.QUARTER: first in {1, 4, 7, 10} and months == 3,
        Accumulation.YEAR: first == 1 and months == 12,
    }
    return whole and rules[accumulation]
