"""Measures as data: what a target's indicator is compared with, in which direction, and how its result was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import model_validator

from tanheng.kernel.pack.shape import Shape, Titled, UnitText
from tanheng.kernel.period import Accumulation

Direction = Literal["fall", "cap", "rise"]
Reckoned = Literal["decline", "amount", "increment"]
Made = Literal["estimated", "accounted", "fed_back"]
Over = Literal["year", "to_date"]


class MeasureReads(Shape):
    """An observation that is the result by itself; the accumulation follows from `over`."""

    indicator: str
    accumulation: Accumulation
    coverage: str


class MeasureSource(Shape):
    """Where a figure stands: a column of a method, or an observation.

    `over` is what it holds for: a whole year or a period to date. `growth` is the column of the same method that
    compares with the same months of the year before. A `negated` observation is a change, which is below zero where the
    measure counts a fall. `variant` tells apart what is made in two ways (the grid factor frozen or updated). `units`:
    it is of single units; any other source is of areas and their fields.
    """

    made: Made
    over: Over
    method: str = ""
    column: str = ""
    growth: str = ""
    reads: MeasureReads | None = None
    negated: bool = False
    variant: str = ""
    units: bool = False

    @property
    def columns(self) -> list[str]:
        """The columns of its method that it names."""
        return [column for column in (self.column, self.growth) if column]

    @model_validator(mode="after")
    def _is_one_thing(self) -> MeasureSource:
        if bool(self.method) == (self.reads is not None):
            raise ValueError("a source is a column of a method, or an observation")
        if bool(self.method) != bool(self.column or self.growth):
            raise ValueError("a method is read by its column")
        return self


class Measure(Titled):
    """What the targets of an indicator are measured by.

    decline    a fall in per cent, over a year or since a base year; the more the better (`fall`)
    amount     a level in `unit`, kept below (`cap`) or reached (`rise`)
    increment  what a level grew by, in `unit` (`cap`)

    `actuals` are its results in the order in which they are preferred. `amount` is the level behind it (energy in 10^4
    tce), by which a distance is put in tonnes. `demand_units` reads the units in which targets are printed; `path` is
    how a target is spread over its years where it does not say so itself, and `path_clause` where that is said.
    """

    indicator: str
    direction: Direction
    reckoned: Reckoned
    unit: UnitText
    kind: Literal["energy", "carbon", "other"] = "energy"
    demand_units: Mapping[str, UnitText] = {}
    path: Literal["logarithmic", "linear", "none"] = "none"
    path_clause: str = ""
    actuals: tuple[MeasureSource, ...] = ()
    amount: tuple[MeasureSource, ...] = ()
    note: str = ""

    @property
    def methods(self) -> list[str]:
        """The methods whose figures it is measured by."""
        return sorted({source.method for source in (*self.actuals, *self.amount) if source.method})

    @property
    def indicators_read(self) -> list[str]:
        """The observations it is measured by."""
        read = {source.reads.indicator for source in (*self.actuals, *self.amount) if source.reads is not None}
        columns = {column for source in (*self.actuals, *self.amount) for column in source.columns}
        return sorted(read | columns)

    @model_validator(mode="after")
    def _turns_the_right_way(self) -> Measure:
        if (self.reckoned == "decline") != (self.direction == "fall"):
            raise ValueError("a decline is a fall, and nothing else is")
        if self.reckoned == "increment" and self.direction != "cap":
            raise ValueError("an increment is capped")
        return self
