"""Workbooks of plain tables that people read, fill in and send back: the one writer of them.

A sheet whose columns are all fixed is a table to read. One with open columns is locked without a password everywhere
else, and has some open rows below it for what nobody foresaw. Text is never a formula, numbers stay numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from tanheng.store.atomic import replacing
from tanheng.store.plain_text import inert

LONGEST_CELL = 32_000
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same tables give the same file)
_SPARE_ROWS = 50
_PAPER_A3 = 8
_NUMBER = "#,##0.######"
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#E8EEF4"},
    "fixed": {"text_wrap": True, "valign": "top", "border": 1},
    "open": {"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#FFFBE6", "locked": False},
    "spare": {"text_wrap": True, "valign": "top", "locked": False},
}


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its headings, its rows, the width of each column; `open` columns are to be filled in.

    `choices` are lists that a column offers; `title` stands above the headings; `kept` is how many of the first columns
    stay in sight beside the headings. A hidden sheet is for the program that reads the workbook again.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str | Decimal]]
    widths: Sequence[int]
    open: Sequence[str] = ()
    choices: Sequence[tuple[str, Sequence[str]]] = ()
    title: str = ""
    hidden: bool = False
    kept: int = 0

    @property
    def top(self) -> int:
        """The row of the headings."""
        return 1 if self.title else 0

    @property
    def first(self) -> int:
        """The first row below the headings."""
        return self.top + 1

    @property
    def end(self) -> int:
        """The row behind the last one that is written."""
        return self.first + len(self.rows)


def write_sheets(path: Path, sheets: Sequence[Sheet], title: str) -> None:
    """Writes a workbook, whole or not at all; the same sheets give the same bytes."""
    with replacing(path) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": title[:200], "created": _MADE})
        formats = {look: book.add_format(dict(fields)) for look, fields in _LOOKS.items()}
        for look in ("fixed", "open"):
            formats[f"{look}_number"] = book.add_format({**_LOOKS[look], "num_format": _NUMBER})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, formats)
        book.close()


def _write(made: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    if sheet.title:
        made.write_string(0, 0, inert(sheet.title), formats["title"])
    for column, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        made.set_column(column, column, width)
        made.write_string(sheet.top, column, inert(heading), formats["head"])
    for row, cells in enumerate(sheet.rows, sheet.first):
        for column, cell in enumerate(cells):
            look = "open" if sheet.headings[column] in sheet.open else "fixed"
            _cell(made, row, column, cell, look, formats)
    made.freeze_panes(sheet.first, sheet.kept)
    if sheet.open:
        _fill_in(made, sheet, formats["spare"])
    if sheet.hidden:
        made.very_hidden()
    _print_set_up(made, sheet)


def _cell(made: Any, row: int, column: int, cell: str | Decimal, look: str, formats: Mapping[str, Any]) -> None:
    if isinstance(cell, Decimal):
        made.write_number(row, column, float(cell), formats[f"{look}_number"])
    elif cell:
        made.write_string(row, column, inert(cell)[:LONGEST_CELL], formats[look])
    else:
        made.write_blank(row, column, None, formats[look])


def _fill_in(made: Any, sheet: Sheet, spare: Any) -> None:
    """Locks what was sent, leaves rows below open, and offers the choices in both."""
    last = sheet.end + _SPARE_ROWS - 1
    for row in range(sheet.end, last + 1):
        for column in range(len(sheet.headings)):
            made.write_blank(row, column, None, spare)
    for heading, choices in sheet.choices:
        column = sheet.headings.index(heading)
        offer = {"validate": "list", "source": list(choices), "error_type": "warning"}
        made.data_validation(sheet.first, column, last, column, offer)
    made.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True, "sort": True})


def _print_set_up(made: Any, sheet: Sheet) -> None:
    made.set_landscape()
    made.set_paper(_PAPER_A3)
    made.fit_to_pages(1, 0)
    made.repeat_rows(sheet.top)
    made.print_area(0, 0, max(sheet.end - 1, sheet.top), len(sheet.headings) - 1)
