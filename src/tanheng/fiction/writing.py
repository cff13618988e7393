"""Sheets as the files that senders send: .xlsx, .xls as an old program writes it, CSV in GBK."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import xlsxwriter

from tanheng.fiction.sheet import Cell, Formula, Sheet
from tanheng.kernel.faults import Refusal

# a made-up moment: with the real one, the same rows would give other bytes every time
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook's own time has no zone)


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Writes a sheet to a file of the kind that its ending names; the same sheet gives the same bytes.

    Refuses  program-missing: .xls is asked for and its writer is not installed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _WRITERS[path.suffix](sheet, path)


def _write_xlsx(sheet: Sheet, path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": _MADE})
    page = book.add_worksheet(sheet.name)
    for row, cells in enumerate(sheet.cells):
        for column, cell in enumerate(cells):
            _put(page, row, column, cell)
    centred = book.add_format({"align": "center", "valign": "vcenter", "bold": True})
    for top, left, bottom, right in sheet.merged:
        text = sheet.cells[top][left]
        page.merge_range(top, left, bottom, right, text if isinstance(text, str) else "", centred)
    book.close()


def _put(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell)
    elif isinstance(cell, Formula):
        page.write_formula(row, column, cell.text, None, float(cell.value))
    elif cell is not None:
        page.write_number(row, column, float(cell))


def _write_xls(sheet: Sheet, path: Path) -> None:
    try:
        import xlwt
    except ImportError as error:
        raise Refusal("program-missing", program="xlwt", extra="fiction") from error
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
    for row, cells in enumerate(sheet.cells):
        for column, cell in enumerate(cells):
            value = _plain(cell)
            if value is not None:
                page.write(row, column, value)
    for top, left, bottom, right in sheet.merged:
        page.merge(top, bottom, left, right)
    book.save(str(path))


def _plain(cell: Cell) -> str | float | None:
    """A cell without its formula: what the old writer has no saved value for is written as the value."""
    if isinstance(cell, Formula):
        return float(cell.value)
    return float(cell) if isinstance(cell, int | Decimal) else cell


def _write_csv(sheet: Sheet, path: Path) -> None:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    width = max(len(cells) for cells in sheet.cells)
    for cells in sheet.cells:
        values = [cell.value if isinstance(cell, Formula) else cell for cell in cells]
        writer.writerow(["" if value is None else value for value in values] + [""] * (width - len(values)))
    path.write_bytes(text.getvalue().encode("gbk"))


_WRITERS: Mapping[str, Callable[[Sheet, Path], None]] = {".xlsx": _write_xlsx, ".xls": _write_xls, ".csv": _write_csv}
