"""The rows under the headings: which are figures, which are totals or part of another, which are only words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from tanheng.kernel.pack import KnownRow, LayoutColumn
from tanheng.store.cell_values import folded, plain
from tanheng.store.layout_headings import is_ordinal_row
from tanheng.store.layout_place import SheetPlace
from tanheng.store.layout_text import heading, indent_of, without_numbering

Role = Literal["value", "total", "subtotal", "of_which", "text", "skipped"]
_OF_WHICH_WIDTH = 6
_FIGURES = {"value", "growth", "sum", "quotient", "listed"}


@dataclass
class BodyRow:
    """A row of the body: its label as written and as compared, its part in the whole, and the rows it is made of."""

    number: int
    label: str
    name: str
    role: Role = "value"
    level: int = 0
    known: KnownRow | None = None
    parts: list[BodyRow] = field(default_factory=list)
    named_parts: list[BodyRow] = field(default_factory=list)


@dataclass(frozen=True)
class Body:
    """Reads the rows of a sheet that was understood as far as its headings."""

    place: SheetPlace

    @cached_property
    def label_column(self) -> int:
        """The column whose text says what a row is."""
        columns = self.place.head.columns
        for kind in ("label", "subject_name", "subject_code"):
            for column in self.place.profile.columns:
                if column.reads == kind and column.id in columns:
                    return columns[column.id]
        return 1

    def rows(self) -> list[BodyRow]:
        """The rows with data in their order, totals and parts joined to each other."""
        rows = list(self._found())
        if self.place.profile.rows.form == "tree":
            _as_tree(rows)
        else:
            self._as_groups(rows)
        self._by_name(rows)
        return rows

    def _found(self) -> Iterator[BodyRow]:
        sheet, head = self.place.sheet, self.place.head
        start = head.last + 1
        for number in range(start, len(sheet.values) + 1):
            values = sheet.values[number - 1]
            if not any(value is not None and str(value).strip() for value in values) and not self._has_marked(number):
                continue
            if number <= start + 1 and is_ordinal_row(sheet, number):
                continue
            row = self._row(number)
            if row is not None:
                yield row

    def _has_marked(self, number: int) -> bool:
        return any(row == number for row, _ in self.place.sheet.errors) or any(
            row == number for row, _ in self.place.sheet.bare_formulas
        )

    def _row(self, number: int) -> BodyRow | None:
        first = self._first_text(number)
        label = self._label(number) or first
        name, of_which = without_numbering(label)
        # what is aligned behind 其中： is no deeper than the row that has it
        row = BodyRow(number, label, name, level=indent_of(label) + (_OF_WHICH_WIDTH if of_which and name else 0))
        row.known = self._known(name, plain(label))
        if self._is_headings_again(number) or self._is_footnote(first, number):
            return None
        row.role = self._role(row, of_which)
        if row.role == "value" and not self._has_figures(number) and not self.place.profile.kept_in and not row.known:
            # 其中： in a row of its own is said of the rows that follow
            row.role = "of_which" if of_which and not name else "skipped"
        return row

    def _role(self, row: BodyRow, of_which: bool) -> Role:
        if row.known is not None and row.known.role:
            return row.known.role
        words = self.place.known.words
        if row.known is None:
            forms = dict.fromkeys((row.name, row.label))
            if any(form in words.subtotals for form in forms):
                return "subtotal"
            if any(form in words.totals for form in forms):
                return "total"
        return "of_which" if of_which else "value"

    def _label(self, number: int) -> str:
        value = self.place.sheet.shown(number, self.label_column)
        indent = (
            self.place.sheet.indents[number, self.label_column]
            if (number, self.label_column) in self.place.sheet.indents
            else 0
        )
        return "" if value is None else "\u3000" * indent + str(value)

    def _first_text(self, number: int) -> str:
        return next(
            (value for value in self.place.sheet.values[number - 1] if isinstance(value, str) and value.strip()), ""
        )

    @cached_property
    def _known_rows(self) -> Mapping[str, KnownRow]:
        return {folded(name): row for row in self.place.profile.rows.known for name in row.names}

    def _known(self, *labels: str) -> KnownRow | None:
        for label in labels:
            for form in (folded(label), heading(label)[0]):
                if form in self._known_rows:
                    return self._known_rows[form]
        return None

    @cached_property
    def _figures(self) -> list[int]:
        columns = self.place.head.columns
        return [columns[c.id] for c in self.place.profile.columns if c.reads in _FIGURES and c.id in columns]

    def _has_figures(self, number: int) -> bool:
        sheet = self.place.sheet
        return any(
            sheet.value(number, column) is not None
            or (number, column) in sheet.errors
            or (number, column) in sheet.bare_formulas
            for column in self._figures
        )

    def _is_footnote(self, text: str, number: int) -> bool:
        """Whether a row begins as a footnote does and has no number among the figures."""
        values = (self.place.sheet.value(number, column) for column in self._figures)
        return not any(isinstance(value, int | float) for value in values) and text in self.place.known.words.footnotes

    def _is_headings_again(self, number: int) -> bool:
        """Whether a row repeats the headings, as printed pages do."""
        value = self.place.sheet.value(number, self.label_column)
        path = self.place.head.paths[self.label_column - 1]
        return value is not None and bool(path) and folded(value) == folded(path[-1])

    def _as_groups(self, rows: Sequence[BodyRow]) -> None:
        """Flat rows: a subtotal is made of the rows next to it, a total of all."""
        group, every = list[BodyRow](), list[BodyRow]()
        above = self.place.profile.totals.subtotals == "above"
        subtotal: BodyRow | None = None
        for row in rows:
            if row.role == "value":
                every.append(row)
                group.append(row)
                if subtotal is not None:
                    subtotal.parts.append(row)
            elif row.role == "subtotal":
                row.parts, group = ([] if above else group), []
                subtotal = row if above else None
            elif row.role == "total":
                row.parts, group, subtotal = every, [], None

    def _by_name(self, rows: Sequence[BodyRow]) -> None:
        """Totals whose parts the layout names."""
        by_item = {row.known.item or row.name: row for row in rows if row.known is not None}
        for row in rows:
            if row.known is not None and row.known.parts:
                row.parts = [by_item[item] for item in row.known.parts if item in by_item]
                row.named_parts = []


def _as_tree(rows: Sequence[BodyRow]) -> None:
    """Rows by indent: one whose children are led by 其中 is a figure and they part of it; any other is their total."""
    above = list[BodyRow]()
    for row in rows:
        if row.role in {"skipped", "text"}:
            continue
        if row.role == "of_which" and above and row.level - _OF_WHICH_WIDTH <= above[-1].level:
            row.level = _level_below(above) + _OF_WHICH_WIDTH
        while above and above[-1].level >= row.level:
            above.pop()
        parent = above[-1] if above else None
        if parent is not None and parent.named_parts and row.role == "value" and not (row.known and row.known.role):
            row.role = "of_which"
        if parent is not None:
            (parent.named_parts if row.role == "of_which" else parent.parts).append(row)
        above.append(row)
    _totals_of_tree(rows)


def _level_below(above: Sequence[BodyRow]) -> int:
    """The level under the last row that is no 其中 itself: to it belongs an 其中 that is not pushed in."""
    return 1 + next((row.level for row in reversed(above) if row.role != "of_which"), above[-1].level)


def _totals_of_tree(rows: Sequence[BodyRow]) -> None:
    for row in rows:
        if row.role in {"value", "of_which"} and row.parts and not (row.known and row.known.role):
            row.role = "subtotal" if row.role == "value" else "of_which"
    tops = [row for row in rows if row.role in {"value", "subtotal"} and row.level == 0]
    for row in rows:
        if row.role == "total" and not row.parts:
            row.parts = [top for top in tops if top is not row]


def leaves(row: BodyRow) -> Iterator[BodyRow]:
    """The rows that a total is made of and that are themselves no totals."""
    for part in row.parts:
        if part.role in {"total", "subtotal"}:
            yield from leaves(part)
        else:
            yield part


def columns_reading(place: SheetPlace, *kinds: str) -> Iterator[tuple[LayoutColumn, int]]:
    """The columns of these kinds that the sheet has, with their numbers."""
    for column in place.profile.columns:
        if column.reads in kinds and column.id in place.head.columns:
            yield column, place.head.columns[column.id]
