"""The true use of simulated meters: whole numbers all the way, so that every machine makes the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import numpy as np

from tanheng.metering.simulate_plan import A_DAY, BLOCK, GATE, GATED, PER_UNIT, PLACES, WIDEST, Plan, Whole


def _slots(*pieces: tuple[int, int]) -> Whole:
    """A day of 96 quarters from (until hour, thousandths)."""
    day, start = np.zeros(A_DAY, dtype=np.int64), 0
    for hour, share in pieces:
        day[start : hour * 4] = share
        start = hour * 4
    return day


_WORKDAY: Final = {
    "works": _slots((6, 250), (8, 700), (12, 1300), (13, 900), (18, 1300), (22, 700), (24, 300)),
    "shifts": _slots((7, 900), (8, 600), (15, 1200), (16, 700), (23, 1100), (24, 600)),
    "steady": _slots((8, 900), (20, 1100), (24, 950)),
    "office": _slots((7, 100), (9, 700), (12, 1500), (14, 1200), (18, 1600), (21, 500), (24, 150)),
    "sun": _slots((6, 0), (8, 300), (10, 1100), (14, 1900), (16, 1200), (18, 300), (24, 0)),
}
_WEEKEND: Final = {"works": 400, "shifts": 800, "steady": 950, "office": 250, "sun": 1000}
_SEASON: Final = (1150, 1050, 950, 900, 920, 1050, 1250, 1280, 1050, 900, 950, 1100)


def use(plan: Plan, block: int, first: int, last: int) -> Whole:
    """The use of every meter of a block in every quarter of an hour of some days.

    Reads    first, last: days of the plan, the last not included; as `Plan.spans` gives them.
    Gives    an array (meter, interval) in steps of each meter's value.
    """
    count = plan.count(block)
    chance = plan.draw(block, 2 + first).integers(850, 1151, (BLOCK, (last - first) * A_DAY), dtype=np.int16)
    shape = np.stack([_shape(plan, place.shape, first, last) for place in PLACES])
    typical = np.array([place.typical for place in PLACES], dtype=np.int64)
    base = np.resize(typical, BLOCK)[:count] * plan.size_of(block)[:count] // 1000
    used = base[:, None] * np.resize(shape, (BLOCK, shape.shape[1]))[:count] // 1000
    used *= chance[:count]
    used //= 1000
    np.minimum(used, (WIDEST - 1) * (base[:, None] + 1), out=used)
    _add_up(used)
    return used


def _shape(plan: Plan, name: str, first: int, last: int) -> Whole:
    """The course of use over some days, in thousandths."""
    days = [plan.start + timedelta(days=day) for day in range(first, last)]
    weekend = [_WEEKEND[name] if day.weekday() >= 5 else 1000 for day in days]
    season = [_SEASON[day.month - 1] for day in days]
    level = np.array(weekend, dtype=np.int64) * np.array(season, dtype=np.int64)
    return (level[:, None] * _WORKDAY[name][None, :] // 1_000_000).reshape(-1)


def _add_up(used: Whole) -> None:
    """The gate of a unit measures its sub-meters and a loss of one in a hundred besides its own."""
    for gate in range(GATE, len(used), PER_UNIT):
        parts = used[[gate + at for at in GATED if gate + at < len(used)]].sum(axis=0)
        used[gate] += parts + parts // 100
