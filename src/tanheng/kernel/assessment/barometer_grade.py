"""Grading one figure against one target: level, colour, gap, and how far it is to the next colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import NO_DATA, BarometerLevel, BarometerRule, Direction, Reach

_HUNDRED = Decimal(100)
_NO_DATA = Worded("无数据（灰）", "No data, grey")


@dataclass(frozen=True)
class NextColour:
    """The next better colour, or for the best one the colour it would fall to.

    `actual_needed` is the figure at which it begins, `distance` how far the actual is from there, both in the unit of
    the target. Where the limit itself does not count (`beyond`), any amount past it does.
    """

    level: int
    colour: str
    better: bool
    actual_needed: Decimal
    distance: Decimal


@dataclass(frozen=True)
class Grade:
    """A light. Without data it has a colour of its own and nothing else; `gap_pct` is missing against a base of zero.

    The gap is positive where the target is missed.
    """

    level: int | None
    colour: str
    label: Worded
    gap: Decimal | None
    gap_pct: Decimal | None
    next_colour: NextColour | None


def graded(
    rule: BarometerRule, direction: Direction, target: Decimal, actual: Decimal | None, base: Decimal | None = None
) -> Grade:
    """The light of an actual figure.

    gap = (target - actual) / |base| for a fall or a rise to be reached, (actual - target) / |base| for a cap

    Limits are compared in the unit of the target (target - limit x |base|), so that a target of zero needs no
    division: whatever misses it misses it by more than any share of it.

    Reads    base: what the share is taken of (default: the target).
    Gives    grey where there is no actual figure.
    Refuses  barometer-direction-unfit; barometer-target-unfit: a rate of completion of a target of zero or below.
    """
    refuse_unfit(rule, direction, target)
    if actual is None:
        return Grade(None, NO_DATA, _NO_DATA, None, None, None)
    size = abs(target if base is None else base)
    limits = {level.level: limit_of(reach, direction, target, size) for level, reach in rule.steps}
    level = _level(rule, direction, actual, limits)
    missed = actual - target if direction == "cap" else target - actual
    gap = missed / size if size else None
    return Grade(
        level.level,
        level.colour,
        Worded(level.label.zh, level.label.en),
        gap,
        None if gap is None else gap * _HUNDRED,
        _next(rule, direction, level, actual, limits),
    )


def refuse_unfit(rule: BarometerRule, direction: Direction, target: Decimal) -> None:
    """Refuses  barometer-direction-unfit, barometer-target-unfit: what the rule cannot grade."""
    if direction not in rule.directions:
        fields = {"rule": rule.id, "direction": direction, "allowed": ", ".join(rule.directions)}
        raise Refusal("barometer-direction-unfit", **fields)
    if target <= 0 and any(reach.by == "completion" for _, reach in rule.steps):
        raise Refusal("barometer-target-unfit", rule=rule.id, target=target)


def limit_of(reach: Reach, direction: Direction, target: Decimal, size: Decimal) -> Decimal:
    """The actual figure at which a level begins, in the unit of the target."""
    match reach.by:
        case "gap":
            allowed = size * reach.limit / _HUNDRED
            return target + allowed if direction == "cap" else target - allowed
        case "completion":
            return target * reach.limit / _HUNDRED
    return reach.limit


def _level(rule: BarometerRule, direction: Direction, actual: Decimal, limits: dict[int, Decimal]) -> BarometerLevel:
    """The best level that is reached: whoever meets the target is not put lower for what a lower level asks."""
    for level, reach in rule.steps:
        beyond = limits[level.level] - actual if direction == "cap" else actual - limits[level.level]
        if beyond > 0 or (beyond == 0 and not reach.beyond):
            return level
    return rule.lowest


def _next(
    rule: BarometerRule, direction: Direction, level: BarometerLevel, actual: Decimal, limits: dict[int, Decimal]
) -> NextColour:
    following, better = following_level(rule, direction, level.level, limits)
    needed = limits[following.level if better else rule.levels[0].level]
    return NextColour(following.level, following.colour, better, needed, abs(needed - actual))


def following_level(
    rule: BarometerRule, direction: Direction, level: int, limits: Mapping[int, Decimal | float]
) -> tuple[BarometerLevel, bool]:
    """The better level whose limit is nearest; for the best level, the one it would fall to.

    Reads    limits: the figure at which each level begins, by level.
    Gives    the level, and whether it is a better one.
    """
    best, sign = rule.levels[0], -1 if direction == "cap" else 1
    if level < best.level:
        better = (number for number in limits if number > level)
        return rule.at(min(better, key=lambda number: sign * limits[number])), True
    below = [number for number, limit in limits.items() if sign * limit < sign * limits[best.level]]
    return rule.at(max(below, default=rule.lowest.level)), False
