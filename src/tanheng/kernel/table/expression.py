"""A formula as a column: the same tree and the same order of operations as its text."""

from __future__ import annotations

import polars as pl

from tanheng.kernel.quantity.formula import Call, Formula, Name, Number, Operation, Rounded

_APPLY = {"+": pl.Expr.__add__, "-": pl.Expr.__sub__, "*": pl.Expr.__mul__, "/": pl.Expr.__truediv__}


def as_column(formula: Formula) -> pl.Expr:
    """The formula over columns of doubles; a rounded one is a column of whole numbers (Int64)."""
    match formula:
        case Name(column):
            return pl.col(column)
        case Number(value, _):
            return pl.lit(float(value))
        case Call("min" | "max" as function, arguments):
            return _extreme(function, [as_column(part) for part in arguments])
        case Rounded(inner, per_unit):
            scaled = as_column(inner) * float(per_unit)
            return scaled.round(0, mode="half_to_even").cast(pl.Int64)
        case Operation(operator, left, right):
            return _APPLY[operator](as_column(left), as_column(right))
    raise TypeError(formula)


def _extreme(function: str, parts: list[pl.Expr]) -> pl.Expr:
    """The frame library skips empty cells; here the least of a number and a gap is a gap."""
    found = pl.min_horizontal(*parts) if function == "min" else pl.max_horizontal(*parts)
    return pl.when(pl.all_horizontal([part.is_not_null() for part in parts])).then(found)
