"""The five kinds of column, under our own names."""

import polars as pl

TEXT = pl.String
DAY = pl.Date
NUMBER = pl.Float64
COUNT = pl.Int64
BOOLEAN = pl.Boolean
