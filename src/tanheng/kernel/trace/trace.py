"""The collector that a method writes its steps and lookups to while it computes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Protocol, Self, TypeVar

from tanheng.kernel.faults import Finding
from tanheng.kernel.quantity import Formula, Grid, Unit
from tanheng.kernel.quantity.formula import Name, Number, check_unit, names_in

UNVERIFIED = "_unverified"


class Columns(Protocol):
    """What a step needs of a table."""

    def derive(self, column: str, formula: Formula) -> Self:
        """One more column by a formula."""

    def any_of(self, column: str, flags: Sequence[str]) -> Self:
        """One more flag, set where any of the given ones is."""


class Answer(Protocol):
    """What a lookup gave for one combination of keys."""

    @property
    def number(self) -> float:
        """The value as a double."""

    @property
    def unverified(self) -> bool:
        """Whether the value rests on anything that nobody has checked."""


Rows = TypeVar("Rows", bound=Columns)


@dataclass(frozen=True)
class Step:
    """A column that was computed: its formula, unit and clause; a result also names the grid it was put on."""

    branch: str
    column: str
    formula: Formula
    unit: Unit
    clause: str
    grid: Grid | None = None


@dataclass(frozen=True)
class Lookup:
    """A column that was looked up: the factor, and the answer for each combination of the `by` columns."""

    branch: str
    column: str
    factor: str
    unit: Unit
    by: tuple[str, ...]
    answers: Mapping[tuple[Any, ...], Answer]

    def narrowed(self, rows: Iterable[Mapping[str, Any]]) -> Lookup:
        """The same lookup with the answers that some rows asked for."""
        asking = [row for row in rows if self.branch in ("", row["branch"])]
        keys = dict.fromkeys(tuple(row[column] for column in self.by) for row in asking)
        return replace(self, answers={key: self.answers[key] for key in keys if key in self.answers})


@dataclass
class Trace:
    """Collects steps, lookups and findings. Rows of different kinds are computed in branches of their own.

    `grids` are those of the results that the method's definition declares.
    """

    grids: Mapping[str, Grid]
    branch: str = ""
    carrier_unit: str = "carrier_unit"
    units: dict[str, Unit] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    lookups: list[Lookup] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    flagged: set[str] = field(default_factory=set)

    def branched(self, branch: str, *, carrier_unit: str = "carrier_unit") -> Trace:
        """A collector for the rows of one kind, writing into the same lists.

        `carrier_unit` is named where all carriers of the kind are counted in one unit, such as MWh.
        """
        units = {column: unit.of_row(carrier_unit=carrier_unit) for column, unit in self.units.items()}
        flagged = set(self.flagged)
        return Trace(self.grids, branch, carrier_unit, units, self.steps, self.lookups, self.findings, flagged)

    def step(self, rows: Rows, column: str, formula: Formula, *, unit: str, clause: str) -> Rows:
        """Computes a column and records how.

        Refuses  unit-mismatch: the formula does not yield `unit`, or hides a factor in a change of unit.
        """
        declared = Unit.parse(unit)
        check_unit(formula, declared, self.units)
        return self._derive(rows, Step(self.branch, column, formula, declared, clause))

    def result(self, rows: Rows, column: str, formula: Formula, *, clause: str) -> Rows:
        """Computes a declared result: puts the formula's value once on the result's integer grid.

        Refuses  unit-mismatch: the formula does not yield the unit of the result.
        """
        grid = self.grids[column]
        check_unit(formula, grid.unit, self.units)
        on_grid = formula.rounded(grid.per_unit)
        return self._derive(rows, Step(self.branch, column, on_grid, grid.step, clause, grid))

    def nothing(self, rows: Rows, columns: Iterable[str], *, clause: str) -> Rows:
        """Results that rows of this kind have no part in, by what the clause says: exactly zero, filled in or not."""
        for column in columns:
            rows = self.result(rows, column, Number(Decimal(0), self.grids[column].unit), clause=clause)
        return rows

    def same(self, rows: Rows, column: str, other: str, *, clause: str) -> Rows:
        """A declared result that for rows of this kind is another one: already on its grid, not rounded again.

        Refuses  unit-mismatch: the other result is on another grid.
        """
        grid = self.grids[column]
        check_unit(Name(other), grid.step, self.units)
        return self._derive(rows, Step(self.branch, column, Name(other), grid.step, clause, grid))

    def looked_up(self, lookup: Lookup) -> None:
        """Records a lookup; a column with an unverified answer marks every result that rests on it."""
        self.lookups.append(lookup)
        self.units[lookup.column] = lookup.unit.of_row(carrier_unit=self.carrier_unit)
        if any(answer.unverified for answer in lookup.answers.values()):
            self.flagged.add(lookup.column)

    def _derive(self, rows: Rows, step: Step) -> Rows:
        self.steps.append(step)
        self.units[step.column] = step.unit
        rows = rows.derive(step.column, step.formula)
        flags = [name + UNVERIFIED for name in names_in(step.formula) if name in self.flagged]
        if not flags:
            return rows
        self.flagged.add(step.column)
        return rows.any_of(step.column + UNVERIFIED, flags)

    @property
    def distinct_findings(self) -> list[Finding]:
        """The findings, each once: several branches may ask for one entry."""
        found: list[Finding] = []
        for finding in self.findings:
            found += [finding] if finding not in found else []
        return found

    def behind(self, branch: str, column: str) -> list[Step]:
        """The steps that a column rests on in a branch, and before it, in the order in which they were computed."""
        steps = [step for step in self.steps if step.branch in ("", branch)]
        wanted = {column}
        for step in reversed(steps):
            if step.column in wanted:
                wanted.update(names_in(step.formula))
        return [step for step in steps if step.column in wanted]

    def lookups_of(self, branch: str, columns: Iterable[str]) -> list[Lookup]:
        """The lookups of a branch that gave any of some columns."""
        names = set(columns)
        return [lookup for lookup in self.lookups if lookup.branch == branch and lookup.column in names]
