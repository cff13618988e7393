"""The cell behind an address: its rows computed again by the same method, placed, and summed part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.run.activity import MONTH, Gap, allowed, selected, with_amounts, with_gaps
from tanheng.kernel.run.fills import Fill, fills_of
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.run import place
from tanheng.kernel.subject import Stay
from tanheng.kernel.table import Table, roll_up, total
from tanheng.kernel.trace import Address, Trace

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
class Cell:
    """The facility months of one figure, each with its value of one column and the areas it lay in.

    `everywhere` also has the months in which a facility of the cell lay elsewhere; `others` are the stays of the
    facilities that never lay in it. `used` tells what the lookups were asked for by the rows that have a value.
    """

    address: Address
    plan: Plan
    months: Table
    everywhere: Table
    others: tuple[Stay, ...]
    used: tuple[Mapping[str, Any], ...]
    trace: Trace
    gaps: tuple[Gap, ...]
    fills: Mapping[Gap, Fill]

    def whole(self) -> Part:
        """The figure itself: the sum of all its facility months."""
        found = roll_up(self.months.with_constant(all="all"), ["all"], [self.address.column]).rows()
        if not found:
            nearest = ", ".join(self.plan.definition.results)
            raise Refusal("figure-not-found", address=str(self.address), nearest=nearest)
        return _part(self.address, found[0])

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
            _part(Address(column, id, period, self.address.carrier), row)
            for id, row in sums.items()
            if id is not None and id not in partly
        ]
        for id in partly:
            found += self._spans(level, id, inside)
        outside = sums[None][column] if None in sums else None
        return sorted(found, key=_largest_first), outside or 0

    def _partly(self, level: str, inside: Table) -> set[str]:
        """The parts that also have months outside."""
        here = {row[level]: row["count"] for row in inside.count([level]).rows()}
        all_in_all = {row[level]: row["count"] for row in self.everywhere.count([level]).rows()}
        others = {stay.areas[level] for stay in self.others if level in stay.areas}
        return {id for id, count in here.items() if id is not None and (count != all_in_all[id] or id in others)}

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
            Address(column, id, period, self.address.carrier),
            sum(values) if values else None,
            sum(row[column + "_missing"] for row in run),
            any(row[column + "_unverified"] for row in run),
            sum(row["rows"] for row in run),
            sum(row["filled"] for row in run),
        )


def cell_of(plan: Plan, inputs: Inputs, address: Address, gaps: Sequence[Gap]) -> Cell:
    """Computes the facility months of a figure again.

    Reads    gaps: those of the whole run, because a month is owed by what the run's period shows.
    Refuses  figure-not-found: a column, period, subject or carrier that the result does not have.
    """
    _refuse_unknown(plan, inputs, address)
    located, level = inputs.directory.stays(address.period), level_of(inputs, address.subject)
    facilities = {stay.facility for stay in located if _lies_in(stay, address.subject)}
    if level == FACILITY:  # one that lies nowhere has figures of its own, too
        facilities = {address.subject}
    trace = plan.new_trace()
    accounts, kept, fills = accounts_of(plan, inputs, address, facilities, gaps, trace)
    months = total(accounts, [FACILITY, *MONTH], [address.column]).keyed(FACILITY, *MONTH).collected()
    everywhere = [stay for stay in located if stay.facility in facilities]
    others = tuple(stay for stay in located if stay.facility not in facilities)
    placed = place(months, everywhere, plan).as_text(FACILITY).collected()
    inside = placed.where(**{level: address.subject}).collected()
    used = tuple(_used(accounts, inside if inside.height() < placed.height() else None, address.column))
    return Cell(address, plan, inside, placed, others, used, trace, kept, fills)


def _used(accounts: Table, inside: Table | None, column: str) -> list[dict[str, Any]]:
    """What the rows of a figure that have a value asked the lookups for; `inside` are its facility months."""
    rows = accounts.where_present(column)
    if inside is not None:
        months = inside.select([FACILITY, *MONTH]).with_constant(inside=True)
        rows = rows.as_text(FACILITY).join_exact(months, on=[FACILITY, *MONTH]).where_present("inside")
    columns = ["branch", "carrier", "unit", *MONTH]
    return [dict(zip(columns, values, strict=True)) for values in rows.distinct(columns)]


def accounts_of(
    plan: Plan,
    inputs: Inputs,
    address: Address,
    facilities: set[str],
    gaps: Sequence[Gap],
    trace: Trace,
    *,
    keep: Sequence[str] = (),
) -> tuple[Table, tuple[Gap, ...], Mapping[Gap, Fill]]:
    """The method over the rows of some facilities in the period of an address, the gaps among them, and their fills.

    `keep` are columns of the observations to carry along, such as the source cell.
    """
    # rows of subjects that the directory does not have may come along with everyone's, never with one facility's
    everyone = 1 < len(facilities) == len(inputs.directory.facilities)
    asked = selected(inputs, plan, period=address.period, facilities=None if everyone else facilities)
    if address.carrier is not None:
        asked = asked.where_in("carrier", [address.carrier])
    rows, _ = allowed(asked, plan, keep=keep)
    kept = tuple(gap for gap in gaps if _concerns(gap, address, facilities))
    fills = {fill.gap: fill for fill in fills_of(inputs, plan, kept)}
    amounts = {gap: (fill.amount, fill.unit) for gap, fill in fills.items()}
    rows = with_gaps(rows, kept, amounts).with_combinations("carrier", "unit", *MONTH)
    rows = with_amounts(rows, plan, trace)
    return plan.method(rows, carriers_of=plan.carriers_of, factors=plan.factors, trace=trace), kept, fills


def level_of(inputs: Inputs, subject: str) -> str:
    """The level of a subject: that of the area, or facility."""
    return inputs.directory.level_of(subject) or FACILITY


def _concerns(gap: Gap, address: Address, facilities: set[str]) -> bool:
    carrier = address.carrier in (None, gap.carrier)
    return carrier and gap.facility in facilities and address.period.covers(gap.period)


def _lies_in(stay: Stay, subject: str) -> bool:
    return stay.facility == subject or subject in stay.areas.values()


def _refuse_unknown(plan: Plan, inputs: Inputs, address: Address) -> None:
    known: tuple[tuple[str | None, Sequence[str | None]], ...] = (
        (address.column, plan.definition.results),
        (address.subject, _subjects(inputs, plan)),
        (address.carrier, (None, *plan.packs.carriers)),
    )
    for asked, among in known:
        if asked not in among:
            nearest = ", ".join(sorted(str(name) for name in among if name)[:5])
            raise Refusal("figure-not-found", address=str(address), nearest=nearest)
    whole = plan.parameters.period
    if not whole.covers(address.period) or not address.period.is_whole_months():
        raise Refusal("figure-not-found", address=str(address), nearest=str(whole))


def _subjects(inputs: Inputs, plan: Plan) -> tuple[str, ...]:
    areas = (area.id for area in inputs.directory.areas if area.level in plan.area_levels)
    return (*areas, *(facility.id for facility in inputs.directory.facilities))


def _part(address: Address, row: Mapping[str, Any]) -> Part:
    column = address.column
    return Part(address, row[column], row[column + "_missing"], row[column + "_unverified"], row["rows"], row["filled"])


def _largest_first(part: Part) -> tuple[int, str]:
    return (1 if part.value is None else -part.value, str(part.address))
