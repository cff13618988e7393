"""How far CO2 per GDP has come, with the grid factor of the base year and with that of each year."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import gdp_growing, percent_fall, whole_year
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#carbon-progress"
ESTIMATE = "assessment-practice#carbon-estimate"
FROZEN, UPDATED = "frozen", "updated"


def carbon_progress(account: Account) -> None:
    """CO2 per GDP and its decline at a frozen and at the updated grid factor, and the part that the factor makes.

    co2 = sum(primary energy of a fuel x its factor) + net electricity x grid factor
    decline = (1 - (co2 / gdp) / (co2 / gdp of the earlier year)) x 100 %, against the year before and the base year

    Frozen is the factor that governs the base year (setting `base_year`), for every year; updated that of each year.

    Reads    primary_energy [10^4 tce, calorific] by fuel; net_electricity [10^4 kWh]; gdp; all of a year.
    Gives    per year both CO2 figures and their difference; for the report year both declines and their difference.
    Refuses  period-not-year; no-activity-data: no area states primary energy in the report year.
    Source   assessment-practice#carbon-progress, #carbon-estimate
    """
    year = whole_year(account)
    base = int(account.setting("base_year"))
    areas = sorted({fact.subject for fact in account.facts_of("primary_energy", within=Period.year(year))})
    if not areas:
        raise account.nothing()
    for area in areas:
        _Progress(account, area, Period.year(base)).write(year)


@dataclass(frozen=True)
class _Progress:
    """One area."""

    account: Account
    area: str
    base: Period

    def write(self, year: int) -> None:
        """The report year against the year before and against the base year."""
        report, before = Period.year(year), Period.year(year - 1)
        for each in sorted({self.base, before, report}):
            self._year(each)
        self._compare("carbon_decline", report, before)
        self._compare("carbon_decline_since_base", report, self.base)

    def _year(self, year: Period) -> None:
        fuels = [self._fuel(id, year) for id in self.account.setting("fuels").split(",")]
        burnt = self.account.paper.whole(self._at("co2_of_fuels", year), _sum_of(len(fuels)), _parts(fuels))
        for kind, of_year in ((FROZEN, self.base), (UPDATED, year)):
            power = self._electricity(kind, year, of_year)
            inputs = {"fuels": burnt, "electricity": power}
            formula = name("fuels") + name("electricity")
            self.account.paper.whole(self._at(f"co2_{kind}", year), formula, inputs, clause=CLAUSE)
        self._difference("co2_of_factor", "co2", year)

    def _fuel(self, fuel: str, year: Period) -> Cell:
        energy = self.account.observed("primary_energy", self.area, year, item=fuel)
        factor = self.account.factor("co2_per_energy", year, fuel=fuel)
        per_10k = number("10000", "tce[calorific_value]/10^4 tce[calorific_value]")
        inputs = {"energy": energy, "factor": factor}
        formula = name("energy") * per_10k * name("factor")
        return self.account.paper.result(self._at("co2_of_fuels", year, fuel), formula, inputs, clause=ESTIMATE)

    def _electricity(self, kind: str, year: Period, of_year: Period) -> Cell:
        """Electricity that came in, at the grid factor of a year."""
        electricity = self.account.observed("net_electricity", self.area, year)
        inputs = {"electricity": electricity, "factor": self.account.factor("electricity_emission_factor", of_year)}
        formula = name("electricity") * number("10", "MWh/10^4 kWh") * name("factor")
        return self.account.paper.result(self._at(f"co2_electricity_{kind}", year), formula, inputs, clause=ESTIMATE)

    def _compare(self, column: str, report: Period, earlier: Period) -> None:
        growing, gdp = gdp_growing(self.account, self.area, report, earlier)
        for kind in (FROZEN, UPDATED):
            inputs = dict(gdp)
            for when, year in (("now", report), ("before", earlier)):
                inputs[f"co2_{when}"] = self.account.paper.workings[self._at(f"co2_{kind}", year)].cell
            formula = percent_fall(name("co2_now") / name("co2_before"), growing)
            self.account.paper.result(self._at(f"{column}_{kind}", report), formula, inputs, clause=CLAUSE)
        self._difference(f"{column}_of_factor", column, report)

    def _difference(self, column: str, of: str, year: Period) -> None:
        workings = self.account.paper.workings
        inputs = {kind: workings[self._at(f"{of}_{kind}", year)].cell for kind in (UPDATED, FROZEN)}
        formula = name(UPDATED) - name(FROZEN)
        self.account.paper.whole(self._at(column, year), formula, inputs, clause=CLAUSE)

    def _at(self, column: str, year: Period, line: str | None = None) -> Address:
        return Address(column, self.area, year, line)


def _parts(cells: list[Cell]) -> dict[str, Cell]:
    return {f"part_{place}": cell for place, cell in enumerate(cells, 1)}


def _sum_of(count: int) -> Formula:
    """part_1 + part_2 + ...: a gap in any of them leaves no sum."""
    formula = name("part_1")
    for place in range(2, count + 1):
        formula = formula + name(f"part_{place}")
    return formula
