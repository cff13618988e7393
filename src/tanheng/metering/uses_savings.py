"""What a measure saved: an hourly baseline before it, foretold for the time after it, less what was metered then.

saving = sum over hours of (baseline foretold - energy metered), over the hours of the period in which both are known

Whole steps: every hour is rounded once, sums are exact and a year is the sum of its months. Hours that are not known
are left out and counted; nothing is extrapolated to them. A baseline that does not suffice is a blocker: the saving is
shown and cannot be claimed.

Leaves out  changes that are no weather and no hour of the week (production, area, new plant): agree on them apart.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.kernel.pack.metering_uses import MeteringUses
from tanheng.kernel.period import Period
from tanheng.metering.repairing import is_working_day
from tanheng.metering.uses_fit import Fit, Hourly, fitted, foretold, season_finding, shortcomings
from tanheng.metering.uses_hours import HourTable, decimal_of

Json = dict[str, Any]
Temperatures = Mapping[tuple[date, int], float]
"""Mean temperature of hours in °C, by civil day and the hour of the day that begins."""
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_HEADINGS: Final = ("at", "temperature")


@dataclass(frozen=True)
class Saving:
    """One month, or the whole: foretold and metered over `hours`; `due` and `in_period` say how many there are."""

    period: str
    hours: int
    due: int
    in_period: int
    baseline: int
    metered: int

    @property
    def saving(self) -> int | None:
        """Foretold less metered; None where no hour is known."""
        return self.baseline - self.metered if self.hours else None

    def as_json(self) -> Json:
        """The saving as an object; its share is of the baseline."""
        named = {name: getattr(self, name) for name in (*_COUNTS, "baseline", "metered", "saving")}
        share = decimal_of(Fraction(self.saving or 0, self.baseline), 4) if self.hours and self.baseline else None
        coverage = str(decimal_of(Fraction(self.hours, self.in_period), 4))
        return {**named, "coverage": coverage, "share": None if share is None else str(share)}


_COUNTS: Final = ("period", "hours", "due", "in_period")


@dataclass(frozen=True)
class Savings:
    """The months, their sum, the fit that they rest on, and why it does not suffice, if so."""

    months: Sequence[Saving]
    whole: Saving
    baseline_days: int
    baseline_coverage: Fraction
    fit: Fit
    findings: Sequence[Finding]

    def as_json(self) -> Json:
        """The savings as one document."""
        fit = {"days": self.baseline_days, "coverage": str(decimal_of(self.baseline_coverage, 4))}
        fit |= {name: None if value is None else f"{value:.6f}" for name, value in _errors(self.fit)}
        months = [each.as_json() for each in self.months]
        findings = [finding.as_json() for finding in self.findings]
        return {"months": months, "whole": self.whole.as_json(), "baseline": fit, "findings": findings}


def _errors(fit: Fit) -> tuple[tuple[str, float | None], ...]:
    return ("cvrmse", fit.cvrmse), ("nmbe", fit.nmbe)


def savings(
    before: HourTable,
    baseline: Period,
    after: HourTable,
    period: Period,
    uses: MeteringUses,
    subject: str,
    temperatures: Temperatures | None = None,
    rests: MeteringQuality | None = None,
) -> Savings:
    """The saving of a period against a baseline.

    Reads    before, after: the hours of `baseline` and of `period`. temperatures: an hour without one is not known.
             rests: which days are off and which weekends are worked; without it weekdays alone count.
    Gives    findings: `baseline-insufficient` for each check that fails, `savings-incomplete` for too few hours after.
    Refuses  use-period-not-months; savings-overlap: the baseline does not end before the period; savings-no-baseline.
    """
    _refuse_unfit(baseline, period)
    known, hours = _hourly(before, baseline, temperatures, rests)
    if not len(hours.energy):
        raise Refusal("savings-no-baseline", subject=subject, period=baseline)
    fit = fitted(hours, uses)
    days, coverage = int(known.all(axis=1).sum()), Fraction(int(known.sum()), known.size)
    months = [_saving(after, month, fit, uses, temperatures, rests) for month in period.months()]
    whole = _sum(str(period), months)
    found = shortcomings(fit, days, float(coverage), uses, subject)
    _, told = _hourly(after, period, temperatures, rests)
    found += season_finding(hours, told, uses, subject)
    return Savings(months, whole, days, coverage, fit, [*found, *_incomplete(whole, uses, subject)])


def _refuse_unfit(baseline: Period, period: Period) -> None:
    if not period.is_whole_months():
        raise Refusal("use-period-not-months", period=period)
    if baseline.end > period.start:
        raise Refusal("savings-overlap", baseline=baseline, period=period)


def _hourly(
    table: HourTable, period: Period, temperatures: Temperatures | None, rests: MeteringQuality | None
) -> tuple[Any, Hourly]:
    """The known hours of a period in a row, and which of its days and hours those are."""
    rows = table.days(period)
    known = table.known[rows].copy()
    days = [table.day(rows.start + place) for place in range(len(known))]
    degrees = np.full(known.shape, np.nan)
    if temperatures is not None:
        for place, hour in np.argwhere(known).tolist():
            at = (days[place], hour)
            degrees[place, hour] = temperatures[at] if at in temperatures else np.nan
        known &= ~np.isnan(degrees)
    of_day, of_hour = np.nonzero(known)
    weekday = np.array([_like_weekday(day, rests) for day in days], dtype=np.int64)
    month = np.array([day.month for day in days], dtype=np.int64)
    number = np.array([day.toordinal() for day in days], dtype=np.int64)
    measured = None if temperatures is None else degrees[known]
    return known, Hourly(
        weekday[of_day] * 24 + of_hour, number[of_day], table.energy[rows][known], measured, month[of_day]
    )


def _like_weekday(day: date, rests: MeteringQuality | None) -> int:
    """The weekday that a day is like: a day off like a Sunday, a weekend that is worked like a Friday."""
    if rests is None or is_working_day(day, rests) == (day.weekday() < _SATURDAY):
        return day.weekday()
    return _SUNDAY if day.weekday() < _SATURDAY else _FRIDAY


def _saving(
    table: HourTable,
    month: Period,
    fit: Fit,
    uses: MeteringUses,
    temperatures: Temperatures | None,
    rests: MeteringQuality | None,
) -> Saving:
    """A month; an hour of the week that the baseline never saw is not foretold and left out."""
    _, hours = _hourly(table, month, temperatures, rests)
    told = fit.seen[hours.week_hour] > 0
    degrees = None if hours.temperature is None else hours.temperature[told]
    kept = {name: getattr(hours, name)[told] for name in ("week_hour", "day", "energy", "month")}
    hours = Hourly(**kept, temperature=degrees)
    due = int(table.due[table.days(month)].sum())
    expected = int(foretold(fit, hours, uses).sum())
    return Saving(str(month), len(hours.energy), due, month.days * 24, expected, int(hours.energy.sum()))


def _sum(period: str, months: Sequence[Saving]) -> Saving:
    sums = (sum(getattr(month, name) for month in months) for name in (*_COUNTS[1:], "baseline", "metered"))
    return Saving(period, *sums)


def _incomplete(whole: Saving, uses: MeteringUses, subject: str) -> list[Finding]:
    least = uses.value("coverage_least")
    share = Fraction(whole.hours, whole.in_period)
    if share >= Fraction(least):
        return []
    fields = {"subject": subject, "period": whole.period, "share": decimal_of(share, 4), "least": least}
    return [Finding("savings-incomplete", subject, fields, Severity.WARNING)]


def read_temperatures(path: Path) -> dict[tuple[date, int], float]:
    """Reads a CSV with the headings at (the beginning of the hour, civil time) and temperature (°C).

    Refuses  use-list-unreadable: also a time that is no full hour, or stands twice.
    """
    found: dict[tuple[date, int], float] = {}
    with path.open(encoding="utf-8-sig", newline="") as handle:
        table = csv.DictReader(handle)
        if missing := [name for name in _HEADINGS if name not in (table.fieldnames or ())]:
            raise Refusal("use-list-unreadable", file=path.name, line=1, problem=", ".join(missing))
        for line, row in enumerate(table, start=2):
            try:
                at, degrees = datetime.fromisoformat(row["at"]), float(row["temperature"])
            except ValueError as error:
                raise Refusal("use-list-unreadable", file=path.name, line=line, problem=error) from error
            if (
                (at.date(), at.hour) in found
                or (at.minute, at.second, at.tzinfo) != (0, 0, None)
                or not np.isfinite(degrees)
            ):
                raise Refusal("use-list-unreadable", file=path.name, line=line, problem=f"{row['at']} {degrees}")
            found[at.date(), at.hour] = degrees
    return found
