"""Comprehensive energy consumption of an industrial unit in the statistical form."""

from __future__ import annotations

from collections.abc import Callable

from tanheng.kernel.accounting.branches import in_branches
from tanheng.kernel.accounting.energy import energy_branches
from tanheng.kernel.pack import Factors
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace

_BRANCHES = (
    *energy_branches("industrial_energy_use", clause="energy-statistics-system#form-205-1"),
    *energy_branches("transformation_output", sign=-1, clause="energy-statistics-system#form-205-2"),
    *energy_branches("energy_recovered", sign=-1, clause="energy-statistics-system#form-205-2"),
)


def unit_energy_statistical(
    activity: Table, *, carriers_of: Callable[[str], tuple[str, ...]], factors: Factors, trace: Trace
) -> Table:
    """综合能源消费量 = 工业生产消费 − 加工转换产出 − 回收利用, each carrier in coal equivalent.

    energy = sum(use x k) - sum(output x k) - sum(recovered x k)

    The whole output of transformation is taken away, not what was sold of it alone: steam and power that a unit makes
    and uses itself stand in its use already, beside the fuel they were made from. Recovered heat, pressure and waste
    likewise stand in the use in which they end.

    Reads    activity: one row per (facility, indicator, carrier, item, period) of industrial_energy_use,
             transformation_output and energy_recovered; amount [carrier_unit], may be empty: a gap. Beside them, for
             fuels and heat, measured_coal_equivalent_factor (采用折标系数) or measured_net_calorific_value.
             factors: coal_equivalent_factor, electricity_coal_equivalent_rate.
    Gives    one row per row of activity; energy_calorific (当量, the basis of the form) and energy_coal_equivalent
             (等价) [gce], whole numbers, below zero where a row is taken away.
    Refuses  unit-mismatch, factor-not-for-scheme.
    Source   energy-statistics-system#form-205-1, #form-205-2; gbt-2589-2020#8
    Leaves out  non-industrial use and transport: the form states them apart; materials, which are no energy.
    """
    return in_branches(activity, _BRANCHES, carriers_of=carriers_of, factors=factors, trace=trace)
