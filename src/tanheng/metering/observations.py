"""Observations for the accounts: what the meters of a unit say of a month, with the readings it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.fact.sources import READINGS
from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.period import Accumulation, Period
from tanheng.metering.dimensions import Dimensions

INDICATOR = "energy_consumption"
COVERAGE = "metered"
USE_CLASS = "online_monitoring"
_DIGITS = 16  # of the digest of the readings: what names them, as in a short hash of a commit
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Observed:
    """The observations of complete months, and a finding for each month that is not complete."""

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]


def observations_of(
    rows: Iterable[Mapping[str, Any]], dimensions: Dimensions, packs: PackSet, readings: str, published: date
) -> Observed:
    """The figures of a roll-up as observations of energy consumption, in the unit of the carrier.

    value = energy / steps of the grid in one unit of the carrier

    Reads    rows: as `RolledUp.rows` gives them; readings: the digest of the manifest that they were computed from.
    Gives    nothing for a month in which an interval is missing: what is known of it is less than was used. An energy
             that is suspect is stated as preliminary, and so is a month with suspect hours without use.
    """
    (grids,) = packs.all(MeteringGrids)
    stated, findings = [], []
    for row in rows:
        unit = packs.carriers[row["carrier"]].unit.text
        grid = grids.of(unit)
        if row["energy"] is None or row["missing"] or grid is None:
            findings.append(_incomplete(row))
            continue
        period = Period.parse(row["month"])
        dimension = (("carrier", row["carrier"]),)
        key = ObservationKey(INDICATOR, row["unit"], dimension, period, Accumulation.MONTH, COVERAGE, USE_CLASS)
        status = "preliminary" if row["suspect"] or row["still_hours"] else "final"
        source = source_of(gateways(dimensions, row["unit"], row["carrier"], period), period, readings)
        stated.append(Observation(key, Decimal(row["energy"]) / grid[1], unit, status, published, source))
    return Observed(tuple(stated), tuple(findings))


def source_of(meters: Sequence[str], period: Period, readings: str) -> str:
    """The source of what meters say of a period: readings:<meter>+<meter>/<from>/<to>@<digest>."""
    return f"{READINGS}{'+'.join(meters)}/{period.start}/{period.end}@{readings[:_DIGITS]}"


def gateways(dimensions: Dimensions, unit: str, carrier: str, period: Period) -> list[str]:
    """The meters whose energy counts for a unit and carrier in a period."""
    stays = dimensions.counted()
    first, last = ((day - _EPOCH).days for day in (period.start, period.end))
    chosen = (
        (stays["unit"] == dimensions.units.index(unit))
        & (stays["carrier"] == dimensions.carriers.index(carrier))
        & (stays["counted"] == 1)
        & (stays["start_day"] < last)
        & (stays["end_day"] > first)
    )
    return sorted({dimensions.meters[number] for number in stays["meter"][chosen].tolist()})


def _incomplete(row: Mapping[str, Any]) -> Finding:
    fields = {"unit": row["unit"], "carrier": row["carrier"], "month": row["month"], "missing": row["missing"]}
    return Finding("metered-month-incomplete", f"{row['unit']}:{row['carrier']}", fields, Severity.WARNING)
