"""What was known when: for each observation, the span of knowledge dates in which it is the one that counts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class KnownInterval:
    """From `known_from` up to, not including, `known_to`; None means until further notice."""

    known_from: date
    known_to: date | None


def known_intervals(statements: Iterable[tuple[Hashable, date, int, Row]]) -> list[tuple[Row, KnownInterval]]:
    """Gives every statement the knowledge dates for which it counts.

    Reads    (key, published, log position, row): the position decides between two of one day.
    Gives    one pair per row, ordered by key, published and position; at any knowledge date exactly one row of
             a key counts, from its first publication on. A row corrected on the day of its own publication
             counts on no date: its interval is empty.
    """
    of_one_key: dict[Hashable, list[tuple[Hashable, date, int, Row]]] = {}
    for item in sorted(statements, key=lambda item: (str(item[0]), item[1], item[2])):
        of_one_key.setdefault(item[0], []).append(item)
    return [pair for group in of_one_key.values() for pair in _intervals_of_one_key(group)]


def _intervals_of_one_key(rows: Sequence[tuple[Hashable, date, int, Row]]) -> list[tuple[Row, KnownInterval]]:
    ends: list[date | None] = [later[1] for _, later in pairwise(rows)]
    return [(row[3], KnownInterval(row[1], end)) for row, end in zip(rows, [*ends, None], strict=True)]
