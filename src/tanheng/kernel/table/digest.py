"""The content digest of a table: the same for the same facts, whatever engine, order or file format held them."""

from __future__ import annotations

import hashlib
from io import BytesIO

import polars as pl

from tanheng.kernel.table.table import Table


def digest(table: Table) -> str:
    """SHA-256 over the rows as text: columns in alphabetical order, rows in the order of the keys.

    Reads    whole numbers, text, days and flags only.
    Refuses  TypeError: a column of doubles, whose text is not the same everywhere.
    """
    frame = table.frame.collect()
    if floats := [name for name, kind in frame.schema.items() if kind.is_float()]:
        raise TypeError(f"columns of doubles have no canonical text: {', '.join(floats)}")
    # as enumerations of their sorted values the text keys sort like numbers, into the same order
    ordered = [pl.col(name).cast(_enumeration(frame[name])) for name in table.keys if frame.schema[name] == pl.String]
    text = BytesIO()
    frame.with_columns(ordered).sort(table.keys).select(sorted(frame.columns)).write_csv(text)
    return hashlib.sha256(text.getbuffer()).hexdigest()


def _enumeration(column: pl.Series) -> pl.Enum:
    return pl.Enum(column.drop_nulls().unique().sort())
