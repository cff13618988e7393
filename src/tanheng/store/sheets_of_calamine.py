"""Sheets of .xlsx, .xls and .et: formulas by the results saved with them, merged cells, what is hidden."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import openpyxl
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from tanheng.kernel.faults import Refusal
from tanheng.store.sheets import Block, Sheet
from tanheng.store.xlsx_parts import (
    XlsxParts,
    bare_formulas_in,
    errors_in,
    hidden_columns_in,
    hidden_rows_in,
    indents_in,
    is_sparse,
    percents_in,
)

_TABLES = (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)


@dataclass(frozen=True)
class Limits:
    """How large a file may be: as it is, unpacked, and the rows and columns that are looked at."""

    file_mb: int = 50
    unpacked_mb: int = 500
    rows: int = 1_048_576
    columns: int = 256


@dataclass(frozen=True)
class CalamineSheets:
    """A workbook of either format, read by calamine."""

    file: str
    content: bytes
    limits: Limits

    @cached_property
    def _book(self) -> CalamineWorkbook:
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self.content))
        except PasswordError as error:
            raise Refusal("workbook-protected", file=self.file) from error

    @cached_property
    def _parts(self) -> XlsxParts | None:
        return XlsxParts(self.content) if self.content.startswith(b"PK") else None

    def names(self) -> list[str]:
        """The sheets in their order, charts left out."""
        return [sheet.name for sheet in self._book.sheets_metadata if sheet.typ in _TABLES]

    def sheet(self, name: str) -> Sheet:
        """The cells of a sheet.

        Refuses  workbook-is-picture: the sheet has no cell, and the workbook has pictures.
        """
        xml = self._parts.text(name) if self._parts else b""
        sheet = self._scattered(name) if xml and is_sparse(xml) else self._dense(name)
        if self._parts and not sheet.values and self._parts.has_pictures() and len(self.names()) == 1:
            raise Refusal("workbook-is-picture", file=self.file)
        if self._parts is None:
            return sheet
        return replace(
            sheet,
            errors=errors_in(xml),
            bare_formulas=bare_formulas_in(xml),
            percents=percents_in(xml, self._parts.percent_styles),
            indents=indents_in(xml, self._parts.indented_styles),
            hidden_rows=hidden_rows_in(xml),
            hidden_columns=hidden_columns_in(xml),
        )

    def _dense(self, name: str) -> Sheet:
        sheet = self._book.get_sheet_by_name(name)
        visible = next(item.visible for item in self._book.sheets_metadata if item.name == name)
        rows = list(self._values(sheet))
        return Sheet(self.file, name, rows, _blocks(sheet), visible=visible is SheetVisibleEnum.Visible)

    def _values(self, sheet: CalamineSheet) -> Iterator[list[Any]]:
        if sheet.start is None:
            return
        # rows come from the first one in use, columns too: the empty ones before them are put back
        top, left = sheet.start
        for _ in range(top):
            yield []
        before = [None] * left
        for row in sheet.to_python(skip_empty_area=True):
            yield before + [_number(value) for value in row[: self.limits.columns - left]]

    def _scattered(self, name: str) -> Sheet:
        """The slow way, for a sheet whose cells lie far apart."""
        rows = list[list[Any]]()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about drawings and validations, which are not read
            book = openpyxl.load_workbook(io.BytesIO(self.content), read_only=True, data_only=True)
            page: Any = book[name]
            page.reset_dimensions()  # a sheet states its own size, and some programs state it wrong
            for cells in page.iter_rows(max_col=self.limits.columns, max_row=self.limits.rows, values_only=True):
                rows.append(list(cells))
        while rows and not any(value is not None for value in rows[-1]):
            rows.pop()
        visible = next(item.visible for item in self._book.sheets_metadata if item.name == name)
        return Sheet(self.file, name, rows, visible=visible is SheetVisibleEnum.Visible)


def _number(value: Any) -> Any:
    """Whole numbers without a point, as their sender typed them; None for an empty cell."""
    if value.__class__ is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return None if value == "" else value


def _blocks(sheet: CalamineSheet) -> tuple[Block, ...]:
    merged = sheet.merged_cell_ranges or []
    return tuple(
        Block(min(top, bottom) + 1, min(left, right) + 1, max(top, bottom) + 1, max(left, right) + 1)
        for (top, left), (bottom, right) in merged
    )
