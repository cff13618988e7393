"""The monthly dispatch (月度调度): what grew, by how much, and who explains it; for each area and field."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said, to_date
from tanheng.kernel.assessment.growth import CLAUSE, Areas
from tanheng.kernel.assessment.reported_growth import ReportedGrowth
from tanheng.kernel.assessment.reported_units import ReportedUnits
from tanheng.kernel.assessment.reporting import Reporting
from tanheng.kernel.assessment.stated_growth import Amounts, StatedGrowth, stated
from tanheng.kernel.faults import Severity
from tanheng.kernel.quantity import name, number
from tanheng.kernel.trace import Address

ENERGY, OUTPUT = "above_scale_energy", "output_value"
QUANTITIES: Mapping[str, str] = {
    ENERGY: "above_scale",
    OUTPUT: "output",
    "electricity_use": "electricity",
    "gas_use": "gas",
}
"""What areas state month by month, and how the names of its results begin."""


def dispatch(account: Account) -> None:
    """Growth to date of above-scale energy, output, electricity, gas and of what units report; what adds to each.

    growth = now / the comparison of the same table - 1, beside now / last year's publication - 1: the difference is
    the coverage adjustment. Of units: now / before - 1 over those that may be compared, in both years.
    contribution = (now - before) / before of the whole, in points.

    Reads    the tables of senders to date (January and February are one period); what units report to the energy
             authority, by the method over units that it builds on; what units say happened (events); gdp_growth where
             it is known: its absence is the normal month and no finding. No single return of the statistics.
    Gives    growths, adjustments and contributions of areas; of fields as `<area>#<field>`; as lines of a contribution
             the units that explain it, and the rest; reporting rates of the month. What is missing is a gap and said.
    Refuses  period-not-to-date; no-activity-data: neither tables nor reports hold anything in the period.
    Source   assessment-practice#dispatch, #coverage-adjustment
    """
    to_date(account)
    areas = Areas.of(account)
    facts = stated(account)
    found = {id: StatedGrowth(account, areas, id, stem, facts).write() for id, stem in QUANTITIES.items()}
    _per_output(account, found[ENERGY], found[OUTPUT])
    units = ReportedUnits(account, areas, account.period)
    if not units.states and not any(found.values()):
        raise account.nothing()
    if units.states:
        ReportedGrowth(account, areas, units).write()
        Reporting(account, units).write(account.setting("levels_named").split())
    _said_how(account, areas)


def _per_output(account: Account, energy: Mapping[str, Amounts], output: Mapping[str, Amounts]) -> None:
    """(1 + growth of energy) / (1 + growth of output) - 1, both against the comparisons of their own tables."""
    for area in energy:
        if area in output:
            used, made = energy[area], output[area]
            inputs = {"now": used.now, "before": used.printed, "output_now": made.now, "output_before": made.printed}
            ratio = (name("now") / name("before")) / (name("output_now") / name("output_before"))
            at = Address("output_energy_change", area, account.period)
            formula = (ratio - number("1")) * number("100", "%")
            account.paper.result(at, formula, inputs, clause=CLAUSE)


def _said_how(account: Account, areas: Areas) -> None:
    """Totals of areas within a year are estimates, and every result that shows them says so."""
    for area in areas.levels:
        if area not in areas.parents:
            said(account, "dispatch-estimate", area, Severity.NOTE, account.period)
