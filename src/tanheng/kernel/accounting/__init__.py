"""Accounting methods, one per file: activity data in, whole numbers of grams out.

There are two forms. A method over rows computes columns for every facility, carrier and month, and sums nothing: sums
belong to the run. An account computes single cells that rest on one another (a regional balance, an assessment), and
writes them on a working paper.

A method reads its factors by role, records every step in the trace, and sums nothing: sums belong to the run.
The list of methods is written out by hand; a definition in a pack names one of them as its `function`.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from tanheng.kernel.account import AccountMethod
from tanheng.kernel.accounting.area_intensity import area_intensity
from tanheng.kernel.accounting.assessment_basis import assessment_basis
from tanheng.kernel.accounting.branches import BESIDE
from tanheng.kernel.accounting.carbon_progress import carbon_progress
from tanheng.kernel.accounting.city_reconciliation import city_reconciliation
from tanheng.kernel.accounting.co2_intensity import co2_intensity
from tanheng.kernel.accounting.coverage_adjustment import coverage_adjustment
from tanheng.kernel.accounting.energy_intensity import energy_intensity
from tanheng.kernel.accounting.field_estimate import field_estimate
from tanheng.kernel.accounting.industrial_intensity import industrial_intensity
from tanheng.kernel.accounting.plausibility import plausibility
from tanheng.kernel.accounting.quarterly_estimate import quarterly_estimate
from tanheng.kernel.accounting.regional_energy_balance import regional_energy_balance
from tanheng.kernel.accounting.regional_energy_co2 import regional_energy_co2
from tanheng.kernel.accounting.unit_co2 import unit_co2
from tanheng.kernel.accounting.unit_energy_and_co2 import unit_energy_and_co2
from tanheng.kernel.accounting.unit_energy_per_output import unit_energy_per_output
from tanheng.kernel.accounting.unit_energy_reported import unit_energy_reported
from tanheng.kernel.accounting.unit_energy_statistical import unit_energy_statistical
from tanheng.kernel.pack import Factors
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Trace


class Method(Protocol):
    """What every accounting method looks like; `carriers_of` tells the carriers of a kind."""

    def __call__(
        self, activity: Table, *, carriers_of: Callable[[str], tuple[str, ...]], factors: Factors, trace: Trace
    ) -> Table:
        """Activity data in, the declared results of the method out, every step in the trace."""


METHODS: Mapping[str, Method] = {
    "unit_co2": unit_co2,
    "unit_energy_and_co2": unit_energy_and_co2,
    "unit_energy_reported": unit_energy_reported,
    "unit_energy_statistical": unit_energy_statistical,
}
ACCOUNTS: Mapping[str, AccountMethod] = {
    "area_intensity": area_intensity,
    "assessment_basis": assessment_basis,
    "carbon_progress": carbon_progress,
    "city_reconciliation": city_reconciliation,
    "coverage_adjustment": coverage_adjustment,
    "field_estimate": field_estimate,
    "industrial_intensity": industrial_intensity,
    "plausibility": plausibility,
    "unit_energy_per_output": unit_energy_per_output,
    "quarterly_estimate": quarterly_estimate,
    "co2_intensity": co2_intensity,
    "energy_intensity": energy_intensity,
    "regional_energy_balance": regional_energy_balance,
    "regional_energy_co2": regional_energy_co2,
}

__all__ = ["ACCOUNTS", "BESIDE", "METHODS", "Method"]
