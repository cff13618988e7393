"""The fields (条) of an area to date, estimated in the published form, and how much of it is flat by construction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import percent_change, percent_fall, to_date, year_before
from tanheng.kernel.accounting.quarterly_estimate import Estimate
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import name, number
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#quarterly-estimate"
FLAT = "barometer-practice#flat"
_DECLINE = percent_fall(name("now") / (name("added_now") / name("added_before")), name("before"))
_NOTHING_FLAT, _ALL_FLAT = number("0", "%"), number("100", "%")


def field_estimate(account: Account) -> None:
    """Every sector of the quarterly estimate by itself: its growth, its decline per value added, its flat share.

    decline = (1 - (energy / value added) / (the same a year before)) x 100 %

    Whatever goes by last year's intensity has a decline of zero by construction: its flat share is 100 %, that of the
    scaled industry 0 %, and that of an area the share of such energy in its estimate.

    Reads    as quarterly_estimate.
    Gives    field_energy_growth, field_intensity_decline and field_flat_share of `<area>#<sector>`; field_flat_share of
             the area. A gap where a sector has no value added.
    Refuses  period-not-to-date; no-activity-data: no area states sector energy for last year.
    Source   assessment-practice#quarterly-estimate, barometer-practice#flat
    """
    period = to_date(account)
    last_year = Period.year(period.start.year - 1)
    stated = account.facts_of("sector_energy", within=last_year)
    if not stated:
        raise account.nothing()
    for area in sorted({fact.subject for fact in stated}):
        sectors = {fact.item for fact in stated if fact.subject == area and fact.item is not None}
        _Fields(account, Estimate(account, area, period, last_year)).write(sorted(sectors))


@dataclass(frozen=True)
class _Fields:
    """One area."""

    account: Account
    estimate: Estimate

    def write(self, sectors: list[str]) -> None:
        """Every covered sector, then the flat share of the area."""
        covered = [sector for sector in sectors if self.estimate.is_covered(sector)]
        lines = {sector: self._field(sector) for sector in covered}
        flat = [name(sector) for sector in lines if not self._is_scaled(sector)]
        if not lines:
            return
        whole = reduce(add, [name(sector) for sector in lines])
        share = reduce(add, flat) / whole if flat else number("0") * name(covered[0]) / whole
        at = self._at("field_flat_share")
        self.account.paper.result(at, share * number("100", "%"), lines, clause=FLAT)

    def _field(self, sector: str) -> Cell:
        now, before = (self.estimate.line(sector, period) for period in self._periods)
        inputs = {"now": now, "before": before}
        self.account.paper.result(self._at("field_energy_growth", sector), percent_change(), inputs, clause=CLAUSE)
        added = [self.estimate.value_added(sector, period) for period in self._periods]
        inputs |= {"added_now": added[0], "added_before": added[1]}
        self.account.paper.result(self._at("field_intensity_decline", sector), _DECLINE, inputs, clause=CLAUSE)
        share = _NOTHING_FLAT if self._is_scaled(sector) else _ALL_FLAT
        self.account.paper.result(self._at("field_flat_share", sector), share, {}, clause=FLAT)
        return now

    @property
    def _periods(self) -> tuple[Period, Period]:
        return self.estimate.period, year_before(self.estimate.period)

    def _is_scaled(self, sector: str) -> bool:
        return sector == self.account.setting("industry")

    def _at(self, column: str, sector: str | None = None) -> Address:
        area = self.estimate.area
        return Address(column, area if sector is None else f"{area}#{sector}", self.estimate.period)
