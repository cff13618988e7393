"""The year by a fitted model: a trend and a season for each month, by least squares over the logarithms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from math import log

from tanheng.kernel.account import Account
from tanheng.kernel.assessment.growth import Areas
from tanheng.kernel.assessment.reported_units import UnitState
from tanheng.kernel.assessment.unit_years import CLAUSE, UnitYears
from tanheng.kernel.assessment.year_end import YEAR_END, YearEnd, can_be_foretold, in_tce, no_history
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit, exponential, name, number
from tanheng.kernel.trace import Address, Cell

_PURE = Unit.parse("1")
_DIGITS = 9  # of a fitted parameter, so that machines agree
_GRAMS = 1_000_000
_FEWEST = 24  # months: two of each, or no season can be told from the trend


@dataclass(frozen=True)
class Fit:
    """log(energy in tce) = level + trend x months since the first + season of the month (January: none)."""

    level: float
    trend: float
    seasons: Mapping[int, float]
    first: Period


def year_end_by_model(account: Account) -> None:
    """year = to date + sum(exp(level + trend x t + season) over the months to come) x to date / to date of the fitted.

    The parameters are fitted by ordinary least squares (statsmodels) to the logarithm of the monthly energy of the
    units that have every month; they enter the paper as givens, and the months to come are steps on it.

    Reads    what units reported in at most as many past years as the setting years_back says, by month, and to date.
    Gives    year_end_energy of areas and fields, for each month to come and for the year; its growth; what targets
             allow and what remains to be saved. With less than two whole years there is no number.
    Refuses  forecast-not-installed; period-not-to-date, no-activity-data.
    Source   assessment-practice#year-end, #year-end-target
    """
    if find_spec("statsmodels") is None:
        raise Refusal("forecast-not-installed", method=account.definition.id)
    years = UnitYears(account, Areas.of(account))
    if not can_be_foretold(years):
        return
    end, past = YearEnd(account, years), years.years_known(int(account.set_number("years_back").value or 0))
    spans = [*reversed(past), years.period]
    for subject in years.members:
        units = _steady(years, subject, spans)
        series = _series(years, units, spans)
        if not past or len(series) < _FEWEST or min(series.values()) <= 0:
            no_history(years, subject, "至少要有两个完整年份的各月数", "every month of two years at least")
        else:
            end.write(subject, _year(years, subject, units, fitted(series)))


def fitted(series: Mapping[Period, float]) -> Fit:
    """The fit to a monthly series without a gap [tce], its parameters to nine significant digits."""
    from statsmodels.api import OLS

    months = sorted(series)
    numbers = sorted({month.start.month for month in months} - {1})
    rows = [_row(_since(months[0], month), month.start.month, numbers) for month in months]
    found = OLS([log(series[month]) for month in months], rows).fit().params
    level, trend, *seasons = (float(f"{value:.{_DIGITS}g}") for value in found)
    return Fit(level, trend, dict(zip(numbers, seasons, strict=True)), months[0])


def _row(time: int, month: int, numbers: Sequence[int]) -> list[float]:
    return [1.0, float(time), *(1.0 if month == each else 0.0 for each in numbers)]


def _steady(years: UnitYears, subject: str, spans: Sequence[Period]) -> list[UnitState]:
    """The units of a subject that have every month of all spans."""
    whole = [years.over(span) for span in spans]
    return [state for state in years.members[subject] if all(state.unit in amounts for amounts in whole)]


def _series(years: UnitYears, units: Sequence[UnitState], spans: Sequence[Period]) -> dict[Period, float]:
    """The energy of some units in each month of the spans, in tce; without units there is none."""
    found: dict[Period, float] = {}
    for month in (month for span in spans for month in span.months()):
        amounts = years.over(month)
        stated = [amounts[state.unit] for state in units if state.unit in amounts]
        if stated:
            found[month] = sum(stated) / _GRAMS
    return found


def _year(years: UnitYears, subject: str, units: Sequence[UnitState], fit: Fit) -> Cell:
    """What was used to date, and the months to come; what is not in the fit goes on as what is."""
    paper, at = years.account.paper, Address(YEAR_END, subject, years.year)
    now = years.sum(subject, years.period)
    to_come = [month for month in years.year.months() if month.start >= years.period.end]
    if not to_come:
        return paper.whole(at, name("now"), {"now": now}, clause=CLAUSE)
    months = [_month(years, subject, month, fit) for month in to_come]
    inputs = {
        "now": now,
        "to_come": paper.total(Address(YEAR_END, subject, years.year, "to_come"), months, clause=CLAUSE),
        "fitted": years.sum(subject, years.period, units, "fitted"),
    }
    formula = in_tce(name("now") + name("to_come") * (name("now") / name("fitted")))
    return paper.result(at, formula, inputs, clause=CLAUSE)


def _month(years: UnitYears, subject: str, month: Period, fit: Fit) -> Cell:
    inputs = {"level": _given(years, subject, "level", fit.level), "trend": _given(years, subject, "trend", fit.trend)}
    power = name("level") + name("trend") * number(str(_since(fit.first, month)))
    if month.start.month in fit.seasons:
        season = f"season_{month.start.month}"
        inputs[season] = _given(years, subject, season, fit.seasons[month.start.month])
        power = power + name(season)
    formula = exponential(power) * number("1", "tce[calorific_value]")
    at = Address(YEAR_END, subject, month, "fitted")
    return years.account.paper.result(at, formula, inputs, clause=CLAUSE)


def _given(years: UnitYears, subject: str, parameter: str, value: float) -> Cell:
    at = Address(parameter, subject, years.year)
    return years.account.paper.given(at, value, _PURE, f"fit:year_end_by_model#{at}")


def _since(first: Period, month: Period) -> int:
    return 12 * (month.start.year - first.start.year) + month.start.month - first.start.month
