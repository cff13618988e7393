"""A workbook of ours that came back: which template and version it is, and every cell that was filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet, Template
from tanheng.store.cell_values import folded, number_in
from tanheng.store.sheets import Sheet
from tanheng.store.template_writing import MARK_SHEET
from tanheng.store.workbook_opening import Limits, OpenWorkbook, open_workbook

Value = str | Decimal | date
_SEARCHED_ROWS = 30


@dataclass(frozen=True)
class FilledRow:
    """One row that came back: what stands in each filled cell, by column, and where."""

    values: Mapping[str, Value]
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Filled:
    """A template that came back: its id, its version, whether the mark said so, and its rows."""

    template: str
    version: int
    marked: bool
    rows: tuple[FilledRow, ...]


def template_mark(book: OpenWorkbook) -> tuple[str, int] | None:
    """The template and version that the hidden sheet of a workbook names; None where it has none."""
    if MARK_SHEET not in book.sheets():
        return None
    values = {str(row[0]): str(row[1]) for row in book.sheet(MARK_SHEET).values if len(row) > 1}
    if "template" not in values or not values.get("version", "").isdecimal():
        return None
    return values["template"], int(values["version"])


def read_filled(path: Path, template: Template, *, limits: Limits | None = None) -> Filled:
    """Everything that was filled into a template, of whichever version, without loss.

    Gives    text as it was written, line breaks too; numbers as the decimals that were typed; dates.
    Refuses  workbook-…: the file cannot be read; template-not-this: it is another template, or has none of the
             headings; template-version-unknown: it is of a version that is not listed.
    """
    with open_workbook(path, limits=limits) as book:
        mark = template_mark(book)
        if mark is not None and mark[0] != template.id:
            raise Refusal("template-not-this", file=path.name, template=template.id, found=mark[0])
        versions = [mark[1]] if mark else [template.version, *(item.version for item in reversed(template.earlier))]
        known = {template.version, *(item.version for item in template.earlier)}
        if unknown := [version for version in versions if version not in known]:
            listed = ", ".join(map(str, sorted(known)))
            raise Refusal("template-version-unknown", file=path.name, version=unknown[0], known=listed)
        for version in versions:
            if (found := _rows(book, template, version)) is not None:
                return Filled(template.id, version, mark is not None, tuple(found))
    raise Refusal("template-not-this", file=path.name, template=template.id, found="-")


def template_of(path: Path, pack_set: PackSet) -> Template | None:
    """The template of ours that a workbook was made from; None where it bears no mark of a known one.

    Refuses  workbook-…: the file cannot be read.
    """
    with open_workbook(path) as book:
        mark = template_mark(book)
    return next((item for item in pack_set.all(Template) if mark and item.id == mark[0]), None)


def _rows(book: OpenWorkbook, template: Template, version: int) -> list[FilledRow] | None:
    """The rows under the headings of a version; None where the sheet or one of its headings is not there."""
    names = [name for name in book.sheets() if folded(name) == folded(template.sheet_of(version))]
    if not names:
        return None
    sheet, headings = book.sheet(names[0]), template.headings(version)
    for number in range(1, min(_SEARCHED_ROWS, len(sheet.values)) + 1):
        if (columns := _columns(sheet.values[number - 1], headings)) is not None:
            return _filled_rows(sheet, number, columns, template)
    return None


def _columns(row: Sequence[object], headings: Mapping[str, str]) -> dict[str, int] | None:
    at = {folded(str(text)): place for place, text in enumerate(row, 1) if text is not None}
    if not all(folded(heading) in at for heading in headings.values()):
        return None
    return {id: at[folded(heading)] for id, heading in headings.items()}


def _filled_rows(sheet: Sheet, header: int, columns: Mapping[str, int], template: Template) -> list[FilledRow]:
    kinds = {column.id: column.kind for column in template.columns}
    found = []
    for number in range(header + 1, len(sheet.values) + 1):
        places = {id: (number, column) for id, column in columns.items() if sheet.value(number, column) is not None}
        values = {id: _value(sheet, place, kinds[id]) for id, place in places.items()}
        if values:
            found.append(FilledRow(values, {id: sheet.at(*place) for id, place in places.items()}))
    return found


def _value(sheet: Sheet, place: tuple[int, int], kind: str) -> Value:
    """A number column gives a decimal where a number was typed, as a number or as text; anything else is text."""
    cell = sheet.cell(*place)
    if isinstance(cell.value, date):
        return cell.value
    if kind == "number" or not isinstance(cell.value, str):
        try:
            return number_in(cell)[0]
        except ValueError:
            return str(cell.value)
    return cell.value
