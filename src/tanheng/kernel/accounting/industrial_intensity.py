"""Energy per output of above-scale industry to date, against the same months as the same tables print them."""

from __future__ import annotations

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.comparison import percent_fall, to_date
from tanheng.kernel.faults import Severity
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import name
from tanheng.kernel.trace import Address, Cell

CLAUSE = "barometer-practice#industrial-intensity"
_READ = ("above_scale_energy", "output_value")


def industrial_intensity(account: Account) -> None:
    """The decline of above-scale energy per output value, of every area that states both.

    decline = (1 - (energy / output) / (energy of the same months / output of the same months)) x 100 %

    The comparison is the 上年同期 of the sender's own table, of equal coverage. Output is at current prices, as the
    tables have it: a rise of prices looks like a saving.

    Reads    above_scale_energy, output_value and the same period of both, to date.
    Gives    industrial_intensity_decline of an area, and of its field (`<area>#industry`, by the setting industry).
    Refuses  period-not-to-date; no-activity-data: no area states above-scale energy for the period.
    Source   barometer-practice#industrial-intensity
    """
    period = to_date(account)
    reads = account.reads("above_scale_energy", Accumulation.YEAR_TO_DATE)
    levels = {area.id for area in account.directory.areas}
    stated = {fact.subject for fact in account.facts_of(reads, within=period) if fact.period == period}
    if not stated & levels:
        raise account.nothing([reads])
    for area in sorted(stated & levels):
        _area(account, area, period)


def _area(account: Account, area: str, period: Period) -> None:
    inputs = {
        f"{id}{suffix}": _told(account, f"{id}{suffix}", area, period)
        for id in _READ
        for suffix in ("", "_same_period")
    }
    energy, output = _READ
    before = name(f"{energy}_same_period") / name(f"{output}_same_period")
    formula = percent_fall(name(energy) / name(output), before)
    at = Address("industrial_intensity_decline", area, period)
    cell = account.paper.result(at, formula, inputs, clause=CLAUSE)
    field = Address(at.column, f"{area}#{account.setting('industry')}", period)
    account.paper.whole(field, name("area"), {"area": cell}, clause=CLAUSE)


def _told(account: Account, indicator: str, area: str, period: Period) -> Cell:
    reads = account.reads(indicator, Accumulation.YEAR_TO_DATE)
    return account.observed(reads, area, period, severity=Severity.NOTE)
