"""The year by its season: what share of a year the months to date were in the years before."""

from __future__ import annotations

from tanheng.kernel.account import Account
from tanheng.kernel.account.references import sum_of
from tanheng.kernel.assessment.growth import Areas
from tanheng.kernel.assessment.unit_years import CLAUSE, UnitYears
from tanheng.kernel.assessment.year_end import YEAR_END, YearEnd, can_be_foretold, in_tce, no_history
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import name, number
from tanheng.kernel.trace import Address, Cell


def year_end_by_season(account: Account) -> None:
    """year = to date / the mean share of its months in the years before.

    share of a year = its same months / the whole of it

    Reads    what units reported to date and in at most as many past years as the setting years_back says; of each year
             the units that miss no month in it.
    Gives    year_end_energy of areas and fields; its growth; what targets allow and what remains to be saved, with the
             units farthest above their share. Without a whole past year there is no number.
    Refuses  period-not-to-date, no-activity-data.
    Source   assessment-practice#year-end, #year-end-target
    """
    years = UnitYears(account, Areas.of(account))
    if not can_be_foretold(years):
        return
    end, past = YearEnd(account, years), years.years_known(int(account.set_number("years_back").value or 0))
    for subject in years.members:
        shares = [cell for cell in (_share(years, subject, year) for year in past) if cell.value]
        if shares:
            end.write(subject, _year(years, subject, shares))
        else:
            no_history(years, subject, "没有一个完整的往年", "no whole year before")


def _share(years: UnitYears, subject: str, year: Period) -> Cell:
    """The share of a year's months to date, over the units that have every month of it."""
    known = years.over(year)
    states = [state for state in years.members[subject] if state.unit in known]
    inputs = {
        "same_months": years.sum(subject, years.same_months(year), states, "complete"),
        "whole": years.sum(subject, year, states, "complete"),
    }
    at = Address("season_share", subject, year)
    return years.account.paper.step(at, name("same_months") / name("whole"), inputs, unit="1", clause=CLAUSE)


def _year(years: UnitYears, subject: str, shares: list[Cell]) -> Cell:
    inputs = {f"share_{place}": cell for place, cell in enumerate(shares, 1)}
    mean = sum_of([name(share) for share in inputs]) / number(str(len(inputs)))
    formula = in_tce(name("now") / mean)
    at = Address(YEAR_END, subject, years.year)
    given = {"now": years.sum(subject, years.period), **inputs}
    return years.account.paper.result(at, formula, given, clause=CLAUSE)
