"""Sums of whole numbers over groups, with what is missing counted beside them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from tanheng.kernel.table.table import Table

MISSING, UNVERIFIED, ROWS, FILLED = "_missing", "_unverified", "rows", "filled"


def total(rows: Table, by: Sequence[str], sums: Sequence[str], *, complete: bool = False) -> Table:
    """The first sum over base rows: each of `sums` with its count of empty cells and its unverified flag.

    Reads    rows: Int64 columns `sums`; `<sum>_unverified` where a step marked it; `filled` where
             any amount was filled. `complete`: it is known that no cell is empty, so none need be counted.
    Gives    one row per group; a group in which every cell is empty stays empty: nothing is summed to zero.
    """
    present = set(rows.columns)
    groups = rows.frame.group_by(list(by)).agg(
        *(pl.col(column).sum() for column in sums),
        *(_empty_cells(column, complete=complete) for column in sums),
        *(_flag(column, present) for column in sums),
        pl.len().cast(pl.Int64).alias(ROWS),
        (pl.col(FILLED).sum() if FILLED in present else pl.lit(0)).cast(pl.Int64).alias(FILLED),
    )
    return Table(groups.with_columns(*(_empty_if_all_missing(column) for column in sums)), tuple(by))


def roll_up(totals: Table, by: Sequence[str], sums: Sequence[str]) -> Table:
    """Sums of sums: whole numbers, counts of empty cells, flags and counts of rows, over wider groups."""
    groups = totals.frame.group_by(list(by)).agg(
        *(pl.col(column).sum() for column in sums),
        *(pl.col(column + MISSING).sum() for column in sums),
        *(pl.col(column + UNVERIFIED).any() for column in sums),
        pl.col(ROWS).sum(),
        pl.col(FILLED).sum(),
    )
    return Table(groups.with_columns(*(_empty_if_all_missing(column) for column in sums)), tuple(by))


def _empty_cells(column: str, *, complete: bool) -> pl.Expr:
    return (pl.lit(0) if complete else pl.col(column).null_count()).cast(pl.Int64).alias(column + MISSING)


def _flag(column: str, present: set[str]) -> pl.Expr:
    flag = column + UNVERIFIED
    return pl.col(flag).any() if flag in present else pl.lit(False).alias(flag)


def _empty_if_all_missing(column: str) -> pl.Expr:
    return pl.when(pl.col(column + MISSING) < pl.col(ROWS)).then(pl.col(column)).alias(column)
