"""The shapes handed from part to part of this room: columns, flags, qualities, and how a second finds its day.

A time is a whole second since 1970 in UTC and names the end of its interval: what was used from 10:00 to 11:00 stands
at 11:00, and what ended at 00:00 belongs to the day before. The civil day is a fixed offset from UTC, kept with the
store.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import numpy as np

DAY_S: Final = 86_400
DEFAULT_OFFSET_S: Final = 8 * 3600
END_OF_TIME: Final = 1 << 33  # ends of intervals lie below it: in the year 2242
DEFAULT_INTERVAL_S: Final = 900

# Columns of `readings` and their types in DuckDB. Sorted by meter, at; of equal ones the highest seq counts.
READING_COLUMNS: Final = {"meter": "INTEGER", "at": "BIGINT", "value": "BIGINT", "flag": "UTINYINT", "seq": "BIGINT"}
FLAG_INVALID: Final = 1  # declared invalid by the sender
FLAG_BY_HAND: Final = 2  # entered by a person
FLAG_REVISED: Final = 4  # the sender says that it replaces an earlier one

# Columns of `intervals`, a result: energy on the metering grid of the carrier.
INTERVAL_COLUMNS: Final = {
    "meter": "INTEGER",
    "at": "BIGINT",
    "energy": "BIGINT",
    "quality": "UTINYINT",
    "method": "UTINYINT",
    "covered_s": "INTEGER",
}
MEASURED: Final = 0
SPREAD: Final = 1  # over a gap, by the difference of the register
FILLED: Final = 2  # by a named method
SUSPECT: Final = 3
MISSING: Final = 4

# Columns of `cube`, a result: energy = measured + spread + filled + suspect.
CUBE_COLUMNS: Final = {
    "meter": "INTEGER",
    "day": "DATE",
    "energy": "BIGINT",
    "intervals_due": "INTEGER",
    "intervals_seen": "INTEGER",
    "measured": "BIGINT",
    "spread": "BIGINT",
    "filled": "BIGINT",
    "suspect": "BIGINT",
    "peak": "BIGINT",
}

# Columns of `meters`, the register of metering points; one row for each stay of a point.
METER_COLUMNS: Final = {
    "meter": "VARCHAR",
    "number": "INTEGER",
    "label": "VARCHAR",
    "carrier": "VARCHAR",
    "unit": "VARCHAR",
    "usage": "VARCHAR",
    "level": "INTEGER",
    "parent": "VARCHAR",
    "kind": "VARCHAR",
    "value_unit": "VARCHAR",
    "decimals": "INTEGER",
    "multiplier": "VARCHAR",
    "modulus": "BIGINT",
    "interval_s": "INTEGER",
    "most_per_interval": "BIGINT",
    "calibrated_until": "DATE",
    "formula": "VARCHAR",
    "start": "DATE",
    "end": "DATE",
    "device": "VARCHAR",
    "first_value": "BIGINT",
    "last_value": "BIGINT",
    "sender": "VARCHAR",
    "code": "VARCHAR",
    "stat": "VARCHAR",
}
Spans = frozenset[tuple[int, int, int]]
"""Meter, the last second before its clock was off, the last one under it."""

KINDS: Final = ("register", "interval", "virtual")
STATS: Final = ("real_time", "day", "month", "year")


def day_of(at: int, offset_s: int = DEFAULT_OFFSET_S) -> date:
    """The civil day of the interval that ends at `at`; one that ends at 00:00 belongs to the day before."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at - 1 + offset_s)).date()


def month_of(at: int, offset_s: int = DEFAULT_OFFSET_S) -> str:
    """The civil month, as 2026-01, of the interval that ends at `at`."""
    return day_of(at, offset_s).isoformat()[:7]


def month_day(month: str) -> int:
    """The first day of a month, as 2026-01, in days since 1970."""
    return (date.fromisoformat(f"{month}-01") - date(1970, 1, 1)).days


def month_bounds(month: str, offset_s: int = DEFAULT_OFFSET_S) -> tuple[int, int]:
    """The ends `at` of a month: greater than the first number, up to and with the second.

    Gives    (seconds at its first 00:00, seconds at the first 00:00 of the month after).
    """
    year, number = (int(part) for part in month.split("-"))
    first = datetime(year, number, 1, tzinfo=UTC)
    after = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
    return int(first.timestamp()) - offset_s, int(after.timestamp()) - offset_s


def spans_table(spans: Spans) -> dict[str, Any]:
    """Spans as columns."""
    table = np.array(sorted(spans), dtype=np.int64).reshape(len(spans), 3)
    return {name: np.ascontiguousarray(table[:, place]) for place, name in enumerate(("meter", "low", "high"))}
