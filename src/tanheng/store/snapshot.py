"""The columnar snapshot of the observations: what the log held at a position, and when each row was known."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from tanheng.kernel.faults import Refusal
from tanheng.kernel.table import Table
from tanheng.store.atomic import write_bytes
from tanheng.store.snapshot_rows import columns_of, digest_of, gathered

_SHAPE = "snapshot/1"
_NAME = re.compile(r"[0-9]{8,}-[0-9a-f]{16}-([0-9a-f]{64})\.parquet")


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
    known = gathered(rows)
    digest = digest_of(known)
    about = {"tanheng": json.dumps({"shape": _SHAPE, "digest": digest, "position": position, "height": known.height})}
    file = io.BytesIO()
    columns_of(known).write_parquet(file, compression="zstd", metadata=about)
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
