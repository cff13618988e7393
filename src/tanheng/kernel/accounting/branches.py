"""Rows of different kinds, each accounted in a branch of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from tanheng.kernel.pack import Factors
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace

BESIDE = "beside"  # which indicator was observed beside the amount of a row; empty where none was


class Steps(Protocol):
    """The steps of one kind of rows."""

    def __call__(self, rows: Table, *, factors: Factors, trace: Trace) -> Table:
        """The declared results of the method, for rows of this kind."""


@dataclass(frozen=True)
class Branch:
    """One kind of rows: those of an indicator and of some kinds of carriers, and the steps they go through.

    `measured` is the indicator observed beside them, None where the kind is that of rows without any, and left out
    where it does not matter. `unit` is named where all its carriers are counted in one unit. `roles` are the factors
    without which a scheme has no way to account such rows: they are left out, and the run says so.
    """

    name: str
    indicator: str
    kinds: tuple[str, ...]
    steps: Steps
    item: str = ""
    measured: str | None = ""
    unit: str = "carrier_unit"
    roles: tuple[str, ...] = ()

    def rows_of(self, activity: Table, carriers_of: Callable[[str], tuple[str, ...]]) -> Table:
        """The rows of this kind."""
        rows = activity.where(indicator=self.indicator)
        if self.kinds:
            rows = rows.where_in("carrier", [id for kind in self.kinds for id in carriers_of(kind)])
        if self.item:
            rows = rows.where(item=self.item)
        if self.measured == "" or BESIDE not in activity.columns:
            return rows.where_in("indicator", []) if self.measured and BESIDE not in activity.columns else rows
        return rows.where_absent(BESIDE) if self.measured is None else rows.where(beside=self.measured)


def in_branches(
    activity: Table,
    branches: Iterable[Branch],
    *,
    carriers_of: Callable[[str], tuple[str, ...]],
    factors: Factors,
    trace: Trace,
) -> Table:
    """Every row through the steps of its kind, under each other; a kind that does not occur costs nothing.

    Gives    the rows with the declared results, and `branch`: which steps a row went through.
    """
    found = []
    for branch in branches:
        rows = branch.rows_of(activity, carriers_of)
        if rows.distinct(["indicator"]) and all(role in factors.roles for role in branch.roles):
            inner = trace.branched(branch.name, carrier_unit=branch.unit)
            found.append(branch.steps(rows.with_constant(branch=branch.name), factors=factors, trace=inner))
    return found[0].stack(*found[1:]) if found else _none(activity, trace)


def _none(activity: Table, trace: Trace) -> Table:
    """No row at all, with the columns that rows would have."""
    nothing = activity.where_in("indicator", []).with_constant(branch="")
    return trace.branched("").nothing(nothing, trace.grids, clause="")
