"""Who owed the month and who reported it: rates of areas, and the units that are left out of a growth, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said
from tanheng.kernel.assessment.reported_units import INCOMPLETE, SILENT, UNCOMPARED, ReportedUnits, UnitState
from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Grid, Unit, name, number
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#dispatch"
RATE, IN_TIME, COMPARED_SHARE = "reporting_rate", "reporting_rate_in_time", "compared_share"
OWING, REPORTED, EARLY = "units_owing", "units_reported", "units_in_time"
_NAMED = 10  # in a sentence; the whole list stands in the workbook
_ONE = Unit.parse("1")
_REPORTED_OF_OWING = name("reported") / name("owing") * number("100", "%")
_LEFT_OUT = {
    SILENT: ("dispatch-units-silent", Severity.WARNING),
    INCOMPLETE: ("dispatch-units-incomplete", Severity.BLOCKER),
    UNCOMPARED: ("dispatch-units-uncompared", Severity.NOTE),
}


@dataclass(frozen=True)
class Reporting:
    """The reports of the last month of a run.

    reporting_rate = units that reported / units that owe x 100 %; in time: published by the setting due_day.
    compared_share = energy of the units in the growth / energy of all that reported x 100 %; a growth of less than the
    setting compared_share_least speaks of some units and not of the area.
    """

    account: Account
    units: ReportedUnits

    @property
    def month(self) -> Period:
        """The month that is owed."""
        return self.account.period.months()[-1]

    def write(self, levels: Sequence[str]) -> None:
        """The rates of every area with units that owe the month; of areas of some levels also who is left out."""
        early = self.units.in_time(min(self.units.due_day(), self.account.facts.known_on))
        owing = {state.unit for state in self.units.owing}
        for area, states in sorted(self.units.by_area.items()):
            mine = [state.unit for state in states if state.unit in owing]
            if mine:
                self._rate(RATE, area, mine, self.units.reported, REPORTED)
                self._rate(IN_TIME, area, mine, early, EARLY)
            share = self._compared(area, states)
            if self.account.directory.level_of(area) in levels:
                self._left_out(area, states)
                self._too_few(area, states, share)

    def _rate(self, column: str, area: str, owing: Sequence[str], done: frozenset[str], counted: str) -> None:
        inputs = {"reported": self._count(counted, area, len(done.intersection(owing)))}
        inputs["owing"] = self._count(OWING, area, len(owing))
        self.account.paper.result(Address(column, area, self.month), _REPORTED_OF_OWING, inputs, clause=CLAUSE)

    def _compared(self, area: str, states: Sequence[UnitState]) -> Cell:
        """What the units in the growth weigh among all that reported; nothing is no share of nothing."""
        at = Address(COMPARED_SHARE, area, self.account.period)
        whole = sum(state.size for state in states)
        if whole <= 0:
            return self.account.paper.given(at, None, _ONE, f"gap:{at}")
        inputs = {"reported": self._weight("energy_reported", area, whole)}
        inputs["compared"] = self._weight("energy_compared", area, sum(each.size for each in states if each.counts))
        formula = name("compared") / name("reported") * number("100", "%")
        return self.account.paper.result(at, formula, inputs, clause=CLAUSE)

    def _weight(self, what: str, area: str, amount: int) -> Cell:
        at = Address(what, area, self.account.period)
        return self.account.paper.given(at, amount, self.account.paper.grids["reported_energy"].step, f"count:{at}")

    def _too_few(self, area: str, states: Sequence[UnitState], share: Cell) -> None:
        """A growth over a few of the units that report would pass for that of the area; over none there is none."""
        count = sum(state.counts for state in states)
        least, per_unit = self.account.set_number("compared_share_least").value, self._grid.per_unit
        if not count or share.value is None or least is None or share.value >= least * per_unit:
            return
        fields = {"count": str(count), "of": str(len(states)), "least": f"{least:g}"}
        fields["share"] = f"{share.value / per_unit:.1f}"
        said(self.account, "dispatch-few-compared", area, Severity.BLOCKER, self.account.period, **fields)

    @property
    def _grid(self) -> Grid:
        return self.account.paper.grids[COMPARED_SHARE]

    def _count(self, what: str, area: str, units: int) -> Cell:
        at = Address(what, area, self.month)
        return self.account.paper.given(at, units, _ONE, f"count:{at}")

    def _left_out(self, area: str, states: Sequence[UnitState]) -> None:
        for state, (code, severity) in _LEFT_OUT.items():
            self._say(code, area, [each.unit for each in states if each.state == state], severity)
        moved = [each.unit for each in states if each.moved and each.counts]
        self._say("dispatch-units-moved", area, moved, Severity.NOTE)

    def _say(self, code: str, area: str, units: Sequence[str], severity: Severity) -> None:
        if units:
            fields = {"count": len(units), "units": self._named(units)}
            period = self.month if code == "dispatch-units-silent" else self.account.period
            said(self.account, code, area, severity, period, **fields)

    def _named(self, units: Sequence[str]) -> Worded:
        more = {"zh": "等" if len(units) > _NAMED else "", "en": " and others" if len(units) > _NAMED else ""}
        label_of, shown = self.account.directory.label_of, units[:_NAMED]
        zh = "、".join(label_of(unit, "zh") for unit in shown) + more["zh"]
        return Worded(zh, ", ".join(label_of(unit, "en") for unit in shown) + more["en"])
