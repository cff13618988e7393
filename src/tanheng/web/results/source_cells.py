"""A cell of a workbook that was imported, in its grid. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from tanheng.kernel.faults import Refusal
from tanheng.records.disclosing import check_source
from tanheng.records.models import Observation
from tanheng.records.site_files import blobs
from tanheng.store.sheets import Sheet
from tanheng.store.workbook_opening import open_workbook
from tanheng.web.results.links import SourceCell

_AROUND, _HEADER_ROWS, _MOST_COLUMNS = 6, 3, 26


@dataclass(frozen=True)
class GridRow:
    """A row of the sheet; `skipped` counts the rows left out before it."""

    number: int
    cells: Sequence[tuple[str, bool]]
    is_header: bool
    is_here: bool
    skipped: int


@dataclass(frozen=True)
class SourceCellPage:
    """A cell with the rows around it and the rows that head the sheet."""

    file: str
    digest: str
    sheet: str
    cell: str
    text: str
    columns: Sequence[str]
    rows: Sequence[GridRow]
    published: Sequence[str]

    @property
    def width(self) -> int:
        """The number of columns of the table on the page."""
        return len(self.columns) + 1


def source_cell_page(digest: str, sheet: str, cell: str) -> SourceCellPage:
    """A cell that an observation names as its source.

    Refuses  source-cell-not-found: no observation came from there, or the workbook has no such sheet or cell;
             source-withheld: it holds confidential returns.
    """
    check_source(digest)
    stated = _stated(digest, sheet, cell)
    source = SourceCell.parse(stated[0].source)
    worksheet = _worksheet(source.file, digest, sheet, cell)
    column, row = _coordinates(digest, sheet, cell)
    return SourceCellPage(
        file=source.file,
        digest=digest,
        sheet=sheet,
        cell=cell,
        text=_text(worksheet, row, column),
        columns=[get_column_letter(index) for index in _columns(worksheet, column)],
        rows=_rows(worksheet, row, column),
        published=sorted({item.published.isoformat() for item in stated}),
    )


def workbook_content(digest: str) -> tuple[str, bytes]:
    """The name and the content of an imported workbook.

    Refuses  source-cell-not-found: nothing was imported from such a file; source-withheld: it holds confidential
             returns; blob-not-found, blob-damaged.
    """
    check_source(digest)
    first = Observation.objects.filter(source__startswith=f"{digest}/").first()
    if first is None:
        raise Refusal("source-cell-not-found", cell="-", sheet="-", digest=digest)
    return SourceCell.parse(first.source).file, blobs().get(digest)


def _stated(digest: str, sheet: str, cell: str) -> Sequence[Observation]:
    """The observations that came from the cell: a file is shown only through what was recorded from it."""
    places = Observation.objects.filter(source__startswith=f"{digest}/", source__endswith=f"!{sheet}!{cell}")
    found = list(places.order_by("event_id", "row")[:20])
    if not found:
        raise Refusal("source-cell-not-found", cell=cell, sheet=sheet, digest=digest)
    return found


def _worksheet(file: str, digest: str, sheet: str, cell: str) -> Sheet:
    """The sheet as it was read when it was imported, whatever kind of file it stands in."""
    with open_workbook(blobs().path(digest), name=file) as book:
        if sheet not in book.sheets():
            raise Refusal("source-cell-not-found", cell=cell, sheet=sheet, digest=digest)
        return book.sheet(sheet)


def _coordinates(digest: str, sheet: str, cell: str) -> tuple[int, int]:
    try:
        letters, row = coordinate_from_string(cell)
        return column_index_from_string(letters), row
    except (CellCoordinatesException, ValueError) as error:
        raise Refusal("source-cell-not-found", cell=cell, sheet=sheet, digest=digest) from error


def _columns(worksheet: Sheet, column: int) -> range:
    """The columns shown: all of a narrow sheet, of a wide one those around the cell."""
    last = max(_widest(worksheet), column)
    first = max(1, min(column - _MOST_COLUMNS // 2, last - _MOST_COLUMNS + 1))
    return range(first, min(last, first + _MOST_COLUMNS - 1) + 1)


def _rows(worksheet: Sheet, row: int, column: int) -> Sequence[GridRow]:
    head = range(1, min(_HEADER_ROWS, len(worksheet.values)) + 1)
    around = range(max(1, row - _AROUND), min(max(len(worksheet.values), row), row + _AROUND) + 1)
    shown: list[GridRow] = []
    before = 0
    for number in sorted({*head, *around}):
        cells = [
            (_text(worksheet, number, index), (number, index) == (row, column)) for index in _columns(worksheet, column)
        ]
        shown.append(GridRow(number, cells, number in head, number == row, number - before - 1))
        before = number
    return shown


def _widest(worksheet: Sheet) -> int:
    return max(map(len, worksheet.values), default=1)


def _text(worksheet: Sheet, row: int, column: int) -> str:
    value = worksheet.cell(row, column).value
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
