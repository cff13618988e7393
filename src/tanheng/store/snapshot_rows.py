"""The rows of a snapshot: gathered column by column, given their knowledge dates, and put into the text they are told
apart by.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import polars as pl

from tanheng.kernel.fact import known_intervals, plain_decimal

KEY = ("indicator", "subject", "period_start", "period_end", "accumulation", "coverage", "use_class")
# always there, so that a method that reads carriers or items finds the column in an empty city too
DIMENSIONS = ("carrier", "item")
_TEXTS = (*KEY, "unit", "status", "published", "source")
_ENUMS = ("indicator", "subject", "accumulation", "coverage", "use_class", "unit", "status")
_DATES = ("period_start", "period_end", "published", "known_from", "known_to")
_AT_ONCE = 50_000
_NEEDS_ESCAPES = r'["\\\x00-\x1f]'


def gathered(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """All rows as text, in columns: a million of them would not fit into memory one by one.

    Gives    the key, one column for each dimension, unit, status, published, source, value as plain digits, position,
             known_from and known_to.
    """
    chunks, left = [_chunk([])], iter(rows)
    while found := list(islice(left, _AT_ONCE)):
        chunks.append(_chunk(found))
    return _with_known_dates(pl.concat(chunks, how="diagonal"))


def digest_of(frame: pl.DataFrame) -> str:
    """The SHA-256 over one line of canonical JSON for each row, in sorted order."""
    lines, found = frame.select(_line(frame)).to_series().sort(), hashlib.sha256()
    for start in range(0, len(lines), _AT_ONCE):
        text = "\n".join(lines[start : start + _AT_ONCE])
        found.update((f"\n{text}" if start else text).encode())
    return found.hexdigest()


def columns_of(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows as a snapshot keeps them: enumerations, days and doubles, in the order in which a run reads them."""
    dimensions = dimensions_of(frame)
    amounts = pl.Series("stated_amount", map(float, frame["value"]), pl.Float64)
    found = frame.select(
        *(_enum(frame[name]) for name in ("indicator", "subject", *dimensions, *_ENUMS[2:])),
        *(pl.col(name).str.to_date("%Y-%m-%d").alias(name) for name in _DATES),
        amounts,
        "position",
        "source",
    )
    return found.sort(
        "indicator", "subject", *dimensions, "period_start", "position", "source", *_ENUMS[2:], "period_end"
    )


def dimensions_of(frame: pl.DataFrame) -> list[str]:
    """The names of the breakdowns that occur, in alphabetical order."""
    others = {*_TEXTS, "value", "position", "known_from", "known_to"}
    return sorted(name for name in frame.columns if name not in others)


def _chunk(rows: list[Mapping[str, Any]]) -> pl.DataFrame:
    names = sorted({*DIMENSIONS, *(name for row in rows for name in row["dimensions"])})
    columns: dict[str, list[str | None]] = {name: [str(row[name]) for row in rows] for name in _TEXTS}
    columns |= {name: [_text(row["dimensions"].get(name)) for row in rows] for name in names}
    columns["value"] = [plain_decimal(_decimal(row["value"])) for row in rows]
    series = [pl.Series(name, column, pl.String) for name, column in columns.items()]
    return pl.DataFrame([*series, pl.Series("position", [int(row["position"]) for row in rows], pl.Int64)])


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _decimal(value: Decimal | str) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _with_known_dates(frame: pl.DataFrame) -> pl.DataFrame:
    """A row counts from its publication on; where a key has been stated more than once, until the next one."""
    key = [*KEY, *dimensions_of(frame)]
    frame = frame.with_row_index("row").with_columns(known_from=pl.col("published"))
    several = frame.select("row", "published", "position", *key).filter(pl.len().over(key) > 1)
    ends = [(row, known.known_to) for row, known in known_intervals(_statements(several, key))]
    known = pl.DataFrame(ends, schema={"row": frame.schema["row"], "known_to": pl.Date}, orient="row")
    joined = frame.join(known.with_columns(pl.col("known_to").dt.to_string("iso")), on="row", how="left")
    return joined.drop("row")


def _statements(several: pl.DataFrame, key: list[str]) -> Iterator[tuple[tuple[str, ...], date, int, int]]:
    for row in several.select("row", "published", "position", *key).iter_rows():
        yield row[3:], date.fromisoformat(row[1]), row[2], row[0]


def _line(frame: pl.DataFrame) -> pl.Expr:
    """One row as canonical JSON: keys sorted, no spaces."""
    dimensions = [_pair(frame, name) for name in dimensions_of(frame)]
    pairs = {name: _pair(frame, name) for name in (*_TEXTS, "value", "known_from")}
    pairs["known_to"] = pl.coalesce(_pair(frame, "known_to"), pl.lit('"known_to":null'))
    pairs["position"] = pl.format('"position":{}', pl.col("position"))
    inner = pl.concat_str(dimensions, separator=",", ignore_nulls=True)
    pairs["dimensions"] = pl.concat_str(pl.lit('"dimensions":{'), inner, pl.lit("}"))
    return pl.concat_str(
        pl.lit("{"), pl.concat_str([pairs[name] for name in sorted(pairs)], separator=","), pl.lit("}")
    )


def _pair(frame: pl.DataFrame, name: str) -> pl.Expr:
    """`"name":"text"`; nothing where there is no text."""
    column, said = frame[name], json.dumps(name, ensure_ascii=False)
    if column.str.contains(_NEEDS_ESCAPES).any():
        texts = [None if text is None else json.dumps(text, ensure_ascii=False) for text in column]
        return pl.concat_str(pl.lit(f"{said}:"), pl.Series(texts, dtype=pl.String))
    return pl.concat_str(pl.lit(f'{said}:"'), pl.col(name), pl.lit('"'))


def _enum(column: pl.Series) -> pl.Series:
    return column.cast(pl.Enum(column.drop_nulls().unique().sort()))
