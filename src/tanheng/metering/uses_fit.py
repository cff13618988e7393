"""The hourly model of a baseline: hour of the week, and degrees below and above two temperatures where these are given.

energy = b[hour of the week] + h x max(0, heating_below - T) + c x max(0, T - cooling_above)

Ordinary least squares in double precision; what it foretells is rounded once to whole steps. How good it is, is checked
on days that it has not seen: the days are dealt into parts in turn, each part is foretold by a fit of the others, and

CV(RMSE) = sqrt(mean of error^2) / mean energy;  NMBE = sum of errors / sum of energy

A fit of all days has no bias on those days by construction, so that its own NMBE would say nothing.

Source   settings of `metering_uses`; the limits are customary, and the standard they come from was not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.kernel.pack.metering_uses import MeteringUses

_WEEK: Final = 168
_NAMES: Final = {
    "baseline_days_least": Worded("基期天数", "days of the baseline"),
    "coverage_least": Worded("基期读数覆盖率", "share of its hours with readings"),
    "hour_of_week_least": Worded("一周中最少见小时的次数", "times that the rarest hour of the week was seen"),
    "season_least": Worded("期间中基期见过的小时占比", "share of the period's hours like any that it has seen"),
    "cvrmse_most": Worded("CV(RMSE)", "CV(RMSE)"),
    "nmbe_most": Worded("NMBE", "NMBE"),
}


@dataclass(frozen=True)
class Hourly:
    """Hours in a row: hour of the week (Monday 0:00 is 0), number of the day, energy, temperature (None: not used).

    `month` is the month of the year, 1 to 12. A day off is like a Sunday, a working weekend like a Friday.
    """

    week_hour: Any
    day: Any
    energy: Any
    temperature: Any | None
    month: Any


@dataclass(frozen=True)
class Fit:
    """The effects of hours and degrees, which hours of the week they know, and how well they foretell unseen days."""

    effects: Any
    seen: Any
    cvrmse: float | None
    nmbe: float | None


def fitted(hours: Hourly, uses: MeteringUses) -> Fit:
    """The fit of all hours, with the errors of its cross-check; None where the hours have no energy to divide by."""
    degrees = _degrees(hours, uses)
    errors = _errors(hours, degrees, uses.whole("folds"))
    mean = float(hours.energy.mean()) if len(hours.energy) else 0.0
    checked = mean > 0 and len(errors) == len(hours.energy)
    cvrmse = float(np.sqrt((errors**2).mean())) / mean if checked else None
    nmbe = float(errors.mean()) / mean if checked else None
    seen = np.bincount(hours.week_hour, minlength=_WEEK)
    return Fit(_solved(hours.week_hour, degrees, hours.energy), seen, cvrmse, nmbe)


def foretold(fit: Fit, hours: Hourly, uses: MeteringUses) -> Any:
    """The energy of hours by a fit, in whole steps, rounded half up once."""
    exact = _told_by(fit.effects, hours.week_hour, _degrees(hours, uses))
    return np.floor(exact + 0.5).astype(np.int64)


def shortcomings(fit: Fit, days: int, coverage: float, uses: MeteringUses, subject: str) -> list[Finding]:
    """Why a baseline does not suffice: too few days, hours of the week or readings, or errors above the limits."""
    rarest = int(fit.seen.min())
    checks = (
        ("baseline_days_least", days, days >= uses.value("baseline_days_least")),
        ("coverage_least", round(coverage, 4), coverage >= uses.value("coverage_least")),
        ("hour_of_week_least", rarest, rarest >= uses.value("hour_of_week_least")),
        ("cvrmse_most", _told(fit.cvrmse), fit.cvrmse is not None and fit.cvrmse <= uses.value("cvrmse_most")),
        ("nmbe_most", _told(fit.nmbe), fit.nmbe is not None and abs(fit.nmbe) <= uses.value("nmbe_most")),
    )
    return [
        Finding("baseline-insufficient", f"{subject}:{name}", _fields(subject, name, found, uses), Severity.BLOCKER)
        for name, found, enough in checks
        if not enough
    ]


def season_finding(before: Hourly, after: Hourly, uses: MeteringUses, subject: str) -> list[Finding]:
    """Whether the baseline has seen the season of the period: its temperatures, or without them its months.

    share = hours of the period within what the baseline has seen / hours of the period
    """
    if not len(after.energy):
        return []
    if before.temperature is None or after.temperature is None:
        seen = np.isin(after.month, np.unique(before.month))
    else:
        seen = (after.temperature >= before.temperature.min()) & (after.temperature <= before.temperature.max())
    share = float(seen.mean())
    if share >= uses.value("season_least"):
        return []
    fields = _fields(subject, "season_least", round(share, 4), uses)
    return [Finding("baseline-insufficient", f"{subject}:season_least", fields, Severity.BLOCKER)]


def _fields(subject: str, name: Any, found: object, uses: MeteringUses) -> dict[str, object]:
    setting = uses.settings[name]
    told = {"subject": subject, "check": name, "name": _NAMES[name], "found": found}
    return {**told, "limit": setting.value, "status": setting.status}


def _told(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _degrees(hours: Hourly, uses: MeteringUses) -> Any:
    """Two columns of degrees, below and above; none where no temperature is used."""
    if hours.temperature is None:
        return np.zeros((len(hours.energy), 0))
    heating = np.maximum(0.0, float(uses.value("heating_below")) - hours.temperature)
    cooling = np.maximum(0.0, hours.temperature - float(uses.value("cooling_above")))
    return np.column_stack([heating, cooling])


def _solved(week_hour: Any, degrees: Any, energy: Any) -> Any:
    """Least squares: slopes of what departs from the mean of its hour of the week, then the level of every such hour.

    The same figures as one system of 170 unknowns, without its size. An hour of the week never seen has the level 0.
    """
    count = np.maximum(np.bincount(week_hour, minlength=_WEEK), 1)

    def mean(values: Any) -> Any:
        return np.bincount(week_hour, values, minlength=_WEEK) / count

    levels = mean(energy)
    means = np.column_stack([mean(degrees[:, place]) for place in range(degrees.shape[1])] or [np.zeros((_WEEK, 0))])
    slopes = np.linalg.lstsq(degrees - means[week_hour], energy - levels[week_hour], rcond=None)[0]
    return np.concatenate([levels - means @ slopes, slopes])


def _told_by(effects: Any, week_hour: Any, degrees: Any) -> Any:
    return effects[week_hour] + degrees @ effects[_WEEK:]


def _errors(hours: Hourly, degrees: Any, folds: int) -> Any:
    """What is foretold less what was, for every hour, by a fit of the other parts; none where a part cannot be."""
    _, order = np.unique(hours.day, return_inverse=True)
    part = order % folds
    if not len(part) or part.max() + 1 < folds:
        return np.zeros(0)
    errors = np.zeros(len(part))
    for left_out in range(folds):
        mine, rest = part == left_out, part != left_out
        found = _solved(hours.week_hour[rest], degrees[rest], hours.energy[rest])
        errors[mine] = _told_by(found, hours.week_hour[mine], degrees[mine]) - hours.energy[mine]
    return errors
