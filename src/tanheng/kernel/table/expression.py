"""A formula as a column: the same tree and the same order of operations as its text."""

from __future__ import annotations

import polars as pl

from tanheng.kernel.quantity.formula import Formula, Name, Number, Operation, Rounded

_APPLY = {"+": pl.Expr.__add__, "-": pl.Expr.__sub__, "*": pl.Expr.__mul__, "/": pl.Expr.__truediv__}


def as_column(formula: Formula) -> pl.Expr:
    """The formula over columns of doubles; a rounded one is a column of whole numbers (Int64)."""
    match formula:
        case Name(column):
            return pl.col(column)
        case Number(value, _):
            return pl.lit(float(value))
        case Rounded(inner, per_unit):
            scaled = as_column(inner) * float(per_unit)
            return scaled.round(0, mode="half_to_even").cast(pl.Int64)
        case Operation(operator, left, right):
            return _APPLY[operator](as_column(left), as_column(right))
    raise TypeError(formula)
