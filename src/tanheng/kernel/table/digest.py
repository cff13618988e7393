"""The content digest of a table: the same for the same facts, whatever engine, order or file format held them."""

from __future__ import annotations

import hashlib

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
    enums = [pl.col(name).cast(pl.String) for name, kind in frame.schema.items() if kind == pl.Enum]
    text = frame.with_columns(enums).sort(table.keys).select(sorted(frame.columns)).write_csv(None)
    return hashlib.sha256(text.encode()).hexdigest()
