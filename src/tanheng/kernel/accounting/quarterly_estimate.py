"""An area's energy to date, estimated (推算) in the published form, for want of a statistic within the year."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import field_words, percent_change, percent_fall, said, to_date, year_before
from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#quarterly-estimate"
ESTIMATE = "energy_estimate"
_PER_10K = number("10000", "tce[coal_equivalent]/10^4 tce[coal_equivalent]")
_GROWN = number("1") + name("growth") / number("100", "%")
_DECLINE = percent_fall(name("now") / _GROWN, name("before"))
_BY_INTENSITY = name("intensity") * name("value_added") / _PER_10K
_BY_SHARE = name("above_scale") / name("share") / _PER_10K
_HOW = Worded(
    "规上工业按上年占比放大，其余行业＝上年单耗×可比价增加值，第三产业等的单耗因此与上年持平，不反映节能成效。",
    "above-scale industry over its share last year; other sectors at last year's intensity, flat by construction, so "
    "that nothing of their saving shows.",
)


def quarterly_estimate(account: Account) -> None:
    """Energy to date = above-scale industry / its share last year + sum(last year's intensity x value added).

    The same coefficients applied to the same months of last year give the growth; with the published growth of GDP,
    the decline of the intensity.

    Reads    above_scale_energy [tce, calorific] to date; of last year sector_energy [10^4 tce, coal equivalent] by
             sector and value added by sector: value_added at comparable prices, or else value_added_current of last
             year with value_added_growth of this; gdp_growth.
    Gives    energy_estimate with one line per sector, for the period and for that of last year; growth; decline. Every
             area has a finding that says how it was made. Late value added or GDP: a note and no number.
    Refuses  period-not-to-date; no-activity-data: no area states sector energy for last year.
    Source   assessment-practice#quarterly-estimate
    """
    period = to_date(account)
    last_year = Period.year(period.start.year - 1)
    stated = account.facts_of("sector_energy", within=last_year)
    if not stated:
        raise account.nothing()
    for area in sorted({fact.subject for fact in stated}):
        sectors = [fact.item for fact in stated if fact.subject == area and fact.item is not None]
        Estimate(account, area, period, last_year).write(sectors)


@dataclass(frozen=True)
class Estimate:
    """One area."""

    account: Account
    area: str
    period: Period
    last_year: Period

    def write(self, sectors: list[str]) -> None:
        """The estimate for both periods, what it grew by, and how it was made."""
        covered = [sector for sector in sectors if self.is_covered(sector)]
        now, before = (self._total(covered, period) for period in (self.period, year_before(self.period)))
        said(self.account, "estimated", self.area, Severity.NOTE, self.period, how=_HOW)
        inputs = {"now": now, "before": before}
        paper = self.account.paper
        paper.result(self._at(f"{ESTIMATE}_growth", self.period), percent_change(), inputs, clause=CLAUSE)
        growth = self.account.observed("gdp_growth", self.area, self.period, severity=Severity.NOTE)
        at = self._at(f"{ESTIMATE}_intensity_decline", self.period)
        paper.result(at, _DECLINE, {**inputs, "growth": growth}, clause=CLAUSE)

    def _total(self, sectors: list[str], period: Period) -> Cell:
        """The sum of the sectors; one that has no number leaves none for the whole."""
        lines = {sector: self.line(sector, period) for sector in sectors}
        formula: Formula | None = None
        for sector in lines:
            formula = name(sector) if formula is None else formula + name(sector)
        if formula is None:
            at = self._at(ESTIMATE, period)
            return self.account.paper.given(at, None, self.account.paper.grids[ESTIMATE].step, f"gap:{at}")
        return self.account.paper.whole(self._at(ESTIMATE, period), formula, lines, clause=CLAUSE)

    def line(self, sector: str, period: Period) -> Cell:
        """One sector's energy over a period, as one line of the estimate; a gap where something below it is missing."""
        if sector == self.account.setting("industry"):
            return self._industry(sector, period)
        inputs = {"intensity": self._intensity(sector), "value_added": self.value_added(sector, period)}
        return self.account.paper.result(self._at(ESTIMATE, period, sector), _BY_INTENSITY, inputs, clause=CLAUSE)

    def _industry(self, sector: str, period: Period) -> Cell:
        """Above-scale industry over its share last year; the share also leads from one basis to the other."""
        above = self.account.observed("above_scale_energy", self.area, period)
        inputs = {"above_scale": above, "share": self._share(sector)}
        return self.account.paper.result(self._at(ESTIMATE, period, sector), _BY_SHARE, inputs, clause=CLAUSE)

    def _share(self, sector: str) -> Cell:
        at = self._at("above_scale_share", self.last_year, sector)
        if at in self.account.paper.workings:
            return self.account.paper.workings[at].cell
        above = self.account.observed("above_scale_energy", self.area, self.last_year)
        industry = self.account.observed("sector_energy", self.area, self.last_year, item=sector)
        inputs = {"above_scale": above, "industry": industry}
        formula = name("above_scale") / (name("industry") * _PER_10K)
        unit = "tce[calorific_value]/tce[coal_equivalent]"
        return self.account.paper.step(at, formula, inputs, unit=unit, clause=CLAUSE)

    def _intensity(self, sector: str) -> Cell:
        """Energy per value added of last year, at the prices in which the value added is stated."""
        at = self._at("sector_intensity", self.last_year, sector)
        if at in self.account.paper.workings:
            return self.account.paper.workings[at].cell
        energy = self.account.observed("sector_energy", self.area, self.last_year, item=sector)
        indicator = "value_added" if self._at_constant_prices(sector) else "value_added_current"
        added = self._added(indicator, sector, self.last_year)
        inputs = {"energy": energy, "value_added": added}
        formula = name("energy") * _PER_10K / name("value_added")
        unit = f"tce[coal_equivalent]/{added.unit.text}"
        return self.account.paper.step(at, formula, inputs, unit=unit, clause=CLAUSE)

    def value_added(self, sector: str, period: Period) -> Cell:
        """Value added at comparable prices: as stated, or at last year's prices by the growth that is published."""
        if self._at_constant_prices(sector):
            return self._added("value_added", sector, period)
        if period != self.period:
            return self._added("value_added_current", sector, period)
        at = self._at("value_added_comparable", period, sector)
        if at in self.account.paper.workings:
            return self.account.paper.workings[at].cell
        before = self._added("value_added_current", sector, year_before(period))
        growth = self._added("value_added_growth", sector, period)
        inputs = {"before": before, "growth": growth}
        return self.account.paper.step(at, name("before") * _GROWN, inputs, unit=before.unit.text, clause=CLAUSE)

    def _added(self, indicator: str, sector: str, period: Period) -> Cell:
        """A statement about value added; that of a whole year may stand as a year or as January to December."""
        reads = self.account.reads(indicator, Accumulation.YEAR_TO_DATE)
        return self.account.observed(reads, self.area, period, item=sector, severity=Severity.NOTE)

    def _at_constant_prices(self, sector: str) -> bool:
        return self._has("value_added", sector, self.last_year)

    def is_covered(self, sector: str) -> bool:
        """Whether the form covers a sector; one that it leaves out is said to be."""
        known = sector == self.account.setting("industry") or any(
            self._has(indicator, sector, self.last_year) for indicator in ("value_added", "value_added_current")
        )
        if not known:
            words = field_words(self.account, sector)
            said(self.account, "estimate-leaves-out", self.area, Severity.NOTE, self.period, sector=words)
        return known

    def _has(self, indicator: str, sector: str, period: Period) -> bool:
        facts = self.account.facts_of(indicator, within=period, subjects=[self.area])
        return any(fact.item == sector for fact in facts)

    def _at(self, column: str, period: Period, line: str | None = None) -> Address:
        return Address(column, self.area, period, line)
