"""What a target is compared with: every result of its measure, made in whatever way, of the year and since the base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tanheng.kernel.account import Account
from tanheng.kernel.obligation.path import cumulative_cut, remaining_level
from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.pack.measure import Made, Measure, MeasureSource
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, Unit, name, number
from tanheng.kernel.trace import Address, Cell

Reach = Literal["annual", "cumulative"]
RATE = "10^-9"
CLAUSE = "assessment-practice#target-progress"
_STEPS = number("1000000000", RATE)
_FIELD, _FACILITY = "field", "facility"
_PURE = Unit.parse("1")


@dataclass(frozen=True)
class Actual:
    """A result, how it was made (推算, 核算, 市反馈), and in which variant where there are several."""

    cell: Cell
    made: Made
    variant: str = ""


def pure(rate: str) -> Formula:
    """A rate on its grid as a pure number."""
    return name(rate) / _STEPS


def on_rate_grid(share: Formula) -> Formula:
    """A pure number as a whole number of steps of 10^-9."""
    return (share * _STEPS).rounded(1)


def step_once(
    account: Account, address: Address, formula: Formula, inputs: Mapping[str, Cell], unit: str, clause: str = CLAUSE
) -> Cell:
    """A step of the paper, or the one that stands there already."""
    if address in account.paper.workings:
        return account.paper.workings[address].cell
    return account.paper.step(address, formula, inputs, unit=unit, clause=clause)


def results_of(
    account: Account, measure: Measure, subject: str, period: Period, base: int | None, reach: Reach
) -> list[Actual]:
    """The results of a measure for a subject, in the order in which the measure prefers them.

    Reads    base: the year since which `cumulative` counts; without it there is nothing cumulative.
    Gives    rates on the 10^-9 grid, amounts and increments in the unit of the measure; a cell without a value where
             something below it is missing. What the method does not say that it reads or builds on is left out.
    """
    over = "year" if period == Period.year(period.start.year) else "to_date"
    found = []
    for source in measure.actuals:
        if source.over == over and _may_read(account, source, subject):
            cell = _Result(account, measure, subject, source).of(period, base, reach)
            if cell is not None:
                found.append(Actual(cell, source.made, source.variant))
    return found


def level_behind(account: Account, measure: Measure, subject: str, period: Period) -> Cell | None:
    """The level behind a measure (energy in 10^4 tce), by which a distance is put in tonnes; or None."""
    over = "year" if period == Period.year(period.start.year) else "to_date"
    for source in measure.amount or measure.actuals:
        if source.over == over and _may_read(account, source, subject):
            cell = _Result(account, measure, subject, source).level(period)
            if cell is not None and cell.value is not None:
                return cell
    return None


def _may_read(account: Account, source: MeasureSource, subject: str) -> bool:
    """Whether a source is of such subjects, and the method says that it reads it or builds on it."""
    if source.units != (account.directory.level_of(subject) is None):
        return False
    if source.method:
        return source.method in account.use.builds_on
    wanted = source.reads
    return wanted is not None and any(
        (reads.indicator, reads.accumulation, reads.coverage or account.use.coverage)
        == (wanted.indicator, wanted.accumulation, wanted.coverage)
        for reads in account.definition.reads
    )


@dataclass(frozen=True)
class _Result:
    """One source of one subject."""

    account: Account
    measure: Measure
    subject: str
    source: MeasureSource

    def of(self, period: Period, base: int | None, reach: Reach) -> Cell | None:
        """The result of the year or to date, or since the base year."""
        since = period.start.year - 1 if reach == "annual" else base
        if since is None:
            return None
        match self.measure.reckoned:
            case "decline":
                return self.rate(period) if reach == "annual" else self._chained(period, since)
            case "amount" if self.source.over == "year":
                return self.level(period)
            case "increment" if self.source.over == "year":
                return self._increment(period, since)
        return self.growth(period) if reach == "annual" else None

    def rate(self, period: Period) -> Cell | None:
        """A decline on the 10^-9 grid."""
        if self.source.method:
            return self._figure(self.source.column, period)
        stated = self._observed(period, "%")
        if stated is None:
            return None
        share = name("stated") / number("100", "%")
        formula = number("0") - share if self.source.negated else share
        return self._step(f"{self.measure.id}_read", period, on_rate_grid(formula), {"stated": stated}, RATE)

    def growth(self, period: Period) -> Cell | None:
        """The growth of the level on the same months of the year before; None where the source has none.

        An observation is one where it is stated as a rate: what the city feeds back.
        """
        if self.source.reads is not None:
            return self.rate(period) if self._is_rate else None
        return self._figure(self.source.growth, period) if self.source.growth else None

    @property
    def _is_rate(self) -> bool:
        """Whether the source is an observation in per cent."""
        reads = self.source.reads
        return reads is not None and self.account.packs.get(IndicatorShape, reads.indicator).unit.powers == _PURE.powers

    def level(self, period: Period) -> Cell | None:
        """The level in the unit that the measure's amounts have; a figure on its grid is brought there as a step."""
        if not self.source.method:
            return None if self._is_rate else self._observed(period)
        figure = self._figure(self.source.column, period)
        if figure is None:
            return None
        unit = self._unit(figure.unit, self.source.column)
        steps = number(str(unit.ratio_to(figure.unit, what=self.source.column)), f"{figure.unit.text}/{unit.text}")
        return self._step(f"{self.source.column}_level", period, name("figure") / steps, {"figure": figure}, unit.text)

    def _unit(self, known: Unit, indicator: str) -> Unit:
        """That of the measure, where it measures the same; else that of the indicator."""
        if self.measure.unit.powers == known.powers:
            return self.measure.unit
        return self.account.packs.get(IndicatorShape, indicator).unit

    def _chained(self, period: Period, base: int) -> Cell | None:
        """1 - (1 - r)(1 - r)...: whole years from the base on, and what is to date of this one."""
        year = period.start.year
        rates = {f"cut_{each}": self._year_rate(Period.year(each)) for each in range(base + 1, year)}
        rates[f"cut_{year}"] = self.rate(period)
        links = {link: cell for link, cell in rates.items() if cell is not None}
        if len(links) < len(rates):
            return None
        formula = on_rate_grid(cumulative_cut(remaining_level([pure(link) for link in links])))
        return self._step(f"{self.measure.id}_since_base", period, formula, links, RATE)

    def _year_rate(self, year: Period) -> Cell | None:
        """The decline of a whole year before: of this source, or of the first of whole years that has a number."""
        if self.source.over == "year":
            return self.rate(year)
        for source in self.measure.actuals:
            if source.over == "year" and _may_read(self.account, source, self.subject):
                found = _Result(self.account, self.measure, self.subject, source).rate(year)
                if found is not None and found.value is not None:
                    return found
        return None

    def _increment(self, period: Period, base: int) -> Cell | None:
        now, before = self.level(period), self.level(Period.year(base))
        if now is None or before is None:
            return None
        inputs = {"now": now, "before": before}
        return self._step(f"{self.measure.id}_{base}", period, name("now") - name("before"), inputs, now.unit.text)

    def _figure(self, column: str, period: Period) -> Cell | None:
        place, _, line = self.subject.partition("#")
        level = _FIELD if line else self.account.directory.level_of(place) or _FACILITY
        figures = self.account.figures(self.source.method, column, period, level=level, expected=False)
        return figures[self.subject] if self.subject in figures else None

    def _observed(self, period: Period, unit: str | None = None) -> Cell | None:
        wanted = self.source.reads
        if wanted is None:
            return None
        place, _, line = self.subject.partition("#")
        reads = self.account.reads(wanted.indicator, wanted.accumulation, wanted.coverage)
        asked = unit or self._unit(self.account.packs.get(IndicatorShape, wanted.indicator).unit, wanted.indicator).text
        cell = self.account.observed(reads, place, period, item=line or None, unit=asked, severity=None)
        return cell if cell.value is not None else None

    def _step(self, column: str, period: Period, formula: Formula, inputs: Mapping[str, Cell], unit: str) -> Cell:
        told = "/".join(part for part in (self.source.made, self.source.variant) if part)
        return step_once(self.account, Address(column, self.subject, period, told), formula, inputs, unit)
