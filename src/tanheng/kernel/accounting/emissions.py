"""CO2 of single rows by where it comes from: fuel, process, electricity, heat, and what green power changes."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.accounting.energy import MEASURED
from tanheng.kernel.pack import Factors
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace

CO2_PER_CARBON = number("44", "tCO2/tC") / number("12")
_COMBUSTION, _TO_CO2 = "gbt-32151-annex-c#combustion", "gbt-32151-annex-c#carbon-to-co2"


def _signed(sign: int) -> Formula:
    return name("amount") if sign > 0 else number("-1") * name("amount")


def _as_total(rows: Table, column: str, trace: Trace, clause: str) -> Table:
    """The totals of a row are its one source; it has no part in the other results."""
    totals = [total for total in ("co2", "co2_scheme") if total in trace.grids]
    for total in totals:
        rows = trace.same(rows, total, column, clause=clause)
    return trace.nothing(rows, [id for id in trace.grids if id not in (column, *totals)], clause=clause)


@dataclass(frozen=True)
class Combustion:
    """co2_fuel = sign x amount x net_calorific_value x carbon_content x oxidation_rate x 44/12.

    Where the unit measured its calorific value, that one takes the place of the default.

    Reads    rows: amount [carrier_unit]; measured_net_calorific_value where `measured`.
             factors: net_calorific_value, carbon_content, oxidation_rate.
    Source   gbt-32151-annex-c#combustion, #carbon-to-co2
    """

    sign: int = 1
    measured: bool = False

    def __call__(self, rows: Table, *, factors: Factors, trace: Trace) -> Table:
        """The declared results of the method, for rows of this kind."""
        roles = ["carbon_content", "oxidation_rate"]
        rows = factors.look_up(rows, roles if self.measured else ["net_calorific_value", *roles], trace=trace)
        heat = _signed(self.sign) * name(MEASURED if self.measured else "net_calorific_value")
        rows = trace.step(rows, "energy_gj", heat, unit="GJ", clause=_COMBUSTION)
        carbon = name("energy_gj") * name("carbon_content") * name("oxidation_rate")
        rows = trace.step(rows, "carbon_t", carbon, unit="tC", clause=_COMBUSTION)
        rows = trace.result(rows, "co2_fuel", name("carbon_t") * CO2_PER_CARBON, clause=_TO_CO2)
        return _as_total(rows, "co2_fuel", trace, _TO_CO2)


@dataclass(frozen=True)
class ByFactor:
    """column = sign x amount x factor: process, electricity, heat.

    Reads    rows: amount [carrier_unit]. factors: `role` [tCO2/carrier_unit].
    """

    column: str
    role: str
    clause: str
    sign: int = 1

    def __call__(self, rows: Table, *, factors: Factors, trace: Trace) -> Table:
        """The declared results of the method, for rows of this kind."""
        rows = factors.look_up(rows, [self.role], trace=trace)
        rows = trace.result(rows, self.column, _signed(self.sign) * name(self.role), clause=self.clause)
        return _as_total(rows, self.column, trace, self.clause)
