"""What a target demands in the terms of its measure: every operator read as a decline, an amount or an increment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.period import Period

Of = Literal["itself", "base"]

_SIGN_OF_DECLINE: Mapping[str, int] = {
    "down": 1,
    "down_at_least": 1,
    "at_least": 1,
    "reach": 1,
    "about": 1,
    "range": 1,
    "up": -1,
    "change": -1,
    "no_increase": 0,
}
_SIGN_OF_CHANGE: Mapping[str, int] = {"down": -1, "down_at_least": -1, "up": 1, "change": 1, "no_increase": 0}
_LEVELS = frozenset({"at_most", "at_least", "reach", "up_to", "about", "range"})
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class Asked:
    """What is asked: a number of the measure's own (`itself`), or a change in per cent of the base year (`base`).

    `floor` is what must be reached at least, `stretch` the other end of a range; both in the unit of the demand.
    """

    floor: Decimal
    stretch: Decimal | None = None
    of: Of = "itself"


@dataclass(frozen=True)
class Span:
    """From which year's level a target is measured, to the end of which year; `onwards`: in every year from then on."""

    base: int | None
    due: int
    onwards: bool = False

    @property
    def years(self) -> int | None:
        """How many years it runs; None where it has no base."""
        return None if self.base is None else self.due - self.base

    def holds_in(self, year: int) -> bool:
        """Whether a year lies on its way."""
        if self.onwards:
            return year >= self.due
        return year == self.due if self.base is None else self.base < year <= self.due


def asked_by(target: Target, measure: Measure) -> Asked | None:
    """What a target asks of its measure.

    Gives    None where the demand is no number of it: assigned by another office, a deed, a formula, a threshold, or
             an operator that this measure cannot carry (a rise of an increment).
    """
    low, high = _values(target)
    operator = target.demand.operator
    if measure.reckoned == "decline":
        return _decline(operator, low, high)
    if measure.reckoned == "increment":
        return _increment(operator, low, high)
    return _amount(operator, low, high, measure)


def span_of(target: Target) -> Span | None:
    """The years of a target; None where it does not say by when in years, or is due within one."""
    first, dots, last = target.demand.by.partition("..")
    onwards = bool(dots) and not last
    due = _period(first if onwards else target.demand.by)
    base = None if target.baseline is None else _period(target.baseline.period)
    if due is None or due.end.month != 1 or (target.baseline is not None and base is None):
        return None
    return Span(None if base is None else base.start.year, due.end.year - 1, onwards)


def _period(text: str) -> Period | None:
    """A period as a document writes it; None where it is no period."""
    try:
        return Period.parse(text)
    except Refusal:
        return None


def _values(target: Target) -> tuple[Decimal | None, Decimal | None]:
    demand = target.demand
    low = demand.value if demand.value_norm is None else demand.value_norm
    if demand.value_high is None or demand.value is None or low is None:
        return low, None
    ratio = low / demand.value if demand.value else Decimal(1)
    return low, demand.value_high * ratio


def _decline(operator: str, low: Decimal | None, high: Decimal | None) -> Asked | None:
    if operator not in _SIGN_OF_DECLINE:
        return None
    sign = _SIGN_OF_DECLINE[operator]
    if sign == 0:
        return Asked(Decimal(0))
    if low is None:
        return None
    ends = sorted(sign * value for value in (low, high) if value is not None)
    return Asked(ends[0], ends[1] if len(ends) > 1 else None)


def _increment(operator: str, low: Decimal | None, high: Decimal | None) -> Asked | None:
    if operator == "no_increase":
        return Asked(Decimal(0))
    if low is None or operator not in _LEVELS - {"at_least"}:
        return None
    ends = sorted((value for value in (low, high) if value is not None), reverse=True)
    return Asked(ends[0], ends[1] if len(ends) > 1 else None)


def _amount(operator: str, low: Decimal | None, high: Decimal | None, measure: Measure) -> Asked | None:
    if operator in _SIGN_OF_CHANGE:
        return _change(operator, low, high, rising=measure.direction == "rise")
    if operator == "cover_all":
        return Asked(_WHOLE)
    if operator == "multiply" and low is not None:
        return Asked((low - 1) * _WHOLE, of="base")
    if low is None or operator not in _LEVELS:
        return None
    falling = measure.direction == "cap"
    ends = sorted((value for value in (low, high) if value is not None), reverse=falling)
    return Asked(ends[0], ends[1] if len(ends) > 1 else None)


def _change(operator: str, low: Decimal | None, high: Decimal | None, *, rising: bool) -> Asked | None:
    sign = _SIGN_OF_CHANGE[operator]
    if sign == 0:
        return Asked(Decimal(0), of="base")
    if low is None:
        return None
    ends = sorted((sign * value for value in (low, high) if value is not None), reverse=not rising)
    return Asked(ends[0], ends[1] if len(ends) > 1 else None, "base")
