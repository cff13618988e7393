"""A cell of a workbook that was imported, in its grid. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.records.disclosing import check_source
from tanheng.records.models import Observation
from tanheng.records.site_files import blobs
from tanheng.store.sheets import Sheet
from tanheng.store.workbook_opening import open_workbook
from tanheng.web.directory.scope import Scope
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
    stated: Sequence[str] = ()
    is_whole: bool = False

    @property
    def width(self) -> int:
        """The number of columns of the table on the page."""
        return len(self.columns) + 1


def source_cell_page(digest: str, sheet: str, cell: str, *, scope: Scope) -> SourceCellPage:
    """A cell that an observation names as its source; its neighbours for whoever sees all that the file is about.

    Refuses  source-cell-not-found: no observation came from there, the workbook has no such sheet or cell, or what it
             is about is out of reach;
             source-withheld: it holds confidential returns.
    """
    stated = _stated(digest, sheet, cell)
    if not all(scope.sees(item.subject, Period(item.period_start, item.period_end)) for item in stated):
        raise _not_found(digest, sheet, cell)
    check_source(digest)
    source = SourceCell.parse(stated[0].source)
    worksheet = _worksheet(source.file, digest, sheet, cell)
    column, row = _coordinates(digest, sheet, cell)
    whole = _sees_whole(digest, scope)
    shown = _columns(worksheet, column) if whole else range(column, column + 1)
    return SourceCellPage(
        file=source.file,
        digest=digest,
        sheet=sheet,
        cell=cell,
        text=_text(worksheet, row, column),
        columns=[get_column_letter(index) for index in shown],
        rows=_rows(worksheet, row, column)
        if whole
        else [GridRow(row, [(_text(worksheet, row, column), True)], False, True, 0)],
        published=sorted({item.published.isoformat() for item in stated}),
        stated=sorted({item.key_hash for item in stated}),
        is_whole=whole,
    )


def workbook_content(digest: str, *, scope: Scope) -> tuple[str, bytes]:
    """The name and the content of an imported workbook, for whoever sees all that it is about.

    Refuses  source-cell-not-found: nothing was imported from such a file, or not all of it is in reach;
             source-withheld: it holds confidential returns; blob-not-found, blob-damaged.
    """
    first = Observation.objects.filter(source__startswith=f"{digest}/").first()
    if first is None or not _sees_whole(digest, scope):
        raise _not_found(digest, "-", "-")
    check_source(digest)
    return SourceCell.parse(first.source).file, blobs().get(digest)


def _sees_whole(digest: str, scope: Scope) -> bool:
    """Whether everything that was recorded from a file is in reach; a file that names others may be read by none."""
    if scope.sees_all:
        return True
    stated = Observation.objects.filter(source__startswith=f"{digest}/")
    subjects = stated.order_by("subject").values_list("subject", flat=True).distinct()
    return all(scope.sees(subject) for subject in subjects)


def _not_found(digest: str, sheet: str, cell: str) -> Refusal:
    return Refusal("source-cell-not-found", cell=cell, sheet=sheet, digest=digest)


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
