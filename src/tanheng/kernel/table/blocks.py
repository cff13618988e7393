"""The rows of one value without a look at the others: where equal values stand together, and once sorted by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from tanheng.kernel.table.table import Table

_MOST = 64
Place = tuple[int, int]
"""Where rows begin, and how many they are."""


@dataclass(frozen=True)
class Blocks:
    """The rows of a table by the value of one column: one pass over that column finds where each value stands.

    A snapshot keeps equal values together: what is asked of one is then read without reading the others. Where they
    are strewn about, rows are looked for as in any table.
    """

    table: Table
    column: str

    @property
    def heights(self) -> Mapping[str, int]:
        """How many rows each value has."""
        return {value: sum(count for _, count in places) for value, places in self._places.items()}

    def where_in(self, values: Iterable[str]) -> Table:
        """The rows whose column is one of `values`, in their order."""
        wanted = sorted(set(values) & self._places.keys())
        places = list(_joined(sorted(place for value in wanted for place in self._places[value])))
        if not places or len(places) > _MOST:
            return self.table.where_in(self.column, wanted)
        frames = [self.table.frame.slice(start, count) for start, count in places]
        return Table(pl.concat(frames), self.table.keys)

    @cached_property
    def _places(self) -> Mapping[str, list[Place]]:
        values = self.table.frame.select(self.column).collect().to_series()
        found, start = dict[str, list[Place]](), 0
        for count, value in values.rle().struct.unnest().rows():
            found.setdefault(value, []).append((start, count))
            start += count
        return found


@dataclass(frozen=True)
class Parts:
    """The rows of a table by the value of one column, all in memory: sorted once, taken out value by value."""

    frame: pl.DataFrame
    places: Mapping[str, Place]

    @staticmethod
    def of(table: Table, column: str) -> Parts:
        """The parts of a table; within one the rows keep their order."""
        frame = table.frame.collect().sort(column, maintain_order=True)
        counts = frame[column].rle().struct.unnest()
        starts = counts["len"].cum_sum() - counts["len"]
        places = zip(counts["value"], zip(starts, counts["len"], strict=True), strict=True)
        return Parts(frame, dict(places))

    def rows(self, value: str) -> list[dict[str, Any]]:
        """The rows of one value, as dictionaries; none where it does not occur."""
        return self.frame.slice(*self.places[value]).to_dicts() if value in self.places else []


def _joined(places: Iterable[Place]) -> Iterator[Place]:
    """Places that follow each other as one."""
    start, count = 0, 0
    for first, height in places:
        if first == start + count:
            count += height
            continue
        if count:
            yield start, count
        start, count = first, height
    if count:
        yield start, count
