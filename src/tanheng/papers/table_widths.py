"""How wide the columns of a table are and how large its letters: numbers and short words are never broken in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.papers.signs import width_in_signs
from tanheng.papers.table import Table, is_number_column

_MANY_COLUMNS, _SMALLEST, _STEP = 9, 7.5, 0.5
_WHOLE_SIGNS = 4.0  # words up to this width stay in one piece; longer ones may go on in the next line
_LOOKED_AT = 200  # rows beyond these look like those before
_WORD = re.compile(r"[\x21-\x7e]+")
_LONGEST_WORD = 8.0


@dataclass(frozen=True)
class Measures:
    """The size of the letters in points, and the width of every column in points."""

    size: float
    widths: tuple[float, ...]


def measures(table: Table, room: float, size: float, inset: float) -> Measures:
    """The measures of a table on a page with `room` points between its margins.

    Reads    size: that of a table with few columns; inset: what the borders and margins of a cell take of its width.
    Gives    the shares that the columns ask for, widened where a number or a short word would break; smaller letters
             where they do not fit otherwise.
    """
    signs = [_needed(table, at) for at in range(len(table.columns))]
    many = len(table.columns)
    size = size if many <= _MANY_COLUMNS else max(_SMALLEST, round(size * _MANY_COLUMNS / many / _STEP) * _STEP)
    while size > _SMALLEST and sum(_points(signs, size, inset)) > room:
        size -= _STEP
    return Measures(size, _spread([column.width for column in table.columns], _points(signs, size, inset), room))


def _points(signs: Sequence[float], size: float, inset: float) -> list[float]:
    return [width * size + inset for width in signs]


def _spread(shares: Sequence[float], least: Sequence[float], room: float) -> tuple[float, ...]:
    """The room by shares, but no column below its least; where all are at theirs, they share what there is."""
    fixed: dict[int, float] = {}
    while len(fixed) < len(shares):
        left = room - sum(fixed.values())
        whole = sum(share for at, share in enumerate(shares) if at not in fixed)
        tight = [at for at in range(len(shares)) if at not in fixed and left * shares[at] / whole < least[at]]
        if not tight:
            return tuple(fixed[at] if at in fixed else left * share / whole for at, share in enumerate(shares))
        fixed |= {at: least[at] for at in tight}
    return tuple(width * room / sum(least) for width in least)


def _needed(table: Table, at: int) -> float:
    """The width of the widest text of a column that must not break, in signs."""
    texts = [table.texts(row)[at] for row in table.printed_rows()[:_LOOKED_AT]]
    whole = width_in_signs if is_number_column(table, at) else _unbroken
    head = max(_unbroken(table.columns[at].heading), 1.0)
    return max([head, *map(whole, texts)]) + 0.2


def _unbroken(text: str) -> float:
    """The width that a text needs at least: all of it where it is short, else that of its longest Latin word."""
    width = width_in_signs(text)
    if width <= _WHOLE_SIGNS:
        return width
    words = [width_in_signs(word) for word in _WORD.findall(text)]
    return min(_LONGEST_WORD, max([_WHOLE_SIGNS / 2, *words]))
