"""Rolling up a year of readings: against hand-written SQL, plain pandas and plain Polars, every figure from one run.

    python bench/metering.py --readings 105e6 --home /tmp/somewhere

Data are made first (meters at 15 minutes for a year, every reading there); each measurement is a process of its own, so
that its memory is its own. Times on a busy machine differ; the ratios are measured in turns and say more.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from bench.metering_by_frames import in_pandas, in_polars
from bench.metering_by_hand import by_hand
from bench.metering_ingest import fdatasyncs
from tanheng.metering import Meter, Store
from tanheng.metering.cubes import Cubes
from tanheng.metering.engine import DuckEngine
from tanheng.metering.hourly_report import HourlyReport
from tanheng.metering.lists import Beside, Price
from tanheng.metering.manifest import Part
from tanheng.metering.refreshing import Refresher
from tanheng.metering.rollup import Rules, roll_up
from tanheng.metering.shapes import month_bounds
from tanheng.metering.still_hours import StillHours
from tanheng.store.packs import load_packs

YEAR = 2025
MONTHS = [f"{YEAR}-{number:02}" for number in range(1, 13)]
A_YEAR = 365 * 96
UNITS_OF = 3  # meters of a unit
KNOWN = date(2026, 6, 30)
REPORT_ROUNDS = 20
MOST_S = {"from_cube": 2, "new_day": 2, "report": 0.05}
Told = dict[str, Any]
"""What a measurement says: seconds, cpu, rss_mb, result, and the problem where it failed."""


def make(home: Path, meters: int) -> None:
    """A year of readings of registers, and the ones at its first 00:00."""
    store = Store.open(home)
    store.register.add(
        Meter(f"m{number}", "electricity", f"facility/u{(number - 1) // UNITS_OF}", date(YEAR, 1, 1))
        for number in range(1, meters + 1)
    )
    parts, seq = [], 1
    first = month_bounds(MONTHS[0])[0]
    for month in [f"{YEAR - 1}-12", *MONTHS]:
        low, high = month_bounds(month)
        low = max(low, first - 900)
        path = store.root / f"month={month}" / "readings-1.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = write(path, meters, low, high, seq)
        name = path.relative_to(store.root).as_posix()
        parts.append(Part(name, month, "readings", rows, (1, meters), (low + 900, high), (seq, seq), "-"))
        seq += 1
    store.settle(replace(store.manifest.with_parts(parts), next_seq=seq))


def write(path: Path, meters: int, low: int, high: int, seq: int) -> int:
    """The readings of some time in the order of meter and time; gives how many."""
    each, first = (high - low) // 900, month_bounds(MONTHS[0])[0]
    value = f"m * 100000 + ((t - {first}) // 900) * 25 + hash(m * 7919 + t) % 25"
    with duckdb.connect() as engine:
        engine.execute("set threads = 2")
        engine.execute(
            f"copy (select m::integer as meter, t::bigint as at, ({value})::bigint as value, 0::utinyint as flag, "
            f"{seq}::bigint as seq from (select i // {each} + 1 as m, {low} + 900 * (i % {each} + 1) as t "
            f"from range({meters * each}) r(i)) s) to '{path}' "
            "(format parquet, parquet_version v2, compression zstd, row_group_size 491520)"
        )
    return meters * each


def rules_for(packs: object, units: int) -> Rules:
    """A time-of-use price for every unit, so that every figure has a cost."""
    prices = [
        Price(f"facility/u{number}", "electricity", "kWh", Decimal("0.65"), "shanghai_two_part_2023", "", "")
        for number in range(units)
    ]
    return Rules.of(packs, KNOWN, None, Beside(packs, prices, ()))  # type: ignore[arg-type]


def scan(home: Path) -> Told:
    """Four columns of every file, added up."""
    files = f"'{home}/readings/month={YEAR}-*/*.parquet'"
    with duckdb.connect() as engine:
        engine.execute("set threads = 2")
        four = 'sum(r.meter), sum(r."at"), sum(r.value), sum(r.flag)'
        return timed(lambda: engine.execute(f"select {four} from read_parquet({files}) r").fetchall())


def ours(home: Path) -> Told:
    """Readings to unit x carrier x month with factors and cost, everything written down on the way."""
    store, packs = Store.open(home), load_packs(("cn_shanghai",))
    shutil.rmtree(store.root / "results", ignore_errors=True)
    (store.root / "results").mkdir()

    def run() -> dict[str, int]:
        engine = DuckEngine(store.root / "results/spill")
        refresher = Refresher.of(store, packs)
        done = refresher.refresh(engine)
        cubes, still = done.cubes, done.still.relation(engine)
        rules = rules_for(packs, len(refresher.dimensions.units))
        rolled = roll_up(engine, cubes.relation(engine), refresher.dimensions, sorted(cubes.months), rules, still)
        return totals(rolled.figures)

    return timed(run)


def from_cube(home: Path) -> Told:
    """The same figures from the daily cube."""
    store, packs = Store.open(home), load_packs(("cn_shanghai",))
    refresher, cubes, engine = Refresher.of(store, packs), Cubes.of(store), DuckEngine(store.root / "results/spill")
    rules = rules_for(packs, len(refresher.dimensions.units))

    def run() -> dict[str, int]:
        still = StillHours.of(cubes).relation(engine)
        rolled = roll_up(engine, cubes.relation(engine), refresher.dimensions, sorted(cubes.months), rules, still)
        return totals(rolled.figures)

    return timed(run)


def new_day(home: Path) -> Told:
    """One more day of all meters, already in a file, brought into the cube; afterwards the store is as it was."""
    store, packs = Store.open(home), load_packs(("cn_shanghai",))
    before, cubes = store.manifest, Cubes.of(store)
    meters = len(store.register.numbers())
    low = month_bounds(MONTHS[-1])[1]
    path = store.root / f"month={YEAR + 1}-01" / "readings-day.parquet"
    path.parent.mkdir(exist_ok=True)
    added = []
    for number, (start, name) in enumerate(((low, "one"), (low + 86_400, "two"))):
        path = path.with_name(f"readings-{name}.parquet")
        write(path, meters, start, start + 86_400, 20 + number)
        place = path.relative_to(store.root).as_posix()
        seq = (20 + number, 20 + number)
        added.append(
            Part(place, f"{YEAR + 1}-01", "readings", meters * 96, (1, meters), (start + 900, start + 86_400), seq, "-")
        )
    engine = DuckEngine(store.root / "results/spill")
    store.settle(replace(store.manifest.with_parts(added[:1]), next_seq=21))
    Refresher.of(store, packs).refresh(engine)  # the first day of the month stands
    store.settle(replace(store.manifest.with_parts(added[1:]), next_seq=22))
    told = timed(lambda: {"days": len(Refresher.of(store, packs).refresh(engine).changed), "readings": meters * 96})
    store.settle(before)
    cubes.settle()
    shutil.rmtree(path.parent)
    return told


def report(home: Path) -> Told:
    """Every hour of a year of one unit, with CO2 and cost; the median of some units."""
    store, packs = Store.open(home), load_packs(("cn_shanghai",))
    refresher, cubes, engine = Refresher.of(store, packs), Cubes.of(store), DuckEngine(store.root / "results/spill")
    units = refresher.dimensions.units
    still = StillHours.of(cubes)
    asked = HourlyReport(cubes, still, refresher.dimensions, rules_for(packs, len(units)), store.manifest.offset_s)
    took = []
    for number in range(REPORT_ROUNDS):
        unit = units[number * (len(units) - 1) // REPORT_ROUNDS]
        took.append(timed(partial(asked.of_unit, engine, unit, MONTHS)))
    return sorted(took, key=lambda told: told["seconds"])[REPORT_ROUNDS // 2]


def hourly(home: Path) -> Told:
    """Readings of one month to hourly energy, CO2 and cost of every unit, on the disk before it counts."""
    store, packs = Store.open(home), load_packs(("cn_shanghai",))
    (store.root / "results").mkdir(exist_ok=True)

    def run() -> dict[str, int]:
        engine = DuckEngine(store.root / "results/spill")
        refresher = Refresher.of(store, packs, month_bounds(MONTHS[0])[1])
        cube = refresher._cube(Cubes(store.root / "results", {}), MONTHS[0]).compute(engine)
        engine.keep("one_month", cube)
        hours = " union all ".join(
            f"select s.unit, c.day * 24 + {hour} as hour, sum(c.h{hour}) as energy from one_month c join stays s "
            f"on c.meter = s.meter group by all" for hour in range(24)
        )  # fmt: skip
        path = store.root / "results/hours.parquet"
        engine.write(
            f"select unit, hour, cast(energy as bigint) as energy, (energy * 5737 + 5000) // 10000 as co2_g, "
            f"(energy * 65 + 500) // 1000 as cost_fen from ({hours}) h", path
        )  # fmt: skip
        rows = sum(part.rows for part in store.manifest.of_month(MONTHS[0]))
        return {"readings": rows}

    return timed(run)


def hand(home: Path) -> Told:
    """The best SQL that we could write for the same figures."""
    packs = load_packs(("cn_shanghai",))
    meters = len(Store.open(home).register.numbers())
    return timed(lambda: by_hand(home / "readings", MONTHS, meters, UNITS_OF, packs))


def pandas(home: Path) -> Told:
    """Plain pandas for the same figures."""
    return timed(lambda: in_pandas(home / "readings", MONTHS, UNITS_OF, load_packs(("cn_shanghai",))))


def polars(home: Path) -> Told:
    """Plain Polars for the same figures."""
    return timed(lambda: in_polars(home / "readings", MONTHS, UNITS_OF, load_packs(("cn_shanghai",))))


def totals(figures: object) -> dict[str, int]:
    """What two ways are compared by."""
    names = ("energy", "energy_gce", "co2_g", "cost_fen", "due")
    return {name: int(np.ma.sum(figures[name])) for name in names}  # type: ignore[index]


def timed(run: Callable[[], object]) -> Told:
    before, start = time.process_time(), time.perf_counter()
    result = run()
    return {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - before,
        "rss_mb": peak_mb(),
        "result": result if isinstance(result, dict) else {},
        "problem": "",
    }


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


MEASURED: dict[str, Callable[[Path], Told]] = {
    "scan": scan, "hand": hand, "ours": ours, "from_cube": from_cube, "report": report, "new_day": new_day,
    "hourly": hourly, "polars": polars, "pandas": pandas,
}  # fmt: skip


def measured(name: str, home: Path) -> Told:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "bench.metering", "--only", name, "--home", str(home)]
    told = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "."})
    if told.returncode:
        return {"seconds": 0.0, "cpu": 0.0, "rss_mb": 0.0, "result": {}, "problem": told.stderr[-300:]}
    said: Told = json.loads(told.stdout.splitlines()[-1])
    return said


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--readings", type=float, default=105e6)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--only")
    parser.add_argument("--skip", default="", help="measurements to leave out, such as pandas,polars")
    given = parser.parse_args()
    if given.only:
        print(json.dumps(MEASURED[given.only](given.home)))
        return
    home = given.home or Path(tempfile.mkdtemp(prefix="metering-"))
    meters = max(UNITS_OF, round(given.readings / A_YEAR))
    if not (home / "readings/manifest.json").exists():
        start = time.perf_counter()
        make(home, meters)
        print(f"made {meters * A_YEAR:,} readings of {meters:,} meters in {time.perf_counter() - start:.0f} s")
    print(f"{fdatasyncs(home):,.0f} fdatasync/s of the disk; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    tell({name: measured(name, home) for name in MEASURED if name not in given.skip.split(",")}, meters * A_YEAR)
    if given.home is None:
        shutil.rmtree(home)


def tell(found: dict[str, Told], readings: int) -> None:
    """One line for each measurement: its time, the readings that it went through in a second, its memory, its bound."""
    print(f"{readings:,} readings of a year\n{'':12}{'s':>9}{'cpu s':>9}{'M/s':>8}{'MB':>7}  bound")
    for name, told in found.items():
        if told["problem"]:
            print(f"{name:12} failed: {told['problem']}")
            continue
        through = told["result"]["readings"] if "readings" in told["result"] else readings
        rate = "" if name in ("report", "from_cube") else f"{through / told['seconds'] / 1e6:.1f}"
        said = bound(name, told, rate)
        print(f"{name:12}{told['seconds']:9.3f}{told['cpu']:9.3f}{rate:>8}{told['rss_mb']:7.0f}  {said}")
    ours, hand = found["ours"], found["hand"]
    print(f"of ours: {1e9 * ours['cpu'] / readings:.1f} ns of processor time a reading")
    clock, cpu = (ours[name] / hand[name] for name in ("seconds", "cpu"))
    print(f"ours / hand-written: {clock:.2f} by the clock, {cpu:.2f} by processor time (bound 1.5)")
    for name in {"hand", "from_cube", "polars", "pandas"} & set(found):
        print(f"ours and {name} agree to the integer: {ours['result'] == found[name]['result']}")


def bound(name: str, told: Told, rate: str) -> str:
    """What is wanted of a measurement, and whether it is so."""
    if name == "ours":
        return _met("at most 1,280 MB", told["rss_mb"] <= 1280)
    if name == "hourly":
        return _met("at least 0.5 M/s, on the disk", float(rate) >= 0.5)
    if name in MOST_S:
        return _met(f"at most {MOST_S[name]} s", told["seconds"] <= MOST_S[name])
    return ""


def _met(wanted: str, met: bool) -> str:
    return f"{wanted}: {'met' if met else 'NOT MET'}"


if __name__ == "__main__":
    main()
