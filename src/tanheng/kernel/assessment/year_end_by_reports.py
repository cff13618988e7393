"""The year as the units themselves expect it (全年预计), the others by their season of last year."""

from __future__ import annotations

from tanheng.kernel.account import Account
from tanheng.kernel.assessment.growth import Areas
from tanheng.kernel.assessment.unit_forecast import UnitForecasts
from tanheng.kernel.assessment.unit_years import CLAUSE, UnitYears
from tanheng.kernel.assessment.year_end import YEAR_END, YearEnd, can_be_foretold, in_tce, no_history
from tanheng.kernel.quantity import name
from tanheng.kernel.trace import Address, Cell


def year_end_by_reports(account: Account) -> None:
    """year = sum(forecasts of units) + the others to date x their last year / its same months.

    Reads    energy_forecast of units for the year, by carrier; what units reported to date and last year. Units that
             cannot be compared with last year are left out, as in the monthly dispatch.
    Gives    year_end_energy of areas and fields; its growth; what targets allow and what remains to be saved, with the
             units farthest above their share. An area in which no unit has a forecast has no number.
    Refuses  period-not-to-date, no-activity-data.
    Source   assessment-practice#year-end, #year-end-target
    """
    years = UnitYears(account, Areas.of(account))
    if not can_be_foretold(years):
        return
    forecasts, end = UnitForecasts(account, years).cells, YearEnd(account, years)
    for subject, states in years.members.items():
        stated = {state.unit: forecasts[state.unit] for state in states if state.unit in forecasts}
        if stated:
            end.write(subject, _year(years, subject, stated), stated)
        else:
            no_history(years, subject, "没有单位报送全年预计", "no unit states a forecast")


def _year(years: UnitYears, subject: str, stated: dict[str, Cell]) -> Cell:
    paper, year = years.account.paper, years.year
    said = paper.total(Address(YEAR_END, subject, year, "forecasts"), [*stated.values()], clause=CLAUSE)
    others = [state for state in years.members[subject] if state.unit not in stated]
    if not any(state.unit in years.over(years.period) for state in others):
        return paper.whole(Address(YEAR_END, subject, year), name("forecasts"), {"forecasts": said}, clause=CLAUSE)
    going = [state for state in others if state.unit in years.over(years.period)]
    inputs = {
        "now": years.sum(subject, years.period, going, "others"),
        "whole": years.sum(subject, years.last_year, going, "others"),
        "same_months": years.sum(subject, years.same_months(years.last_year), going, "others"),
    }
    formula = in_tce(name("now") * (name("whole") / name("same_months")))
    rest = paper.result(Address(YEAR_END, subject, year, "others"), formula, inputs, clause=CLAUSE)
    at = Address(YEAR_END, subject, year)
    return paper.whole(at, name("forecasts") + name("others"), {"forecasts": said, "others": rest}, clause=CLAUSE)
