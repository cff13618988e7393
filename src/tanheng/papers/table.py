"""A table before it is typeset: columns that say how their numbers are shown and whether they are summed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tanheng.papers.figure import MISSING, Cell, Figure, Light, shown

ABSENT_NOTE = f"注：“{MISSING}”表示缺数，不按零计；有缺数的合计不列。"


@dataclass(frozen=True)
class Column:
    """A column: its heading and unit, its share of the width, how many places its numbers have, whether it is summed.

    `group` is a heading above this one, shared with the neighbours that name the same. Without `places` a number is
    shown with its own digits. A column that is summed holds amounts: shares, rates and intensities are never added.
    """

    heading: str
    width: int = 10
    places: int | None = None
    unit: str = ""
    summed: bool = False
    group: str = ""

    @property
    def head(self) -> str:
        """The heading with its unit."""
        return f"{self.heading}（{self.unit}）" if self.unit else self.heading


@dataclass(frozen=True)
class Row:
    """A row of cells; `strong` sets off a subtotal or the whole that the other rows are parts of.

    Such a row is left out of the sum of the columns: it repeats what the others say.
    """

    cells: Sequence[Cell]
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its columns and rows, a title above it, a note below, the word of the row of sums.

    The sum of a column in which a value is missing is missing too.
    """

    columns: Sequence[Column]
    rows: Sequence[Row | Sequence[Cell]]
    title: str = ""
    note: str = ""
    total: str = "合计"
    name: str = ""

    def __post_init__(self) -> None:
        wrong = [row for row in self.all_rows if len(row.cells) != len(self.columns)]
        if wrong:
            raise ValueError(f"{len(self.columns)} columns and a row of {len(wrong[0].cells)} cells")

    @cached_property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows, every one as a row."""
        return tuple(row if isinstance(row, Row) else Row(tuple(row)) for row in self.rows)

    @property
    def has_sums(self) -> bool:
        """Whether there is a row of sums."""
        return any(column.summed for column in self.columns) and bool(self.all_rows)

    @property
    def is_grouped(self) -> bool:
        """Whether some headings stand under a common one."""
        return any(column.group for column in self.columns)

    def sum_of(self, at: int) -> Decimal | None:
        """The sum of a column over its ordinary rows; None where a value is missing or is no number."""
        numbers = [number_of(row.cells[at]) for row in self.all_rows if not row.strong]
        found = [number for number in numbers if number is not None]
        return sum(found, Decimal(0)) if found and len(found) == len(numbers) else None

    def sums(self) -> Row:
        """The row of sums, its word in the first column of words."""
        cells: list[Cell] = [self.sum_of(at) if column.summed else "" for at, column in enumerate(self.columns)]
        open_ones = [at for at, column in enumerate(self.columns) if not column.summed]
        worded = [at for at in open_ones if not is_number_column(self, at)]
        for first in (worded or open_ones)[:1]:
            cells[first] = self.total
        return Row(tuple(cells), strong=True)

    def printed_rows(self) -> list[Row]:
        """The rows as a page shows them, the row of sums last."""
        return [*self.all_rows, *([self.sums()] if self.has_sums else [])]

    def texts(self, row: Row) -> list[str]:
        """The cells of a row as they are printed."""
        return [printed(cell, column) for cell, column in zip(row.cells, self.columns, strict=True)]

    def notes(self) -> list[str]:
        """The lines below the table: its note, and what a dash means where one is printed."""
        absent = any(is_absent(cell) for row in self.printed_rows() for cell in row.cells)
        return [*([self.note] if self.note else []), *([ABSENT_NOTE] if absent else [])]

    def groups(self) -> list[tuple[str, int]]:
        """The upper row of headings: each with the number of columns it spans."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and column.group and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return found

    def lines(self) -> list[str]:
        """The table as lines of plain text."""
        heads = " | ".join(column.head for column in self.columns)
        rows = [" | ".join(self.texts(row)) for row in self.printed_rows()]
        return [*([self.title] if self.title else []), heads, *rows, *self.notes()]


def grid(headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], note: str = "") -> Table:
    """A table of words: a heading and a width for each column."""
    columns = [Column(heading, width) for heading, width in zip(headings, widths, strict=True)]
    return Table(columns, rows, note=note)


def number_of(cell: Cell) -> Decimal | None:
    """The number in a cell; None for words, lights and what is missing."""
    value = cell.value if isinstance(cell, Figure) else cell
    return None if value is None or isinstance(value, str | Light) else Decimal(value)


def is_absent(cell: Cell) -> bool:
    """Whether a cell ought to hold a value and has none."""
    return cell is None or (isinstance(cell, Figure) and cell.value is None)


def printed(cell: Cell, column: Column) -> str:
    """A cell as a page shows it."""
    if cell is None:
        return MISSING
    if isinstance(cell, str | Light):
        return str(cell)
    places = places_of(cell, column)
    return shown(number_of(cell), places, separated=True)


def places_of(cell: Decimal | int | Figure, column: Column) -> int:
    """How many places a number is shown with: those of its column, of the figure, or its own."""
    if column.places is not None:
        return column.places
    if isinstance(cell, Figure):
        return cell.places
    exponent = Decimal(cell).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def is_number_column(table: Table, at: int) -> bool:
    """Whether a column holds numbers, which stand at its right edge."""
    cells = [row.cells[at] for row in table.all_rows]
    return table.columns[at].places is not None or any(number_of(cell) is not None for cell in cells)


def referred(table: Table) -> Iterator[tuple[int, int, Figure]]:
    """The figures of a table that name what they are explained by: row and column, from zero, and the figure."""
    for line, row in enumerate(table.all_rows):
        for at, cell in enumerate(row.cells):
            if isinstance(cell, Figure) and cell.ref:
                yield line, at, cell
