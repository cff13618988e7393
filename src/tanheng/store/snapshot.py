"""The columnar snapshot of the observations: what the log held at a position, and when each row was known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from tanheng.kernel.fact import KnownInterval, known_intervals, plain_decimal
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import read_date
from tanheng.kernel.table import Table
from tanheng.store.atomic import replacing

_SHAPE = "snapshot/1"
_KEY = ("indicator", "subject", "period_start", "period_end", "accumulation", "coverage", "use_class")
_ENUMS = ("indicator", "subject", "accumulation", "coverage", "use_class", "unit", "status")
_DATES = ("period_start", "period_end", "published", "known_from", "known_to")
# always there, so that a method that reads carriers finds the column in an empty city too
_DIMENSIONS = ("carrier",)


@dataclass(frozen=True)
class Snapshot:
    """A snapshot file: where it is, the digest of its rows, the log position it stands for, and how many rows."""

    path: Path
    digest: str
    position: int
    height: int

    def table(self) -> Table:
        """The rows, read only as far as they are asked for; a row is told apart by `position` and `source`."""
        # With statistics the reader compares the least and greatest of a column with what is looked for, and fails
        # where that is no value of the enumeration; without, such a row is simply not found.
        return Table(pl.scan_parquet(self.path, use_statistics=False), ("position", "source"))


def write_snapshot(rows: Iterable[Mapping[str, Any]], root: Path, position: int) -> Snapshot:
    """Writes the observations of a log up to a position, with the knowledge dates for which each one counts.

    Reads    rows: the fields of `Observation.as_json()` and the `position` at which each was recorded, in any order;
             dates as dates or as 2024-03-01, the value as Decimal or as text.
    Gives    a parquet file under `root`; the digest is taken over the rows as text, so that it depends neither on
             their order nor on the library that writes the file. The same rows find their file again.
    """
    statements = [_canonical(row) for row in rows]
    known = [_with_interval(row, interval) for row, interval in known_intervals(map(_statement, statements))]
    lines = sorted(map(_line, known))
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    path = root / f"{position:08d}-{digest[:16]}.parquet"
    if not path.is_file():
        about = {"tanheng": json.dumps({"shape": _SHAPE, "digest": digest, "position": position, "height": len(lines)})}
        with replacing(path) as draft:
            _frame(known).write_parquet(draft, compression="zstd", metadata=about)
    return read_snapshot(path)


def read_snapshot(path: Path) -> Snapshot:
    """Opens a snapshot file, a copy kept as a blob too.

    Refuses  snapshot-unreadable: not a snapshot, or a damaged one.
    """
    try:
        about = json.loads(pl.read_parquet_metadata(path)["tanheng"])
        if about["shape"] != _SHAPE:
            raise ValueError(about["shape"])
        return Snapshot(path, about["digest"], about["position"], about["height"])
    except (PolarsError, OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal("snapshot-unreadable", file=path.name, problem=f"{type(error).__name__}: {error}") from error


def _canonical(row: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: str(row[name]) for name in (*_KEY, "unit", "status", "published", "source")}
    dimensions = {str(name): str(value) for name, value in sorted(row["dimensions"].items())}
    value = plain_decimal(Decimal(str(row["value"])))
    return {**found, "dimensions": dimensions, "value": value, "position": int(row["position"])}


def _statement(row: dict[str, Any]) -> tuple[str, date, int, dict[str, Any]]:
    breakdown = (part for pair in row["dimensions"].items() for part in pair)
    key = "\x1f".join((*(row[name] for name in _KEY), *breakdown))
    return key, read_date(row["published"]), row["position"], row


def _with_interval(row: dict[str, Any], known: KnownInterval) -> dict[str, Any]:
    end = known.known_to.isoformat() if known.known_to else None
    return {**row, "known_from": known.known_from.isoformat(), "known_to": end}


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    dimensions = sorted({*_DIMENSIONS, *(name for row in rows for name in row["dimensions"])})
    columns = [
        *(_enum(name, [row[name] for row in rows]) for name in _ENUMS[:2]),
        *(_enum(name, [row["dimensions"].get(name) for row in rows]) for name in dimensions),
        *(_enum(name, [row[name] for row in rows]) for name in _ENUMS[2:]),
        *_dates(rows),
        pl.Series("stated_amount", [float(row["value"]) for row in rows], pl.Float64),
        pl.Series("position", [row["position"] for row in rows], pl.Int64),
        pl.Series("source", [row["source"] for row in rows], pl.String),
    ]
    order = ("indicator", "subject", *dimensions, "period_start", "position", "source", *_ENUMS[2:], "period_end")
    return pl.DataFrame(columns).sort(order)


def _enum(name: str, values: list[str | None]) -> pl.Series:
    return pl.Series(name, values, pl.Enum(sorted({value for value in values if value is not None})))


def _dates(rows: list[dict[str, Any]]) -> Iterator[pl.Series]:
    for name in _DATES:
        days = [date.fromisoformat(row[name]) if row[name] else None for row in rows]
        yield pl.Series(name, days, pl.Date)
