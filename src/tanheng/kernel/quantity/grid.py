"""The integer grid of a result: the one place where a row result is rounded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tanheng.kernel.faults import Refusal
from tanheng.kernel.quantity.unit import Unit


@dataclass(frozen=True)
class Grid:
    """Whole numbers of `step` (a gram) stand for a quantity that people read in `unit` (a tonne).

    Refuses  unit-mismatch: `unit` is not a whole number of `step`.
    """

    unit: Unit
    step: Unit
    decimals: int = 3

    def __post_init__(self) -> None:
        if self.unit.ratio_to(self.step, what="grid").denominator != 1:
            raise Refusal("unit-mismatch", what="grid", expected=self.step.text, actual=self.unit.text)

    @cached_property
    def per_unit(self) -> int:
        """How many steps of the grid make one unit."""
        return int(self.unit.ratio_to(self.step, what="grid"))

    def exact(self, count: int) -> Decimal:
        """A grid count in the unit, without rounding."""
        return Decimal(count) / Decimal(self.per_unit)

    def display(self, count: int) -> str:
        """A grid count for people: in the unit, rounded half to even to the declared decimals, with separators."""
        return f"{self.exact(count):,.{self.decimals}f}"
