"""A working paper (工作底稿): the cells of an account, each with its formula, its inputs and its clause.

Where a method over rows computes a column for a hundred thousand rows at once, an account computes some hundred
single cells that rest on one another. Both record what they compute while they compute it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from tanheng.kernel.faults import Finding
from tanheng.kernel.quantity import Formula, Grid, Unit
from tanheng.kernel.quantity.formula import check_unit, text_of, value_of
from tanheng.kernel.trace.address import Address

Number = float | int
_NONE = frozenset[str]()


@dataclass(frozen=True)
class Cell:
    """One number of an account: where it stands, what it rests on, and how much of that is missing.

    `ref` is a reference of the explain contract; `leaves` are those of the givens below it, `absent` those without a
    value. A result is a whole number of steps of its grid, and `unit` is that step.
    """

    address: Address
    value: Number | None
    unit: Unit
    ref: str
    unverified: bool = False
    leaves: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()

    @property
    def is_step(self) -> bool:
        """Whether it is computed on this paper. What is given may be about the same thing: a growth that is stated."""
        return self.ref == f"step:{self.address}"


@dataclass(frozen=True)
class Working:
    """How a cell was computed; a total has no formula and is the sum of its inputs."""

    cell: Cell
    formula: Formula | None
    inputs: Mapping[str, Cell]
    clause: str
    grid: Grid | None = None


@dataclass
class WorkingPaper:
    """Collects the workings of an account and what was found on the way.

    `grids` are those of the results that the method's definition declares.
    """

    grids: Mapping[str, Grid]
    workings: dict[Address, Working] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def given(self, address: Address, value: Number | None, unit: Unit, ref: str, *, unverified: bool = False) -> Cell:
        """A number that comes from outside: an observation, an entry, a setting. Without a value it is a gap."""
        leaf = frozenset({ref})
        return Cell(address, value, unit, ref, unverified, leaf, _NONE if value is not None else leaf)

    def step(self, address: Address, formula: Formula, inputs: Mapping[str, Cell], *, unit: str, clause: str) -> Cell:
        """Computes a cell. Where any input is a gap, so is the cell; one that has no value is a finding.

        Refuses  unit-mismatch: the formula does not yield `unit`, or hides a factor in a change of unit.
        """
        declared = Unit.parse(unit)
        check_unit(formula, declared, {name: cell.unit for name, cell in inputs.items()})
        return self._put(address, formula, inputs, declared, clause)

    def result(self, address: Address, formula: Formula, inputs: Mapping[str, Cell], *, clause: str) -> Cell:
        """Computes a cell of a declared result, and puts its value once on the result's integer grid.

        Refuses  unit-mismatch: the formula does not yield the unit of the result.
        """
        grid = self.grids[address.column]
        check_unit(formula, grid.unit, {name: cell.unit for name, cell in inputs.items()})
        return self._put(address, formula.rounded(grid.per_unit), inputs, grid.step, clause, grid)

    def whole(self, address: Address, formula: Formula, inputs: Mapping[str, Cell], *, clause: str = "") -> Cell:
        """Combines results that stand on one grid already (a difference, a cap), exactly and without rounding.

        Refuses  unit-mismatch: the formula does not yield the step of the grid.
        """
        grid = self.grids[address.column]
        check_unit(formula, grid.step, {name: cell.unit for name, cell in inputs.items()})
        return self._put(address, formula, inputs, grid.step, clause, grid)

    def total(self, address: Address, parts: Sequence[Cell], *, clause: str = "") -> Cell:
        """The sum of results on one grid: exact, in any order. A gap among the parts is named and in no sum.

        Gives    a gap where no part has a value.
        """
        grid = self.grids[address.column]
        inputs = dict(zip(map(_part, range(1, len(parts) + 1)), parts, strict=True))
        present = [part.value for part in parts if part.value is not None]
        cell = _resting_on(address, sum(present) if present else None, grid.step, parts)
        self.workings[address] = Working(cell, None, inputs, clause, grid)
        return cell

    def of_column(self, column: str) -> Iterator[Cell]:
        """The cells of a column, in the order in which they were computed."""
        return (working.cell for address, working in self.workings.items() if address.column == column)

    def behind(self, address: Address) -> list[Working]:
        """The workings that a cell rests on, each once, every one after those it rests on itself."""
        found: dict[Address, Working] = {}
        self._collect(address, found)
        return list(found.values())

    def _collect(self, address: Address, found: dict[Address, Working]) -> None:
        working = self.workings[address]
        for cell in working.inputs.values():
            if cell.is_step and cell.address not in found:
                self._collect(cell.address, found)
        found[address] = working

    def _put(
        self,
        address: Address,
        formula: Formula,
        inputs: Mapping[str, Cell],
        unit: Unit,
        clause: str,
        grid: Grid | None = None,
    ) -> Cell:
        if address in self.workings:
            raise ValueError(f"{address} is computed twice")
        values = {name: cell.value for name, cell in inputs.items() if cell.value is not None}
        value = self._computed(address, formula, values) if len(values) == len(inputs) else None
        cell = _resting_on(address, value, unit, list(inputs.values()))
        self.workings[address] = Working(cell, formula, dict(inputs), clause, grid)
        return cell

    def _computed(self, address: Address, formula: Formula, values: Mapping[str, Number]) -> Number | None:
        """Division by zero and the logarithm of what is not positive give no number: a finding, and a gap."""
        try:
            return value_of(formula, values)
        except (ZeroDivisionError, ValueError, OverflowError):
            shown = ", ".join(f"{name} = {value}" for name, value in values.items())
            fields = {"address": address, "formula": text_of(formula), "values": shown}
            self.findings.append(Finding("cell-not-computable", str(address), fields))
            return None


@cache
def _part(number: int) -> str:
    """The name of a part of a sum: the same ten thousand names for every sum."""
    return f"part_{number}"


def _resting_on(address: Address, value: Number | None, unit: Unit, inputs: Collection[Cell]) -> Cell:
    unverified = any(cell.unverified for cell in inputs)
    leaves, absent = _all(cell.leaves for cell in inputs), _all(cell.absent for cell in inputs)
    return Cell(address, value, unit, f"step:{address}", unverified, leaves, absent)


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """The members of some sets; where only one has any it is that very set, and not one more of ten thousand."""
    found = [each for each in sets if each]
    return found[0] if len(found) == 1 else _NONE.union(*found)
