"""Fills: somebody's decision that what is missing of a meter over some days is to be filled by a named method.

A fill is a record, with who decided it and why; it is withdrawn, never removed. Nothing is filled without one.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, Literal, get_args

from tanheng.kernel.faults import Refusal

FillMethod = Literal["same_weekday_profile", "neighbour_days"]
METHODS: Final[tuple[str, ...]] = get_args(FillMethod)
_DDL: Final = """
create table if not exists fills (
    row integer primary key, recorded_at text not null, meter text not null, start text not null, "end" text not null,
    method text not null, reason text not null, by text not null, withdraws integer
);
create trigger if not exists fills_never_change before update on fills begin select raise(abort, 'append-only'); end;
create trigger if not exists fills_never_go before delete on fills begin select raise(abort, 'append-only'); end;
"""


@dataclass(frozen=True)
class Fill:
    """One decision: the meter, its first and last day, the method, why and by whom. `row` is its number."""

    meter: str
    start: date
    end: date
    method: str
    reason: str
    by: str
    row: int | None = None

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise Refusal("fill-method-unknown", method=self.method, known=", ".join(METHODS))
        if self.end < self.start or not self.reason.strip() or not self.by.strip():
            raise Refusal("fill-incomplete", meter=self.meter)


class FillBook:
    """The fills of one store."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @staticmethod
    def open(root: Path) -> FillBook:
        """The fills beside the readings at `root`."""
        path = root / "fills.db"
        root.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=60)) as database:
            database.executescript("pragma journal_mode=wal;" + _DDL)
        return FillBook(path)

    def add(self, fill: Fill) -> int:
        """Writes a fill down and gives its number."""
        return self._write(fill, None)

    def withdraw(self, number: int, reason: str, by: str) -> int:
        """Writes down that a fill no longer holds.

        Refuses  fill-not-found: no fill with that number stands.
        """
        standing = {fill.row: fill for fill in self.standing()}
        if number not in standing:
            raise Refusal("fill-not-found", number=number)
        return self._write(Fill(**{**asdict(standing[number]), "reason": reason, "by": by}), number)

    def standing(self) -> list[Fill]:
        """The fills that hold, in the order in which they were written."""
        with closing(sqlite3.connect(self.path, timeout=60)) as database:
            found = database.execute(
                'select meter, start, "end", method, reason, by, row from fills where withdraws is null '
                "and row not in (select withdraws from fills where withdraws is not null) order by row"
            ).fetchall()
        return [Fill(row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]), *row[3:]) for row in found]

    def digest(self) -> str:
        """What a result writes down to say which fills it saw; empty where none holds."""
        standing = [asdict(fill) for fill in self.standing()]
        return hashlib.sha256(json.dumps(standing, default=str).encode()).hexdigest() if standing else ""

    def _write(self, fill: Fill, withdraws: int | None) -> int:
        values = (datetime.now(UTC).isoformat(), fill.meter, str(fill.start), str(fill.end), fill.method, fill.reason)
        with closing(sqlite3.connect(self.path, timeout=60)) as database, database:
            cursor = database.execute(
                'insert into fills (recorded_at, meter, start, "end", method, reason, by, withdraws) '
                "values (?, ?, ?, ?, ?, ?, ?, ?)",
                (*values, fill.by, withdraws),
            )
            return int(cursor.lastrowid or 0)
