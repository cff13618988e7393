"""The figures of areas that their accounts read, as rows of 区域核算数据表 and as the truth beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tanheng.fiction.area_truth import AreaTruth, lines_between
from tanheng.fiction.city import City
from tanheng.fiction.history import Histories
from tanheng.fiction.printed import Row, rounded
from tanheng.kernel.pack import LayoutProfile
from tanheng.kernel.pack.recipe import FictionForm
from tanheng.kernel.period import Period

_TEN_THOUSAND = Decimal(10_000)
_YEAR, _TO_DATE = "year", "year_to_date"


@dataclass(frozen=True)
class Figure:
    """One figure of an area: of what, over which period, and the status under which it is published."""

    indicator: str
    item: str
    period: Period
    value: Decimal
    accumulation: str = _YEAR
    status: str = ""


@dataclass(frozen=True)
class AreaFigures:
    """Everything stated of one area: `truths` by period; a city has `together`, its districts by period, too."""

    city: City
    truths: Mapping[Period, AreaTruth]
    together: Mapping[Period, AreaTruth] | None = None

    def of_year(self, year: Period) -> Iterator[Figure]:
        """The figures of a year, of the year before and, of what carbon progress compares, of its base year."""
        before = Period.year(year.start.year - 1)
        for each in (before, year):
            yield from self._amounts(each)
        for each in self.truths:
            yield from self._carbon(each, _known_by(year))
        yield from self._changes(before, year)

    def of_quarter(self, period: Period) -> Iterator[Figure]:
        """Total and GDP from January on, of this year and of the same months of last year."""
        for each in self.truths:
            yield Figure("energy_total", "", each, _in_10k(self.truths[each].energy), _TO_DATE)
            yield self._gdp(each, period.end, _TO_DATE)
            yield from self._between(each, _TO_DATE)

    def _amounts(self, year: Period) -> Iterator[Figure]:
        truth, accounts = self.truths[year], self.city.recipe.accounts
        of_level = accounts.district if self.together is None else accounts.city
        yield Figure("energy_total", "", year, _in_10k(truth.energy))
        yield Figure("feedstock_energy", "", year, _in_10k(truth.feedstock))
        for sector, amount in self._sectors(truth):
            yield Figure("sector_energy", sector, year, _in_10k(amount))
        for field, share in accounts.fields.items():
            yield Figure("field_energy", field, year, _in_10k(int(truth.other * share)))
        for origin, share in of_level.origins.items():
            yield Figure("non_fossil_electricity", origin, year, Decimal(int(truth.energy * share)))
        for kind, share in of_level.certificates.items():
            yield Figure("green_certificates", kind, year, Decimal(int(truth.energy * share)))
        if self.together is not None:
            yield Figure("energy_saving_needed", "", year, _in_10k(int(truth.energy * accounts.saving)))
        else:
            for (_, kind), amount in sorted(truth.green.items()):
                yield Figure("green_electricity", kind, year, Decimal(amount))
        yield from self._between(year, _YEAR)

    def _sectors(self, truth: AreaTruth) -> Iterator[tuple[str, int]]:
        """Energy by sector, municipal enterprises among them: firms, shares of everybody else, the rest is tertiary."""
        parts = {sector: int(truth.other * share) for sector, share in self.city.recipe.accounts.sectors.items()}
        parts["industry"] += truth.industry
        yield from {**parts, "tertiary": truth.energy + truth.municipal - sum(parts.values())}.items()

    def _between(self, period: Period, accumulation: str) -> Iterator[Figure]:
        if self.together is not None:
            for line, amount in lines_between(self.city, self.together[period]).items():
                if line:
                    yield Figure("reconciliation_line", line, period, _in_10k(amount), accumulation)

    def _carbon(self, year: Period, known_on: date) -> Iterator[Figure]:
        truth, accounts = self.truths[year], self.city.recipe.accounts
        fuels = {fuel: truth.used(*carriers) for fuel, carriers in accounts.fuels.items()}
        power = self._electricity(truth)
        for fuel, amount in fuels.items():
            yield Figure("primary_energy", fuel, year, _in_10k(amount))
        yield Figure("net_electricity", "", year, power)
        yield self._gdp(year, known_on, _YEAR)
        co2 = sum(amount * accounts.co2[fuel] for fuel, amount in fuels.items())
        yield Figure("co2_total", "", year, Decimal(int(co2 + float(power) * accounts.co2["electricity"])))

    def _electricity(self, truth: AreaTruth) -> Decimal:
        """Electricity used, of the city less what it makes itself [10^4 kWh]."""
        made = truth.flow("output", "electricity") if self.together is not None else 0
        tce = Histories(self.city, ()).tce["electricity"]
        used = Decimal(truth.used("electricity") - made) * tce.denominator / tce.numerator
        return rounded(used, 2) or Decimal(0)

    def _gdp(self, period: Period, known_on: date, accumulation: str) -> Figure:
        """GDP on the footing of the censuses published by a day; what one of them restated says so."""
        censuses = [item for item in self.city.recipe.census if item.published <= known_on]
        value = Decimal(int(self.truths[period].gdp * (1 + sum(item.change for item in censuses))))
        restated = any(period.start.year <= item.year for item in censuses)
        return Figure("gdp", "", period, value, accumulation, "census" if restated else "")

    def _changes(self, before: Period, year: Period) -> Iterator[Figure]:
        now, then = self.truths[year], self.truths[before]
        energy, gdp = now.energy / then.energy, now.gdp / then.gdp
        for indicator, ratio in (("energy_growth", energy), ("gdp_growth", gdp), ("intensity_change", energy / gdp)):
            yield Figure(indicator, "", year, rounded(Decimal((ratio - 1) * 100), 2) or Decimal(0))


def _known_by(year: Period) -> date:
    """What the figures of a year rest on: whatever was published until two months after it."""
    return date(year.end.year, 3, 1)


def _in_10k(tce: int) -> Decimal:
    return Decimal(tce) / _TEN_THOUSAND


@dataclass(frozen=True)
class Printing:
    """How figures are printed: in the words of the layout that reads them back."""

    layout: LayoutProfile
    form: FictionForm

    def rows(self, label: str, figures: Sequence[Figure]) -> list[Row]:
        """One row a figure."""
        return [self._row(label, figure) for figure in figures]

    def _row(self, label: str, figure: Figure) -> Row:
        known = next(row for row in self.layout.rows.known if row.indicator == figure.indicator)
        line = next(line for line in self.form.lines if line["indicator"] == figure.indicator)
        coverage = line["coverage"] if "coverage" in line else known.coverage
        return {
            "area": label,
            "label": known.names[0],
            "item": self._word("item", figure.item),
            "kind": self._word("accumulation", figure.accumulation),
            "period": str(figure.period),
            "coverage": self._word("coverage", coverage),
            "status": self._word("data_status", figure.status),
            "unit_printed": line["printed"],
            "value": figure.value,
            "source": line["source"] if "source" in line else None,
        }

    def _word(self, kind: str, id: str) -> str | None:
        words = next(column.words for column in self.layout.columns if column.reads == kind)
        return next((word for word, meant in words.items() if meant == id), None)
