"""Growth of what units report, by area and field, with the units that explain it by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import year_before
from tanheng.kernel.account.references import sum_of
from tanheng.kernel.assessment.growth import CLAUSE, Areas, contribution, growth_of
from tanheng.kernel.assessment.reported_units import COLUMN, ReportedUnits, UnitState
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import name
from tanheng.kernel.trace import Address, Cell

ENERGY, GROWTH, ADDS, REST = "reported_energy", "reported_energy_growth", "reported_energy_contribution", "rest"


@dataclass
class ReportedGrowth:
    """The energy that units report in each area and field, its growth, and what adds to it.

    Only what may be compared is in either sum. A sum is explained by the areas within, and by units where there are
    none; the units that explain a growth are those that moved it most in its own direction.
    """

    account: Account
    areas: Areas
    units: ReportedUnits
    cells: dict[tuple[str, Period], Cell] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)

    def write(self) -> None:
        """Every area with units that may be compared, the narrowest first, and the fields of the wider ones."""
        for area in self.areas.narrowest_first():
            inside = self._counted(area)
            if not inside:
                continue
            direct = [state for state in inside if state.areas[0] == area]
            self._sums(area, self.areas.within(area), direct)
            self._explained(area, inside)
            if self.areas.within(area):
                self._fields(area, inside)
        for area in self.areas.levels:
            for part in self.areas.within(area):
                self._adds(part, area)

    def _counted(self, area: str) -> list[UnitState]:
        found = self.units.by_area[area] if area in self.units.by_area else ()
        return [state for state in found if state.counts]

    # ---- sums
    def _sums(self, subject: str, parts: Sequence[str], direct: Sequence[UnitState]) -> None:
        """The sum of both spans: of the areas within, and of the units that lie in none of them."""
        for period in self._spans:
            cells = [self.cells[part, period] for part in parts if (part, period) in self.cells]
            of_units = self._of_units[period]
            cells += [of_units[state.unit] for state in direct if state.unit in of_units]
            if cells:
                self.cells[subject, period] = self.account.paper.total(
                    Address(ENERGY, subject, period), cells, clause=CLAUSE
                )

    @cached_property
    def _of_units(self) -> Mapping[Period, Mapping[str, Cell]]:
        """What units reported over each span, as their own method explains it; none of one that reported nothing."""
        now, before = self._spans
        counted = [state for state in self.units.states if state.counts]
        return {
            now: self._given(now, ((state.unit, state.now) for state in counted)),
            before: self._given(before, ((state.unit, state.before) for state in counted)),
        }

    def _given(self, period: Period, values: Iterable[tuple[str, int | None]]) -> Mapping[str, Cell]:
        paper, said = self.account.paper, str(period)
        step = paper.grids[ENERGY].step
        return {
            unit: paper.given(Address(ENERGY, unit, period), value, step, f"figure:{COLUMN}@{unit}@{said}")
            for unit, value in values
            if value is not None
        }

    @cached_property
    def _spans(self) -> tuple[Period, Period]:
        return self.account.period, year_before(self.account.period)

    @cached_property
    def _most(self) -> int:
        number = self.account.set_number("units_named").value
        if number is None:
            raise ValueError("the setting units_named has no value")
        return max(0, int(number))

    # ---- growth and what explains it
    def _explained(self, subject: str, inside: Sequence[UnitState]) -> None:
        """The growth of a subject, the units that moved it most in its direction, and all others as one rest."""
        now, before = (self._of(subject, period) for period in self._spans)
        growth = growth_of(self.account, Address(GROWTH, subject, self.account.period), now, before)
        if growth.value is None:
            return
        sign = -1 if growth.value < 0 else 1
        moved = (state for state in inside if sign * state.change > 0)
        first = nsmallest(self._most, moved, key=lambda state: (-abs(state.change), state.unit))
        shown = {f"unit_{place}": self._of_unit(subject, state, before) for place, state in enumerate(first, 1)}
        at = Address(ADDS, subject, self.account.period, REST)
        formula = name("growth") - sum_of([name(each) for each in shown]) if shown else name("growth")
        self.account.paper.whole(at, formula, {"growth": growth, **shown}, clause=CLAUSE)

    def _of_unit(self, subject: str, state: UnitState, whole: Cell) -> Cell:
        at = Address(ADDS, subject, self.account.period, state.unit)
        spans = (self._of_units[period] for period in self._spans)
        now, before = (cells[state.unit] if state.unit in cells else None for cells in spans)
        return contribution(self.account, at, now, before, whole)

    def _adds(self, part: str, area: str) -> None:
        """How much a part adds to the growth of what it lies in; a part without units adds nothing that is known."""
        whole = self._of(area, self._spans[1])
        now, before = (self.cells[part, span] if (part, span) in self.cells else None for span in self._spans)
        if whole.value is not None and (now is not None or before is not None):
            contribution(self.account, Address(ADDS, part, self.account.period), now, before, whole)

    def _of(self, subject: str, period: Period) -> Cell:
        if (subject, period) in self.cells:
            return self.cells[subject, period]
        at, step = Address(ENERGY, subject, period), self.account.paper.grids[ENERGY].step
        return self.account.paper.given(at, None, step, f"gap:{at}")

    # ---- fields
    def _fields(self, area: str, inside: Sequence[UnitState]) -> None:
        """Each field of an area, beside the areas within: fields may overlap, and are no parts of a whole."""
        for code in sorted({code for state in inside for code in state.fields}):
            mine = [state for state in inside if code in state.fields]
            parts = [f"{part}#{code}" for part in self.areas.within(area) if f"{part}#{code}" in self.fields]
            covered = {part.partition("#")[0] for part in parts}
            direct = [state for state in mine if not covered & set(state.areas)]
            subject = f"{area}#{code}"
            self._sums(subject, parts, direct)
            self._explained(subject, mine)
            self._adds(subject, area)
            self.fields.add(subject)
