"""Simulated readings: piece by piece, so that a city's year needs no more memory than a month of a thousand meters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from tanheng.metering.register import Meter
from tanheng.metering.simulate_faults import CLOCK_S, SPIKE_KWH, Fault, placed_faults
from tanheng.metering.simulate_plan import (
    A_DAY,
    BLOCK,
    PLACES,
    QUARTER_S,
    Plan,
    Whole,
    first_value,
    largest,
    place_of,
    stay_of,
)
from tanheng.metering.simulate_use import use

SLIP: Final = 1000
MODULUS: Final = 10**8
NEW_DEVICE: Final = 12_345  # where the register of a new device begins
DIP: Final = 300  # by so much a register runs back in each interval of a negative run


@dataclass(frozen=True)
class Readings:
    """Readings in the order of their arrival: index of the meter in the plan, end of the interval, value."""

    index: npt.NDArray[np.int32]
    at: Whole
    value: Whole

    def __len__(self) -> int:
        return len(self.index)

    def where(self, chosen: npt.NDArray[np.bool_]) -> Readings:
        """Some of them."""
        return Readings(self.index[chosen], self.at[chosen], self.value[chosen])


@dataclass(frozen=True)
class Piece:
    """The readings of one block of meters in one month. `used` is the truth: (meter, interval), in steps of values."""

    month: str
    block: int
    first_end: int
    readings: Readings
    used: Whole


@dataclass
class Simulation:
    """A plan being carried out: what is carried from month to month, and what arrives at the very end."""

    plan: Plan
    faults: list[Fault] = field(init=False)
    stood: dict[int, Whole] = field(default_factory=dict)
    late: list[Readings] = field(default_factory=list)
    again: list[Readings] = field(default_factory=list)
    stays: dict[int, list[Meter]] = field(default_factory=dict)
    moved: bool = False  # whether a fault turned out to lie elsewhere than was planned

    def __post_init__(self) -> None:
        self.faults = sorted(placed_faults(self.plan), key=_in_turn)
        for fault in self.faults:
            if fault.kind == "rollover":
                self._let_turn(fault)

    def pieces(self) -> Iterator[Piece]:
        """The readings month by month and block by block, in the order of time."""
        for first, last in self.plan.spans():
            for block in self.plan.blocks():
                yield self._piece(block, first, last)

    def register(self) -> list[Meter]:
        """The rows of the register of meters, complete when all pieces were taken: swaps are known only then."""
        return [
            row
            for index in range(self.plan.meters)
            for row in (self.stays[index] if index in self.stays else [stay_of(self.plan, index)])
        ]

    def _piece(self, block: int, first: int, last: int) -> Piece:
        used = use(self.plan, block, first, last)
        values = self._values(block, used)
        start, count = block * BLOCK, used.shape[1]
        first_end = self.plan.begin + (first * A_DAY + 1) * QUARTER_S
        at = np.tile(first_end + QUARTER_S * np.arange(count, dtype=np.int64), (len(used), 1))
        sent = np.ones(used.shape, dtype=bool)
        for fault in self.faults:
            if start <= fault.index < start + len(used):
                self._break(fault, used, values, at, sent, start, first * A_DAY)
        index = np.repeat(np.arange(start, start + len(used), dtype=np.int32), count)
        readings = Readings(index, at.reshape(-1), values.reshape(-1))
        whole = bool(sent.all())
        month = (self.plan.start + timedelta(days=first)).isoformat()[:7]
        return Piece(month, block, first_end, readings if whole else readings.where(sent.reshape(-1)), used)

    def _values(self, block: int, used: Whole) -> Whole:
        """What the meters show: registers add up, the others send what was used."""
        start = block * BLOCK
        if block not in self.stood:
            self.stood[block] = np.array([self._begins(start + row) for row in range(len(used))], dtype=np.int64)
        cumulative = np.cumsum(used, axis=1) + self.stood[block][:, None]
        self.stood[block] = cumulative[:, -1].copy()
        sends = np.resize([place.kind == "interval" for place in PLACES], BLOCK)[: len(used)]
        cumulative[sends] = used[sends]
        return cumulative

    def _begins(self, index: int) -> int:
        if index in self.stays and (first := self.stays[index][0].first_value) is not None:
            return first
        return first_value(self.plan, index)

    def _let_turn(self, fault: Fault) -> None:
        """A register that turns over: it begins as far below its end as half of the time is likely to use."""
        typical = largest(self.plan, fault.index) // 8
        begins = MODULUS - typical * fault.start // 2
        self.stays[fault.index] = [stay_of(self.plan, fault.index, modulus=MODULUS, first_value=begins)]

    def _break(
        self,
        fault: Fault,
        used: Whole,
        values: Whole,
        at: Whole,
        sent: npt.NDArray[np.bool_],
        start: int,
        begun: int,
    ) -> None:
        """Does what the fault does to the part of it that lies in this piece, and to what follows from it."""
        row, low = fault.index - start, max(0, fault.start - begun)
        part, line = slice(low, min(values.shape[1], fault.stop - begun)), values[row]
        if fault.kind == "rollover":
            self._turn(fault, line, begun)
        elif fault.kind in {"swap", "reset"} and low < len(line):
            self._begin_anew(fault, line, low)
        elif low < (part.stop or 0):
            self._break_part(fault, line, at[row], sent[row], part)
        if low < part.stop:
            fault.size += int(used[row, part].sum()) * place_of(fault.index).steps

    def _turn(self, fault: Fault, line: Whole, begun: int) -> None:
        """Lets a register turn over, and notes when it really did."""
        turned = line >= MODULUS
        if fault.base is None and turned.any():
            fault.base, fault.start = MODULUS, begun + int(turned.argmax())
            self.moved = True
        line %= MODULUS

    def _break_part(self, fault: Fault, line: Whole, at: Whole, sent: npt.NDArray[np.bool_], part: slice) -> None:
        match fault.kind:
            case "gap" | "silent" | "interval_gap":
                sent[part] = False
            case "spike" | "interval_spike":
                line[part] += SPIKE_KWH * 10 ** place_of(fault.index).decimals
            case "late" | "duplicate":
                self._sent_later(fault, line[part], at[part])
                sent[part] = fault.kind == "duplicate"
            case "clock":
                at[part] += CLOCK_S
            case "negative":
                stood, steps = self._base(fault, line, part.start), part.stop - part.start
                line[part] = stood - DIP * np.arange(1, steps + 1)
            case "interval_negative":
                line[part] = -line[part] - 1
            case "wrong_unit":
                line[part] *= SLIP
            case "stuck":
                line[part] = self._base(fault, line, part.start)

    def _base(self, fault: Fault, line: Whole, low: int) -> int:
        """Where the register stood when the fault began, also when that was in the month before."""
        if fault.base is None:
            fault.base = int(line[low - 1])
        return fault.base

    def _begin_anew(self, fault: Fault, line: Whole, low: int) -> None:
        """A swap or a reset: from the fault on the register counts from another value."""
        if fault.base is None:
            stood = int(line[low - 1])
            fault.base = stood - (NEW_DEVICE if fault.kind == "swap" else 0)
            if fault.kind == "swap":
                self._swap(fault, stood)
        line[low:] -= fault.base

    def _swap(self, fault: Fault, stood: int) -> None:
        day = self.plan.start + timedelta(days=fault.start // A_DAY)
        before = self.stays[fault.index] if fault.index in self.stays else [stay_of(self.plan, fault.index)]
        old = replace(before[-1], last_value=stood)
        device = f"{old.meter}/{len(before) + 1}"
        new = stay_of(self.plan, fault.index, start=day, device=device, first_value=NEW_DEVICE)
        self.stays[fault.index] = [*before[:-1], old, new]

    def _sent_later(self, fault: Fault, values: Whole, at: Whole) -> None:
        index = np.full(len(values), fault.index, dtype=np.int32)
        (self.late if fault.kind == "late" else self.again).append(Readings(index, at.copy(), values.copy()))


def _in_turn(fault: Fault) -> tuple[bool, int]:
    """What changes a register for good comes first, in the order of time: the other faults distort what it then shows.

    A batch that comes late, or twice, holds what the meter showed after its swap or reset.
    """
    return fault.kind not in {"rollover", "swap", "reset"}, fault.start
