"""Rows that are kept as they stand: tasks, self-checks, opinions, lists of units, logbooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack import LayoutColumn
from tanheng.kernel.period import Period
from tanheng.store.cell_values import NotFinite, number_in, plain
from tanheng.store.layout_place import SheetPlace
from tanheng.store.layout_rows import BodyRow, columns_reading
from tanheng.store.sheets import address

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class RegisterValue:
    """One field of a row: what was written, as what it is, and the cell where it stands."""

    value: str | Decimal | date
    cell: str


@dataclass(frozen=True)
class RegisterRow:
    """A row of a register with the fields its sender filled in; an empty cell has no field."""

    kind: str
    layout: str
    place: str
    subject: str | None
    period: Period | None
    fields: Mapping[str, RegisterValue]


@dataclass(frozen=True)
class Registering:
    """Keeps the rows of a sheet; a field that is no number or date is kept as its text, with a warning."""

    place: SheetPlace
    kind: str
    period: Period | None

    def row(self, row: BodyRow, subject: str | None) -> RegisterRow | None:
        """One row; None where nothing stands in any of the layout's columns."""
        found = [(column, self._value(row, column, number)) for column, number in columns_reading(self.place, *_KEPT)]
        fields = {column.id: value for column, value in found if value is not None}
        if not fields:
            return None
        where = f"{self.place.sheet.place}!{row.number}"
        return RegisterRow(self.kind, self.place.profile.id, where, subject, self.period, fields)

    def _value(self, row: BodyRow, column: LayoutColumn, number: int) -> RegisterValue | None:
        sheet, place = self.place.sheet, (row.number, number)
        place = sheet.anchors[place] if place in sheet.anchors else place
        cell = sheet.cell(*place)
        if cell.is_empty:
            if place in sheet.bare_formulas and column.reads in _WORDS:  # looks empty; of figures it is said elsewhere
                self.place.findings.append(Finding("formula-without-value", sheet.at(*place)))
            return None
        written = cell.value
        kept = column.kept_as or _usual(column)
        try:
            value = _as(kept, cell, percent=place in sheet.percents)
        except (ValueError, NotFinite):
            fields = {"text": plain(written)[:40]}
            self.place.findings.append(Finding("number-expected", sheet.at(*place), fields, Severity.WARNING))
            value = str(written)
        return RegisterValue(value, address(*place))


def _usual(column: LayoutColumn) -> str:
    if column.reads in _WORDS:
        return "text"
    return "percent" if column.unit == "%" else "number"


_WORDS = ("subject_code", "subject_name", "label", "row_code", "unit", "period", "text")
_KEPT = (*_WORDS, "value", "growth", "sum", "quotient", "listed")


def _as(kind: str, cell: Any, *, percent: bool) -> str | Decimal | date:
    if kind == "text" or cell.kind == "e":
        return cell.value.isoformat() if isinstance(cell.value, date) else str(cell.value)
    if kind == "date":
        return _date(cell.value)
    text = str(cell.value).strip()
    if kind == "percent" and text.endswith(("%", "％")):
        return number_in(cell._replace(value=text[:-1]))[0]
    number = number_in(cell)[0]
    return number * _HUNDRED if kind == "percent" and percent else number


def _date(value: Any) -> date | str:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)
