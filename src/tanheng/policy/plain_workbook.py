"""Workbooks of plain tables: a sheet for each, headings frozen, nothing that a spreadsheet would compute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from tanheng.policy.review_columns import LONGEST_CELL
from tanheng.store.atomic import replacing
from tanheng.store.plain_text import inert

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same tables give the same file)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its headings, its rows, the width of each column; `open` columns are to be filled in.

    `choices` are lists that a column offers; `title` stands above the headings.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str | Decimal]]
    widths: Sequence[int]
    open: Sequence[str] = ()
    choices: Sequence[tuple[str, Sequence[str]]] = ()
    title: str = ""
    hidden: bool = False


def write_sheets(path: Path, sheets: Sequence[Sheet], title: str) -> None:
    """Writes a workbook, whole or not at all; the same sheets give the same bytes."""
    with replacing(path) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": title[:200], "created": _MADE})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#E8EEF4"}),
            "fixed": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
            "open": book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#FFFBE6"}),
        }
        for sheet in sheets:
            _write(book, sheet, formats)
        book.close()


def _write(book: Any, sheet: Sheet, formats: Any) -> None:
    made, top = book.add_worksheet(sheet.name), 1 if sheet.title else 0
    if sheet.title:
        made.write_string(0, 0, sheet.title, formats["title"])
    for column, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        made.set_column(column, column, width)
        made.write_string(top, column, heading, formats["head"])
    made.freeze_panes(top + 1, 0)
    for row, cells in enumerate(sheet.rows, top + 1):
        for column, cell in enumerate(cells):
            style = formats["open" if sheet.headings[column] in sheet.open else "fixed"]
            if isinstance(cell, Decimal):
                made.write_number(row, column, float(cell), style)
            else:
                made.write_string(row, column, inert(cell)[:LONGEST_CELL], style)
    for heading, choices in sheet.choices:
        place = sheet.headings.index(heading)
        last = max(top + len(sheet.rows), top + 1)
        made.data_validation(top + 1, place, last + 50, place, {"validate": "list", "source": list(choices)})
    if sheet.hidden:
        made.very_hidden()
