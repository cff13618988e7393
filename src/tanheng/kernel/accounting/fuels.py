"""Energy and CO2 of fuels burned in fixed plant."""

from __future__ import annotations

from tanheng.kernel.accounting.emissions import CO2_PER_CARBON
from tanheng.kernel.pack import Factors
from tanheng.kernel.quantity import name, number
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace

_BOTH_BASES_AGREE = number("1", "tce[coal_equivalent]/tce[calorific_value]")
_ROLES = ("coal_equivalent_factor", "net_calorific_value", "carbon_content", "oxidation_rate")


def fuel_accounts(fuel_use: Table, *, factors: Factors, trace: Trace) -> Table:
    """Energy on both bases and CO2 of fuel burned.

    energy_calorific       = amount x coal_equivalent_factor
    energy_coal_equivalent = amount x coal_equivalent_factor   (the bases differ for electricity only)
    co2                    = amount x net_calorific_value x carbon_content x oxidation_rate x 44/12

    Reads    fuel_use: one row per (facility, fuel, period); amount [carrier_unit].
             factors: coal_equivalent_factor [tce/carrier_unit], net_calorific_value [GJ/carrier_unit],
             carbon_content [tC/GJ], oxidation_rate [1].
    Gives    one row per row of fuel_use; energy_calorific, energy_coal_equivalent [gce], co2 [gCO2], whole numbers;
             empty where the amount or a factor is.
    Refuses  unit-mismatch: a factor in other units.
    Source   gbt-2589-2020#8 (energy); gbt-32151-annex-c#combustion (CO2)
    Leaves out  CH4 and N2O; measured calorific values; feedstock use.
    """
    amount, energy_gj, carbon_t = name("amount"), name("energy_gj"), name("carbon_t")
    energy = amount * name("coal_equivalent_factor")
    carbon = energy_gj * name("carbon_content") * name("oxidation_rate")
    rows = factors.look_up(fuel_use, _ROLES, trace=trace)
    rows = trace.result(rows, "energy_calorific", energy, clause="gbt-2589-2020#8")
    rows = trace.result(rows, "energy_coal_equivalent", energy * _BOTH_BASES_AGREE, clause="gbt-2589-2020#8")
    rows = trace.step(
        rows, "energy_gj", amount * name("net_calorific_value"), unit="GJ", clause="gbt-32151-annex-c#combustion"
    )
    rows = trace.step(rows, "carbon_t", carbon, unit="tC", clause="gbt-32151-annex-c#combustion")
    return trace.result(rows, "co2", carbon_t * CO2_PER_CARBON, clause="gbt-32151-annex-c#carbon-to-co2")
