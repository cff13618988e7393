"""Rates put onto bands: the step that a plan allows, and how far it moves the rate."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from tanheng.kernel.faults import Severity
from tanheng.kernel.obligation.decomposition.splitting import Splitting
from tanheng.kernel.pack.decomposition_plan import Bands
from tanheng.kernel.quantity import name
from tanheng.kernel.trace import Cell

_ROUNDING = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}
_DIGITS = Decimal("0.0000001")  # per cent: what is finer is noise of doubles, and must not lift a rate by a band


def banded(split: Splitting, subject: str, rate: Cell) -> Cell:
    """A rate in per cent on the band that the plan puts it on; as it is where the plan has none.

    banded = rate + (band - rate)

    Gives    a note where a rate lies beyond the outermost band.
    """
    bands = split.plan.bands
    if bands is None or rate.value is None:
        return rate
    exact = Decimal(repr(float(rate.value))).quantize(_DIGITS)
    band = band_of(bands, exact)
    if bands.steps and not min(bands.steps) <= exact <= max(bands.steps):
        split.find("split-beyond-bands", subject, Severity.NOTE, rate=exact.normalize(), band=band)
    chosen = split.says(f"bands.{subject}", band, "%", ("所落的档", "the band it falls on"), bands.clause)
    inputs = {"band": chosen, "rate": rate}
    moved = split.step(split.at("split_move_to_band", subject), name("band") - name("rate"), inputs, "%", "bands")
    onto = {"rate": rate, "moved": moved}
    return split.step(split.at("split_rate_on_band", subject), name("rate") + name("moved"), onto, "%", "bands")


def band_of(bands: Bands, rate: Decimal) -> Decimal:
    """The band of a rate: of a list the next one up, down or nearest (of two as near the stricter); else a multiple."""
    if bands.every is not None:
        return (rate / bands.every).quantize(Decimal(1), rounding=_ROUNDING[bands.to]) * bands.every
    steps = sorted(bands.steps)
    if bands.to == "up":
        return next((step for step in steps if step >= rate), steps[-1])
    if bands.to == "down":
        return next((step for step in reversed(steps) if step <= rate), steps[0])
    return min(steps, key=lambda step: (abs(step - rate), -step))
