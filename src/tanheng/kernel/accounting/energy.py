"""Energy of single rows on both bases of electricity, added or taken away, by a default or a measured value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tanheng.kernel.accounting.branches import Branch
from tanheng.kernel.pack import Factors
from tanheng.kernel.quantity import Formula, name, number
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace

ADOPTED, MEASURED = "measured_coal_equivalent_factor", "measured_net_calorific_value"
CONVERSION = "gbt-2589-2020#8"
_BOTH_BASES_AGREE = number("1", "tce[coal_equivalent]/tce[calorific_value]")
GJ_PER_TCE = number("29.3076", "GJ/tce[calorific_value]")
_FACTOR, _RATE = "coal_equivalent_factor", "electricity_coal_equivalent_rate"


@dataclass(frozen=True)
class Energy:
    """The steps of rows whose energy counts on both bases.

    energy_calorific       = sign x amount x k
    energy_coal_equivalent = the same; of electricity: sign x amount x electricity_coal_equivalent_rate
    k = coal_equivalent_factor; measured_coal_equivalent_factor or measured_net_calorific_value / 29.3076 GJ/tce where
    the unit states one

    Reads    rows: amount [carrier_unit]; the column that `measured` names.
    Gives    energy_calorific, energy_coal_equivalent [gce], whole numbers; every other result of the method is zero.
    Source   gbt-2589-2020#8
    """

    sign: int = 1
    measured: str | None = None
    electricity: bool = False
    clause: str = CONVERSION

    def __call__(self, rows: Table, *, factors: Factors, trace: Trace) -> Table:
        """The declared results of the method, for rows of this kind."""
        roles = [*([] if self.measured else [_FACTOR]), *([_RATE] if self.electricity else [])]
        rows = factors.look_up(rows, roles, trace=trace) if roles else rows
        signed = name("amount") if self.sign > 0 else number("-1") * name("amount")
        energy = coal_equivalent(signed, self.measured)
        other = signed * name(_RATE) if self.electricity else energy * _BOTH_BASES_AGREE
        rows = trace.result(rows, "energy_calorific", energy, clause=self.clause)
        rows = trace.result(rows, "energy_coal_equivalent", other, clause=self.clause)
        others = [id for id in trace.grids if id not in ("energy_calorific", "energy_coal_equivalent")]
        return trace.nothing(rows, others, clause=self.clause)


def coal_equivalent(amount: Formula, measured: str | None) -> Formula:
    """An amount in tce on the calorific basis, by the default or by what the unit measured."""
    if measured == MEASURED:
        return amount * name(MEASURED) / GJ_PER_TCE
    return amount * name(measured or _FACTOR)


def energy_branches(indicator: str, *, sign: int = 1, clause: str = CONVERSION) -> Iterator[Branch]:
    """The branches of an indicator whose energy is added (`sign` 1) or taken away (-1)."""
    for measured in (None, ADOPTED, MEASURED):
        steps = Energy(sign, measured, clause=clause)
        yield Branch(f"{indicator}.{measured or 'default'}", indicator, ("fuel", "heat"), steps, measured=measured)
    steps = Energy(sign, electricity=True, clause=clause)
    yield Branch(f"{indicator}.electricity", indicator, ("electricity",), steps, unit="MWh")
