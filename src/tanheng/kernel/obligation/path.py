"""The arithmetic of a target's way: cumulative cut, progress, the rate that is left, the schedule. All are formulas.

A command evaluates them over numbers, an account writes them on its paper: the same arithmetic in both. Every quantity
is a pure number here: a cut of 14 % is 0.14, and a rise is below zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from operator import mul

from tanheng.kernel.quantity import Formula, exponential, natural_log, number

_ONE = number("1")


def remaining_level(cuts: Sequence[Formula]) -> Formula:
    """(1 - r1) x (1 - r2) x ...: what is left of the base year's level; the whole of it before any year is done."""
    return reduce(mul, [_ONE - cut for cut in cuts], _ONE) if cuts else _ONE


def cumulative_cut(remaining: Formula) -> Formula:
    """1 - what is left."""
    return _ONE - remaining


def logarithmic_progress(remaining: Formula, cut: Formula) -> Formula:
    """ln(what is left) / ln(1 - R): the share of the target that is done, as the published figures count it."""
    return natural_log(remaining) / natural_log(_ONE - cut)


def linear_progress(remaining: Formula, cut: Formula) -> Formula:
    """(1 - what is left) / R: the plain ratio, shown beside the other."""
    return (_ONE - remaining) / cut


def equal_rate_left(remaining: Formula, cut: Formula, years_left: int) -> Formula:
    """1 - ((1 - R) / what is left) ^ (1 / m): the equal yearly cut that meets the target in the m years left."""
    return _ONE - _root((_ONE - cut) / remaining, 1, years_left)


def next_cut(remaining: Formula, scheduled: Formula) -> Formula:
    """1 - (1 - S) / what is left: next year's cut after which the schedule S is met again."""
    return _ONE - (_ONE - scheduled) / remaining


def yearly_part(scheduled: Formula, scheduled_before: Formula) -> Formula:
    """1 - (1 - S) / (1 - S of the year before): the schedule's cut of one year."""
    return _ONE - (_ONE - scheduled) / (_ONE - scheduled_before)


def logarithmic_schedule(cut: Formula, passed: int, years: int) -> Formula:
    """1 - (1 - R) ^ (k / n): the cut that is due after k of n years at an equal yearly rate."""
    return _ONE - _root(_ONE - cut, passed, years)


def linear_schedule(cut: Formula, passed: int, years: int) -> Formula:
    """R x k / n: the cut that is due after k of n years in equal parts."""
    return cut * number(str(passed)) / number(str(years))


def level_between(base: Formula, target: Formula, passed: int, years: int) -> Formula:
    """base + (target - base) x k / n: a level on the straight way; either end may be zero, or below it."""
    return base + (target - base) * number(str(passed)) / number(str(years))


def level_at_equal_rate(base: Formula, target: Formula, passed: int, years: int) -> Formula:
    """base x (target / base) ^ (k / n): a level that changes by an equal rate; both ends must be above zero."""
    return base * _root(target / base, passed, years)


def has_logarithmic_path(cut: Decimal) -> bool:
    """Whether a cut (in per cent) can be spread at an equal rate: below 100 %, since nothing and less have no rate."""
    return cut < Decimal(100)


def has_progress(cut: Decimal) -> bool:
    """Whether a share of a cut (in per cent) can be done: where nothing is demanded there is no share of it."""
    return cut != 0


def _root(base: Formula, power: int, root: int) -> Formula:
    return exponential(natural_log(base) * number(str(power)) / number(str(root)))
