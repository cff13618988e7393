"""A stored figure taken apart: the stored figures of the level below it, without computing anything again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run.activity import MONTH, calendar
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.labels import figure_json, part_json
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.run import Result
from tanheng.kernel.run.slice import FACILITY, Part, Scope, Slice, below, cut, part_of, scope_of
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address


def drill_rows(result: Result, packs: PackSet, inputs: Inputs, address: Address, *, parts: int = 40) -> dict[str, Any]:
    """The parts of a stored figure: the areas or facilities below an area, the months of a facility.

    Reads    result.figures; packs and the directory of inputs, for labels and places. No observation is read.
    Gives    value, unit, display, address, label, status, parts and rest, as in the explain contract; parts and
             rest add up to the value exactly.
    Refuses  figure-not-found; also for one carrier, since stored figures are sums over carriers.
    """
    plan = Plan.of(result.receipt.method, packs, result.receipt.parameters)
    scope = scope_of(plan, inputs, address)
    if address.line is not None:
        raise Refusal("figure-not-found", address=str(address), nearest=str(replace(address, line=None)))
    found = scope.slice(_stored_months(result, scope, plan), plan)
    whole = found.whole()
    smaller, outside = _parts(found, scope)
    shown, rest = cut(smaller, parts, outside)
    return figure_json(whole, plan, inputs) | {
        "parts": [part_json(part, plan, inputs) for part in shown],
        "rest": rest,
    }


def _parts(found: Slice, scope: Scope) -> tuple[list[Part], int]:
    address, within = scope.address, {scope.level: scope.address.subject}
    if scope.level != FACILITY:
        return found.parts(below(found.plan, scope.level), within)
    months = sorted(found.months.rows(), key=lambda row: row["period_start"])
    if len(months) == 1:  # nothing smaller is stored: all of it is rest
        return [], months[0][address.column] or 0
    return [part_of(replace(address, period=Period(row["period_start"], row["period_end"])), row) for row in months], 0


def _stored_months(result: Result, scope: Scope, plan: Plan) -> Table:
    """The stored months of the facilities of a figure, without the sums over the whole period of the run."""
    period = scope.address.period
    months = calendar(plan.spans(period)).with_constant(month=True)
    stored = result.figures.where(level=FACILITY).where_in("subject", scope.facilities)
    stored = stored.where_inside(period.start, period.end).join_exact(months, on=MONTH)
    return stored.where_present("month").rename(subject=FACILITY).keyed(FACILITY, *MONTH).collected()
