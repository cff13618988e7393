"""The formulas of a light: each is made once for all lights of a kind, for there are thousands of them."""

from __future__ import annotations

from functools import cache

from tanheng.kernel.quantity import Formula, Unit, greatest_of, least_of, name, number, size_of

RATE = "10^-9"
FINE = 10**9
_WHOLE_RATE = number("1000000000", RATE)
_HUNDRED = number("100", "%")
_ONE, _ZERO = number("1"), number("0")


@cache
def missed(*, capped: bool) -> Formula:
    """By how much the target is missed."""
    return name("actual") - name("target") if capped else name("target") - name("actual")


@cache
def gap(*, capped: bool) -> Formula:
    """What is missed as a share of the base, in per cent."""
    return missed(capped=capped) / size_of(name("base")) * _HUNDRED


@cache
def begins_by_completion() -> Formula:
    """The figure at which a share of the target is done."""
    return name("target") * name("cut") / _HUNDRED


@cache
def begins_at_cut(*, in_steps: bool) -> Formula:
    """The figure that a rule names itself; of a rate in steps of its grid."""
    return name("cut") * number("10000000", f"{RATE}/%") if in_steps else name("cut")


@cache
def begins_by_gap(*, capped: bool) -> Formula:
    """The figure that misses the target by an allowed share of the base."""
    allowed = size_of(name("base")) * name("cut") / _HUNDRED
    return name("target") + allowed if capped else name("target") - allowed


@cache
def level_reached(lowest: int, steps: tuple[tuple[int, bool], ...], unit: str, *, capped: bool) -> Formula:
    """lowest + the levels that are reached, each 1 or 0; whoever reaches a better one reaches those below it.

    Reads    steps: the levels above the lowest, and whether what is just at their limit does not count.
    """
    formula, best = number(str(lowest)), None
    for level, beyond in steps:
        here = _reached(name(f"begins_{level}"), unit, capped=capped, beyond=beyond)
        best = here if best is None else greatest_of(best, here)
        formula = formula + best
    return formula


def _reached(limit: Formula, unit: str, *, capped: bool, beyond: bool) -> Formula:
    """1 where the figure has come to a limit, else 0."""
    past = limit - name("actual") if capped else name("actual") - limit
    steps = (past / number("1", unit)).rounded(1 if unit == RATE else FINE)
    counted = steps if beyond else steps + _ONE
    return least_of(greatest_of(counted, _ZERO), _ONE)


@cache
def amount_to_save(unit: Unit, wanted: Unit) -> Formula:
    """actual - limit, of an amount."""
    return (name("actual") - name("limit")) * in_unit(unit, wanted)


@cache
def energy_to_save(unit: Unit, wanted: Unit, *, capped: bool) -> Formula:
    """amount x (limit - actual) / (1 - actual) of a decline; amount x (actual - limit) / (1 + actual) under a cap."""
    if capped:
        share = (name("actual") - name("limit")) / (_WHOLE_RATE + name("actual"))
    else:
        share = (name("limit") - name("actual")) / (_WHOLE_RATE - name("actual"))
    return name("amount") * share * in_unit(unit, wanted)


@cache
def shown(what: str, unit: Unit, wanted: Unit) -> Formula:
    """A figure in another unit of its kind."""
    return name(what) * in_unit(unit, wanted)


@cache
def in_unit(unit: Unit, wanted: Unit) -> Formula:
    """The factor from one unit to another of its kind."""
    ratio = unit.ratio_to(wanted, what=wanted.text)
    factor = number(str(ratio.numerator), f"{wanted.text}/{unit.text}")
    return factor if ratio.denominator == 1 else factor / number(str(ratio.denominator))
