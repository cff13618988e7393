"""What is simulated: how many meters for how long, of which kinds, with which faults, from which seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from tanheng.metering.register import Meter
from tanheng.metering.shapes import DEFAULT_OFFSET_S

Whole = npt.NDArray[np.int64]
QUARTER_S: Final = 900
A_DAY: Final = 96
PER_UNIT: Final = 10
BLOCK_UNITS: Final = 100
BLOCK: Final = PER_UNIT * BLOCK_UNITS  # meters that are drawn together
DAYS_AT_ONCE: Final = 31
_CALIBRATED_DAYS: Final = 1461
WIDEST: Final = 8  # the most of an interval is so many times the largest typical use


@dataclass(frozen=True)
class Place:
    """One of the ten meters of a simulated unit."""

    name: str
    carrier: str
    value_unit: str
    decimals: int
    kind: str
    level: int
    usage: str
    step: str
    steps: int  # grid steps of one whole step of its value
    typical: int  # use of a quarter of an hour, in steps of its value
    shape: str


# The main meter of a unit measures what its sub-meters measure, and a loss. Two of these send amounts of intervals.
PLACES: Final = (
    Place("gate", "electricity", "kWh", 2, "register", 1, "total", "Wh", 10, 40, "works"),
    Place("line-1", "electricity", "kWh", 2, "register", 2, "production", "Wh", 10, 900, "works"),
    Place("line-2", "electricity", "kWh", 2, "register", 2, "production", "Wh", 10, 600, "shifts"),
    Place("cooling", "electricity", "kWh", 2, "register", 2, "cooling", "Wh", 10, 300, "steady"),
    Place("light", "electricity", "kWh", 2, "register", 2, "lighting", "Wh", 10, 120, "office"),
    Place("office", "electricity", "kWh", 2, "interval", 2, "office", "Wh", 10, 150, "office"),
    Place("pump", "electricity", "kWh", 2, "register", 2, "pumps", "Wh", 10, 200, "steady"),
    Place("gas", "natural_gas", "m3", 2, "register", 1, "total", "L", 10, 250, "shifts"),
    Place("steam", "heat", "GJ", 3, "register", 1, "total", "kJ", 1000, 60, "works"),
    Place("solar", "electricity", "kWh", 2, "interval", 3, "own generation", "Wh", 10, 180, "sun"),
)
GATE: Final = 0
GATED: Final = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Plan:
    """A simulation. Two plans that are equal give the same meters, readings, faults and truth.

    `wanted` are the faults by name and number, as `simulate_faults.wanted` reads them; `strict`: each must find room.
    """

    meters: int
    days: int
    seed: int
    start: date = date(2026, 1, 1)
    wanted: tuple[tuple[str, int], ...] = ()
    strict: bool = False
    offset_s: int = DEFAULT_OFFSET_S
    prefix: str = "sim"
    bases: dict[int, Whole] = field(default_factory=dict, compare=False, repr=False)

    @property
    def begin(self) -> int:
        """The second at which the first interval begins."""
        return (self.start - date(1970, 1, 1)).days * A_DAY * QUARTER_S - self.offset_s

    @property
    def intervals(self) -> int:
        """How many intervals each meter has."""
        return self.days * A_DAY

    def spans(self) -> Iterator[tuple[int, int]]:
        """The simulation cut at the ends of civil months: the days of each piece, counted from its start."""
        first = 0
        while first < self.days:
            today = self.start + timedelta(days=first)
            following = (today.replace(day=1) + timedelta(days=DAYS_AT_ONCE + 1)).replace(day=1)
            last = min(self.days, first + (following - today).days)
            yield first, last
            first = last

    def blocks(self) -> range:
        """The groups in which meters are drawn."""
        return range((self.meters + BLOCK - 1) // BLOCK)

    def count(self, block: int) -> int:
        """How many meters a block has; all but the last are full."""
        return min(BLOCK, self.meters - block * BLOCK)

    def draw(self, block: int, purpose: int) -> np.random.Generator:
        """The chance of one block for one purpose: independent of how many meters there are."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, block, purpose])))

    def size_of(self, block: int) -> Whole:
        """How large the meters of a full block are: their typical use in thousandths of that of their place."""
        if block not in self.bases:
            units = self.draw(block, 0).integers(300, 3000, BLOCK_UNITS)
            self.bases[block] = np.repeat(units, PER_UNIT).astype(np.int64)
        return self.bases[block]


def place_of(index: int) -> Place:
    """The place of a meter in its unit."""
    return PLACES[index % PER_UNIT]


def name_of(plan: Plan, index: int) -> str:
    """The id of a meter."""
    return f"{plan.prefix}-{index // PER_UNIT + 1:05d}-{place_of(index).name}"


def largest(plan: Plan, index: int) -> int:
    """The most that an interval of the meter can bring, in steps of its value."""
    size = int(plan.size_of(index // BLOCK)[index % BLOCK])
    place = index % PER_UNIT
    own = WIDEST * (PLACES[place].typical * size // 1000 + 1)
    if place != GATE:
        return own
    parts = [index + at for at in GATED if index + at < plan.meters]
    return own + sum(largest(plan, part) for part in parts) * 21 // 20


def first_value(plan: Plan, index: int) -> int:
    """Where the register of a meter stands at the start."""
    return int(plan.draw(index // BLOCK, 1).integers(5_000_000, 50_000_000, BLOCK)[index % BLOCK])


def stay_of(plan: Plan, index: int, **changed: object) -> Meter:
    """The row of a meter for the register of meters."""
    place, first = place_of(index), name_of(plan, index - index % PER_UNIT + GATE)
    given: dict[str, object] = {
        "meter": name_of(plan, index),
        "label": name_of(plan, index),
        "carrier": place.carrier,
        "unit": f"facility/{plan.prefix}-{index // PER_UNIT + 1:05d}",
        "usage": place.usage,
        "level": place.level,
        "parent": first if index % PER_UNIT in GATED else None,
        "kind": place.kind,
        "value_unit": place.value_unit,
        "decimals": place.decimals,
        "most_per_interval": largest(plan, index),
        "start": plan.start,
        "calibrated_until": plan.start + timedelta(days=_CALIBRATED_DAYS),
        "device": f"{name_of(plan, index)}/1",
        "number": index + 1,
        "first_value": first_value(plan, index) if place.kind == "register" else None,
    }
    return Meter(**{**given, **changed})  # type: ignore[arg-type]
