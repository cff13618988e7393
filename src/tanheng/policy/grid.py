"""A table put in order: rows shifted by a scanner are moved back, rows broken over a page are joined, merged cells
are carried down."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tanheng.policy.blocks import Row
from tanheng.policy.columns import Column, ColumnReader, fit
from tanheng.policy.outline import PlacedTable
from tanheng.policy.proposals import Span
from tanheng.policy.spanned import Spanned, joined

_EMPTY = Spanned("", ())
_NOTE = re.compile(r"^(?:备注|注)[：:]")
_FIGURE = re.compile(r"^-?\d+(?:\.\d+)?%?$")
_DEMANDED = {"objective": 2.0, "category": -1.0}
_DEMAND = re.compile(r"\d|下降|完成|达到|控制|提高|不低于|不高于|以上|以内")


def _preferred(shift: int) -> float:
    """Scanners lose leading blanks and hardly ever add any."""
    return 0.6 if shift == 0 else 0.0 if shift > 0 else -3.0


@dataclass(frozen=True)
class GridRow:
    """One row in order: a cell for every column, how far it had been shifted, and the cells that were empty."""

    cells: tuple[Spanned, ...]
    shift: int
    span: Span
    carried: frozenset[int] = frozenset()
    joined: bool = False


@dataclass(frozen=True)
class Grid:
    """A table in order, with the notes that stood in its cells."""

    table: PlacedTable
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    notes: tuple[Spanned, ...] = ()

    def index(self, *roles: str) -> int | None:
        """The first column with one of these roles."""
        return next((i for role in roles for i, column in enumerate(self.columns) if column.role == role), None)

    def all(self, role: str) -> list[int]:
        """Every column with a role."""
        return [i for i, column in enumerate(self.columns) if column.role == role]


class GridReader:
    """Puts tables in order."""

    def __init__(self, columns: ColumnReader) -> None:
        self._columns = columns

    def grids(self, table: PlacedTable) -> Iterator[Grid]:
        """The grids of a block of rows: a new row of headings begins a new one, a repeated one is dropped."""
        heading, rows, notes = None, list[Row](), list[Spanned]()
        for number, row in enumerate(table.block.rows):
            texts = [text for text in row.texts() if text]
            if texts and _NOTE.match(texts[0]) and len(texts) == 1:
                notes += [cell for cell in row.cells if cell.text]
            elif heading is not None and row.texts() == heading.texts():
                continue
            elif self._heads(table.block.rows, number, last=heading is not None) or (
                heading is not None and not rows and self._parts_heading(table.block.rows, number)
            ):
                below = heading is not None and not rows
                if rows:
                    yield self._grid(table, heading, rows, notes)
                    rows, notes = [], []
                heading = _under(heading, row) if below and heading is not None else row
            elif texts:
                rows.append(row)
        if rows:
            yield self._grid(table, heading, rows, notes)

    def _heads(self, rows: Sequence[Row], number: int, *, last: bool) -> bool:
        """Whether a row is one of headings; the last row of a table that has headings heads nothing and is read."""
        if last and number == len(rows) - 1:
            return False
        return self._columns.is_heading(rows[number], first=number == 0) or self._heads_values(rows, number)

    def _parts_heading(self, rows: Sequence[Row], number: int) -> bool:
        """A second row of words below merged headings, each above figures: 能耗强度目标, then 下降率（%）."""
        row = rows[number]
        words = [i for i, cell in enumerate(row.cells) if cell.text]
        if not row.cells or row.cells[0].text or not words or number + 1 >= len(rows):
            return False
        below = rows[number + 1].texts()
        kinds = [self._columns.kind(row.cells[i].text) for i in words]
        figures = [i < len(below) and self._columns.kind(below[i]) in {"value", "digits"} for i in words]
        return not {"value", "digits"} & set(kinds) and all(figures)

    def _heads_values(self, rows: Sequence[Row], number: int) -> bool:
        """A first row of words above rows of figures is their heading, whatever its words are."""
        if number or len(rows) < 2:
            return False
        kinds = [self._columns.kind(text) for text in rows[0].texts() if text]
        below = [self._columns.kind(text) for row in rows[1:3] for text in row.texts() if text]
        return len(kinds) > 1 and not {"value", "digits"} & set(kinds) and "value" in below

    def _grid(self, table: PlacedTable, heading: Row | None, rows: Sequence[Row], notes: Sequence[Spanned]) -> Grid:
        columns = self._columns.columns(heading, rows)
        placed = [self._placed(row, columns) for row in rows]
        return Grid(table, tuple(columns), tuple(_carried(_rejoined(placed, columns), columns)), tuple(notes))

    def _placed(self, row: Row, columns: Sequence[Column]) -> GridRow:
        """The row with its cells under the columns where they fit best; no shift unless one fits clearly better."""
        cells = list(row.cells)
        while cells and not cells[-1].text:
            cells.pop()
        lead = next((i for i, cell in enumerate(cells) if cell.text), 0)
        shifts = range(-lead, max(0, len(columns) - len(cells)) + 1)
        scored = [(self._fit(cells, shift, columns) + _preferred(shift), -abs(shift), shift) for shift in shifts]
        shift = max(scored)[2] if scored else 0
        laid = [self._cell(cells, i - shift) for i in range(len(columns))]
        beyond = [cell for i, cell in enumerate(cells) if i + shift >= len(columns) and cell.text]
        if beyond and laid:
            laid[-1] = joined([laid[-1], *beyond])
        filled = [cell for cell in cells if cell.text]
        span = (min(cell.span()[0] for cell in filled), max(cell.span()[1] for cell in filled))
        return GridRow(tuple(laid), shift, span)

    @staticmethod
    def _cell(cells: Sequence[Spanned], i: int) -> Spanned:
        return cells[i] if 0 <= i < len(cells) else _EMPTY

    def _fit(self, cells: Sequence[Spanned], shift: int, columns: Sequence[Column]) -> float:
        total = 0.0
        for i, cell in enumerate(cells):
            if not cell.text:
                continue
            if not 0 <= i + shift < len(columns):
                return -99.0
            column = columns[i + shift]
            kind = self._columns.kind(cell.text)
            usual = column.kinds[kind] / max(1, column.kinds.total() - column.kinds["empty"])
            size = abs(math.log((len(cell) + 2) / (column.width + 2)))
            demand = _DEMANDED[column.role] if column.role in _DEMANDED and _DEMAND.search(cell.text) else 0.0
            total += fit(column.role, kind) + 2 * usual - size + demand
        return total


def _under(upper: Row, lower: Row) -> Row:
    """Two rows of headings as one: what stands above several columns goes before the heading of each."""
    cells, above = list[Spanned](), _EMPTY
    for i, cell in enumerate(lower.cells):
        above = upper.cells[i] if i < len(upper.cells) and upper.cells[i].text else above
        cells.append(joined([above, cell]) if cell.text else upper.cells[i] if i < len(upper.cells) else _EMPTY)
    return Row(tuple(cells), upper.start)


def _rejoined(rows: Sequence[GridRow], columns: Sequence[Column]) -> list[GridRow]:
    """Rows that a page broke are one row again: the rest has no number, no category and no schedule of its own."""
    numbered = [i for i, column in enumerate(columns) if column.role == "number" and column.kinds["digits"]]
    schedule = [i for i, column in enumerate(columns) if column.role == "schedule"]
    found = list[GridRow]()
    for row in rows:
        own = [i for i, cell in enumerate(row.cells) if cell.text]
        unnumbered = bool(numbered) and not any(i in own for i in (*numbered, *schedule))
        goes_on = unnumbered and not _has_category(row, columns) and not (found and _figures_again(found[-1], row))
        is_rest = bool(found) and (goes_on or (not numbered and _is_tail(found[-1], row, columns)))
        if is_rest:
            last = found[-1]
            cells = tuple(joined([a, b]) for a, b in zip(last.cells, row.cells, strict=True))
            found[-1] = GridRow(cells, last.shift, (last.span[0], row.span[1]), joined=True)
        else:
            found.append(row)
    return found


def _has_category(row: GridRow, columns: Sequence[Column]) -> bool:
    return any(column.role == "category" and row.cells[i].text for i, column in enumerate(columns))


def _figures_again(last: GridRow, row: GridRow) -> bool:
    """A row with a figure below a figure is a row of its own, such as that of the sum."""
    return any(_FIGURE.match(a.text) and _FIGURE.match(b.text) for a, b in zip(last.cells, row.cells, strict=True))


def _is_tail(last: GridRow, row: GridRow, columns: Sequence[Column]) -> bool:
    """In a table without numbers: the text before breaks off in the middle, and nothing else begins."""
    texts = [i for i, column in enumerate(columns) if column.role == "text"]
    if not texts or _has_category(row, columns):
        return False
    before = last.cells[texts[0]].text
    return before.endswith(("、", "，")) and bool(row.cells[texts[0]].text)


def _carried(rows: Sequence[GridRow], columns: Sequence[Column]) -> Iterator[GridRow]:
    """Merged cells: categories and parties that stand once hold for the rows below them."""
    above: GridRow | None = None
    down = [i for i, column in enumerate(columns) if column.role in {"lead", "responsible"}]
    supporting = [i for i, column in enumerate(columns) if column.role == "supporting"]
    heads = [
        i
        for i, column in enumerate(columns)
        if column.role == "category" or (column.role == "number" and column.kinds["numeral"])
    ]
    for row in rows:
        cells, carried = list(row.cells), set[int]()
        if above is not None:
            new_head = next((i for i in heads if cells[i].text), len(columns))
            wanted = [i for i in heads if i < new_head]
            if not any(cells[i].text for i in down):
                wanted += [*down, *(supporting if down else [])]
            for i in wanted:
                if not cells[i].text and above.cells[i].text:
                    cells[i] = above.cells[i]
                    carried.add(i)
        above = GridRow(tuple(cells), row.shift, row.span, frozenset(carried), row.joined)
        yield above
