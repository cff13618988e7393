"""What the register says of meters, in numbers: whose energy a meter counts, of what carrier, between which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from tanheng.kernel.faults import Finding
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.metering.conversion import REGISTER, Points, points
from tanheng.metering.register import Meter
from tanheng.metering.shapes import DAY_S, END_OF_TIME
from tanheng.metering.virtual import terms

GATEWAY_LEVEL = 1
_NO_LIMIT = 2**62
_EPOCH = date(1970, 1, 1)
_FOREVER = END_OF_TIME // DAY_S
_MIXED = -1  # the stays of a meter have intervals of unequal length: none of its days is plain


@dataclass(frozen=True)
class Dimensions:
    """The stays of all meters, and the names behind the numbers of units and carriers.

    `stays` and `limits` are of meters with readings; `virtual` and `terms` of those that are counted from others.
    """

    units: tuple[str, ...]
    carriers: tuple[str, ...]
    meters: Mapping[int, str]
    points: Points
    stays: Mapping[str, Any]
    limits: Mapping[str, Any]
    virtual: Mapping[str, Any]
    terms: Mapping[str, Any]
    findings: tuple[Finding, ...]

    @staticmethod
    def of(stays: Iterable[Meter], grids: MeteringGrids, offset_s: int) -> Dimensions:
        """The dimensions of a register.

        Reads    stays: as `Register.rows` gives them.
        Gives    also a finding for each virtual meter whose formula cannot be followed; it has no energy then.
        Refuses  meter-unit-unknown, meter-multiplier-unreadable.
        """
        everyone = list(stays)
        read = [stay for stay in everyone if stay.kind != "virtual"]
        units = tuple(sorted({stay.unit for stay in everyone}))
        carriers = tuple(sorted({stay.carrier for stay in everyone}))
        found = points(read, grids, offset_s)
        limits = _limits(read)
        table = _stays(read, found, units, carriers, offset_s, limits)
        names = {int(stay.number or 0): stay.meter for stay in everyone}
        formulas, problems = terms(everyone)
        virtual = _counted([stay for stay in everyone if stay.kind == "virtual"], units, carriers)
        return Dimensions(units, carriers, names, found, table, limits, virtual, formulas.columns(), tuple(problems))

    def counted(self) -> Mapping[str, Any]:
        """What the sums of units read of every stay, with those of virtual meters."""
        return {name: np.concatenate([self.stays[name], virtual]) for name, virtual in self.virtual.items()}


def _counted(stays: list[Meter], units: tuple[str, ...], carriers: tuple[str, ...]) -> dict[str, Any]:
    """The columns that sums of units need, for meters without readings."""
    return {
        "meter": _whole(int(stay.number or 0) for stay in stays),
        "unit": _whole(units.index(stay.unit) for stay in stays),
        "carrier": _whole(carriers.index(stay.carrier) for stay in stays),
        "start_day": _whole((stay.start - _EPOCH).days for stay in stays),
        "end_day": _whole(_FOREVER if stay.end is None else (stay.end - _EPOCH).days for stay in stays),
        "counted": _whole(int(stay.level == GATEWAY_LEVEL) for stay in stays),
    }


def _stays(
    read: list[Meter],
    found: Points,
    units: tuple[str, ...],
    carriers: tuple[str, ...],
    offset_s: int,
    limits: dict[str, Any],
) -> dict[str, Any]:
    mixed = np.isin(found["meter"], limits["meter"][limits["iv"] == _MIXED])
    unit_of = {unit: number for number, unit in enumerate(units)}
    carrier_of = {carrier: number for number, carrier in enumerate(carriers)}
    closes = np.minimum(found["closes"], END_OF_TIME)
    return {
        "meter": found["meter"],
        "unit": _whole(unit_of[stay.unit] for stay in read),
        "carrier": _whole(carrier_of[stay.carrier] for stay in read),
        "start_day": (found["opens"] + offset_s) // DAY_S,
        "end_day": (closes + offset_s) // DAY_S,
        "iv": found["iv"],
        "num": found["num"],
        "den": found["den"],
        "follows": (found["stay"] > 0).astype(np.int64),
        "plain": ((found["kind"] == REGISTER) & ~mixed).astype(np.int64),
        "counted": _whole(int(stay.level == GATEWAY_LEVEL) for stay in read),
    }


def _limits(read: list[Meter]) -> dict[str, Any]:
    """One row for each register: its interval, and the most that it can carry in one, in its own steps."""
    found: dict[int, tuple[int, int]] = {}
    for stay in read:
        if stay.kind != "register":
            continue
        most = _NO_LIMIT if stay.most_per_interval is None else stay.most_per_interval
        number = int(stay.number or 0)
        before = found.get(number, (stay.interval_s, most))
        found[number] = (stay.interval_s if before[0] == stay.interval_s else _MIXED, min(before[1], most))
    rows = sorted(found.items())
    return {
        "meter": _whole(number for number, _ in rows),
        "iv": _whole(limit[0] for _, limit in rows),
        "most": _whole(limit[1] for _, limit in rows),
    }


def _whole(values: Iterable[int]) -> Any:
    return np.fromiter(values, dtype=np.int64)
