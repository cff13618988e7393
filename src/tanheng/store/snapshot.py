"""The columnar snapshot of the observations: what the log held at a position, and when each row was known."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from tanheng.kernel.fact import KnownInterval, known_intervals, plain_decimal
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import read_date
from tanheng.kernel.table import Table
from tanheng.store.atomic import write_bytes

_SHAPE = "snapshot/1"
_NAME = re.compile(r"[0-9]{8,}-[0-9a-f]{16}-([0-9a-f]{64})\.parquet")
_KEY = ("indicator", "subject", "period_start", "period_end", "accumulation", "coverage", "use_class")
_ENUMS = ("indicator", "subject", "accumulation", "coverage", "use_class", "unit", "status")
_DATES = ("period_start", "period_end", "published", "known_from", "known_to")
# always there, so that a method that reads carriers or items finds the column in an empty city too
_DIMENSIONS = ("carrier", "item")


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
             their order nor on the library that writes the file. The file is named after its own bytes too, so that
             `find_snapshot` notices when they have changed. The same rows find their file again.
    """
    statements = [_canonical(row) for row in rows]
    known = [_with_interval(row, interval) for row, interval in known_intervals(map(_statement, statements))]
    lines = sorted(map(_line, known))
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    about = {"tanheng": json.dumps({"shape": _SHAPE, "digest": digest, "position": position, "height": len(lines)})}
    file = io.BytesIO()
    _frame(known).write_parquet(file, compression="zstd", metadata=about)
    content = file.getvalue()
    path = root / f"{position:08d}-{digest[:16]}-{hashlib.sha256(content).hexdigest()}.parquet"
    if not (path.is_file() and path.read_bytes() == content):
        write_bytes(path, content)
    return read_snapshot(path)


def find_snapshot(folder: Path) -> Snapshot | None:
    """The snapshot that was written into a folder; None where there is none.

    Refuses  snapshot-unreadable: what is there has other bytes than its name says.
    """
    for path in sorted(folder.glob("*.parquet")):
        if named := _NAME.fullmatch(path.name):
            stat = path.stat()
            if _hash_of(path, stat.st_mtime_ns, stat.st_size) != named[1]:
                raise Refusal("snapshot-unreadable", file=path.name, problem="SHA-256")
            return read_snapshot(path)
    return None


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


@lru_cache(maxsize=64)
def _hash_of(path: Path, modified: int, size: int) -> str:
    """Taken again only when the file has changed: every explanation asks for it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
