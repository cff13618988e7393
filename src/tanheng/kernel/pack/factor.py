"""A factor and its dated entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from pydantic import field_validator, model_validator

from tanheng.kernel.pack.shape import Shape, Titled, UnitText
from tanheng.kernel.period import Period

# Decimal reads the digits of every script, and infinities too.
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


class Status(StrEnum):
    """How far a value has been checked against its source; the worst one used stands beside a result."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Straddle(StrEnum):
    """What governs a period in which the factor changes."""

    REFUSE = "refuse"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    BY_DAYS = "by_days"


class CarryForward(Shape):
    """For how many whole years an old entry may stand in where none is published yet, and by which clause."""

    carry_forward: int
    clause: str

    @field_validator("carry_forward", mode="before")
    @classmethod
    def _years(cls, value: object) -> object:
        found = re.fullmatch(r"(\d+) years?", str(value))
        if not found:
            raise ValueError(f"carry_forward is written as '2 years', not {value!r}")
        return int(found[1])


class FactorEntry(Shape):
    """One value: the activity it governs (`period`), what it was measured on, when it could first be known.

    `replaces` names the entry this one corrects; the other then stops counting for whoever knows this one.
    """

    id: str
    keys: Mapping[str, str]
    start: date
    end: date | None
    value: Decimal
    data_year: int | None = None
    published: date
    replaces: str | None = None
    clause: str
    status: Status
    note: str = ""

    @field_validator("value", mode="before")
    @classmethod
    def _decimal(cls, value: object) -> object:
        if isinstance(value, str) and not _DECIMAL.fullmatch(value):
            raise ValueError(f"{value!r} is not a decimal in plain digits")
        return value

    @model_validator(mode="after")
    def _some_time(self) -> FactorEntry:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"the period of {self.id} ends before it begins: {self.start}..{self.end}")
        return self

    def covers(self, period: Period) -> bool:
        """Whether the entry governs the whole period."""
        return self.start <= period.start and (self.end is None or period.end <= self.end)

    def touches(self, period: Period) -> bool:
        """Whether the entry governs a part of the period."""
        return self.start < period.end and (self.end is None or period.start < self.end)

    def days_in(self, period: Period) -> int:
        """How many days of the period the entry governs."""
        end = period.end if self.end is None else min(self.end, period.end)
        return max(0, (end - max(self.start, period.start)).days)


class Factor(Titled):
    """A table of dated values by key, fit for the schemes it names and refused in any other."""

    unit: UnitText
    keys: tuple[str, ...]
    schemes: tuple[str, ...]
    when_missing: Literal["refuse"] | CarryForward
    straddle: Straddle
    entries: tuple[FactorEntry, ...]

    @field_validator("entries", mode="before")
    @classmethod
    def _entries(cls, value: Any, info: Any) -> Any:
        """Splits the key columns from the rest, and `period: [start, end]` into its two dates."""
        keys = info.data["keys"] if "keys" in info.data else ()
        return [_entry_fields(row, keys) if isinstance(row, Mapping) else row for row in value]

    @model_validator(mode="after")
    def _entries_fit(self) -> Factor:
        ids = [entry.id for entry in self.entries]
        if twice := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f"entry ids stand twice: {', '.join(twice)}")
        if unknown := sorted({entry.replaces for entry in self.entries if entry.replaces} - set(ids)):
            raise ValueError(f"replaces names entries that do not exist: {', '.join(unknown)}")
        return self

    def entry(self, id: str) -> FactorEntry:
        """The entry of that id."""
        return next(entry for entry in self.entries if entry.id == id)


def _entry_fields(row: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    if "keys" in row:
        return dict(row)
    fields = {name: value for name, value in row.items() if name not in (*keys, "period")}
    missing = [key for key in keys if key not in row]
    if missing or not isinstance(row.get("period"), list | tuple) or len(row["period"]) != 2:
        problem = f"lacks {', '.join(missing)}" if missing else "needs period: [start, end]"
        raise ValueError(f"entry {row.get('id', '?')} {problem}")
    start, end = row["period"]
    return fields | {"keys": {key: str(row[key]) for key in keys}, "start": start, "end": end}
