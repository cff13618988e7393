"""The definition on a Spark cluster: the same text, translated by sqlglot, over the same files on a shared disk.

Differences that the translation takes care of: whole division is DIV and never a division of doubles; a whole number of
128 bits is DECIMAL(38, 0); a word in quotation marks is a name in backticks. Needs the extra `cluster`.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tanheng.kernel.faults import Refusal
from tanheng.metering import definition
from tanheng.metering.engine import Columns
from tanheng.store.atomic import replacing

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_STEP = "step_of_"
_PARTITIONS = "spark.sql.shuffle.partitions"
_OF_THE_JVM = ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions")
_STACK = "-Xss32m"


class SparkEngine:
    """A session on a cluster such as spark://host:7077. `folder` is one that every machine of it sees."""

    name = "spark"

    def __init__(self, master: str, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder / f"spark-{secrets.token_hex(4)}"
        self.session = _session(master, settings or {})

    def put(self, name: str, columns: Columns) -> None:
        """Makes a small table known under a name."""
        path = self.folder / f"{name}-{secrets.token_hex(4)}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pl.DataFrame({key: _plain(values) for key, values in columns.items()}).write_parquet(path)
        self.session.read.parquet(str(path)).createOrReplaceTempView(name)

    def view(self, name: str, sql: str) -> None:
        """Makes a stage known under a name, without computing it."""
        self._ask(sql).createOrReplaceTempView(name)

    def keep(self, name: str, sql: str) -> None:
        """Computes a stage once and makes it known under a name."""
        _cut(self._ask(sql)).createOrReplaceTempView(name)

    def keep_together(self, *chains: Mapping[str, str]) -> None:
        """One after the other: nothing is computed before it is asked for, and then by every worker."""
        for chain in chains:
            for name, sql in chain.items():
                self.keep(name, sql)

    def forget(self, name: str) -> None:
        """Lets go of the name; what others were made of is let go by the cluster when they are."""
        self.session.catalog.dropTempView(name)

    def add(self, name: str, sql: str) -> None:
        """Computes rows and adds them to what is kept under a name."""
        self.session.table(name).unionByName(_cut(self._ask(sql))).createOrReplaceTempView(name)

    def files(self, paths: Sequence[Path]) -> str:
        """The rows of Parquet files as a relation to stand behind FROM: as DuckDB says it, translated with the rest."""
        names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        return f"read_parquet([{names}], hive_partitioning = false)"

    def window(self, in_order: bool) -> str:
        """By meter and time, always: a cluster promises no order."""
        del in_order
        return definition.BY_METER

    def columns(self, sql: str) -> Columns:
        """The answer to a question, by column."""
        frame = self._ask(sql)
        rows = frame.collect()
        return {name: _column([row[place] for row in rows]) for place, name in enumerate(frame.columns)}

    def write(self, sql: str, path: Path) -> None:
        """Writes the answer as one Parquet file that appears whole."""
        with replacing(path) as draft:
            parts = path.parent / f".parts-{secrets.token_hex(4)}"
            self._ask(sql).coalesce(1).write.parquet(str(parts))
            (written,) = parts.glob("*.parquet")
            written.replace(draft)
            shutil.rmtree(parts)

    def close(self) -> None:
        """Lets go of everything."""
        self.session.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _ask(self, sql: str) -> DataFrame:
        said = translated(sql)
        for name, paths in said.files.items():
            self.session.read.parquet(*paths).createOrReplaceTempView(name)
        for name, text in said.steps:
            _cut(self.session.sql(text)).createOrReplaceTempView(name)
        return self.session.sql(said.text)


def _cut(frame: DataFrame) -> DataFrame:
    """The frame without the plan by which it came about, to be computed once when it is first asked for.

    Spark puts a plan in the place of every mention of a name: what stands on thirty names takes minutes to plan.
    """
    return frame.localCheckpoint(eager=False).toDF(*frame.columns)  # new names inside: a column never meets itself


@dataclass(frozen=True)
class Said:
    """A text as Spark says it: the named steps before it, in their order, and the files that it reads by view."""

    text: str
    steps: tuple[tuple[str, str], ...]
    files: Mapping[str, Sequence[str]]


def translated(sql: str) -> Said:
    """A stage of the definition as Spark says it; what it names by WITH becomes views of their own.

    Refuses  cluster-not-installed.
    """
    try:
        import sqlglot
    except ImportError as error:
        raise Refusal("cluster-not-installed", package="sqlglot") from error
    files: dict[str, Sequence[str]] = {}
    tree = sqlglot.parse_one(sql, read="duckdb").transform(lambda node: _changed(node, files))
    steps = tree.ctes
    names = {step.alias: f"{_STEP}{step.alias}" for step in steps}
    for table in list(tree.find_all(sqlglot.exp.Table)):
        if table.name in names:
            table.replace(sqlglot.exp.to_table(names[table.name], alias=table.alias or table.name))
    said = tuple((names[step.alias], step.this.sql("spark")) for step in steps)
    tree.set("with_", None)
    return Said(tree.sql("spark"), said, files)


def _changed(node: Any, files: dict[str, Sequence[str]]) -> Any:
    """Files read become a view of them; a whole number of 128 bits becomes a decimal that holds it."""
    from sqlglot import exp

    if isinstance(node, exp.ReadParquet):
        paths = [each.this for each in node.find_all(exp.Literal) if each.is_string]
        name = "files_" + hashlib.sha256("\n".join(paths).encode()).hexdigest()[:16]
        files[name] = paths
        return exp.to_identifier(name)
    if isinstance(node, exp.DataType) and node.this == exp.DataType.Type.INT128:
        return exp.DataType.build("DECIMAL(38, 0)")
    return node


def _session(master: str, settings: Mapping[str, str]) -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Refusal("cluster-not-installed", package="pyspark") from error
    builder = SparkSession.builder.master(master).appName("tanheng").config("spark.ui.enabled", "false")
    for name, value in _chosen(settings).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _chosen(settings: Mapping[str, str]) -> dict[str, str]:
    """What was asked for, and room to unpack a task: it carries every stage it rests on, one inside the other, and a
    thread's usual megabyte does not hold so many. Who names a stack of his own gets that one: the last one counts.
    """
    deep = {name: f"{_STACK} {settings[name]}" if name in settings else _STACK for name in _OF_THE_JVM}
    return {_PARTITIONS: "4", **settings, **deep}


def _plain(values: Any) -> Any:
    """A column for the frame library; what is masked is absent."""
    if isinstance(values, np.ma.MaskedArray):
        return pl.Series(values.tolist(), dtype=pl.Int64)
    if values.dtype == object:
        return pl.Series(list(values), dtype=pl.String)
    return pl.Series(values)


def _column(values: list[Any]) -> Any:
    """An answer as an array, masked where nothing is known; whole numbers come back as such."""
    if any(isinstance(value, str) for value in values):
        return np.array(values, dtype=object)
    absent = np.array([value is None for value in values], dtype=bool)
    whole = np.array([0 if value is None else int(value) for value in values], dtype=np.int64)
    return np.ma.array(whole, mask=absent) if absent.any() else whole
