"""Energy on both bases and CO2 of electricity taken from the grid."""

from __future__ import annotations

from tanheng.kernel.pack import Factors
from tanheng.kernel.quantity import name
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace

_ROLES = ("coal_equivalent_factor", "electricity_coal_equivalent_rate", "electricity_emission_factor")


def electricity_accounts(electricity_use: Table, *, factors: Factors, trace: Trace) -> Table:
    """Energy and CO2 of electricity bought, location-based.

    energy_calorific       = amount x coal_equivalent_factor              (当量: 0.1229 tce/MWh)
    energy_coal_equivalent = amount x electricity_coal_equivalent_rate    (等价: the rate of the year)
    co2                    = amount x electricity_emission_factor

    Reads    electricity_use: one row per (facility, carrier, period); amount [MWh].
             factors: coal_equivalent_factor, electricity_coal_equivalent_rate [tce/MWh],
             electricity_emission_factor [tCO2/MWh].
    Gives    one row per row of electricity_use; energy_calorific, energy_coal_equivalent [gce], co2 [gCO2], whole
             numbers; empty where the amount or a factor is.
    Refuses  unit-mismatch: a factor in other units.
    Source   gbt-2589-2020#8 (energy); gbt-32151-annex-c#purchased-electricity (CO2)
    Leaves out  green power and certificates: a scheme that counts them apart needs its own method.
    """
    amount = name("amount")
    rows = factors.look_up(electricity_use, _ROLES, trace=trace)
    calorific = amount * name("coal_equivalent_factor")
    rows = trace.result(rows, "energy_calorific", calorific, clause="gbt-2589-2020#8")
    equivalent = amount * name("electricity_coal_equivalent_rate")
    rows = trace.result(rows, "energy_coal_equivalent", equivalent, clause="gbt-2589-2020#8")
    emission = amount * name("electricity_emission_factor")
    return trace.result(rows, "co2", emission, clause="gbt-32151-annex-c#purchased-electricity")
