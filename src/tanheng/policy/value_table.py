"""Tables of values: a row for each town, unit or indicator, a column for each figure or year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from tanheng.policy.columns import Column
from tanheng.policy.demand import Demand
from tanheng.policy.grammar import Grammar, Surroundings
from tanheng.policy.grid import Grid, GridRow
from tanheng.policy.proposals import Operator
from tanheng.policy.quantities import Quantity
from tanheng.policy.spanned import Spanned
from tanheng.policy.tiers import Tiers
from tanheng.policy.words import Lexicon, any_of

_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]$")
_ANY_BRACKETS = re.compile(r"[（(]([^（）()]{1,12})[）)]")
_YEAR = re.compile(r"((?:19|20)\d{2})年?")
_NUMBER = re.compile(
    r"^[\[（(〔【]?(?P<sign>[≥≤<>~约]?)(?P<low>[+-]?\d[\d.]*)(?:-(?P<high>\d[\d.]*))?(?P<unit>%?)[\]）)〕】]?(?P<after>以上|以下|以内|左右)?$"
)
_AIM = re.compile(
    r"^(?:年度)?(?:目标值?|指标)(?=.)|(?:年度)?(?:目标值?|指标)$|(?:年度)?目标(?=(?:下降|降低)(?:率|幅度?)?$)"
)
_ABSENT = {"", "-", "--", "/", "—", "无", "…"}
_FALLEN = {Operator.REACH: Operator.DOWN, Operator.AT_LEAST: Operator.DOWN_AT_LEAST}


class ValueTable:
    """Reads the cells of one table of values as demands."""

    def __init__(self, lexicon: Lexicon, grammar: Grammar, around: Surroundings, grid: Grid) -> None:
        self._lexicon, self._grammar, self._around, self._grid = lexicon, grammar, around, grid
        self._tiers = Tiers(lexicon)
        self._change = re.compile(any_of(lexicon.furniture.change_columns))
        self._derived = re.compile(any_of(lexicon.furniture.derived_columns))
        self._cap = re.compile(any_of(lexicon.furniture.cap_columns))
        self._falls = re.compile(f"{any_of(lexicon.operators.down)}(?:率|幅度|幅)?$")
        self._past = re.compile(any_of((*lexicon.manner.past, "基期", "基准", "完成值", "实绩", "实际")))

    @cached_property
    def _title(self) -> str:
        return self._grid.table.title

    def demands(self, row: GridRow) -> Iterator[tuple[Demand, str]]:
        """The demands of a row, each with the name that stands at its head."""
        place = self._grid.index("indicator", "party")
        if place is None:
            place = 0
        name = row.cells[place].text
        if not name:
            return
        for i, column in enumerate(self._grid.columns):
            cell = row.cells[i]
            if (
                column.role in {"value", "year", "objective"}
                and i != place
                and cell.text not in _ABSENT
                and not self._is_past(column)
                and not (self._derived.search(column.heading) and self._has_level(row))
            ):
                yield from ((demand, name) for demand in self._cell(cell, column, row, name, place))

    def _has_level(self, row: GridRow) -> bool:
        """Whether a year of the plan has its figure: what is said of the yearly or the whole change follows from it."""
        return any(
            column.role == "year" and not self._is_past(column) and bool(_NUMBER.match(row.cells[i].text))
            for i, column in enumerate(self._grid.columns)
        )

    def _is_past(self, column: Column) -> bool:
        if self._past.search(column.heading):
            return True
        year = _YEAR.search(column.heading)
        first = self._around.first_year
        return year is not None and first is not None and int(year[1]) < first

    def _cell(self, cell: Spanned, column: Column, row: GridRow, name: str, place: int) -> Iterator[Demand]:
        indicator = self._indicator(column, name, place)
        found = _NUMBER.match(cell.text)
        period = self._period(column)
        if not found:
            around = replace(self._around, head=indicator, default_period=period)
            for demand in self._grammar.demands(cell, around):
                sure = self._capped(demand, column)
                yield replace(sure, indicator=sure.indicator or indicator)
            return
        unit = found["unit"] or self._unit(column, row)
        known = self._lexicon.unit_by_print[unit] if unit and unit in self._lexicon.unit_by_print else None
        quantities = self._grammar.quantities.find(f"{found['low']}{unit or ''}".lstrip("+-"))
        negative = found["low"].startswith("-")
        value = abs(quantities[0].value) * (-1 if negative else 1) if quantities else None
        if value is None:
            return
        quantity = Quantity(0, len(cell), value, None, unit or "1", known)
        high = type(value)(found["high"]) if found["high"] else None
        operator = self._operator(found, column, negative)
        if fallen := self._falls.search(indicator):
            operator = _FALLEN[operator] if operator in _FALLEN else operator
            indicator = _AIM.sub("", self._grammar.phrases.bare(indicator[: fallen.start()])) or indicator
        span = (row.span[0], row.span[1]) if len(self._grid.columns) <= 2 else cell.span()
        yield Demand(
            indicator,
            operator,
            span,
            "numeric",
            value,
            high,
            quantity,
            unit or "1",
            period=period,
            base=self._base(operator, period),
            tier=self._tiers.of(column.heading),
        )

    def _indicator(self, column: Column, name: str, place: int) -> str:
        """What a column counts: its heading without the unit; a heading such as 总量 takes its topic from the title."""
        if self._grid.columns[place].role == "indicator":
            return self._without_unit(name)
        heading = re.sub(r"[（(][^（）()]*[）)]|年度$", "", _YEAR.sub("", column.heading))
        if not heading and column.role == "year":
            heading = re.sub(r"^.*?(?:各[^目指]*?|“[^”]*”)(?=节能|能耗|单位|碳)", "", _IN_BRACKETS.sub("", self._title))
        heading = _AIM.sub("", self._grammar.phrases.bare(heading)) or name
        if heading in self._lexicon.nouns.heads:
            topics = self._lexicon.nouns.topics
            topic = next((topics[word] for word in topics if word in self._title), "")
            return f"{topic}{heading}"
        return heading

    def _without_unit(self, name: str) -> str:
        found = _IN_BRACKETS.search(name)
        return name[: found.start()] if found and found[1] in self._lexicon.unit_by_print else name

    def _unit(self, column: Column, row: GridRow) -> str | None:
        place = self._grid.index("unit")
        if place is not None and row.cells[place].text in self._lexicon.unit_by_print:
            return row.cells[place].text
        found = (
            _ANY_BRACKETS.search(column.heading)
            or _IN_BRACKETS.search(self._title)
            or (_IN_BRACKETS.search(row.cells[0].text) if row.cells else None)
        )
        unit = found[1].removeprefix("单位：") if found else None
        return unit if unit in self._lexicon.unit_by_print else None

    def _operator(self, found: re.Match[str], column: Column, negative: bool) -> Operator:
        if found["sign"] or found["after"]:
            word = found["sign"] or found["after"]
            return Operator.AT_LEAST if word in "≥>以上" else Operator.ABOUT if word in "~约左右" else Operator.AT_MOST
        if found["high"]:
            return Operator.RANGE
        if negative or re.search("变化率", column.heading):
            return Operator.CHANGE
        if self._change.search(column.heading):
            return Operator.UP if re.search("增|提高|上升", column.heading) else Operator.DOWN
        return Operator.AT_MOST if self._is_cap(column) else Operator.REACH

    def _is_cap(self, column: Column) -> bool:
        title = re.search("双控|控制|上限", self._title + column.heading)
        return bool(title and (self._cap.search(column.heading) or self._cap.search(self._title)))

    def _capped(self, demand: Demand, column: Column) -> Demand:
        return (
            replace(demand, operator=Operator.AT_MOST)
            if demand.operator is Operator.REACH and self._is_cap(column)
            else demand
        )

    def _period(self, column: Column) -> str | None:
        year = _YEAR.search(column.heading) or _YEAR.search(self._title)
        return year[1] if year else self._around.default_period

    def _base(self, operator: Operator, period: str | None) -> str | None:
        """The year before, for a change in the first year of the plan; a later year may count from its beginning."""
        changed = operator in {Operator.CHANGE, Operator.DOWN, Operator.DOWN_AT_LEAST, Operator.UP}
        if not changed or not period or len(period) > 4:
            return None
        first = self._around.first_year
        return str(int(period) - 1) if period == self._around.default_period or int(period) == first else None
