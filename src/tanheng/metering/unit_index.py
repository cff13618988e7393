"""The index of data quality of a unit: a mean of the parts that are known, each between nought and one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tanheng.kernel.pack.metering_quality import IndexPart, MeteringQuality
from tanheng.metering.balances import Balance
from tanheng.metering.register import Meter
from tanheng.metering.standing import Standing

PARTS: Final[tuple[IndexPart, ...]] = ("completeness", "timeliness", "accuracy", "validity", "conformity")


@dataclass(frozen=True)
class UnitIndex:
    """A unit, its parts (None: nothing is known) and the index; None where no part is known."""

    unit: str
    meters: int
    parts: Mapping[IndexPart, Decimal | None]
    index: Decimal | None


def unit_indexes(
    all_of: Sequence[Standing],
    stays: Iterable[Meter],
    balances: Iterable[Balance],
    limits: MeteringQuality,
    on: date,
    late: Mapping[str, Decimal] | None = None,
) -> list[UnitIndex]:
    """The index of every unit.

    completeness  read intervals / due intervals
    timeliness    1 - share of readings that came late (`late`, by unit); unknown without it
    accuracy      meters in calibration / meters whose calibration is on record
    validity      energy measured or spread / energy, by carrier, the worst of them
    conformity    parents whose sub-meters add up / parents with sub-meters read in full
    index         mean of the known parts by the weights of the limits

    Source   the parts are those of a provincial draft, their arithmetic and equal weights ours: see the limits.
    """
    by_unit: dict[str, list[Standing]] = {}
    for one in all_of:
        by_unit.setdefault(one.unit, []).append(one)
    calibrated = _calibrated(stays, on)
    unit_of, closed = {one.meter: one.unit for one in all_of}, dict[str, list[Balance]]()
    for balance in balances:
        closed.setdefault(unit_of[balance.what], []).append(balance)
    found = []
    for unit, ones in sorted(by_unit.items()):
        parts: dict[IndexPart, Decimal | None] = {
            "completeness": _share(sum(one.seen for one in ones), sum(one.due for one in ones)),
            "timeliness": None if late is None or unit not in late else 1 - late[unit],
            "accuracy": _share(*calibrated[unit]) if unit in calibrated else None,
            "validity": _validity(ones),
            "conformity": _conformity(closed[unit], limits) if unit in closed else None,
        }
        found.append(UnitIndex(unit, len(ones), parts, _mean(parts, limits)))
    return found


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def _calibrated(stays: Iterable[Meter], on: date) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for stay in stays:
        if stay.calibrated_until is not None and stay.start <= on and (stay.end is None or stay.end > on):
            valid, known = found.get(stay.unit, (0, 0))
            found[stay.unit] = (valid + (stay.calibrated_until >= on), known + 1)
    return found


def _validity(ones: Iterable[Standing]) -> Decimal | None:
    sums: dict[str, tuple[int, int]] = {}
    for one in ones:
        if one.energy is not None and one.measured is not None and one.spread is not None:
            good, energy = sums.get(one.carrier, (0, 0))
            sums[one.carrier] = (good + one.measured + one.spread, energy + one.energy)
    shares = [share for good, energy in sums.values() if (share := _share(good, energy)) is not None]
    return min(shares) if shares else None


def _conformity(balances: Sequence[Balance], limits: MeteringQuality) -> Decimal:
    most = limits.limit("sub_meter_most")
    closing = [one for one in balances if one.difference >= 0 and (one.share is None or one.share <= most)]
    return Decimal(len(closing)) / len(balances)


def _mean(parts: Mapping[IndexPart, Decimal | None], limits: MeteringQuality) -> Decimal | None:
    known = [(value, limits.weights[name]) for name, value in parts.items() if value is not None]
    weights = sum(weight for _, weight in known)
    return sum((value * weight for value, weight in known), Decimal(0)) / weights if weights else None
