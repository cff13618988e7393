"""Comprehensive energy consumption of a unit as it reports it to the energy authority."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tanheng.kernel.accounting.branches import Branch, in_branches
from tanheng.kernel.accounting.energy import ADOPTED, CONVERSION, MEASURED, coal_equivalent, energy_branches
from tanheng.kernel.pack import Factors
from tanheng.kernel.quantity import name
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace

_FEEDSTOCK = "energy_feedstock_use"


@dataclass(frozen=True)
class _Feedstock:
    """energy_feedstock = amount x k. It is a part of what the unit consumed, so the totals take nothing from it."""

    measured: str | None

    def __call__(self, rows: Table, *, factors: Factors, trace: Trace) -> Table:
        """The declared results of the method, for rows of feedstock."""
        rows = rows if self.measured else factors.look_up(rows, ["coal_equivalent_factor"], trace=trace)
        energy = coal_equivalent(name("amount"), self.measured)
        rows = trace.result(rows, "energy_feedstock", energy, clause=CONVERSION)
        others = [id for id in trace.grids if id != "energy_feedstock"]
        return trace.nothing(rows, others, clause="energy-statistics-system#form-205-1")


def _feedstock_branches() -> Iterator[Branch]:
    for measured in (None, ADOPTED, MEASURED):
        branch = f"{_FEEDSTOCK}.{measured or 'default'}"
        yield Branch(branch, _FEEDSTOCK, ("fuel", "heat"), _Feedstock(measured), measured=measured)


_BRANCHES = (
    *energy_branches("energy_consumption"),
    *energy_branches("energy_supplied", sign=-1),
    *_feedstock_branches(),
)


def unit_energy_reported(
    activity: Table, *, carriers_of: Callable[[str], tuple[str, ...]], factors: Factors, trace: Trace
) -> Table:
    """Energy that a unit consumed, less the secondary energy it supplied to others; feedstock beside it.

    energy = sum(consumed x k) - sum(supplied x k); energy_feedstock = sum(feedstock x k)

    Consumed is what the unit used of what came in: electricity and steam that it made itself are no second
    consumption. Feedstock is a part of the consumption (其中：用于原材料) and stays in it; an assessment that takes it
    off finds it in energy_feedstock. Rejected: feedstock beside the consumption, which no form prints.

    Reads    activity: one row per (facility, indicator, carrier, item, period) of energy_consumption, energy_supplied
             and energy_feedstock_use; amount [carrier_unit], may be empty: a gap. Beside them, for fuels and heat,
             measured_coal_equivalent_factor or measured_net_calorific_value: k = measured value / 29.3076 GJ/tce.
             factors: coal_equivalent_factor, electricity_coal_equivalent_rate.
    Gives    one row per row of activity; energy_calorific, energy_coal_equivalent, energy_feedstock [gce], whole
             numbers.
    Refuses  unit-mismatch, factor-not-for-scheme.
    Source   gbt-2589-2020#8; energy-statistics-system#form-205-1 (feedstock as a part)
    Leaves out  changes of stocks: what was bought and not used is not consumed.
    """
    return in_branches(activity, _BRANCHES, carriers_of=carriers_of, factors=factors, trace=trace)
