"""Which of the findings of an account concern one of its figures: those about what the figure rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.run.account_run import AccountRun
from tanheng.kernel.trace import Address, Cell, Working

_LIGHT, _TARGET = "light", "id"


def concerning(findings: Iterable[Finding], done: AccountRun, working: Working) -> list[Finding]:
    """The findings about a figure: its subjects and periods, its targets, its factors and rules, its cells, its method.

    A finding that names a target concerns the figures of that target, whatever else is demanded of the same area. What
    has no place in the figure's arithmetic is left to the result, which lists everything.
    """
    about = _About(done, working)
    return [finding for finding in findings if about.covers(finding)]


@dataclass(frozen=True)
class _About:
    """What a figure rests on."""

    done: AccountRun
    working: Working

    @cached_property
    def cells(self) -> list[Cell]:
        """The figure and every cell below it, given or computed."""
        behind = self.done.paper.behind(self.working.cell.address)
        return [self.working.cell, *(cell for each in behind for cell in (each.cell, *each.inputs.values()))]

    @cached_property
    def refs(self) -> set[str]:
        """The references of all cells, and of the givens below them."""
        return set[str]().union(*(cell.leaves for cell in self.cells), (cell.ref for cell in self.cells))

    @cached_property
    def targets(self) -> set[str]:
        """The targets that are set beside the figure, or that it is about."""
        about = {cell.address.subject.partition("#")[0] for cell in self.cells}
        return (about & self.known) | {ref.partition(":")[2] for ref in self.refs if ref.startswith("target:")}

    @cached_property
    def known(self) -> set[str]:
        """The targets of the account."""
        account = self.done.account
        return {target.id for target in account.targets} if "obligations" in account.definition.takes else set()

    @cached_property
    def subjects(self) -> set[str]:
        """The subjects of all cells, and those of whom something is demanded."""
        demanded = self.done.account.targets if self.targets else []
        return {cell.address.subject for cell in self.cells} | {
            target.subject for target in demanded if target.id in self.targets
        }

    @cached_property
    def named(self) -> set[str]:
        """The method, and the definitions that a number was taken from."""
        entries = {ref.partition(":")[2].partition("#")[0] for ref in self.refs if ref.startswith("entry:")}
        return entries | {self.done.account.definition.id}

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is about any of these."""
        named = self._target_of(finding)
        if named is not None:
            return named in self.targets
        if "@" not in finding.place:
            return finding.place in self.named or f"cell:{finding.place}" in self.refs
        return self._is_below(finding.place)

    def _target_of(self, finding: Finding) -> str | None:
        """The target that a finding names; None where it names none."""
        kind, _, target = finding.place.partition(":")
        if kind == "target":
            return target
        said = [str(finding.fields[field]) for field in (_LIGHT, _TARGET) if field in finding.fields]
        return next((id for id in (text.partition("#")[0] for text in said) if id in self.known), None)

    @cached_property
    def columns(self) -> set[str]:
        """What a place may name a cell by: the results of the method and what it reads."""
        definition = self.done.account.definition
        return {*definition.results, *(reads.indicator for reads in definition.reads)} - {definition.id}

    def _is_below(self, place: str) -> bool:
        """Whether a cell of the figure is named, or one of its subjects over one of its periods."""
        try:
            at = Address.parse(place)
        except Refusal:
            return not self.subjects.isdisjoint(place.split("@"))
        if at.column in self.columns:
            return at in {cell.address for cell in self.cells}
        return at.subject in self.subjects and any(_meet(at.period, cell.address.period) for cell in self.cells)


def _meet(one: Period, other: Period) -> bool:
    return one.start < other.end and other.start < one.end
