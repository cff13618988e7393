"""Values and times as units write them: exact decimals to whole steps, civil times to seconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

_PLAIN = re.compile(r"[+-]?[0-9]{1,17}(?:\.([0-9]{0,17}))?")
_WITH_EXPONENT = re.compile(r"[+-]?[0-9]{1,17}(?:\.[0-9]{0,17})?[eE][+-]?[0-9]{1,2}")
_MOST_STEPS = 1 << 62
_SHORT = 18
TOO_FINE = "reading-too-fine"
NO_NUMBER = "reading-no-number"


def whole_steps(text: str, decimals: int) -> int | str:
    """The whole steps of 10^-decimals that a written decimal is, exactly.

    Gives    the number; else `reading-no-number`, or `reading-too-fine` where it has more decimals than its meter.
    """
    whole, _, rest = text.partition(".")
    digits = whole + rest
    if len(rest) == decimals and len(text) <= _SHORT and digits.isdigit() and digits.isascii():
        return int(digits)  # by far the most: as many decimals as the meter shows
    plain = _PLAIN.fullmatch(text)
    if plain is None:
        return _with_exponent(text, decimals)
    digits = (plain[1] or "").rstrip("0")
    if len(digits) > decimals:
        return TOO_FINE
    steps = int(text.partition(".")[0] + digits.ljust(decimals, "0"))
    return steps if -_MOST_STEPS < steps < _MOST_STEPS else NO_NUMBER


def _with_exponent(text: str, decimals: int) -> int | str:
    """Java writes ten million as 1.0E7."""
    if not _WITH_EXPONENT.fullmatch(text):
        return NO_NUMBER
    return whole_steps(format(Decimal(text), "f"), decimals)


@lru_cache(maxsize=64)
def time_reader(times: tuple[str, ...], offset_s: int) -> Callable[[str, str], int | None]:
    """A function from (text, stat) to the end of the interval meant, or None; it remembers what it has read.

    Reads    times: the ways of writing; `offset_s`: the civil time of the store, unless a text names its own.
    """
    zone = timezone(timedelta(seconds=offset_s))

    @lru_cache(maxsize=100_000)
    def read(text: str, stat: str) -> int | None:
        try:
            moment = _moment(text, times, zone)
            return None if moment is None else int(_end(moment, stat).astimezone(UTC).timestamp())
        except OverflowError:
            return None  # the first and the last year of the calendar

    return read


def _moment(text: str, times: Sequence[str], zone: timezone) -> datetime | None:
    midnight = " 24:00" in text  # 24:00 is the end of the day named, and no clock of a computer reads it
    for form in times:
        try:
            found = datetime.strptime(text.replace(" 24:00", " 00:00"), form)  # noqa: DTZ007  (the zone is set below)
            found = found if found.tzinfo else found.replace(tzinfo=zone)
            return found + timedelta(days=1) if midnight else found
        except ValueError:
            continue
    return None


def _end(moment: datetime, stat: str) -> datetime:
    """The end of what a time names: itself for a reading, else the midnight after its day, month or year."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    match stat:
        case "day":
            return day + timedelta(days=1)
        case "month":
            return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        case "year":
            return (day.replace(month=12, day=31)) + timedelta(days=1)
    return moment
