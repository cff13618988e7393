"""Energy consumption on both electricity bases, and CO2 of fuel and electricity, of energy-using units."""

from __future__ import annotations

from collections.abc import Callable

from tanheng.kernel.accounting.electricity import electricity_accounts
from tanheng.kernel.accounting.fuels import fuel_accounts
from tanheng.kernel.pack import Factors
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace


def unit_energy_and_co2(
    activity: Table, *, carriers_of: Callable[[str], tuple[str, ...]], factors: Factors, trace: Trace
) -> Table:
    """Energy and CO2 of each carrier that a unit used.

    A fuel is accounted by `fuel_accounts`, electricity by `electricity_accounts`; each row keeps to its own kind.

    Reads    activity: one row per (facility, carrier, period); amount [carrier_unit], may be empty: a gap.
    Gives    one row per row of activity; energy_calorific, energy_coal_equivalent [gce], co2 [gCO2]; `branch` tells
             which steps a row went through.
    Refuses  unit-mismatch, factor-not-for-scheme.
    Source   gbt-2589-2020#8; gbt-32151-annex-c
    Leaves out  heat; own generation sold; process emissions.
    """
    fuel_use = activity.where_in("carrier", carriers_of("fuel")).with_constant(branch="fuel")
    fuels = fuel_accounts(fuel_use, factors=factors, trace=trace.branched("fuel"))
    electricity_use = activity.where_in("carrier", carriers_of("electricity")).with_constant(branch="electricity")
    in_mwh = trace.branched("electricity", carrier_unit="MWh")
    return fuels.stack(electricity_accounts(electricity_use, factors=factors, trace=in_mwh))
