"""A source cell with its surroundings, for the page that shows where a number was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl.utils import column_index_from_string, get_column_letter

from tanheng.kernel.faults import Refusal
from tanheng.store.sheets import Row
from tanheng.store.workbook_opening import Limits, open_workbook

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class CellContext:
    """A grid of cells as text: column letters, row numbers, and under each row number its cells, empty ones as ""."""

    sheet: str
    cell: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def value(self) -> str:
        """What stands in the cell itself."""
        letters, number = _split(self.cell)
        return dict(self.rows)[number][self.columns.index(letters)]


def read_cell_context(
    path: Path, sheet: str, cell: str, around: int = 4, *, header_row: int | None = None, name: str | None = None
) -> CellContext:
    """The rows around a cell, from the first column to the last one in use near it, headings on top where named.

    Refuses  as `open_workbook`; sheet-missing: no such sheet; cell-unreadable: no address such as F12.
    """
    letters, number = _split(cell)
    with open_workbook(path, name=name) as book:
        sheets = book.sheets()
        if sheet not in sheets:
            raise Refusal("sheet-missing", sheet=sheet, sheets="、".join(sheets))
        rows = book.rows(sheet, last=number + around)
    numbers = [header_row] if header_row and header_row < number - around else []
    numbers += range(max(1, number - around), max(number, min(number + around, len(rows))) + 1)
    shown = {at: rows[at - 1] if at <= len(rows) else () for at in numbers}
    used = [found.column for row in shown.values() for found in row]
    width = min(max([*used, column_index_from_string(letters)]), Limits().columns)
    grid = tuple((at, _texts(row, width)) for at, row in shown.items())
    return CellContext(sheet, cell, tuple(get_column_letter(column) for column in range(1, width + 1)), grid)


def _split(cell: str) -> tuple[str, int]:
    found = _ADDRESS.fullmatch(cell)
    if not found or column_index_from_string(found[1]) > Limits().columns:
        raise Refusal("cell-unreadable", cell=cell)
    return found[1], int(found[2])


def _texts(row: Row, width: int) -> tuple[str, ...]:
    texts = {found.column: _text(found.value) for found in row}
    return tuple(texts.get(column, "") for column in range(1, width + 1))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
