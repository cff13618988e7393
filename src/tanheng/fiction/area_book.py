"""The book of a made-up city's areas: what is true of each, kept while its districts are gone through, and stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tanheng.fiction.area_figures import AreaFigures, Figure, Printing
from tanheng.fiction.area_truth import AreaTruth, truth_of_city, truth_of_district
from tanheng.fiction.balance_rows import Cells, balance_cells, balance_rows
from tanheng.fiction.city import City
from tanheng.fiction.district import District
from tanheng.fiction.printed import Row
from tanheng.kernel.pack import LayoutProfile
from tanheng.kernel.pack.recipe import FictionForm
from tanheng.kernel.period import Period

YEARLY, QUARTERLY, BALANCE = "area_year", "area_quarter", "balance"
TABLES = (YEARLY, QUARTERLY, BALANCE)


@dataclass
class AreaBook:
    """What is true of districts by period; `stated` and `balances` are what was printed, by area."""

    city: City
    truths: dict[tuple[str, Period], AreaTruth] = field(default_factory=dict)
    stated: dict[tuple[str, Period], list[Figure]] = field(default_factory=dict)
    balances: dict[tuple[str, Period], Cells] = field(default_factory=dict)
    seen: dict[tuple[str, Period], None] = field(default_factory=dict)

    def of_district(self, form: FictionForm, district: District, month: Period) -> list[Row]:
        """The rows of a district's own table; none of a table that only the city has."""
        self.seen[form.id, month] = None
        periods = self._periods(form, month)
        truths = {each: self._truth(district, each) for each in periods}
        if form.rows == BALANCE:
            return []
        figures = AreaFigures(self.city, truths)
        return self._printed(form, district.id, district.label.zh, figures, periods[-1])

    def of_city(self, form: FictionForm, month: Period) -> list[Row]:
        """The rows of the city's table; none where not every district was gone through: nobody knows the city then."""
        periods = self._periods(form, month)
        ids = [item.id for item in self.city.recipe.districts]
        if any((id, each) not in self.truths for id in ids for each in periods):
            return []
        together = {each: _together([self.truths[id, each] for id in ids]) for each in periods}
        truths = {each: truth_of_city(self.city, together[each]) for each in periods}
        area, period = self.city.recipe.city, periods[-1]
        if form.rows == BALANCE:
            cells = balance_cells(self.city, truths[period])
            self.balances[area, period] = cells
            return balance_rows(form, cells)
        return self._printed(form, area, self.city.label.zh, AreaFigures(self.city, truths, together), period)

    def _printed(self, form: FictionForm, area: str, label: str, figures: AreaFigures, period: Period) -> list[Row]:
        found = list(figures.of_year(period) if form.rows == YEARLY else figures.of_quarter(period))
        self.stated[area, period] = found
        return Printing(self.city.packs.get(LayoutProfile, form.layout), form).rows(label, found)

    def _periods(self, form: FictionForm, month: Period) -> list[Period]:
        """The periods of a table, its own the last."""
        year = month.start.year
        if form.rows == QUARTERLY:
            return [
                Period(Period.year(each).start, month.end.replace(year=month.end.year - year + each))
                for each in (year - 1, year)
            ]
        if form.rows == BALANCE:
            return [Period.year(year)]
        return [Period.year(each) for each in sorted({min(self.city.recipe.accounts.base_year, year), year - 1, year})]

    def _truth(self, district: District, period: Period) -> AreaTruth:
        key = (district.id, period)
        if key not in self.truths:
            self.truths[key] = truth_of_district(district, period.months()[-1])
        return self.truths[key]


def _together(districts: list[AreaTruth]) -> AreaTruth:
    whole = districts[0]
    for each in districts[1:]:
        whole += each
    return whole


Stated = Mapping[tuple[str, Period], list[Figure]]
