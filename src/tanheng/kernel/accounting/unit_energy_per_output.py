"""Energy per output of units that report both: how far it fell against the year before."""

from __future__ import annotations

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import percent_fall, said, whole_year
from tanheng.kernel.faults import Severity
from tanheng.kernel.pack import Reads
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import name
from tanheng.kernel.trace import Address, Cell

CLAUSE = "assessment-practice#unit-energy-per-output"
_COLUMN, _ENERGY, _OUTPUT, _SUM = "unit_intensity_decline", "energy_calorific", "output_value", "output_of_year"


def unit_energy_per_output(account: Account) -> None:
    """The yearly decline of energy per output value, of every unit that reports its output each month.

    decline = (1 - (energy / output) / (energy of last year / output of last year)) x 100 %

    A unit that makes one product is better measured per tonne of it; what units report to the authority has output
    value only, at current prices: a rise of prices looks like a saving.

    Reads    energy_calorific of unit_energy_reported; output_value of the monthly reports (unit_report), twelve months.
    Gives    unit_intensity_decline; a gap where a month of output is missing in either year: no part of a year stands
             for the whole.
    Refuses  period-not-year; no-activity-data: no unit reports output in the year.
    Source   assessment-practice#unit-energy-per-output
    """
    year = Period.year(whole_year(account))
    last_year = Period.year(year.start.year - 1)
    reads = account.reads(_OUTPUT, Accumulation.MONTH)
    units = {facility.id for facility in account.directory.facilities}
    telling = sorted(units & {fact.subject for fact in account.facts_of(reads, within=year)})
    if not telling:
        raise account.nothing([reads])
    energy = {
        span: account.figures("unit_energy_reported", _ENERGY, span, expected=False) for span in (year, last_year)
    }
    for unit in telling:
        now, before = (_output(account, reads, unit, span) for span in (year, last_year))
        told = [energy[span][unit] if unit in energy[span] else None for span in (year, last_year)]
        _write(account, unit, year, dict(zip(("energy", "energy_before"), told, strict=True)), now, before)


def _write(account: Account, unit: str, year: Period, energy: dict[str, Cell | None], now: Cell, before: Cell) -> None:
    cells = {id: cell for id, cell in energy.items() if cell is not None}
    if len(cells) < len(energy):
        said(account, "unit-intensity-missing", unit, Severity.NOTE, year)
        return
    formula = percent_fall(name("energy") / name("output"), name("energy_before") / name("output_before"))
    inputs = {**cells, "output": now, "output_before": before}
    account.paper.result(Address(_COLUMN, unit, year), formula, inputs, clause=CLAUSE)


def _output(account: Account, reads: Reads, unit: str, year: Period) -> Cell:
    """The output of twelve months; a gap where one of them is not reported."""
    months = [account.observed(reads, unit, month, severity=None) for month in year.months()]
    at = Address(_SUM, unit, year)
    if any(month.value is None for month in months):
        said(account, "unit-intensity-missing", unit, Severity.NOTE, year)
    formula, inputs = name("month_1"), {f"month_{place}": month for place, month in enumerate(months, 1)}
    for id in list(inputs)[1:]:
        formula = formula + name(id)
    return account.paper.step(at, formula, inputs, unit="10^4 CNY", clause=CLAUSE)
