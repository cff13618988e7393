"""The cell behind an address: its rows computed again by the same method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tanheng.kernel.accounting import BESIDE
from tanheng.kernel.run.activity import MONTH, Gap, allowed, selected, with_amounts
from tanheng.kernel.run.beside import with_beside
from tanheng.kernel.run.fills import Fill, with_gaps_and_fills
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.owed import gaps_of
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.slice import FACILITY, Slice, scope_of
from tanheng.kernel.table import FILLED, UNVERIFIED, Table, total
from tanheng.kernel.trace import Address, Trace


@dataclass(frozen=True)
class Cell:
    """The facility months of one figure, and the computation they come from.

    `used` tells what the lookups were asked for by the rows that have a value.
    """

    slice: Slice
    used: tuple[Mapping[str, Any], ...]
    trace: Trace
    gaps: tuple[Gap, ...]
    fills: Mapping[Gap, Fill]

    @property
    def address(self) -> Address:
        """The figure."""
        return self.slice.address

    @property
    def plan(self) -> Plan:
        """The run that the figure belongs to."""
        return self.slice.plan


def cell_of(plan: Plan, inputs: Inputs, address: Address, gaps: Sequence[Gap] | None) -> Cell:
    """Computes the facility months of a figure again.

    Reads    gaps: those of the whole run, because a month is owed by what the run's period shows; None where nobody
             ran it, so that those of the figure's facilities are looked for.
    Refuses  figure-not-found: a column, period, subject or line that the result does not have.
    """
    scope, trace = scope_of(plan, inputs, address), plan.new_trace()
    gaps = gaps_of(plan, inputs, scope.facilities) if gaps is None else gaps
    accounts, kept, fills = accounts_of(plan, inputs, address, set(scope.facilities), gaps, trace)
    asking = _asking(plan, accounts)
    accounts = accounts.select(_kept_columns(accounts, asking, address.column)).collected()  # two questions follow
    months = total(accounts, [FACILITY, *MONTH], [address.column]).keyed(FACILITY, *MONTH).collected()
    found = scope.slice(months, plan)
    everything = found.months.height() == found.everywhere.height()
    used = tuple(_used(accounts, asking, None if everything else found.months, address.column))
    return Cell(found, used, trace, kept, fills)


def _asking(plan: Plan, accounts: Table) -> list[str]:
    """The columns by which lookups are made."""
    measured = (BESIDE, *(f"{indicator}_unit" for indicator in plan.measured))
    return ["branch", *plan.line, "unit", *MONTH, *(name for name in measured if name in accounts.columns)]


def _kept_columns(accounts: Table, asking: Sequence[str], column: str) -> list[str]:
    """What the sums and the list of used entries need of the rows."""
    wanted = [FACILITY, *asking, column, column + UNVERIFIED, FILLED]
    return [name for name in wanted if name in accounts.columns]


def _used(accounts: Table, asking: Sequence[str], inside: Table | None, column: str) -> list[dict[str, Any]]:
    """What the rows of a figure that have a value asked the lookups for; `inside` are its facility months."""
    rows = accounts.where_present(column)
    if inside is not None:
        months = inside.select([FACILITY, *MONTH]).with_constant(inside=True)
        rows = rows.as_text(FACILITY).join_exact(months, on=[FACILITY, *MONTH]).where_present("inside")
    return [dict(zip(asking, values, strict=True)) for values in rows.distinct(asking)]


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
    if address.line is not None:
        asked = _of_line(asked, Line.parse(address.line), plan)
    rows, _ = allowed(asked, plan, keep=keep)
    kept = tuple(gap for gap in gaps if _concerns(gap, address, facilities))
    rows, fills = with_gaps_and_fills(rows, kept, inputs, plan)
    rows, _ = with_beside(rows, inputs, plan, trace, facilities=None if everyone else facilities, keep=keep)
    rows = with_amounts(rows, plan, trace)
    return plan.method(rows, carriers_of=plan.carriers_of, factors=plan.factors, trace=trace), kept, fills


def _of_line(rows: Table, line: Line, plan: Plan) -> Table:
    for column in plan.line:
        part = getattr(line, column)
        rows = rows.where_absent(column) if part is None else rows.where_in(column, [part])
    return rows


def _concerns(gap: Gap, address: Address, facilities: set[str]) -> bool:
    line = address.line is None or address.line == str(gap.line)
    return line and gap.facility in facilities and address.period.covers(gap.period)
