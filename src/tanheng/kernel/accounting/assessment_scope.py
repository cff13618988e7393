"""The energy of an area that is assessed, before anything is subtracted: over its own list and over the report's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import said
from tanheng.kernel.faults import Severity
from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, name
from tanheng.kernel.subject import scope_on
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#scope-list"
STATISTICS, UNITS = "statistics", "units"


@dataclass
class Raw:
    """The energy of areas by year: stated as a total (`statistics`), or built up from the units in scope (`units`).

    The list of a year is that of its last day, or of its first where the setting `list_day` says so.
    """

    account: Account
    report: Period
    form: str
    cells: dict[Period, dict[str, Cell]] = field(default_factory=dict)
    lists: dict[tuple[str, date], frozenset[str]] = field(default_factory=dict)

    def over_list(self, area: str, year: Period) -> Cell:
        """The energy of a year over the list of the report year.

        Gives    beside it, as results, the energy over the year's own list and what units entering and leaving change.
        """
        own = self._own(area, year)
        entered, left = self._moved(area, year)
        formula, inputs = name("own"), {"own": own}
        for column, units, sign in (("scope_entered", entered, "+"), ("scope_left", left, "-")):
            if units:
                total = self._total(column, area, year, units)
                formula = formula + name(column) if sign == "+" else formula - name(column)
                inputs[column] = total
        listed = self._whole("energy_over_list", area, year, formula, inputs)
        if len(inputs) > 1:
            self._whole("scope_change", area, year, name("listed") - name("own"), {"listed": listed, "own": own})
        return listed

    def units_of(self, area: str, year: Period) -> frozenset[str]:
        """The units on the list of a year."""
        day = self._day(year)
        if (area, day) not in self.lists:
            self.lists[area, day] = scope_on(self.account.directory, area, day).units
        return self.lists[area, day]

    def _own(self, area: str, year: Period) -> Cell:
        column, paper = "energy_over_own_list", self.account.paper
        if self.form == UNITS:
            return self._total(column, area, year, sorted(self.units_of(area, year)))
        stated = self.account.observed("energy_total", area, year)
        return paper.result(Address(column, area, year), name("stated"), {"stated": stated}, clause=CLAUSE)

    def _moved(self, area: str, year: Period) -> tuple[list[str], list[str]]:
        """Units on the report's list and not on that of the year, and the other way round."""
        now, then = self.units_of(area, self.report), self.units_of(area, year)
        entered = [unit for unit in sorted(now - then) if self._existed(unit, year)]
        return entered, sorted(then - now)

    def _existed(self, unit: str, year: Period) -> bool:
        stays = self.account.directory.stays(year)
        if any(stay.facility == unit for stay in stays):
            return True
        said(self.account, "unit-not-there-yet", unit, Severity.NOTE, year)
        return False

    def _total(self, column: str, area: str, year: Period, units: list[str]) -> Cell:
        parts = [self._unit(unit, year) for unit in units]
        return self.account.paper.total(Address(column, area, year), parts, clause=CLAUSE)

    def _unit(self, unit: str, year: Period) -> Cell:
        """The energy of a unit: a figure of the method over units that this account builds on."""
        if year not in self.cells:
            (method,) = self.account.use.builds_on
            self.cells[year] = self.account.figures(method, self.account.setting("unit_column"), year)
        if unit in self.cells[year]:
            return self.cells[year][unit]
        said(self.account, "unit-without-energy", unit, Severity.WARNING, year)
        column = self.account.setting("unit_column")
        step = self.account.packs.get(IndicatorShape, column).on_grid.step
        address = Address(column, unit, year)
        return self.account.paper.given(address, None, step, f"gap:{address}")

    def _whole(self, column: str, area: str, year: Period, formula: Formula, inputs: Mapping[str, Cell]) -> Cell:
        return self.account.paper.whole(Address(column, area, year), formula, inputs, clause=CLAUSE)

    def _day(self, year: Period) -> date:
        last = year.end - timedelta(days=1)
        return year.start if self.account.setting("list_day") == "first" else last
