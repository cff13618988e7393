"""The electricity of the fields (条) of an area to date: what the grid company measured of their industries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said_summed, to_date, year_before
from tanheng.kernel.account.references import sum_of
from tanheng.kernel.assessment.growth import Areas, growth_of
from tanheng.kernel.fact import Fact
from tanheng.kernel.pack import Classification, Fields, IndicatorShape
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Unit, name
from tanheng.kernel.trace import Address, Cell

CLAUSE = "barometer-practice#field-electricity"
NOW, PRINTED = "electricity_use", "electricity_use_same_period"
AMOUNT, GROWTH = "field_electricity", "field_electricity_growth"
Lines = Mapping[str, Fact]


def field_electricity(account: Account) -> None:
    """The electricity of each field that the setting names, and its growth on the comparison of the same tables.

    growth = (sum of the lines of the field / the same lines a year before, as printed beside them - 1) x 100 %

    A line counts in a field that looks after its industry; fields may share one. An area without a table of its own is
    the sum of the areas in it, and says so. Both years of a line are known or neither counts.

    Reads    electricity_use and its same period, to date, by industry. Setting: fields.
    Gives    field_electricity (both years), field_electricity_growth of `<area>#<field>`; nothing of a field of which
             no line is known. What the field burns besides is not in it.
    Refuses  period-not-to-date; no-activity-data: no area states electricity by industry for the period.
    Source   barometer-practice#field-electricity
    """
    period = to_date(account)
    tables = _Tables(account, period)
    if not tables.stated:
        raise account.nothing([account.reads(NOW, Accumulation.YEAR_TO_DATE)])
    for area in tables.areas.levels:
        for field in account.setting("fields").split(","):
            if pairs := list(tables.pairs(area, field.strip())):
                _write(account, f"{area}#{field.strip()}", period, pairs)


def _write(account: Account, subject: str, period: Period, pairs: list[tuple[Cell, Cell]]) -> None:
    now = _sum(account, Address(AMOUNT, subject, period), [pair[0] for pair in pairs])
    before = _sum(account, Address(AMOUNT, subject, year_before(period)), [pair[1] for pair in pairs])
    growth_of(account, Address(GROWTH, subject, period), now, before)


def _sum(account: Account, at: Address, cells: list[Cell]) -> Cell:
    inputs = {f"part_{number}": cell for number, cell in enumerate(cells, 1)}
    return account.paper.result(at, sum_of([name(part) for part in inputs]), inputs, clause=CLAUSE)


@dataclass(frozen=True)
class _Tables:
    """The tables of electricity by industry of all areas, for a period and as they print the year before."""

    account: Account
    period: Period

    @cached_property
    def areas(self) -> Areas:
        """The areas at the end of the period."""
        return Areas.of(self.account)

    @cached_property
    def stated(self) -> Mapping[str, tuple[Lines, Lines]]:
        """By area its lines of this year and of the comparison."""
        now, printed = self._lines(NOW, self.period), self._lines(PRINTED, year_before(self.period))
        return {area: (lines, printed[area] if area in printed else {}) for area, lines in now.items()}

    def pairs(self, area: str, field: str) -> Iterator[tuple[Cell, Cell]]:
        """The lines of a field, each with its comparison; of an area without a table those of the areas in it."""
        if area in self.stated:
            now, printed = self.stated[area]
            for item in now:
                if item in printed and field in self._fields_of(item):
                    yield self.account.cell_of(now[item], self._unit), self.account.cell_of(printed[item], self._unit)
            return
        within = self.areas.within(area)
        found = [pair for part in within for pair in self.pairs(part, field)]
        if found:
            self._say_summed(area, within)
        yield from found

    def _say_summed(self, area: str, within: tuple[str, ...]) -> None:
        absent = [part for part in within if part not in self.stated]
        said_summed(self.account, area, self.period, NOW, absent)

    def _lines(self, indicator: str, period: Period) -> Mapping[str, Lines]:
        """By area and industry the one statement about it; what is stated twice is left to who reads the table."""
        found: dict[str, dict[str, list[Fact]]] = {}
        reads = self.account.reads(indicator, Accumulation.YEAR_TO_DATE)
        for fact in self.account.facts_of(reads, within=period):
            if fact.period == period and fact.item is not None and fact.subject in self.areas.levels:
                found.setdefault(fact.subject, {}).setdefault(fact.item, []).append(fact)
        return {
            area: {item: facts[0] for item, facts in lines.items() if len(facts) == 1} for area, lines in found.items()
        }

    def _fields_of(self, item: str) -> tuple[str, ...]:
        """The fields that look after an industry, by its own code or that of a section above it."""
        if item not in self._known:
            lists = [codes for codes in self.account.packs.all(Classification) if codes.names == "item"]
            path = (item, *(entry.code for codes in lists for entry in codes.path(item)))
            groups = self.account.packs.all(Fields)
            self._known[item] = tuple(field for group in groups for field in group.of_industry(path))
        return self._known[item]

    @cached_property
    def _known(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _unit(self) -> Unit:
        return self.account.packs.get(IndicatorShape, NOW).unit
