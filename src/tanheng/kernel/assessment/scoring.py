"""The closed list of forms in which an item is scored: each a formula over a gap and a completion.

A gap is in per cent and on its grid: by how much the target is met (0 and more) or missed (below 0). A completion is
what was reached of what was demanded. Nothing here compares doubles: `reached` is 1 or 0 by whole steps of the grid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from tanheng.kernel.account.references import sum_of
from tanheng.kernel.pack import ScoreItem
from tanheng.kernel.quantity import Formula, greatest_of, least_of, name, number

ANNUAL, CUMULATIVE = "gap_annual", "gap_cumulative"
COMPLETION = "completion"
_STEP = "10^-9"
_ZERO, _ONE = number("0"), number("1")
_STEPS_PER_CENT = 10**7  # how many steps of the grid make one per cent


def reached(quantity: Formula, limit: Decimal) -> Formula:
    """1 where a quantity on its grid has reached a limit in per cent, else 0."""
    steps = number(str(int(limit * _STEPS_PER_CENT)), _STEP)
    one, none = number("1", _STEP), number("0", _STEP)
    return least_of(greatest_of(quantity - steps + one, none), one) / one


def met(gap: str) -> Formula:
    """1 where a target is met, else 0."""
    return reached(name(gap), Decimal(0))


def points_of(item: ScoreItem) -> Formula:
    """The points of an item that is measured, over `points`, `completion` and the gaps.

    Refuses  ValueError: an item that is entered.
    """
    if item.form not in _FORMS:
        raise ValueError(f"{item.id} is entered, not measured")
    return _FORMS[item.form](item)


def needs(item: ScoreItem) -> tuple[str, ...]:
    """Which quantities the formula of an item reads beside its points."""
    gap = CUMULATIVE if item.reach == "cumulative" else ANNUAL
    return {
        "met": (gap,),
        "over_cap": (gap,),
        "combination": (ANNUAL, CUMULATIVE),
    }.get(item.form, (COMPLETION,))


def _all_or_nothing(item: ScoreItem) -> Formula:
    return name("points") * met(_gap(item))


def _proportional(item: ScoreItem) -> Formula:
    steps = number(str(100 * _STEPS_PER_CENT), _STEP)
    return name("points") * least_of(greatest_of(name(COMPLETION) / steps, _ZERO), _ONE)


def _bands(item: ScoreItem) -> Formula:
    """Each band adds what it is worth more than the next lower one."""
    below = [band.points for band in item.bands[1:]] + [Decimal(0)]
    worth = [(band.from_, band.points - less) for band, less in zip(item.bands, below, strict=True)]
    return sum_of([_share(item, more) * reached(name(COMPLETION), limit) for limit, more in worth])


def _over_cap(item: ScoreItem) -> Formula:
    """All points within the cap; each wider band adds what it leaves to whoever stays below it."""
    gap = _gap(item)
    less = [band.points for band in item.bands]
    first = _share(item, item.points - less[0]) * met(gap)
    exceeded = number("0", _STEP) - name(gap)
    rest = [
        _share(item, points - after) * (_ONE - reached(exceeded, band.from_))
        for band, points, after in zip(item.bands, less, [*less[1:], Decimal(0)], strict=True)
    ]
    return sum_of([first, *rest])


def _combination(item: ScoreItem) -> Formula:
    annual, cumulative = met(ANNUAL), met(CUMULATIVE)
    parts = {
        "both": annual * cumulative,
        "cumulative_only": (_ONE - annual) * cumulative,
        "annual_only": annual * (_ONE - cumulative),
        "neither": (_ONE - annual) * (_ONE - cumulative),
    }
    return sum_of([_share(item, worth) * parts[which] for which, worth in item.table.items() if worth])


def _surplus(item: ScoreItem) -> Formula:
    """Every whole step beyond the target."""
    if item.surplus is None:
        raise ValueError(f"{item.id} says nothing of a surplus")
    each, count = item.surplus, int(item.surplus.most / item.surplus.points)
    limits = [Decimal(100) + each.every * step for step in range(1, count + 1)]
    return sum_of([_share(item, each.points) * reached(name(COMPLETION), limit) for limit in limits])


def _share(item: ScoreItem, worth: Decimal) -> Formula:
    """So many of the points of the item: points x worth / all."""
    return name("points") * number(str(worth)) / number(str(item.points))


def _gap(item: ScoreItem) -> str:
    return CUMULATIVE if item.reach == "cumulative" else ANNUAL


_FORMS: Mapping[str, Callable[[ScoreItem], Formula]] = {
    "met": _all_or_nothing,
    "proportional": _proportional,
    "bands": _bands,
    "over_cap": _over_cap,
    "combination": _combination,
    "surplus": _surplus,
}
