"""A sender's sheet as cells: title, unit, merged headings, rows, a total by formula, footnotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tanheng.kernel.pack.recipe import FictionForm, FormColumn


@dataclass(frozen=True)
class Formula:
    """A formula and the value that the sender's program saved with it."""

    text: str
    value: Decimal


Cell = str | int | Decimal | Formula | None
Span = tuple[int, int, int, int]
_LABELS = ("name", "label", "carrier")  # in the first of them stands the word for a total


@dataclass(frozen=True)
class Sheet:
    """Rows of cells from the top, the cells that are merged, and where the headings end."""

    name: str
    cells: tuple[tuple[Cell, ...], ...]
    merged: tuple[Span, ...]
    first_row: int

    def address(self, row: int, column: int) -> str:
        """A cell as a workbook names it."""
        return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """The letters of a column counted from 0."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def sheet_of(form: FictionForm, rows: Sequence[Mapping[str, object]], words: Mapping[str, str]) -> Sheet:
    """The sheet of a form: `rows` by field, `words` for the braces of title, note and sheet name."""
    columns, depth = form.columns, max(len(column.head) for column in form.columns)
    above = _above(form, words)
    first = len(above) + depth
    cells = [*above, *_headings(columns, depth)]
    if form.total and form.total_above:
        cells.append(_total(form, rows, first + 1, first + len(rows)))
        first += 1
    cells += [tuple(_cell(row, column) for column in columns) for row in rows]
    if form.total and not form.total_above:
        cells.append(_total(form, rows, first, first + len(rows) - 1))
    cells += [(_filled(note, words),) for note in form.footnotes]
    return Sheet(_filled(form.sheet, words), tuple(cells), tuple(_merged(columns, depth, len(above))), first)


def _above(form: FictionForm, words: Mapping[str, str]) -> list[tuple[Cell, ...]]:
    found: list[tuple[Cell, ...]] = [(_filled(form.title, words),)] if form.title else []
    found += [tuple(_filled(text, words) or None for text in line) for line in form.heads]
    if form.note:
        found.append((*(None for _ in range(form.note_column)), _filled(form.note, words)))
    return found


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text


def _headings(columns: Sequence[FormColumn], depth: int) -> list[tuple[Cell, ...]]:
    """One row per level; a heading that covers its neighbour stands in the first of its cells only."""
    rows: list[tuple[Cell, ...]] = []
    for level in range(depth):
        row: list[Cell] = []
        for number, column in enumerate(columns):
            covered = (
                number > 0 and _path(column, level) == _path(columns[number - 1], level) and len(column.head) > level
            )
            row.append(None if level >= len(column.head) or (covered and level < depth - 1) else column.head[level])
        rows.append(tuple(row))
    return rows


def _path(column: FormColumn, level: int) -> tuple[str, ...]:
    return column.head[: level + 1]


def _merged(columns: Sequence[FormColumn], depth: int, top: int) -> list[Span]:
    spans: list[Span] = []
    for level in range(depth):
        start = 0
        for number in range(1, len(columns) + 1):
            same = number < len(columns) and len(columns[start].head) > level + 1
            same = (
                same
                and len(columns[number].head) > level
                and _path(columns[number], level) == _path(columns[start], level)
            )
            if same:
                continue
            last = top + (depth - 1 if len(columns[start].head) == level + 1 else level)
            if len(columns[start].head) > level and (number - 1 > start or last > top + level):
                spans.append((top + level, start, last, number - 1))
            start = number
    return spans


def _value(row: Mapping[str, object], column: FormColumn) -> object:
    """What stands in a cell; a printed line's number is written as a number too."""
    value = row[column.field] if column.field in row else None
    return Decimal(value) if column.decimals is not None and isinstance(value, str) and value.isdigit() else value


def _cell(row: Mapping[str, object], column: FormColumn) -> Cell:
    value = _value(row, column)
    if value is None:
        return column.empty or None
    if isinstance(value, Decimal) and column.decimals is not None:
        return round(value, column.decimals)
    return value if isinstance(value, str | int | Decimal) else str(value)


def _total(form: FictionForm, rows: Sequence[Mapping[str, object]], first: int, last: int) -> tuple[Cell, ...]:
    """Sums by formula over the rows from `first` to `last`, with what the sender's program saved."""
    cells: list[Cell] = []
    labelled = next(column.field for column in form.columns if column.field in _LABELS)
    for number, column in enumerate(form.columns):
        if column.total and rows:
            values = [value for row in rows if isinstance(value := _value(row, column), Decimal)]
            letters = column_letters(number)
            cells.append(Formula(f"=SUM({letters}{first + 1}:{letters}{last + 1})", sum(values, Decimal(0))))
        else:
            cells.append(form.total if column.field == labelled else None)
    return tuple(cells)
