"""A growth, and what adds to it in points: never over a base that is not positive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import percent_change, said
from tanheng.kernel.faults import Severity, Worded
from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.subject import LOCATED_IN, Directory
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#dispatch"


@dataclass(frozen=True)
class Areas:
    """The areas of a directory on the last day of a period: the level of each, and which lie directly in it."""

    directory: Directory
    day: date

    @staticmethod
    def of(account: Account) -> Areas:
        """The areas at the end of the run's period."""
        return Areas(account.directory, account.period.end - timedelta(days=1))

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """The level of each area."""
        return {area.id: area.level for area in self.directory.areas}

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The areas directly in each area that has any, in the order of the directory."""
        found: dict[str, list[str]] = {}
        for area in self.levels:
            if area in self.parents:
                found.setdefault(self.parents[area], []).append(area)
        return {area: tuple(parts) for area, parts in found.items()}

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """What each area lies in."""
        return {
            relation.child: relation.parent
            for relation in self.directory.relations
            if relation.kind == LOCATED_IN and relation.child in self.levels and relation.holds_on(self.day)
        }

    def path(self, area: str) -> tuple[str, ...]:
        """An area and those that it lies in, the nearest first."""
        found = [area]
        while found[-1] in self.parents and self.parents[found[-1]] not in found:
            found.append(self.parents[found[-1]])
        return tuple(found)

    def narrowest_first(self) -> list[str]:
        """All areas, each after those within it."""
        return sorted(self.levels, key=lambda area: (-len(self.path(area)), area))

    def within(self, area: str) -> tuple[str, ...]:
        """The areas directly in one."""
        return self.parts[area] if area in self.parts else ()


def growth_of(account: Account, at: Address, now: Cell, before: Cell) -> Cell:
    """(now / before - 1) x 100 %; a gap and a finding where the base is not positive: its sign would turn the growth.

    Source   assessment-practice#dispatch
    """
    before = _base(account, at, before)
    return account.paper.result(at, percent_change(), {"now": now, "before": before}, clause=CLAUSE)


def contribution(account: Account, at: Address, now: Cell | None, before: Cell | None, whole: Cell) -> Cell:
    """(now - before) / whole before x 100 %: points of the growth of the whole.

    Reads    now, before: None for what did not exist then, which is neither a gap nor a zero that somebody stated.
    """
    inputs = {"now": now, "before": before, "whole": _base(account, at, whole)}
    known = {key: cell for key, cell in inputs.items() if cell is not None}
    formula = _STOPPED_ADDS if now is None else _NEW_ADDS if before is None else _ADDS
    return account.paper.result(at, formula, known, clause=CLAUSE)


def _points(change: Formula) -> Formula:
    return change / name("whole") * number("100", "%")


_ADDS = _points(name("now") - name("before"))
_NEW_ADDS, _STOPPED_ADDS = _points(name("now")), _points(number("-1") * name("before"))


def _base(account: Account, at: Address, base: Cell) -> Cell:
    if base.value is None or base.value > 0:
        return base
    label = account.packs.get(IndicatorShape, at.column).label
    fields = {"indicator": Worded(label.zh, label.en), "value": f"{base.value:.6g}"}
    said(account, "dispatch-base-not-positive", at.subject, Severity.WARNING, at.period, **fields)
    return account.paper.given(base.address, None, base.unit, f"gap:{base.address}")
