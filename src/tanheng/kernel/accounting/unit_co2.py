"""CO2 of a unit by where it comes from, and its total as a scheme counts green power."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tanheng.kernel.accounting.branches import Branch, in_branches
from tanheng.kernel.accounting.emissions import ByFactor, Combustion
from tanheng.kernel.accounting.energy import MEASURED
from tanheng.kernel.pack import Factors
from tanheng.kernel.quantity import name, number
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace

_ELECTRICITY, _HEAT = "gbt-32151-annex-c#purchased-electricity", "gbt-32151-annex-c#purchased-heat"
_PROCESS = "provincial-guide-2011#industrial-processes"
_GREEN_VALUE, _GRID_VALUE = "green_power_emission_factor", "electricity_emission_factor"
_NO_CONVERSION = number("1")


@dataclass(frozen=True)
class _GreenPower:
    """What a scheme's own value of green power changes, and how much green power there was.

    co2_green_power = amount x (green_power_emission_factor - electricity_emission_factor), where `counted`
    """

    counted: bool

    def __call__(self, rows: Table, *, factors: Factors, trace: Trace) -> Table:
        """The declared results of the method, for rows of green power."""
        rows = trace.result(rows, "green_electricity_use", name("amount") * _NO_CONVERSION, clause=_ELECTRICITY)
        changed = ("co2_green_power", "co2_scheme") if self.counted else ()
        if self.counted:
            rows = factors.look_up(rows, [_GREEN_VALUE, _GRID_VALUE], trace=trace)
            change = name("amount") * (name(_GREEN_VALUE) - name(_GRID_VALUE))
            rows = trace.result(rows, "co2_green_power", change, clause=_ELECTRICITY)
            rows = trace.same(rows, "co2_scheme", "co2_green_power", clause=_ELECTRICITY)
        others = [id for id in trace.grids if id not in ("green_electricity_use", *changed)]
        return trace.nothing(rows, others, clause=_ELECTRICITY)


def _taken_in(indicator: str, sign: int) -> Iterator[Branch]:
    """The branches of energy that a unit consumed (`sign` 1), or did not emit by itself (-1)."""
    fuel = ("fuel",)
    yield Branch(f"{indicator}.fuel", indicator, fuel, Combustion(sign), measured=None)
    yield Branch(f"{indicator}.{MEASURED}", indicator, fuel, Combustion(sign, measured=True), measured=MEASURED)
    electricity = ByFactor("co2_electricity", _GRID_VALUE, _ELECTRICITY, sign)
    yield Branch(f"{indicator}.electricity", indicator, ("electricity",), electricity, unit="MWh")
    role = "heat_emission_factor"
    heat = ByFactor("co2_heat", role, _HEAT, sign)
    yield Branch(f"{indicator}.heat", indicator, ("heat",), heat, unit="GJ", roles=(role,))


def _beside_energy() -> Iterator[Branch]:
    role = "process_emission_factor"
    process = ByFactor("co2_process", role, _PROCESS)
    yield Branch("process", "process_activity", ("material",), process, roles=(role,))


def _green(factors: Factors) -> Iterator[Branch]:
    """Green power bought between provinces has a value of its own where the scheme has one; any other has none."""
    counted = _GREEN_VALUE in factors.roles
    for item, has_value in (("inter_provincial", counted), ("intra_provincial", False)):
        yield Branch(f"green_electricity.{item}", "green_electricity", (), _GreenPower(has_value), item, unit="MWh")


_BRANCHES = (
    *_taken_in("energy_consumption", 1),
    *_taken_in("energy_feedstock_use", -1),
    *_taken_in("energy_supplied", -1),
    *_beside_energy(),
)


def unit_co2(
    activity: Table, *, carriers_of: Callable[[str], tuple[str, ...]], factors: Factors, trace: Trace
) -> Table:
    """CO2 of fuel burned, of processes, of electricity and heat bought; their total; and the total of the scheme.

    co2_fuel        = sum((consumed - feedstock - supplied) x net_calorific_value x carbon_content x oxidation x 44/12)
    co2_process     = sum(material x process_emission_factor)
    co2_electricity = sum((consumed - supplied) x electricity_emission_factor)          (location-based)
    co2_heat        = sum((consumed - supplied) x heat_emission_factor)
    co2             = co2_fuel + co2_process + co2_electricity + co2_heat
    co2_green_power = sum(inter-provincial green power x (green_power_emission_factor - electricity_emission_factor))
    co2_scheme      = co2 + co2_green_power

    Feedstock is a part of the consumption and is not burned, so its carbon is taken away again. Fuel that was supplied
    to others burns elsewhere. Green power is a part of the electricity: `co2` counts it like any other, and only a
    scheme with a value of its own for it has a co2_scheme that differs.

    Reads    activity: one row per (facility, indicator, carrier, item, period) of energy_consumption,
             energy_feedstock_use, energy_supplied, process_activity and green_electricity (item inter_provincial or
             intra_provincial); amount [carrier_unit; green_electricity: MWh], may be empty: a gap. Beside them, for
             fuels, measured_net_calorific_value.
             factors: net_calorific_value, carbon_content, oxidation_rate, electricity_emission_factor; where the scheme
             has them heat_emission_factor, process_emission_factor, green_power_emission_factor.
    Gives    one row per row of activity; the columns above [gCO2] and green_electricity_use [kWh], whole numbers.
    Refuses  unit-mismatch, factor-not-for-scheme.
    Source   gbt-32151-annex-c; provincial-guide-2011#industrial-processes
    Leaves out  CH4 and N2O; the carbon balance of steel; rows for which the scheme has no factor, by a finding.
    """
    branches = (*_BRANCHES, *_green(factors))
    return in_branches(activity, branches, carriers_of=carriers_of, factors=factors, trace=trace)
