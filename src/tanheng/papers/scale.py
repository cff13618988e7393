"""The scale of an axis: round steps that hold every value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

_STEPS = (1, 2, 2.5, 5, 10)
_WANTED = 5


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` along a length from `start` to `end`, with a line at every step."""

    low: float
    high: float
    step: float
    start: float
    end: float

    def at(self, value: float | Decimal) -> float:
        """Where a value lies."""
        share = (float(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    def ticks(self) -> list[float]:
        """The values at which a line is drawn."""
        count = round((self.high - self.low) / self.step)
        return [round(self.low + number * self.step, 10) for number in range(count + 1)]

    def places(self) -> int:
        """How many places the numbers at the lines need."""
        return next((places for places in range(9) if round(self.step, places) == round(self.step, 10)), 9)


def scale_of(values: Iterable[Decimal], *, start: float, end: float, from_zero: bool) -> Scale:
    """A scale in round steps; bars need one that includes zero, for their length is what is read."""
    numbers = [float(value) for value in values] or [0.0]
    low, high = min(numbers), max(numbers)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low, low + 1) if low == 0 else (min(low, 0.0), max(high, 0.0))
    step = _round_step((high - low) / _WANTED)
    return Scale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step, start, end)


def _round_step(least: float) -> float:
    size: float = 10.0 ** floor(log10(least))
    return next(step * size for step in _STEPS if step * size >= least * (1 - 1e-9))
