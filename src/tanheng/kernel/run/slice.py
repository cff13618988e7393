"""A figure as facility months: each with its value of one column and the areas it lay in, summed part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.run.activity import MONTH
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.run import place
from tanheng.kernel.subject import Stay
from tanheng.kernel.table import Table, roll_up
from tanheng.kernel.trace import Address

FACILITY = "facility"


@dataclass(frozen=True)
class Part:
    """One part of a sum. `value` is empty where nothing below it has a value."""

    address: Address
    value: int | None
    missing: int
    unverified: bool
    rows: int
    filled: int = 0

    def status(self) -> dict[str, int | bool]:
        """What stands beside the value: base rows below it, those without a value, those filled, and the mark."""
        return {"missing": self.missing, "filled": self.filled, "rows": self.rows, "unverified": self.unverified}


@dataclass(frozen=True)
class Slice:
    """The facility months of one figure, each with its value of one column and the areas it lay in.

    `everywhere` also has the months in which a facility of the figure lay elsewhere; `others` are the stays of the
    facilities that never lay in it.
    """

    address: Address
    plan: Plan
    months: Table
    everywhere: Table
    others: tuple[Stay, ...]

    def whole(self) -> Part:
        """The figure itself: the sum of all its facility months."""
        found = roll_up(self.months.with_constant(all="all"), ["all"], [self.address.column]).rows()
        if not found:
            nearest = ", ".join(self.plan.definition.results)
            raise Refusal("figure-not-found", address=str(self.address), nearest=nearest)
        return part_of(self.address, found[0])

    def parts(self, level: str, within: Mapping[str, str]) -> tuple[list[Part], int]:
        """The parts at a level inside some areas, largest first, and the sum of what lies in no area of the level.

        A part that lay inside for some of the months only is addressed by those months, so that its own
        explanation gives the same number.
        """
        column, period = self.address.column, self.address.period
        inside = self.months.where(**within)
        sums = {row[level]: row for row in roll_up(inside, [level], [column]).rows()}
        partly = self._partly(level, inside)
        found = [
            part_of(Address(column, id, period, self.address.line), row)
            for id, row in sums.items()
            if id is not None and id not in partly
        ]
        for id in partly:
            found += self._spans(level, id, inside)
        outside = sums[None][column] if None in sums else None
        return sorted(found, key=_largest_first), outside or 0

    def _partly(self, level: str, inside: Table) -> set[str]:
        """The parts that also have months outside."""
        here = {row[level]: row["count"] for row in inside.count([level]).rows() if row[level] is not None}
        everywhere = self.everywhere.where_in(level, here)
        all_in_all = {row[level]: row["count"] for row in everywhere.count([level]).rows()}
        others = {stay.areas[level] for stay in self.others if level in stay.areas}
        return {id for id, count in here.items() if count != all_in_all[id] or id in others}

    def _spans(self, level: str, id: str, inside: Table) -> list[Part]:
        """One part for each unbroken run of months."""
        months = roll_up(inside.where(**{level: id}), [level, *MONTH], [self.address.column]).rows()
        ordered = sorted(months, key=lambda row: row["period_start"])
        breaks = [i + 1 for i, (a, b) in enumerate(pairwise(ordered)) if a["period_end"] != b["period_start"]]
        edges = [0, *breaks, len(ordered)]
        return [self._span(id, ordered[start:end]) for start, end in pairwise(edges)]

    def _span(self, id: str, run: Sequence[Mapping[str, Any]]) -> Part:
        column = self.address.column
        period = Period(run[0]["period_start"], run[-1]["period_end"])
        values = [row[column] for row in run if row[column] is not None]
        return Part(
            Address(column, id, period, self.address.line),
            sum(values) if values else None,
            sum(row[column + "_missing"] for row in run),
            any(row[column + "_unverified"] for row in run),
            sum(row["rows"] for row in run),
            sum(row["filled"] for row in run),
        )


@dataclass(frozen=True)
class Scope:
    """Which facilities a figure is about: their stays in its period, and those of all others."""

    address: Address
    level: str
    facilities: frozenset[str]
    located: tuple[Stay, ...]

    def slice(self, months: Table, plan: Plan) -> Slice:
        """Puts the months of the facilities into the areas in which they lay.

        Reads    months: keyed by facility and month; the column of the address with what stands beside it.
        """
        everywhere = [stay for stay in self.located if stay.facility in self.facilities]
        others = tuple(stay for stay in self.located if stay.facility not in self.facilities)
        placed = place(months, everywhere, plan).as_text(FACILITY).collected()
        inside = placed.where(**{self.level: self.address.subject}).collected()
        return Slice(self.address, plan, inside, placed, others)


def scope_of(plan: Plan, inputs: Inputs, address: Address) -> Scope:
    """The facilities that a figure is about.

    Refuses  figure-not-found: a column, period, subject or line that the result does not have.
    """
    _refuse_unknown(plan, inputs, address)
    located, level, subject = inputs.directory.stays(address.period), level_of(inputs, address.subject), address.subject
    if level == FACILITY:  # one that lies nowhere has figures of its own, too
        facilities = frozenset({subject})
    else:
        facilities = frozenset(stay.facility for stay in located if stay.areas.get(level) == subject)
    return Scope(address, level, facilities, tuple(located))


def cut(parts: Sequence[Part], most: int, outside: int = 0) -> tuple[list[Part], int]:
    """The first parts, and the sum of the others and of what lies outside every part."""
    shown, others = list(parts[:most]), parts[most:]
    return shown, outside + sum(part.value for part in others if part.value is not None)


def below(plan: Plan, level: str) -> str:
    """The level below a level of area."""
    levels = plan.definition.levels
    return levels[levels.index(level) - 1]


def level_of(inputs: Inputs, subject: str) -> str:
    """The level of a subject: that of the area, or facility."""
    return inputs.directory.level_of(subject) or FACILITY


def _refuse_unknown(plan: Plan, inputs: Inputs, address: Address) -> None:
    line = None if address.line is None else str(replace(Line.parse(address.line), item=None))
    known: tuple[tuple[str | None, Sequence[str | None]], ...] = (
        (address.column, plan.definition.results),
        (address.subject, _subjects(inputs, plan)),
        (line, (None, *plan.lines_known())),
    )
    for asked, among in known:
        if asked not in among:
            names = sorted(name for name in among if name)
            nearest = ", ".join(get_close_matches(str(asked), names, 5, 0.5) or names[:5])
            raise Refusal("figure-not-found", address=str(address), nearest=nearest)
    whole = plan.parameters.period
    if not plan.has_figures_for(address.period):
        raise Refusal("figure-not-found", address=str(address), nearest=str(whole))


def _subjects(inputs: Inputs, plan: Plan) -> tuple[str, ...]:
    areas = (area.id for area in inputs.directory.areas if area.level in plan.area_levels)
    return (*areas, *(facility.id for facility in inputs.directory.facilities))


def part_of(address: Address, row: Mapping[str, Any]) -> Part:
    """A row of sums as a part."""
    column = address.column
    return Part(address, row[column], row[column + "_missing"], row[column + "_unverified"], row["rows"], row["filled"])


def _largest_first(part: Part) -> tuple[int, str]:
    return (1 if part.value is None else -part.value, str(part.address))
