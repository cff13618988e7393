"""What an engine must be able to do for a roll-up, and DuckDB, which does it inside this program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import duckdb
import numpy as np

from tanheng.metering import definition
from tanheng.store.atomic import replacing

Columns = Mapping[str, Any]
"""A table as one array of numbers or texts for each column; masked where nothing is known."""


class Engine(Protocol):
    """Runs the stages of the definition. Names given to it stay known until it is closed."""

    name: str

    def put(self, name: str, columns: Columns) -> None:
        """Makes a small table known under a name."""

    def view(self, name: str, sql: str) -> None:
        """Makes a stage known under a name, without computing it."""

    def keep(self, name: str, sql: str) -> None:
        """Computes a stage once and makes it known under a name."""

    def keep_together(self, *chains: Mapping[str, str]) -> None:
        """Computes chains of stages, each by its order; the chains do not need each other: at the same time where that
        helps."""

    def forget(self, name: str) -> None:
        """Lets go of what is kept under a name."""

    def add(self, name: str, sql: str) -> None:
        """Computes rows and adds them to what is kept under a name."""

    def files(self, paths: Sequence[Path]) -> str:
        """The rows of Parquet files as a relation to stand behind FROM."""

    def window(self, in_order: bool) -> str:
        """The window of `steps`, for readings that come in the order of meter and time, or do not."""

    def columns(self, sql: str) -> Columns:
        """The answer to a question, by column."""

    def write(self, sql: str, path: Path) -> None:
        """Writes the answer as one Parquet file that appears whole."""

    def close(self) -> None:
        """Lets go of everything."""


class DuckEngine:
    """DuckDB in this program: two threads and bounded memory unless told otherwise; what does not fit goes to disk."""

    name = "duckdb"

    def __init__(self, spill: Path, *, memory: str = "800MB", threads: int = 2) -> None:
        self.database = duckdb.connect()
        self.database.execute(f"set threads = {int(threads)}")
        self.database.execute("set memory_limit = ?", [memory])
        self.database.execute("set temp_directory = ?", [str(spill)])
        self.database.execute("set parquet_metadata_cache = true")  # files of a store never change

    def put(self, name: str, columns: Columns) -> None:
        """Makes a small table known under a name."""
        self.database.register("given", dict(columns))
        self.database.execute(f"create or replace table {name} as select * from given")
        self.database.unregister("given")

    def view(self, name: str, sql: str) -> None:
        """Makes a stage known under a name, without computing it."""
        self.database.execute(f"create or replace view {name} as {sql}")

    def keep(self, name: str, sql: str) -> None:
        """Computes a stage once and makes it known under a name."""
        self.database.execute(f"create or replace table {name} as {sql}")

    def keep_together(self, *chains: Mapping[str, str]) -> None:
        """Each chain in a thread: a stage that reads a file as a stream keeps a single core busy."""

        def keep(chain: Mapping[str, str]) -> None:
            with self.database.cursor() as cursor:
                for name, sql in chain.items():
                    cursor.execute(f"create or replace table {name} as {sql}")

        with ThreadPoolExecutor(len(chains)) as threads:
            list(threads.map(keep, chains))

    def forget(self, name: str) -> None:
        """Lets go of what is kept under a name."""
        self.database.execute(f"drop table {name}")

    def add(self, name: str, sql: str) -> None:
        """Computes rows and adds them to what is kept under a name."""
        self.database.execute(f"insert into {name} {sql}")

    def files(self, paths: Sequence[Path]) -> str:
        """The rows of Parquet files as a relation to stand behind FROM."""
        names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        return f"read_parquet([{names}], hive_partitioning = false)"

    def window(self, in_order: bool) -> str:
        """Empty for readings in order: files are read in the order in which they are named, each from its beginning."""
        return "" if in_order else definition.BY_METER

    def columns(self, sql: str) -> Columns:
        """The answer to a question, by column."""
        return self.database.execute(sql).fetchnumpy()

    def write(self, sql: str, path: Path) -> None:
        """Writes the answer as one Parquet file that appears whole."""
        with replacing(path) as draft:
            target = str(draft).replace("'", "''")
            # lz4: six in a hundred larger than zstd and read a third faster, which the report of one unit waits for
            form = "format parquet, parquet_version v2, compression lz4, row_group_size 30720"
            self.database.execute(f"copy ({sql}) to '{target}' ({form})")

    def close(self) -> None:
        """Lets go of everything."""
        self.database.close()


def texts(values: Sequence[str]) -> np.ndarray:
    """Texts as a column."""
    return np.array(list(values), dtype=object)
