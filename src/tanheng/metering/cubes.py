"""The daily cube of a store, kept by month: a result, made again where the readings or the register have changed.

home/readings/results/cubes.json       which file holds which month, and what it was computed from
                      cube/            the files
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tanheng.metering.definition import CUBE
from tanheng.metering.engine import Engine
from tanheng.metering.store import Store
from tanheng.store.atomic import write_bytes

_FILE = "cubes.json"
_SHAPE = "daily_cubes/1"


@dataclass(frozen=True)
class Kept:
    """The cube of one month: its file, the readings it saw (numbers below `next_seq`), the second of what is due."""

    file: str
    next_seq: int
    until: int
    register: str
    limits: str
    sha256: str


@dataclass(frozen=True)
class Cubes:
    """The cubes of a store by month."""

    root: Path
    months: Mapping[str, Kept]

    @staticmethod
    def of(store: Store) -> Cubes:
        """What is kept beside a store; nothing where none was computed, or it was computed by another shape."""
        root = store.root / "results"
        try:
            document = json.loads((root / _FILE).read_text("utf-8"))
        except FileNotFoundError:
            return Cubes(root, {})
        if document["shape"] != _SHAPE:
            return Cubes(root, {})
        return Cubes(root, {month: Kept(**kept) for month, kept in document["months"].items()})

    def paths(self, months: tuple[str, ...] | None = None) -> list[Path]:
        """The files of some months, or of all, in their order."""
        return [
            self.root / kept.file for month, kept in sorted(self.months.items()) if months is None or month in months
        ]

    def relation(self, engine: Engine, months: tuple[str, ...] | None = None) -> str:
        """The rows of some months, or of all, as a relation to stand behind FROM."""
        paths = self.paths(months)
        if not paths:
            return "(select " + ", ".join(f"cast(null as bigint) as {name}" for name in CUBE) + " where false)"
        return engine.files(paths)

    def with_month(self, engine: Engine, month: str, sql: str, kept: Kept) -> Cubes:
        """The cubes after one month was computed: its file is written, named in one step, and an older one goes."""
        path = self.root / "cube" / f"{month}-{secrets.token_hex(4)}.parquet"
        names = ", ".join(CUBE)
        engine.write(f"select {names} from ({sql}) as c order by meter, day", path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        named = replace(kept, file=path.relative_to(self.root).as_posix(), sha256=digest)
        after = Cubes(self.root, {**self.months, month: named})
        after.settle()
        if month in self.months:
            (self.root / self.months[month].file).unlink(missing_ok=True)
        return after

    def settle(self) -> None:
        """Makes these cubes the ones that count."""
        listed = {month: asdict(kept) for month, kept in sorted(self.months.items())}
        write_bytes(self.root / _FILE, json.dumps({"shape": _SHAPE, "months": listed}, indent=1).encode())

    def seen(self) -> int:
        """The number from which on readings are new to some month."""
        return min(kept.next_seq for kept in self.months.values())

    def digest(self) -> str:
        """What a figure writes down to say which cubes it was summed from."""
        named = [(month, kept.sha256) for month, kept in sorted(self.months.items())]
        return hashlib.sha256(json.dumps(named).encode()).hexdigest()
