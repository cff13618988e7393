"""Growth of what units report, by area and field, with the units that explain it by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

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
    _now: dict[str, Cell] = field(default_factory=dict)
    _before: dict[str, Cell] = field(default_factory=dict)

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
            cells += [cell for cell in (self._unit(state, period) for state in direct) if cell is not None]
            if cells:
                self.cells[subject, period] = self.account.paper.total(
                    Address(ENERGY, subject, period), cells, clause=CLAUSE
                )

    def _unit(self, state: UnitState, period: Period) -> Cell | None:
        """What a unit reported over a span, as its own method explains it; None where it reported nothing."""
        is_now = period is self._spans[0]
        value, known = (state.now, self._now) if is_now else (state.before, self._before)
        if value is None:
            return None
        if state.unit not in known:
            at, step = Address(ENERGY, state.unit, period), self.account.paper.grids[ENERGY].step
            ref = f"figure:{COLUMN}@{state.unit}@{period}"
            known[state.unit] = self.account.paper.given(at, value, step, ref)
        return known[state.unit]

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
        moved = [state for state in inside if sign * state.change > 0]
        first = sorted(moved, key=lambda state: (-abs(state.change), state.unit))[: self._most]
        shown = {f"unit_{place}": self._of_unit(subject, state, before) for place, state in enumerate(first, 1)}
        at = Address(ADDS, subject, self.account.period, REST)
        formula = name("growth") - sum_of([name(each) for each in shown]) if shown else name("growth")
        self.account.paper.whole(at, formula, {"growth": growth, **shown}, clause=CLAUSE)

    def _of_unit(self, subject: str, state: UnitState, whole: Cell) -> Cell:
        at = Address(ADDS, subject, self.account.period, state.unit)
        now, before = (self._unit(state, period) for period in self._spans)
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
