"""A sheet of a sent workbook as a table: its cells, those with findings marked, the messages beside. Reads only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from openpyxl.utils import get_column_letter

from tanheng.records.site_files import blobs
from tanheng.store.sheets import Sheet
from tanheng.store.workbook_opening import open_workbook
from tanheng.web.facts.models import BatchFile, FileFinding

ROWS_AT_ONCE = 40
_MOST_COLUMNS = 40
_LONGEST = 80
_HIDDEN = "***"
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?")
MARKS = ("blocker", "warning", "note")


@dataclass(frozen=True)
class GridCell:
    """A cell as it is drawn: its address and text, the gravest of its findings, and what they say."""

    address: str
    text: str
    mark: str = ""
    said: str = ""


@dataclass(frozen=True)
class GridLine:
    """A row of the sheet with the findings that stand in it; `mark` is that of findings about the whole row."""

    number: int
    cells: Sequence[GridCell]
    findings: Sequence[FileFinding]
    mark: str = ""


@dataclass(frozen=True)
class SheetGrid:
    """One page of a sheet: where it begins, where others begin, and the findings that are about no row."""

    name: str
    columns: Sequence[str]
    lines: Sequence[GridLine]
    first: int
    last: int
    total: int
    before: int | None
    after: int | None
    next_marked: int | None
    cut: bool


def sheet_grid(file: BatchFile, sheet: str, first: int, lang: str) -> SheetGrid:
    """The rows of a sheet from the page on which `first` stands; 0 asks for the page of the first problem."""
    content = _sheet(file.digest, file.name, sheet)
    total, width = len(content.values), min(content.width, _MOST_COLUMNS)
    marked = file.findings.filter(sheet=sheet, row__isnull=False)
    if not first:
        first = marked.order_by("weight", "row").values_list("row", flat=True).first() or 1
    start = (min(max(first, 1), max(total, 1)) - 1) // ROWS_AT_ONCE * ROWS_AT_ONCE + 1
    end = min(start + ROWS_AT_ONCE - 1, total)
    found = list(marked.filter(row__gte=start, row__lte=end).order_by("row", "column", "weight"))
    later = marked.filter(row__gt=end).order_by("row").values_list("row", flat=True).first()
    by_row: dict[int, list[FileFinding]] = {}
    for item in found:
        by_row.setdefault(item.row or 0, []).append(item)
    lines = [
        _line(content, number, width, by_row[number] if number in by_row else (), file.confidential, lang)
        for number in range(start, end + 1)
    ]
    return SheetGrid(
        name=sheet,
        columns=[get_column_letter(column) for column in range(1, width + 1)],
        lines=lines,
        first=start,
        last=end,
        total=total,
        before=start - ROWS_AT_ONCE if start > 1 else None,
        after=end + 1 if end < total else None,
        next_marked=later,
        cut=content.width > width,
    )


@lru_cache(maxsize=8)
def _sheet(digest: str, name: str, sheet: str) -> Sheet:
    """Paging through a large sheet opens it once; a content never changes under its hash."""
    with open_workbook(blobs().path(digest), name=name) as book:
        return book.sheet(sheet)


def _line(sheet: Sheet, number: int, width: int, found: Sequence[FileFinding], hidden: bool, lang: str) -> GridLine:
    by_column: dict[int, list[FileFinding]] = {}
    for item in found:
        by_column.setdefault(item.column or 0, []).append(item)
    cells = [
        _cell(sheet, number, column, by_column[column] if column in by_column else (), hidden, lang)
        for column in range(1, width + 1)
    ]
    return GridLine(number, cells, found, _mark(by_column[0]) if 0 in by_column else "")


def _cell(sheet: Sheet, row: int, column: int, found: Sequence[FileFinding], hidden: bool, lang: str) -> GridCell:
    address = f"{get_column_letter(column)}{row}"
    text = masked_text(sheet, row, column, hidden=hidden)
    return GridCell(address, text[:_LONGEST], _mark(found), " ".join(item.finding["message"][lang] for item in found))


def masked_text(sheet: Sheet, row: int, column: int, *, hidden: bool) -> str:
    """What a cell holds; a mark for every number of a sheet of confidential returns."""
    text = cell_text(sheet.cell(row, column).value)
    return _HIDDEN if hidden and _NUMBER.fullmatch(text) else text


def _mark(found: Iterable[FileFinding]) -> str:
    weights = [item.weight for item in found]
    return MARKS[min(weights)] if weights else ""


def cell_text(value: Any) -> str:
    """What a cell holds, as text."""
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return "" if value is None else str(value)


def findings_by_sheet(file: BatchFile) -> Mapping[str, Mapping[int, int]]:
    """How many findings of each weight stand in each sheet."""
    counted: dict[str, dict[int, int]] = {}
    for sheet, weight in file.findings.values_list("sheet", "weight"):
        of_sheet = counted.setdefault(sheet, {})
        of_sheet[weight] = of_sheet[weight] + 1 if weight in of_sheet else 1
    return counted
