"""The register of meters: which points there are, what each measures, for whom and since when. Rows are only added."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

import polars as pl

from tanheng.metering.disk_faults import reading
from tanheng.metering.shapes import DEFAULT_INTERVAL_S

_DDL = """
create table if not exists meters (
    row integer primary key, recorded_at text not null,
    meter text not null, number integer not null, label text not null, carrier text not null, unit text not null,
    usage text not null, level integer not null, kind text not null, value_unit text not null,
    decimals integer not null, multiplier text not null, interval_s integer not null, start text not null,
    device text not null, sender text not null, code text not null, stat text not null,
    parent text, modulus integer, most_per_interval integer, calibrated_until text, formula text, "end" text,
    first_value integer, last_value integer
);
create index if not exists meters_by_meter on meters (meter, start);
create trigger if not exists meters_never_change before update on meters begin select raise(abort, 'append-only'); end;
create trigger if not exists meters_never_go before delete on meters begin select raise(abort, 'append-only'); end;
"""


@dataclass(frozen=True)
class Meter:
    """One stay of a metering point: from `start` until `end` (or until its next row starts) it measured this.

    `device` is the instrument fixed there: a swap is a new row whose `first_value` is where the new register began;
    `last_value` is where the old one stood when it was taken down. Values are in whole steps of `decimals`.
    `sender` and `code` are the names under which readings arrive (enterprise code, data code); `stat` says of what.
    """

    meter: str
    carrier: str
    unit: str
    start: date
    kind: str = "register"
    value_unit: str = "kWh"
    decimals: int = 2
    multiplier: str = "1"
    label: str = ""
    usage: str = ""
    level: int = 1
    parent: str | None = None
    modulus: int | None = None
    interval_s: int = DEFAULT_INTERVAL_S
    most_per_interval: int | None = None
    calibrated_until: date | None = None
    formula: str | None = None
    end: date | None = None
    device: str = ""
    first_value: int | None = None
    last_value: int | None = None
    sender: str = ""
    code: str = ""
    stat: str = "real_time"
    number: int | None = None


_NAMES = tuple(field.name for field in fields(Meter))
_DATES = {"start", "end", "calibrated_until"}
_SCHEMA = {
    **dict.fromkeys(_NAMES, pl.String),
    **dict.fromkeys(("decimals", "level", "interval_s", "number"), pl.Int32),
    **dict.fromkeys(("modulus", "most_per_interval", "first_value", "last_value"), pl.Int64),
    **dict.fromkeys(_DATES, pl.Date),
}


class Register:
    """The register of one store, in a small database of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @staticmethod
    def open(path: Path) -> Register:
        """The register at `path`, made when it is not there."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with reading(path) as database:
            database.executescript("pragma journal_mode=wal;" + _DDL)
        return Register(path)

    def add(self, meters: Iterable[Meter], recorded_at: datetime | None = None) -> int:
        """Writes rows down, all or none; a point met for the first time gets the next number. Gives how many."""
        at = (recorded_at or datetime.now(UTC)).isoformat()
        with reading(self.path) as database, database:
            database.execute("begin immediate")
            numbers = dict(database.execute("select meter, max(number) from meters group by meter"))
            rows = [_row(meter, at, _number(meter.meter, numbers)) for meter in meters]
            names = ", ".join(f'"{name}"' for name in (*_NAMES, "recorded_at"))
            marks = ", ".join(f":{name}" for name in (*_NAMES, "recorded_at"))
            database.executemany(f"insert into meters ({names}) values ({marks})", rows)
        return len(rows)

    def rows(self, known_on: datetime | None = None) -> list[Meter]:
        """The stays that count, by number and start: as they were written, each ended by the next one of its point."""
        written = self.as_written(known_on)
        return [_until(meter, after) for meter, after in zip_longest(written, written[1:])]

    def as_written(self, known_on: datetime | None = None) -> list[Meter]:
        """The rows that count, by number and start: of equal starts the last written."""
        clause, values = ("where recorded_at <= ?", [known_on.isoformat()]) if known_on else ("", [])
        names = ", ".join(f'"{name}"' for name in _NAMES)
        with reading(self.path) as database:
            found = database.execute(f"select {names} from meters {clause} order by row", values).fetchall()
        meters = (_meter(dict(zip(_NAMES, row, strict=True))) for row in found)
        chosen = {(meter.number or 0, meter.start): meter for meter in meters}
        return [chosen[key] for key in sorted(chosen)]

    def last_row(self) -> int:
        """The last row written: what tells a reader that something was added. -1 in an empty register."""
        with reading(self.path) as database:
            return int(database.execute("select coalesce(max(row), -1) from meters").fetchone()[0])

    def numbers(self) -> Mapping[str, int]:
        """The number of every point."""
        with reading(self.path) as database:
            return dict(database.execute("select meter, max(number) from meters group by meter"))

    def frame(self, known_on: datetime | None = None) -> pl.DataFrame:
        """The stays as a table with the columns of shapes.METER_COLUMNS."""
        rows = [asdict(meter) for meter in self.rows(known_on)]
        return pl.DataFrame(rows, schema=_SCHEMA)

    def digest(self, known_on: datetime | None = None) -> str:
        """What a result writes down to say which register it saw."""
        return digest_of(self.rows(known_on))


def digest_of(stays: Iterable[Meter]) -> str:
    """The digest of a register by its stays, as `Register.rows` gives them."""
    rows = [vars(stay) for stay in stays]
    return hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()


def _number(meter: str, numbers: dict[str, int]) -> int:
    if meter not in numbers:
        numbers[meter] = len(numbers) + 1
    return numbers[meter]


def _row(meter: Meter, recorded_at: str, number: int) -> dict[str, object]:
    row = {name: str(value) if isinstance(value, date) else value for name, value in asdict(meter).items()}
    return {**row, "number": number, "code": meter.code or meter.meter, "recorded_at": recorded_at}


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    """Most meters of a city began on a few days."""
    return date.fromisoformat(text)


def _meter(row: dict[str, object]) -> Meter:
    days = {name: _day(str(row[name])) for name in _DATES if row[name] is not None}
    return Meter(**{**row, **days})  # type: ignore[arg-type]


def _until(meter: Meter, after: Meter | None) -> Meter:
    if after is None or after.number != meter.number or (meter.end is not None and meter.end <= after.start):
        return meter
    return replace(meter, end=after.start)
