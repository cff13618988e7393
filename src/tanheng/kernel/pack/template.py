"""A workbook that we send out to be filled in: its columns, what is filled in beforehand, and its versions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from tanheng.kernel.pack.shape import Label, Shape, Titled

Fills = Literal["code", "name", "period", "carrier", "carrier_unit", "area", "words", ""]


class TemplateColumn(Shape):
    """One column: its heading, what is filled in beforehand, and what may be written into it.

    `fills` names what stands there when the workbook goes out; such a cell is protected unless `open`. `choices` are
    the words of a drop-down; a carrier or a unit has those of the packs before them, `words` those that the layout
    lists for the column of the same id, `area` those that get rows. `note` is shown when the cell is chosen.
    """

    id: str
    heading: str
    kind: Literal["text", "number", "date"] = "text"
    fills: Fills = ""
    open: bool = False
    choices: tuple[str, ...] = ()
    required: bool = False
    width: int = 14
    note: Label | None = None


class TemplateHead(Shape):
    """A line between title and headings: a label, and what is filled in behind it."""

    label: str
    fills: Fills


class TemplateVersion(Shape):
    """An earlier version that may still come back: the sheet and the headings that differ from the present ones.

    A heading that is None was not there yet; `gone` are headings that no present column takes up.
    """

    version: int
    sheet: str = ""
    headings: Mapping[str, str | None] = {}
    gone: tuple[str, ...] = ()


class Template(Titled):
    """A workbook of ours: the layout that reads it back, its sheet from the title down, and its earlier versions.

    `rows_for` says what has a row of its own beforehand: each facility, each facility and carrier, each carrier of one
    facility, or nothing; then come the `fixed_rows`, cell by cell, and `blank_rows` empty ones. For an `area` each
    fixed row comes once per area, with {area} and {period} filled in, every cell open. `title` may name {period} and
    {subject}; a hidden sheet says which template and version it is. `every` says how often it is filled in; a quarter's
    is about the year up to its end. `english` are its words for those who fill it in on an English page.
    """

    layout: str
    version: int = Field(ge=1)
    every: Literal["month", "quarter", "year"] = "month"
    sheet: str
    title: str
    notes: tuple[str, ...] = ()
    head: tuple[TemplateHead, ...] = ()
    columns: tuple[TemplateColumn, ...]
    rows_for: Literal["facility", "facility_and_carrier", "carrier", "area", ""] = ""
    fixed_rows: tuple[tuple[str, ...], ...] = ()
    carriers: tuple[str, ...] = ()
    blank_rows: int = Field(default=50, ge=0)
    earlier: tuple[TemplateVersion, ...] = ()
    english: Mapping[str, str] = {}

    @model_validator(mode="after")
    def _hangs_together(self) -> Template:
        ids = {column.id for column in self.columns}
        if len(ids) < len(self.columns):
            raise ValueError("a column stands twice")
        if unknown := sorted({id for version in self.earlier for id in version.headings} - ids):
            raise ValueError(f"earlier versions name columns that do not exist: {', '.join(unknown)}")
        if any(len(row) > len(self.columns) for row in self.fixed_rows):
            raise ValueError("a fixed row has more cells than there are columns")
        numbers = [version.version for version in self.earlier]
        if numbers != sorted(set(numbers)) or any(number >= self.version for number in numbers):
            raise ValueError("earlier versions are listed once each, in order, below the present one")
        return self

    @cached_property
    def header_row(self) -> int:
        """The row of the headings: below the title, the notes and the lines of the head."""
        return 2 + len(self.notes) + bool(self.head)

    def headings(self, version: int) -> Mapping[str, str]:
        """The headings of a version by column; a column that it did not have is left out.

        Refuses  KeyError: no such version.
        """
        present = {column.id: column.heading for column in self.columns}
        if version == self.version:
            return present
        found = {item.version: item for item in self.earlier}[version]
        changed = {**present, **found.headings}
        return {id: heading for id, heading in changed.items() if heading is not None}

    def sheet_of(self, version: int) -> str:
        """What the sheet of a version is called."""
        named = {item.version: item.sheet for item in self.earlier if item.sheet}
        return named[version] if version in named else self.sheet
