"""The figures of a result over its whole period: as JSON, and as a table by area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len

from tanheng.cli.output import say, show_table
from tanheng.cli.words import language, said, unit_said, words
from tanheng.kernel.pack import IndicatorShape, MethodDefinition, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Directory
from tanheng.kernel.trace import Address
from tanheng.store import StoredResult

Row = Mapping[str, Any]
_MOST_COLUMNS = 6
_WIDEST = 150  # of the headings together: names would lose their place beside them


@dataclass(frozen=True)
class Figures:
    """A stored result with the definitions and names that its figures need to be read."""

    result: StoredResult
    packs: PackSet
    directory: Directory

    @property
    def period(self) -> Period:
        """The whole period of the result."""
        return Period.parse(self.result.receipt["parameters"]["period"])

    @property
    def indicators(self) -> list[IndicatorShape]:
        """The columns of the result, in the order of its method."""
        return [self.packs.get(IndicatorShape, id) for id in self._method.results]

    @property
    def periods(self) -> list[Period]:
        """The periods to list: the whole one; of an account whatever it has figures for, the parts before the whole."""
        if self._method.form != "account":
            return [self.period]
        found = {Period(start, end) for start, end in self.result.figures.distinct(["period_start", "period_end"])}
        return [*sorted(found - {self.period}), *([self.period] if self.period in found else [])]

    def rows(self, period: Period) -> list[Row]:
        """One row per subject; areas first, each under the one it lies in, and what is no place at the end."""
        rows = self.result.figures.where(period_start=period.start, period_end=period.end).rows()
        by_subject = {row["subject"]: row for row in rows}
        placed = [id for id, _ in self._tree() if id in by_subject]
        return [by_subject[id] for id in (*placed, *sorted(set(by_subject) - set(placed)))]

    def as_json(self) -> list[dict[str, Any]]:
        """Every subject and column of the periods, each with its address, value, unit and status."""
        found = [(period, self.rows(period)) for period in self.periods]
        return [
            self._figure(row, indicator, period)
            for period, rows in found
            for row in rows
            for indicator in self._columns(rows)
        ]

    def show(self) -> None:
        """Prints the areas with their figures; marks say what is missing or filled and what nobody has verified.

        Where the method has more results than fit beside one another, each figure has a line of its own.
        """
        for period in self.periods:
            self._show_period(period)
        say(
            words(
                "* 用到未核实的因子；[缺 n] 有 n 行缺数，合计不完整；[补 n] 有 n 行为填补值。",
                "* uses unverified factors; [n missing]: n rows without data, the sum is incomplete; "
                "[n filled]: n rows by a method of filling.",
            )
        )

    def _show_period(self, period: Period) -> None:
        depths = {id: depth for id, depth in self._tree() if self.directory.level_of(id)}
        rows = [row for row in self.rows(period) if self.directory.level_of(row["subject"])] or self.rows(period)
        say(f"{period.label(language())}")
        indicators = self._columns(rows)
        columns = [(words("区域", "Area"), False)]
        columns += [(_heading(item), True) for item in indicators]
        if len(indicators) > _MOST_COLUMNS or sum(cell_len(heading) for heading, _ in columns) > _WIDEST:
            self._show_one_below_another(rows)
            return
        depth_of = {row["subject"]: depths[row["subject"]] if row["subject"] in depths else 0 for row in rows}
        show_table(columns, [self._line(row, depth_of[row["subject"]], indicators) for row in rows])

    def _show_one_below_another(self, rows: Sequence[Row]) -> None:
        columns = [(words("对象", "Subject"), False), (words("指标", "Indicator"), False)]
        columns += [(words("数值", "Value"), True), (words("单位", "Unit"), False)]
        lines = [
            [
                self.directory.label_of(row["subject"], language()),
                said(item.label),
                _marked(row, item),
                unit_said(item.unit.text),
            ]
            for row in rows
            for item in self.indicators
            if _has_cell(row, item.id)
        ]
        show_table(columns, lines)

    @property
    def _method(self) -> MethodDefinition:
        return self.packs.get(MethodDefinition, self.result.receipt["method"])

    def _columns(self, rows: Sequence[Row]) -> list[IndicatorShape]:
        """The columns; of an account those that it has a cell for, if only to find that something is missing."""
        if self._method.form != "account":
            return self.indicators
        return [item for item in self.indicators if any(_has_cell(row, item.id) for row in rows)]

    def _figure(self, row: Row, indicator: IndicatorShape, period: Period) -> dict[str, Any]:
        id, value, grid = indicator.id, row[indicator.id], indicator.on_grid
        display = None if value is None else grid.display(value)
        return {
            "address": str(Address(id, row["subject"], period)),
            "level": row["level"],
            "subject": row["subject"],
            "label": {lang: self.directory.label_of(row["subject"], lang) for lang in ("zh", "en")},
            "column": id,
            "value": value,
            "unit": grid.step.text,
            "display": {"value": display, "unit": grid.unit.text},
            "status": {
                "missing": row[f"{id}_missing"],
                "filled": row["filled"],
                "rows": row["rows"],
                "unverified": row[f"{id}_unverified"],
            },
        }

    def _line(self, row: Row, depth: int, indicators: Sequence[IndicatorShape]) -> list[str]:
        name = "  " * depth + self.directory.label_of(row["subject"], language())
        return [name, *(_marked(row, indicator) for indicator in indicators)]

    def _tree(self) -> Iterator[tuple[str, int]]:
        """Every subject with its depth, each below the parent it had on the last day of the period."""
        last, parents = self.period.months()[-1].start, dict[str, str]()
        for relation in self.directory.relations:
            if relation.kind == LOCATED_IN and relation.holds_on(last):
                parents[relation.child] = relation.parent
        children: dict[str, list[str]] = {}
        roots = list[str]()
        for id in (*_ids(self.directory.areas), *_ids(self.directory.facilities)):
            (children.setdefault(parents[id], []) if id in parents else roots).append(id)
        for root in roots:
            yield from _below(root, children, 0)


def _has_cell(row: Row, column: str) -> bool:
    return row[column] is not None or row[f"{column}_missing"] > 0


def _ids(subjects: Sequence[Any]) -> list[str]:
    return [subject.id for subject in subjects]


def _below(id: str, children: Mapping[str, Sequence[str]], depth: int) -> Iterator[tuple[str, int]]:
    yield id, depth
    for child in children[id] if id in children else ():
        yield from _below(child, children, depth + 1)


def _marked(row: Row, indicator: IndicatorShape) -> str:
    value, missing, filled = row[indicator.id], row[f"{indicator.id}_missing"], row["filled"]
    text = "–" if value is None else indicator.on_grid.display(value)
    text += "*" if row[f"{indicator.id}_unverified"] else ""
    text += f" [{words(f'缺 {missing}', f'{missing} missing')}]" if missing else ""
    return text + (f" [{words(f'补 {filled}', f'{filled} filled')}]" if filled else "")


def _heading(indicator: IndicatorShape) -> str:
    """An indicator with its unit; a pure number has none."""
    unit = unit_said(indicator.unit.text)
    return said(indicator.label) + (f" ({unit})" if unit else "")
