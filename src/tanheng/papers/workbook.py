"""The workbook behind a paper: its tables with live numbers, sums as formulas, its charts as charts of the workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_rowcol_to_cell

from tanheng.papers.chart import Chart
from tanheng.papers.figure import Cell, Figure, Light
from tanheng.papers.paper import Paper, block_lines
from tanheng.papers.sheet_names import sheet_names
from tanheng.papers.sheets import LONGEST_CELL
from tanheng.papers.table import Column, Table, number_of, places_of, printed, referred
from tanheng.store.atomic import write_bytes
from tanheng.store.plain_text import inert

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same paper gives the same file)
_SHADES = {
    "red": "#E9B3AE",
    "orange": "#F3CFA5",
    "yellow": "#F6EBB0",
    "green": "#CFE6CF",
    "blue": "#CFDCF0",
    "grey": "#E4E4E4",
}
_WIDE, _ROOM, _FROZEN = 8, 96, 3
FIRST, SOURCES = "说明", "出处"


def write_workbook_of(path: Path, paper: Paper, tables: Sequence[Table] = ()) -> None:
    """Writes the workbook of a paper, whole or not at all: see `workbook_bytes`."""
    write_bytes(path, workbook_bytes(paper, tables))


def workbook_bytes(paper: Paper, tables: Sequence[Table] = ()) -> bytes:
    """The workbook of a paper as the content of an .xlsx file.

    Reads    tables: further tables that only the workbook has (the long ones behind the paper), after those of it.
    Gives    a sheet that says what the workbook is, a sheet for every table and chart, and one that names what each
             figure is explained by. Numbers are exact and only shown rounded; a sum is a formula that stays open
             where a value is missing. The same paper gives the same bytes.
    """
    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = _Book(xlsxwriter.Workbook(stream, options))
    book.write(paper, tables)
    book.book.close()
    return stream.getvalue()


@dataclass
class _Book:
    """The workbook while it is written, its formats by what they say."""

    book: Any
    formats: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    sources: list[tuple[str, str, Figure]] = field(default_factory=list)

    def write(self, paper: Paper, tables: Sequence[Table]) -> None:
        self.book.set_properties({"title": paper.title[:200], "created": _MADE})
        blocks = [(block, "") for block in [*paper.blocks, *paper.closing]]
        blocks += [(block, annex.title) for annex in paper.annexes for block in annex.blocks]
        parts = [(block, where) for block, where in blocks if isinstance(block, Table | Chart)]
        parts += [(table, "") for table in tables]
        wanted = [
            (block.name if isinstance(block, Table) else "") or block.title or where or "表" for block, where in parts
        ]
        names = sheet_names(wanted, taken=(FIRST, SOURCES))
        self._first(paper, [(name, title) for name, title in zip(names, wanted, strict=True)])
        for (block, where), name in zip(parts, names, strict=True):
            if isinstance(block, Table):
                self._table(name, block, block.title or where or paper.title, paper.trace)
            else:
                self._chart(name, block, paper.trace)
        if self.sources:
            self._sources(paper.trace)

    def format(self, **looks: Any) -> Any:
        """A format, made once."""
        key = tuple(sorted(looks.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"font_name": "宋体", "font_size": 10, "valign": "vcenter", **looks}
            )
        return self.formats[key]

    def _sheet(self, name: str, title: str, trace: str, *, wide: bool) -> Any:
        """A sheet set up for paper: A4, as wide as one page, its place and number below."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)
        if wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.8)
        told = trace.replace("&", "&&")[:180]
        sheet.set_footer(f"&L&7{told}&R&9第 &P 页，共 &N 页")
        sheet.write_string(0, 0, inert(title), self.format(bold=True, font_size=14, font_name="黑体"))
        return sheet

    def _first(self, paper: Paper, sheets: Sequence[tuple[str, str]]) -> None:
        sheet = self._sheet(FIRST, paper.title, paper.trace, wide=False)
        sheet.set_column(0, 0, _ROOM)
        lines = [paper.trace, paper.mark]
        lines += [
            line
            for block in [*paper.blocks, *paper.closing]
            if not isinstance(block, Table | Chart)
            for line in block_lines(block)
        ]
        row = 1
        for line in filter(None, lines):
            sheet.write_string(row, 0, inert(line)[:LONGEST_CELL], self.format(text_wrap=True, valign="top"))
            row += 1
        sheet.write_string(row + 1, 0, "本工作簿的工作表：", self.format(bold=True))
        for at, (name, title) in enumerate(sheets, row + 2):
            link = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1"
            sheet.write_url(at, 0, link, self.format(font_color="#1F4E79", underline=1), title)

    def _table(self, name: str, table: Table, title: str, trace: str) -> None:
        sheet = self._sheet(name, title, trace, wide=len(table.columns) >= _WIDE)
        top = self._heads(sheet, table)
        sheet.freeze_panes(top, _names_at_left(table))
        sheet.repeat_rows(0, top - 1)
        for number, row in enumerate(table.all_rows, top):
            for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
                self._cell(sheet, number, at, cell, column, strong=row.strong)
        end = top + len(table.all_rows)
        if table.has_sums:
            self._sums(sheet, table, top, end)
        for line, note in enumerate(table.notes(), end + (1 if table.has_sums else 0) + 1):
            sheet.write_string(line, 0, inert(note), self.format(font_size=9))
        if table.all_rows and not table.is_grouped:
            sheet.autofilter(top - 1, 0, end - 1, len(table.columns) - 1)
        self.sources += [(name, xl_rowcol_to_cell(top + line, at), figure) for line, at, figure in referred(table)]

    def _heads(self, sheet: Any, table: Table) -> int:
        """Writes the headings; gives the first row below them."""
        look = self.format(bold=True, border=1, text_wrap=True, align="center", bg_color="#E8EEF4")
        row, at = 2, 0
        for text, span in table.groups() if table.is_grouped else ():
            if text and span > 1:
                sheet.merge_range(row, at, row, at + span - 1, inert(text), look)
            elif text:
                sheet.write_string(row, at, inert(text), look)
            else:
                sheet.merge_range(row, at, row + 1, at, inert(table.columns[at].head), look)
            at += span
        below = row + (1 if table.is_grouped else 0)
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, max(8.0, min(60.0, column.width * 1.1)))
            if column.group or not table.is_grouped:
                sheet.write_string(below, at, inert(column.head), look)
        return below + 1

    def _cell(self, sheet: Any, row: int, at: int, cell: Cell, column: Column, *, strong: bool) -> None:
        looks: dict[str, Any] = {"border": 1, "bold": strong}
        value = number_of(cell)
        if isinstance(cell, Light):
            sheet.write_string(row, at, str(cell), self.format(**looks, bg_color=_SHADES[cell.colour], align="center"))
        elif value is not None and not isinstance(cell, str | None):
            places = places_of(cell, column)
            sheet.write_number(row, at, value, self.format(**looks, num_format=number_format(places)))
        elif isinstance(cell, str):
            sheet.write_string(row, at, inert(cell)[:LONGEST_CELL], self.format(**looks, text_wrap=True))
        else:
            sheet.write_string(row, at, printed(cell, column), self.format(**looks, align="center"))

    def _sums(self, sheet: Any, table: Table, top: int, end: int) -> None:
        """The row of sums: formulas over the ordinary rows, open where one of them holds no number."""
        row = table.sums()
        ordinary = [top + at for at, one in enumerate(table.all_rows) if not one.strong]
        for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            if not column.summed:
                self._cell(sheet, end, at, cell, column, strong=True)
                continue
            found = table.sum_of(at)
            places = places_of(found, column) if found is not None else 0
            look = self.format(border=1, bold=True, num_format=number_format(places), align="right")
            shown_value = printed(None, column) if found is None else float(found)
            sheet.write_formula(end, at, sum_formula(ordinary, at), look, shown_value)

    def _chart(self, name: str, chart: Chart, trace: str) -> None:
        """The numbers of a chart as a table, and the chart beside them, drawn by the spreadsheet from these numbers."""
        series = [(one.name, one.values) for one in chart.series]
        series += [(f"{panel.name} {one.name}".strip(), one.values) for panel in chart.panels for one in panel.series]
        columns = [
            Column(chart.unit and f"单位：{chart.unit}", 16),
            *(Column(name, 12, chart.places) for name, _ in series),
        ]
        rows = [(label, *(values[at] for _, values in series)) for at, label in enumerate(chart.labels)]
        self._table(name, Table(columns, rows, note=chart.note), chart.caption, trace)
        sheet = self.book.get_worksheet_by_name(name)
        kind = {"lines": "line", "panels": "line", "bars": "column", "rows": "bar"}[chart.form]
        made = self.book.add_chart({"type": kind})
        for at, (label, _) in enumerate(series, 1):
            spans = [[name, 3, column, 2 + len(rows), column] for column in (0, at)]
            line = {"color": "#222222", "dash_type": ("solid", "dash", "round_dot", "long_dash")[(at - 1) % 4]}
            made.add_series(
                {
                    "name": label,
                    "categories": spans[0],
                    "values": spans[1],
                    **({"line": line} if kind == "line" else {}),
                }
            )
        made.set_title({"name": chart.caption, "name_font": {"size": 11}})
        made.set_size({"width": 720, "height": 360})
        made.show_blanks_as("gap")
        sheet.insert_chart(2, len(columns) + 1, made)

    def _sources(self, trace: str) -> None:
        columns = [
            Column("工作表", 20),
            Column("单元格", 8),
            Column("数值", 14),
            Column("单位", 12),
            Column("出处", 60),
        ]
        rows = [(name, cell, figure.value, figure.unit, figure.ref) for name, cell, figure in self.sources]
        found, self.sources = rows, []
        note = "出处可用 tanheng explain 查看逐步计算。"
        self._table(SOURCES, Table(columns, found, note=note), "各数值的出处", trace)


def _names_at_left(table: Table) -> int:
    """How many columns stay in sight when a reader goes to the right: those before the first with figures."""
    first = next((at for at, column in enumerate(table.columns) if column.places is not None), 1)
    return max(1, min(first, _FROZEN))


def number_format(places: int) -> str:
    """The format of a number: thousands apart, so many places."""
    return "#,##0" + ("." + "0" * places if places else "")


def sum_formula(rows: Sequence[int], column: int) -> str:
    """The sum of a column over rows, or a dash where one of them holds no number: a gap is not counted as zero."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    letter = xl_col_to_name(column)
    told = ",".join(xl_range(low, column, high, column) for low, high in spans) or f"{letter}1"
    return f'=IF(COUNT({told})={len(rows)},SUM({told}),"—")'
