"""What moved the energy of an area from one year to the next: activity, structure, intensity (LMDI-I, additive)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import GCE_IN_10K, field_words, said, whole_year
from tanheng.kernel.account.references import sum_of
from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.pack import IndicatorShape, Reads
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, name, natural_log, number, split_basis
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#lmdi"
ACTIVITY, STRUCTURE, INTENSITY = "driver_activity", "driver_structure", "driver_intensity"
OTHER, CHANGE, RESIDUAL = "driver_other", "driver_change", "driver_residual"
SHARE = "drivers_share_of_growth"
_ENERGY, _ADDED, _CURRENT, _GROWTH = "sector_energy", "value_added", "value_added_current", "value_added_growth"


def drivers(account: Account) -> None:
    """E = sum over sectors of Q x S x I: Q value added of all, S a sector's share of it, I its energy per value added.

    effect = sum over sectors of L(E1, E0) x ln(x1 / x0), x in turn Q, S and I
    L(a, b) = (a - b) / ln(a / b), L(a, a) = a

    The three effects and the change of the sectors without value added make up the change of energy without residual.
    A sector that begins or ends counts by the limits of the formula: with its value added it is structure, without it
    (energy alone is zero in a year) intensity. A negative figure has no share and no logarithm: its sector stands
    apart, like one without value added. Value added is added up at the prices of one year, those in which most
    sectors of the area are known; a sector that is not stands apart too.

    Reads    sector_energy of both years by sector; value added by sector: value_added at comparable prices of both, or
             else value_added_current of the year before with value_added_growth of the year.
    Gives    per area the effects [10^4 tce], each sector as a line; driver_change; driver_residual, which is only what
             rounding to grams leaves; as drivers_share_of_growth the points of each effect. Who stands apart is named.
    Refuses  period-not-year; no-activity-data: no area states sector energy for the year.
    Source   assessment-practice#lmdi
    Leaves out  the mix of carriers and its carbon.
    """
    year = Period.year(whole_year(account))
    stated = account.facts_of(_ENERGY, within=year)
    if not stated:
        raise account.nothing()
    for area in sorted({fact.subject for fact in stated}):
        before = account.facts_of(_ENERGY, within=Period.year(year.start.year - 1), subjects=[area])
        own = [fact for fact in stated if fact.subject == area]
        sectors = {fact.item: fact.item for fact in [*own, *before] if fact.item is not None}
        _Area(account, area, year).write(sorted(sectors))


@dataclass(frozen=True)
class Sector:
    """One sector in both years: its energy and, where it has one, its value added at one year's prices."""

    id: str
    energy: Mapping[Period, Cell]
    added: Mapping[Period, Cell] | None


@dataclass(frozen=True)
class _Stated:
    """What a sector states: its energy, and its value added of both years by the prices at which it is known."""

    id: str
    energy: Mapping[Period, Cell]
    added: Mapping[str, Mapping[Period, Cell]]
    at_odds: bool

    @property
    def negative(self) -> bool:
        """Whether any of it is below zero."""
        cells = [*self.energy.values(), *(cell for years in self.added.values() for cell in years.values())]
        return any(cell.value is not None and cell.value < 0 for cell in cells)


@dataclass(frozen=True)
class _Area:
    """One area and the two years."""

    account: Account
    area: str
    year: Period

    @property
    def years(self) -> tuple[Period, Period]:
        """The year before, and the year."""
        return Period.year(self.year.start.year - 1), self.year

    def write(self, ids: Iterable[str]) -> None:
        """The effects of every sector, their sums, and what is left."""
        sectors = self._sectors(ids)
        if absent := [each for each in sectors if any(cell.value is None for cell in each.energy.values())]:
            for each in absent:
                self._one_sided(each)
            return
        whole = [each for each in sectors if each.added is not None]
        total = {year: self._total(year, whole) for year in self.years} if whole else {}
        lines: dict[str, list[Cell]] = {ACTIVITY: [], STRUCTURE: [], INTENSITY: [], OTHER: []}
        for each in sectors:
            if each.added is None:
                lines[OTHER].append(self._change(OTHER, each))
            else:
                for column, cell in self._effects(each, total).items():
                    lines[column].append(cell)
        paper = self.account.paper
        found = {id: paper.total(self._at(id), cells, clause=CLAUSE) for id, cells in lines.items() if cells}
        self._whole(sectors, found)

    # ---- one sector
    def _effects(self, sector: Sector, total: Mapping[Period, Cell]) -> dict[str, Cell]:
        added = sector.added or {}
        energy = [cell.value for cell in sector.energy.values()]
        if all(value is not None and value > 0 for value in (*energy, *(cell.value for cell in added.values()))):
            return self._continuing(sector, total)
        goes = STRUCTURE if any(cell.value == 0 for cell in added.values()) else INTENSITY
        return {goes: self._change(goes, sector)}

    def _continuing(self, sector: Sector, total: Mapping[Period, Cell]) -> dict[str, Cell]:
        before, now = self.years
        added = sector.added or {}
        inputs = {
            "energy": sector.energy[now],
            "energy_before": sector.energy[before],
            "added": added[now],
            "added_before": added[before],
            "all": total[now],
            "all_before": total[before],
        }
        same = sector.energy[now].value == sector.energy[before].value
        mean = name("energy") if same else _log_mean()
        grown = {"all": name("all") / name("all_before"), "added": name("added") / name("added_before")}
        per = (name("energy") / name("energy_before")) / grown["added"]
        ratios = {ACTIVITY: grown["all"], STRUCTURE: grown["added"] / grown["all"], INTENSITY: per}
        found = {}
        for column, ratio in ratios.items():
            formula = mean * natural_log(ratio)
            found[column] = self.account.paper.result(self._at(column, sector.id), formula, inputs, clause=CLAUSE)
        return found

    def _change(self, column: str, sector: Sector) -> Cell:
        before, now = self.years
        inputs = {"energy": sector.energy[now], "energy_before": sector.energy[before]}
        formula = name("energy") - name("energy_before")
        return self.account.paper.result(self._at(column, sector.id), formula, inputs, clause=CLAUSE)

    # ---- the whole
    def _whole(self, sectors: Iterable[Sector], found: Mapping[str, Cell]) -> None:
        paper, (before, _) = self.account.paper, self.years
        change = paper.total(self._at(CHANGE), [self._change(CHANGE, each) for each in sectors], clause=CLAUSE)
        inputs = {"change": change, **found}
        formula = name("change")
        for effect in found:
            formula = formula - name(effect)
        paper.whole(self._at(RESIDUAL), formula, inputs, clause=CLAUSE)
        base = {f"sector_{place}": each.energy[before] for place, each in enumerate(sectors, 1)}
        at = Address("energy_of_sectors", self.area, before)
        unit = "10^4 tce[coal_equivalent]"
        whole = paper.step(at, sum_of([name(part) for part in base]), base, unit=unit, clause=CLAUSE)
        for effect, cell in found.items():
            points = name("effect") / number(GCE_IN_10K, "gce[coal_equivalent]/10^4 tce[coal_equivalent]")
            points = points / name("whole") * number("100", "%")
            at = self._at(SHARE, effect)
            paper.result(at, points, {"effect": cell, "whole": whole}, clause=CLAUSE)

    def _total(self, year: Period, sectors: Iterable[Sector]) -> Cell:
        cells = {f"sector_{place}": (each.added or {})[year] for place, each in enumerate(sectors, 1)}
        unit = next(iter(cells.values())).unit.text
        at = Address("value_added_of_sectors", self.area, year)
        formula = sum_of([name(part) for part in cells])
        return self.account.paper.step(at, formula, cells, unit=unit, clause=CLAUSE)

    # ---- what is stated
    def _sectors(self, ids: Iterable[str]) -> list[Sector]:
        """The sectors with their value added at the prices in which most of them are known."""
        stated = [self._stated(id) for id in ids]
        counted = Counter(prices for each in stated if not each.negative for prices in each.added)
        chosen = next((prices for prices, _ in counted.most_common(1)), "")
        return [self._at_prices(each, chosen) for each in stated]

    def _at_prices(self, stated: _Stated, chosen: str) -> Sector:
        """A sector at the chosen prices; without value added, and named, where it has none at them."""
        if not stated.negative and chosen in stated.added:
            return Sector(stated.id, stated.energy, stated.added[chosen])
        if any(cell.value is None for cell in stated.energy.values()):
            return Sector(stated.id, stated.energy, None)
        fields = {"sector": self._words(stated.id)}
        if stated.negative:
            said(self.account, "drivers-negative", self.area, Severity.WARNING, self.year, **fields)
        elif stated.added or stated.at_odds:
            said(self.account, "drivers-prices-differ", self.area, Severity.WARNING, self.year, **fields)
        else:
            said(self.account, "drivers-without-added", self.area, Severity.NOTE, self.year, **fields)
        return Sector(stated.id, stated.energy, None)

    def _stated(self, id: str) -> _Stated:
        energy = {year: self.account.observed(_ENERGY, self.area, year, item=id, severity=None) for year in self.years}
        constant = {year: self._observed(_ADDED, id, year) for year in self.years}
        known = all(cell.value is not None for cell in constant.values())
        one = len({cell.unit.text for cell in constant.values()}) == 1
        added = [constant] if known and one else []
        grown = self._grown(id)
        by_prices = {next(iter(years.values())).unit.text: years for years in (*added, *([grown] if grown else []))}
        return _Stated(id, energy, by_prices, known and not one)

    def _grown(self, sector: str) -> dict[Period, Cell] | None:
        """Value added of the year before, and as it would be with the growth of the year; None where it is unknown."""
        before, now = self.years
        current, growth = self._observed(_CURRENT, sector, before), self._observed(_GROWTH, sector, now)
        if current.value is None or growth.value is None:
            return None
        grown = name("before") * (number("1") + name("growth") / number("100", "%"))
        at, inputs = self._at("value_added_comparable", sector), {"before": current, "growth": growth}
        made = self.account.paper.step(at, grown, inputs, unit=current.unit.text, clause=CLAUSE)
        return {before: current, now: made}

    def _observed(self, indicator: str, sector: str, year: Period) -> Cell:
        """A year may stand as a year or as January to December."""
        readings = [reads for reads in self.account.definition.reads if reads.indicator == indicator]
        cells = [self._read(reads, sector, year) for reads in readings]
        return next((cell for cell in cells if cell.value is not None), cells[0])

    def _read(self, reads: Reads, sector: str, year: Period) -> Cell:
        """A figure at the prices at which it is stated, in the unit of its indicator."""
        facts = self.account.facts_of(reads, within=year, subjects=[self.area])
        bases = [split_basis(fact.unit.text)[1] for fact in facts if fact.item == sector and fact.period == year]
        unit = split_basis(self.account.packs.get(IndicatorShape, reads.indicator).unit.text)[0]
        wanted = unit + bases[0] if bases else None
        return self.account.observed(reads, self.area, year, item=sector, unit=wanted, severity=None)

    def _one_sided(self, sector: Sector) -> None:
        (absent,) = [year for year in self.years if sector.energy[year].value is None] or [self.year]
        fields = {"sector": self._words(sector.id)}
        said(self.account, "drivers-sector-one-sided", self.area, Severity.WARNING, absent, **fields)

    def _words(self, sector: str) -> Worded:
        return field_words(self.account, sector)

    def _at(self, column: str, line: str | None = None) -> Address:
        return Address(column, self.area, self.year, line)


def _log_mean() -> Formula:
    """L(energy, energy_before)."""
    return (name("energy") - name("energy_before")) / natural_log(name("energy") / name("energy_before"))
