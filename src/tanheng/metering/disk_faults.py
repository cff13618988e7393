"""What the disk or a damaged file does to SQLite and DuckDB, said as a refusal."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from tanheng.kernel.faults import Refusal

_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def answering(path: Path) -> Iterator[None]:
    """Turns what SQLite, DuckDB or the system raise about the disk into a refusal; nothing of the work was kept.

    Refuses  disk-full: no space is left where `path` is. readings-file-failed: anything else about that file.
    """
    try:
        yield
    except (sqlite3.Error, duckdb.IOException, OSError) as error:
        if is_full(error):
            raise Refusal("disk-full", folder=path.parent) from error
        raise Refusal("readings-file-failed", file=path, problem=str(error).partition("\n")[0]) from error


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a database, let go of at the end.

    Refuses  what `answering` refuses.
    """
    with answering(path), closing(sqlite3.connect(path, timeout=60)) as database:
        yield database


def is_full(error: Exception) -> bool:
    """Whether an error says that no space is left."""
    match error:
        case sqlite3.Error():
            return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        case OSError():
            return error.errno in _FULL
    return "No space left" in str(error) or "Disk quota" in str(error)
