"""Load curves: the typical day of each month, its peak, its load factor, and what falls into the bands of a tariff.

typical hour = mean of the known hours of that hour of the day, half up;  load factor = mean known hour / highest hour
share of a band = energy of the known hours in the band / energy of all known hours

The peak is the highest whole hour, not the demand over a quarter of one that a bill goes by. Days are told apart into
working days and days of rest, as far as the limits of quality know holidays.

Refuses  use-period-not-months; definition-missing: no such tariff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.kernel.pack.tariff import Tariff
from tanheng.kernel.period import Period
from tanheng.metering.repairing import is_working_day
from tanheng.metering.uses_hours import HourTable, decimal_of

Json = dict[str, Any]
DAY_KINDS: Final = ("all", "working", "rest")
_PLACES: Final = 4


@dataclass(frozen=True)
class Load:
    """The load of one month. Energies are whole steps; None where nothing is known, never zero.

    `typical` has for each kind of day its 24 hours; `peak_at` names the first of the highest hours by its beginning.
    `bands` is None where no tariff was asked for, or it says nothing of the month.
    """

    month: str
    hours: int
    due: int
    in_period: int
    energy: int
    not_measured: int
    typical: Mapping[str, Sequence[int | None]]
    peak: int | None
    peak_at: str | None
    bands: Mapping[str, int] | None

    @property
    def load_factor(self) -> Fraction | None:
        """Mean over peak, exact; None where there is no energy."""
        return Fraction(self.energy, self.hours * self.peak) if self.peak and self.peak > 0 else None

    def share(self, band: str) -> Fraction | None:
        """The share of a band in what is known."""
        return Fraction(self.bands[band], self.energy) if self.bands is not None and self.energy > 0 else None

    def as_json(self) -> Json:
        """For people and programs: ratios half up to four places."""
        named = ("month", "hours", "due", "in_period", "energy", "not_measured", "peak", "peak_at")
        told = {name: getattr(self, name) for name in named}
        shares = None if self.bands is None else {band: _told(self.share(band)) for band in self.bands}
        typical = {kind: list(hours) for kind, hours in self.typical.items()}
        coverage = _told(Fraction(self.hours, self.in_period))
        bands = {"bands": None if self.bands is None else dict(self.bands), "shares": shares}
        return {**told, "coverage": coverage, "load_factor": _told(self.load_factor), **bands, "typical": typical}


def loads(table: HourTable, period: Period, limits: MeteringQuality, tariff: Tariff | None) -> list[Load]:
    """The load of every month of a period.

    Reads    table: the hours of the period. limits: working days. tariff: whose bands share out the energy.
    Refuses  use-period-not-months.
    """
    if not period.is_whole_months():
        raise Refusal("use-period-not-months", period=period)
    return [_load(table, month, limits, tariff) for month in period.months()]


def silent_months(found: Sequence[Load], subject: str, tariff: Tariff | None) -> list[Finding]:
    """A finding where the tariff says nothing of some months."""
    months = [load.month for load in found if load.bands is None]
    if tariff is None or not months:
        return []
    fields = {"unit": subject, "tariff": tariff.id, "months": ", ".join(months)}
    return [Finding("tariff-says-nothing", subject, fields, Severity.WARNING)]


def _load(table: HourTable, month: Period, limits: MeteringQuality, tariff: Tariff | None) -> Load:
    rows = table.days(month)
    energy, known = table.energy[rows], table.known[rows]
    working = np.array([is_working_day(table.day(rows.start + day), limits) for day in range(len(energy))])
    kinds = (np.ones(len(energy), dtype=bool), working, ~working)
    typical = {kind: _means(energy[days], known[days]) for kind, days in zip(DAY_KINDS, kinds, strict=True)}
    peak, peak_at = _peak(table, rows, energy, known)
    return Load(
        str(month),
        int(known.sum()),
        int(table.due[rows].sum()),
        month.days * 24,
        int(energy[known].sum()),
        int(table.not_measured[rows].sum()),
        typical,
        peak,
        peak_at,
        _bands(energy, known, tariff, str(month)),
    )


def _means(energy: Any, known: Any) -> list[int | None]:
    """For each hour of the day the mean of the days that know it, half up."""
    sums, counts = np.where(known, energy, 0).sum(axis=0).tolist(), known.sum(axis=0).tolist()
    return [(2 * total + count) // (2 * count) if count else None for total, count in zip(sums, counts, strict=True)]


def _peak(table: HourTable, rows: slice, energy: Any, known: Any) -> tuple[int | None, str | None]:
    if not known.any():
        return None, None
    highest = int(energy[known].max())
    day, hour = np.argwhere(known & (energy == highest))[0].tolist()
    return highest, f"{table.day(rows.start + day).isoformat()}T{hour:02}:00"


def _bands(energy: Any, known: Any, tariff: Tariff | None, month: str) -> dict[str, int] | None:
    season = None if tariff is None else tariff.season(month)
    if tariff is None or season is None:
        return None
    of_hour = np.array(season.bands())
    sums = np.where(known, energy, 0).sum(axis=0)
    return {band: int(sums[of_hour == band].sum()) for band in tariff.bands}


def _told(ratio: Fraction | None) -> str | None:
    return None if ratio is None else str(decimal_of(ratio, _PLACES))
