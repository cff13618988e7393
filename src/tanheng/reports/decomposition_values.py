"""The values of a draft: what a proposal says of those who get a demand, rounded for people."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from tanheng.kernel.obligation.decomposition import Value
from tanheng.reports.decomposition_figures import SplitFigures

PLACES = 2
"""To how many places values are rounded where nobody says otherwise."""


def drafted_values(found: SplitFigures, places: int = PLACES) -> tuple[Value, ...]:
    """The values of those who get a demand, half to even: from here on the rounded ones are what is meant.

    Gives    a fall in per cent, or the amount that is allowed, in the unit of the plan; none for a subject without one.
    """
    name, unit = ("rate", "%") if found.plan.kind == "intensity" else ("allowed", found.unit)
    split = {item.id for item in found.plan.subjects if item.standing == "split"}
    step = Decimal(1).scaleb(-places)
    known = [(line, line.get(name)) for line in found.lines if line.subject in split]
    return tuple(
        Value(line.subject, value.quantize(step, ROUND_HALF_EVEN), unit) for line, value in known if value is not None
    )
