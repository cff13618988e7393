"""Sums held against one another: sub-meters against their parent, days against months, meters against reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering.register import Meter
from tanheng.metering.standing import Standing


@dataclass(frozen=True)
class Balance:
    """A sum and what it is held against, in whole steps. `share`: how far apart, as a share of the latter."""

    what: str
    against: int
    total: int
    step: str
    parts: int

    @property
    def difference(self) -> int:
        """What the sum lacks; below zero where it is too much."""
        return self.against - self.total

    @property
    def share(self) -> Decimal | None:
        """None where the other side is zero."""
        return Decimal(abs(self.difference)) / self.against if self.against else None


def tree_balances(all_of: Iterable[Standing], stays: Iterable[Meter]) -> tuple[list[Balance], list[str]]:
    """The sum of the sub-meters of every meter that has some, of the same carrier.

    Gives    the balances; and the meters whose sub-meters cannot be summed because one of them, or the meter itself,
             was not read in full: a difference would be that of the gap.
    """
    known = {one.meter: one for one in all_of}
    below: dict[str, set[str]] = {}
    for stay in stays:
        if stay.parent is not None and stay.meter in known:
            below.setdefault(stay.parent, set()).add(stay.meter)
    balances, open_ones = list[Balance](), list[str]()
    for parent, names in sorted(below.items()):
        if parent not in known:
            continue
        gate, parts = known[parent], [known[name] for name in names if known[name].carrier == known[parent].carrier]
        energies = [part.energy for part in parts if not part.missing]
        whole = [energy for energy in energies if energy is not None]
        if gate.missing or gate.energy is None or len(whole) != len(parts) or not parts:
            open_ones.append(parent)
        else:
            balances.append(Balance(parent, gate.energy, sum(whole), gate.step, len(parts)))
    return balances, open_ones


def tree_findings(balances: Iterable[Balance], limits: MeteringQuality, period: str) -> list[Finding]:
    """Sub-meters that together lie too far below their parent, or above it."""
    most = limits.limit("sub_meter_most")
    return [
        Finding("sub-meters-differ", f"{one.what}/{period}", _fields(one, most), Severity.WARNING)
        for one in balances
        if one.difference < 0 or (one.share is not None and one.share > most)
    ]


def day_month_findings(
    all_of: Iterable[Standing], stays: Iterable[Meter], limits: MeteringQuality, period: str
) -> list[Finding]:
    """Points that state the same by day and by month and differ: same unit, carrier, usage and level."""
    known, most = {one.meter: one for one in all_of}, limits.limit("day_month_most")
    found: dict[tuple[str, str, str, int], dict[str, Standing]] = {}
    for stay in stays:
        if stay.meter in known and stay.stat in {"day", "month"}:
            found.setdefault((stay.unit, stay.carrier, stay.usage, stay.level), {})[stay.stat] = known[stay.meter]
    findings = []
    for pair in found.values():
        if len(pair) == 2 and not any(one.missing or one.energy is None for one in pair.values()):
            one = Balance(pair["month"].meter, pair["month"].energy or 0, pair["day"].energy or 0, pair["day"].step, 1)
            if one.share is None or one.share > most:
                findings.append(Finding("days-differ-from-month", f"{one.what}/{period}", _fields(one, most)))
    return findings


def reported_findings(
    metered: Mapping[tuple[str, str], Balance], limits: MeteringQuality, period: str
) -> list[Finding]:
    """Units whose meters differ from what the unit reported, by unit and carrier.

    Reads    metered: `against` is what was reported, `total` the sum of the unit's main meters.
    """
    most = limits.limit("reported_most")
    return [
        Finding("metered-differs-from-reported", f"{unit}/{carrier}/{period}", _fields(one, most), Severity.WARNING)
        for (unit, carrier), one in sorted(metered.items())
        if one.share is None or one.share > most
    ]


def _fields(one: Balance, most: Decimal) -> dict[str, object]:
    share = "-" if one.share is None else f"{one.share * 100:.1f} %"
    return {
        "meter": one.what,
        "against": one.against,
        "total": one.total,
        "difference": one.difference,
        "share": share,
        "most": f"{most * 100:.1f} %",
        "step": one.step,
        "count": one.parts,
    }
