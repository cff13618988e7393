"""A sheet in memory: its cells with their places, whatever kind of file they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

Place = tuple[int, int]  # row and column, both from 1


class Cell(NamedTuple):
    """A cell with its place; `kind` is n number, s text, b flag, d date or time, e error."""

    row: int
    column: int
    value: Any
    kind: str

    @property
    def address(self) -> str:
        """The place as Excel writes it: F12."""
        return address(self.row, self.column)

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything here."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


Row = tuple[Cell, ...]


class Block(NamedTuple):
    """Merged cells: first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet as its sender saw them: formulas by the results saved with them.

    `values` are rows of values, None where a cell is empty. `errors` and `bare_formulas` are cells that look empty and
    are not: an error, a formula without a saved result. `typed` is false where numbers are text because the file knows
    nothing else; `percents` are the cells that are shown as a percentage of what they hold, `indents` how far a cell's
    text is pushed in.
    """

    file: str
    name: str
    values: list[list[Any]]
    merged: tuple[Block, ...] = ()
    errors: Mapping[Place, str] = field(default_factory=dict)
    bare_formulas: frozenset[Place] = frozenset()
    percents: frozenset[Place] = frozenset()
    indents: Mapping[Place, int] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    visible: bool = True
    typed: bool = True

    @property
    def place(self) -> str:
        """`file!sheet`."""
        return f"{self.file}!{self.name}"

    def at(self, row: int, column: int) -> str:
        """`file!sheet!cell`."""
        return f"{self.file}!{self.name}!{address(row, column)}"

    def value(self, row: int, column: int) -> Any:
        """What a cell holds; None where it is empty or outside."""
        if row > len(self.values) or column > len(self.values[row - 1]):
            return None
        return self.values[row - 1][column - 1]

    def cell(self, row: int, column: int) -> Cell:
        """A cell, empty ones too."""
        if (row, column) in self.errors:
            return Cell(row, column, self.errors[row, column], "e")
        value = self.value(row, column)
        return Cell(row, column, value, kind_of(value))

    def row(self, number: int) -> Row:
        """The cells of a row that hold something."""
        cells = [
            Cell(number, column, value, kind_of(value))
            for column, value in enumerate(self.values[number - 1], 1)
            if value is not None
        ]
        found = [Cell(number, column, text, "e") for (row, column), text in self.errors.items() if row == number]
        return tuple(sorted(cells + found)) if found else tuple(cells)

    @cached_property
    def anchors(self) -> Mapping[Place, Place]:
        """For each cell of merged ones, the cell in which their value stands."""
        width = self.width
        return {
            (row, column): (block.top, block.left)
            for block in self.merged
            for row in range(block.top, min(block.bottom, len(self.values)) + 1)
            for column in range(block.left, min(block.right, width) + 1)
        }

    def shown(self, row: int, column: int) -> Any:
        """What a reader sees at a place: the value of the merged cells it belongs to."""
        place = self.anchors[row, column] if (row, column) in self.anchors else (row, column)
        return self.value(*place)

    @cached_property
    def width(self) -> int:
        """The number of columns in use."""
        return max((len(row) for row in self.values), default=0)


def kind_of(value: Any) -> str:
    """The kind of a value that a file gave."""
    if isinstance(value, str) or value is None:
        return "s" if value is not None else "n"
    if isinstance(value, bool):
        return "b"
    return "d" if isinstance(value, date | time | timedelta) else "n"


def address(row: int, column: int) -> str:
    """F12 of row 12 and column 6."""
    return f"{get_column_letter(column)}{row}"
