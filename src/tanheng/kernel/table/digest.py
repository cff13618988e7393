"""The content digest of a table: the same for the same facts, whatever engine, order or file format held them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO
from math import prod

import polars as pl

from tanheng.kernel.table.table import Table

_LARGEST = 2**62


def digest(table: Table) -> str:
    """SHA-256 over the rows as text: columns in alphabetical order, rows in the order of the keys.

    Reads    whole numbers, text, days and flags only.
    Refuses  TypeError: a column of doubles, whose text is not the same everywhere.
    """
    frame = table.frame.collect()
    if floats := [name for name, kind in frame.schema.items() if kind.is_float()]:
        raise TypeError(f"columns of doubles have no canonical text: {', '.join(floats)}")
    text = BytesIO()
    frame.select(sorted(frame.columns))[_order(frame, table.keys)].write_csv(text)
    return hashlib.sha256(text.getbuffer()).hexdigest()


def _order(frame: pl.DataFrame, keys: Sequence[str]) -> pl.Series:
    """Where each row of the sorted table stands; sorted by one whole number a row, which is faster than by its keys."""
    ranks = frame.select(_ranked(name, frame) for name in keys)
    sizes = [1 + largest for largest in ranks.max().row(0)] if ranks.height else []
    if not sizes or prod(sizes) >= _LARGEST:
        return ranks.with_row_index("at").sort(keys)["at"]
    place = pl.lit(0, pl.Int64)
    for name, size in zip(keys, sizes, strict=True):
        place = place * size + pl.col(name)
    return ranks.select(place.arg_sort()).to_series()


def _ranked(name: str, frame: pl.DataFrame) -> pl.Expr:
    """Whole numbers in the order of the values, an empty cell before all of them."""
    values = pl.col(name)
    if frame.schema[name] == pl.String:  # an enumeration of the sorted values counts them in their order
        values = values.cast(pl.Enum(frame[name].drop_nulls().unique().sort()))
    numbers = values.to_physical().cast(pl.Int64)
    return pl.when(numbers.is_null()).then(0).otherwise(numbers - numbers.min() + 1).alias(name)
