"""Made-up registers and readings for roll-ups, and the short way through one."""

from datetime import date

import numpy as np

from tanheng.metering import Batch, Meter
from tanheng.metering.engine import DuckEngine
from tanheng.metering.refreshing import Refresher
from tanheng.metering.rollup import Rules, roll_up
from tanheng.store.packs import load_packs

START = 1735660800  # 2025-01-01 00:00 in China
QUARTER = 900
DAY = 96
KNOWN = date(2026, 6, 30)
PACKS = load_packs(("cn_shanghai",))


def meter(name, unit, **said):
    """A register of electricity from 2025 on, in steps of 0.01 kWh."""
    return Meter(name, said.pop("carrier", "electricity"), unit, date(2025, 1, 1), **said)


def readings(key, number, values, first=0, flag=0):
    """A batch of one meter: a value for each quarter of an hour from `first` on."""
    count = len(values)
    at = START + QUARTER * np.arange(first, first + count, dtype=np.int64)
    columns = (np.full(count, number, dtype=np.int32), at, np.array(values, dtype=np.int64))
    return Batch(key, "test", *columns, np.full(count, flag, dtype=np.uint8))


def refreshed(store, until=None):
    """The cube of a store brought up to its readings, and the engine that did it."""
    engine = DuckEngine(store.root / "spill")
    refresher = Refresher.of(store, PACKS, until)
    return engine, refresher, refresher.refresh(engine)


def cube_of(store, until=None):
    """Every row of the cube by meter and day since START, as a mapping of its columns."""
    engine, _, done = refreshed(store, until)
    columns = engine.columns(f"select * from {done.cubes.relation(engine)} as c order by meter, day")
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    return {(row["meter"], row["day"] - (START + 8 * 3600) // 86400): row for row in named}


def figures_of(store, beside=None, until=None):
    """The figures of a store by unit, carrier and month, and what was found."""
    engine, refresher, done = refreshed(store, until)
    rules = Rules.of(PACKS, KNOWN, None, beside)
    still = done.still.relation(engine)
    rolled = roll_up(engine, done.cubes.relation(engine), refresher.dimensions, sorted(done.cubes.months), rules, still)
    return {(row["unit"], row["carrier"], row["month"]): row for row in rolled.rows()}, rolled
