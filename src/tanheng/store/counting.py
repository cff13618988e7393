"""Saying how far a long reading is, without saying it for every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Told = Callable[[int, int], None]
"""Told how many rows of a sheet are read, and how many there are."""
Item = TypeVar("Item")
_EVERY = 500


def counted(rows: Sequence[Item], told: Told | None) -> Iterator[Item]:
    """The same rows in their order; `told` hears of every five hundredth, and of the end."""
    for number, row in enumerate(rows):
        if told is not None and number % _EVERY == 0:
            told(number, len(rows))
        yield row
    if told is not None:
        told(len(rows), len(rows))
