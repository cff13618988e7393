"""Energy per output of above-scale industry to date, against the same months as the same tables print them."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.account.account import Account
from tanheng.kernel.account.areas import Areas
from tanheng.kernel.account.comparison import percent_fall, said_summed, to_date, year_before
from tanheng.kernel.account.references import sum_of
from tanheng.kernel.faults import Severity
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import name
from tanheng.kernel.trace import Address, Cell

CLAUSE = "barometer-practice#industrial-intensity"
_READ = ("above_scale_energy", "output_value")
_PRINTED = "_same_period"  # what a table prints of the year before is about the months of that year
_ALL = tuple(f"{id}{suffix}" for id in _READ for suffix in ("", _PRINTED))
Told = Mapping[str, Cell]


def industrial_intensity(account: Account) -> None:
    """The decline of above-scale energy per output value, of every area that states both.

    decline = (1 - (energy / output) / (energy of the same months / output of the same months)) x 100 %

    The comparison is the 上年同期 of the sender's own table, of equal coverage. Output is at current prices, as the
    tables have it: a rise of prices looks like a saving. A ratio is never added: an area without a table of its own is
    recombined from the energy and the output of those areas in it that state all four, and says so.

    Reads    above_scale_energy, output_value and the same period of both, to date.
    Gives    industrial_intensity_decline of an area, and of its field (`<area>#industry`, by the setting industry).
    Refuses  period-not-to-date; no-activity-data: no area states above-scale energy for the period.
    Source   barometer-practice#industrial-intensity
    """
    period, areas = to_date(account), Areas.of(account)
    reads = account.reads("above_scale_energy", Accumulation.YEAR_TO_DATE)
    stated = {fact.subject for fact in account.facts_of(reads, within=period) if fact.period == period}
    if not stated & set(areas.levels):
        raise account.nothing([reads])
    told: dict[str, Told] = {}
    for area in areas.narrowest_first():
        if area in stated:
            told[area] = {id: _told(account, id, area, period) for id in _ALL}
        elif parts := {part: told[part] for part in areas.within(area) if part in told and _is_whole(told[part])}:
            told[area] = _together(account, area, period, parts, areas.within(area))
        if area in told:
            _decline(account, area, period, told[area])


def _decline(account: Account, area: str, period: Period, inputs: Told) -> None:
    energy, output = _READ
    before = name(f"{energy}{_PRINTED}") / name(f"{output}{_PRINTED}")
    formula = percent_fall(name(energy) / name(output), before)
    at = Address("industrial_intensity_decline", area, period)
    cell = account.paper.result(at, formula, inputs, clause=CLAUSE)
    field = Address(at.column, f"{area}#{account.setting('industry')}", period)
    account.paper.whole(field, name("area"), {"area": cell}, clause=CLAUSE)


def _together(account: Account, area: str, period: Period, parts: Mapping[str, Told], within: tuple[str, ...]) -> Told:
    """Energy and output of the areas in one, each added up; those that do not state all four are named."""
    said_summed(account, area, period, _READ[0], [part for part in within if part not in parts])
    found = {}
    for id in _ALL:
        cells = {f"part_{number}": told[id] for number, told in enumerate(parts.values(), 1)}
        at = Address(f"{id}_together", area, year_before(period) if id.endswith(_PRINTED) else period)
        unit = next(iter(cells.values())).unit.text
        found[id] = account.paper.step(at, sum_of([name(part) for part in cells]), cells, unit=unit, clause=CLAUSE)
    return found


def _is_whole(told: Told) -> bool:
    return all(cell.value is not None for cell in told.values())


def _told(account: Account, indicator: str, area: str, period: Period) -> Cell:
    reads = account.reads(indicator, Accumulation.YEAR_TO_DATE)
    asked = year_before(period) if indicator.endswith(_PRINTED) else period
    return account.observed(reads, area, asked, severity=Severity.NOTE)
