"""Finding the sheet, the row of headings and the column of each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import Layout
from tanheng.store.cell_values import folded, nearest, plain
from tanheng.store.sheets import Row
from tanheng.store.workbook_opening import OpenWorkbook

NEEDED = ("code", "period", "carrier", "unit", "value")
_SEARCHED_ROWS = 30


@dataclass(frozen=True)
class Headings:
    """Where a layout's fields stand in a sheet: the row of the headings and the column of each field."""

    row: int
    columns: Mapping[str, int]
    titles: Mapping[str, str]


def check_layout(layout: Layout) -> None:
    """Confirms that a layout names the columns without which no row can be read.

    Refuses  layout-incomplete: it leaves some out.
    """
    if missing := [field for field in NEEDED if field not in layout.columns]:
        raise Refusal("layout-incomplete", layout=layout.id, fields=", ".join(missing))


def find_sheet(book: OpenWorkbook, layout: Layout) -> tuple[str | None, list[Finding]]:
    """The sheet that the layout names, spaces and full-width letters aside; two of them are not chosen between."""
    names = book.sheets()
    found = [name for name in names if folded(name) == folded(layout.sheet)]
    if not found:
        fields = {"sheet": layout.sheet, "sheets": "、".join(names) or "-"}
        return None, [Finding("sheet-missing", f"{book.file}!{layout.sheet}", fields)]
    if len(found) > 1:
        fields = {"sheet": layout.sheet, "sheets": "、".join(f"“{name}”" for name in found)}
        return None, [Finding("sheet-twice", f"{book.file}!{layout.sheet}", fields)]
    return found[0], []


def fits_long_form(book: OpenWorkbook, layout: Layout) -> bool:
    """Whether a workbook has the sheet of a layout in long form, with every column that it needs."""
    sheet, _ = find_sheet(book, layout)
    if sheet is None:
        return False
    rows = book.rows(sheet, last=_SEARCHED_ROWS)
    return find_headings(rows, layout, book.file)[0] is not None


def find_headings(rows: Sequence[Row], layout: Layout, place: str) -> tuple[Headings | None, list[Finding]]:
    """The columns of the layout's fields, from the row that has most of them; the row it names wins a tie.

    Gives    None where a needed column is missing or stands twice; a heading row that has moved is a note.
    """
    best = max(rows[:_SEARCHED_ROWS], key=lambda row: _fit(row, layout), default=())
    if not best or not _matches(best, layout):
        best = rows[layout.header_row - 1] if len(rows) >= layout.header_row else ()
    findings = [*_missing(best, layout, place), *_doubled(best, layout, place)]
    if findings:
        return None, findings
    matches = _matches(best, layout)
    row = best[0].row
    if row != layout.header_row:
        fields = {"row": row, "expected": layout.header_row}
        findings.append(Finding("heading-row-moved", f"{place}!A{row}", fields, Severity.NOTE))
    titles = {field: plain(found[0][1]) for field, found in matches.items()}
    return Headings(row, {field: found[0][0] for field, found in matches.items()}, titles), findings


def _matches(row: Row, layout: Layout) -> dict[str, list[tuple[int, str]]]:
    """By field, the columns whose heading is one of its aliases, the preferred alias first."""
    found = dict[str, list[tuple[int, str]]]()
    for field, aliases in layout.columns.items():
        ranks = {folded(alias): rank for rank, alias in reversed(list(enumerate(aliases)))}
        cells = [(ranks[folded(cell.value)], cell) for cell in row if folded(cell.value) in ranks]
        if cells:
            best = min(rank for rank, _ in cells)
            found[field] = [(cell.column, str(cell.value)) for rank, cell in cells if rank == best]
    return found


def _fit(row: Row, layout: Layout) -> tuple[int, bool]:
    return len(_matches(row, layout)), bool(row) and row[0].row == layout.header_row


def _missing(row: Row, layout: Layout, place: str) -> list[Finding]:
    matches, titles = _matches(row, layout), [plain(cell.value) for cell in row]
    number = row[0].row if row else layout.header_row
    return [
        Finding("heading-missing", f"{place}!A{number}", {"heading": aliases[0], "nearest": _near(aliases, titles)})
        for field, aliases in layout.columns.items()
        if field in NEEDED and field not in matches
    ]


def _doubled(row: Row, layout: Layout, place: str) -> list[Finding]:
    addresses = {cell.column: cell.address for cell in row}
    doubled = [found for found in _matches(row, layout).values() if len(found) > 1]
    return [
        Finding(
            "heading-twice",
            f"{place}!{addresses[found[1][0]]}",
            {"heading": plain(found[0][1]), "first": addresses[found[0][0]], "second": addresses[found[1][0]]},
        )
        for found in doubled
    ]


def _near(aliases: Sequence[str], titles: Sequence[str]) -> str:
    near = [nearest(alias, titles) for alias in aliases]
    return next((text for text in near if text != "-"), "、".join(titles) or "-")
