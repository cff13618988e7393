"""Readings of a meter whose true use is known, and what the conversion makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files

import duckdb
import numpy as np
import yaml

from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering import Meter
from tanheng.metering.conversion import points
from tanheng.metering.intervals import interval_columns, intervals_sql, load_points, lost_sql

START = date(2026, 1, 5)
BEGIN = 1767542400  # 2026-01-05 00:00 in China
QUARTER = 900
MOST = 3000  # 30 kWh in a quarter of an hour, in hundredths


def definition(name, shape):
    """A definition of the national pack."""
    text = (files("tanheng") / "packs" / "cn_national" / "metering" / f"{name}.yaml").read_text("utf-8")
    return shape.model_validate({key: value for key, value in yaml.safe_load(text).items() if key != "schema"})


GRIDS, LIMITS = definition("grids", MeteringGrids), definition("quality", MeteringQuality)


def meter(**fields):
    """A meter of electricity in hundredths of kWh: one step is 10 Wh."""
    given = {"number": 1, "most_per_interval": MOST, "first_value": 1_000_000, **fields}
    return Meter("m1", "electricity", "facility/works", given.pop("start", START), **given)


def in_turn(stays):
    """Stays of a meter as its register gives them: each ends where the next one starts."""
    following = [stay.start for stay in stays[1:]]
    return [replace(stay, end=end) for stay, end in zip(stays, [*following, None], strict=True)]


def use(days=6, seed=1):
    """The true use of each quarter of an hour, in hundredths of kWh: busy by day, little by night, never nothing."""
    quarters = np.arange(days * 96)
    by_day = 900 + 700 * np.sin((quarters % 96 - 30) / 96 * 2 * np.pi)
    return (by_day + np.random.default_rng(seed).integers(0, 300, len(quarters))).astype(np.int64)


def ends(count, begin=BEGIN):
    """The ends of intervals."""
    return begin + QUARTER * np.arange(1, count + 1, dtype=np.int64)


def register(used, first=1_000_000):
    """What a cumulative register shows at the ends of intervals."""
    return first + np.cumsum(used)


def convert(at, value, *stays, flag=None, what=intervals_sql):
    """The intervals of one meter, as a dictionary from end to (energy in Wh, quality, method)."""
    engine = duckdb.connect()
    load_points(engine, points(in_turn(stays or (meter(),)), GRIDS))
    count = len(at)
    engine.register(
        "readings",
        {
            "meter": np.ones(count, np.int32),
            "at": np.asarray(at, np.int64),
            "value": np.asarray(value, np.int64),
            "flag": np.zeros(count, np.uint8) if flag is None else np.asarray(flag, np.uint8),
            "seq": np.arange(count, dtype=np.int64),
        },
    )
    sql = what("readings", "points", LIMITS)
    if what is lost_sql:
        return engine.execute(sql + " order by ts").fetchall()
    found = interval_columns(engine, sql)
    columns = (np.ma.asarray(found[name]).tolist() for name in ("energy", "quality", "method"))
    return dict(zip(found["at"].tolist(), zip(*columns, strict=True), strict=True))


def total(intervals, start=None, end=None):
    """The energy of all intervals that have one, in Wh."""
    return sum(e for t, (e, _, _) in intervals.items() if e is not None and (start is None or start < t <= end))
