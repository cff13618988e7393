"""The amounts that a run counts, and how those of one run differ from those of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tanheng.kernel.pack import PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run.activity import allowed, selected
from tanheng.kernel.run.inputs import Inputs, Parameters
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.table import Table

_STATED = ("stated_amount", "unit", "source")


@dataclass(frozen=True)
class Statement:
    """An amount as its sender wrote it, and the cell it stands in."""

    amount: float
    unit: str
    source: str


@dataclass(frozen=True)
class StatementChange:
    """A facility, line and month whose amount is another, or stands in one of two runs only."""

    facility: str
    line: Line
    period: Period
    before: Statement | None
    after: Statement | None


def row_statements(method_id: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> Table:
    """The amounts that a run of these parameters counts.

    Gives    one row per (facility, line, period); stated_amount, unit, source.
    Refuses  definition-missing, scheme-unknown.
    """
    plan = Plan.of(method_id, packs, parameters)
    rows, _ = allowed(selected(inputs, plan, period=parameters.period), plan, keep=["source"])
    rows = rows.select([*plan.row, *_STATED]).keyed(*plan.row)
    for column in ("facility", *plan.line, "unit"):
        rows = rows.as_text(column)
    return rows


def statement_changes(before: Table, after: Table) -> list[StatementChange]:
    """The amounts that differ between two runs, in the order of facility, line and month.

    An amount that only moved to another cell is no change.
    """
    changed = before.differences(after, columns=["stated_amount", "unit"])
    return [
        StatementChange(
            row["facility"],
            Line.of(row),
            Period(row["period_start"], row["period_end"]),
            _statement(row, ""),
            _statement(row, "_after"),
        )
        for row in changed.rows()
    ]


def _statement(row: dict[str, Any], side: str) -> Statement | None:
    amount, unit, source = (row[name + side] for name in _STATED)
    return None if amount is None else Statement(amount, unit, source)
