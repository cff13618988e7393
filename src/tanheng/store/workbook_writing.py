"""Workbooks as a sender would fill them in, made from rows: for the demo, for templates and for tests."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from tanheng.kernel.pack import Layout
from tanheng.store.atomic import replacing
from tanheng.store.cell_values import folded

# a made-up moment: with the real one, the same rows would give another file, and another hash, every time
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook's own time has no zone)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def write_workbook(
    path: Path, layout: Layout, rows: Sequence[Mapping[str, str]], title: str, *, note: str = ""
) -> None:
    """Writes rows, keyed by heading, under the title and headings where the layout expects them.

    Gives    the same bytes for the same rows. Values that are numbers are written as numbers; a text that begins like
             a formula stays text.
    """
    with replacing(path) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": title, "created": _MADE})
        sheet = book.add_worksheet(layout.sheet)
        bold = book.add_format({"bold": True})
        if layout.header_row > 1:
            sheet.write_string(0, 0, title, bold)
        if layout.header_row > 2 and note:
            sheet.write_string(1, 0, note)
        _write_rows(sheet, layout, rows, bold)
        book.close()


def _write_rows(
    sheet: xlsxwriter.worksheet.Worksheet, layout: Layout, rows: Sequence[Mapping[str, str]], bold: object
) -> None:
    headings = list(rows[0]) if rows else [aliases[0] for aliases in layout.columns.values()]
    values = {folded(alias) for alias in layout.columns["value"]}
    for column, heading in enumerate(headings):
        sheet.write_string(layout.header_row - 1, column, heading, bold)
        sheet.set_column(column, column, max(10, min(24, 2 * len(heading) + 4)))
    sheet.freeze_panes(layout.header_row, 0)
    for number, row in enumerate(rows, layout.header_row):
        for column, heading in enumerate(headings):
            text = row[heading]
            if text and folded(heading) in values and _NUMBER.fullmatch(text):
                sheet.write_number(number, column, float(text))
            elif text:
                sheet.write_string(number, column, text)
