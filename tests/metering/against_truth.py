"""A roll-up held against the truth of a simulation: every hour, day and month is exact, or it is flagged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import duckdb

from tanheng.metering import Store
from tanheng.metering.checking import Check
from tanheng.metering.engine import DuckEngine
from tanheng.metering.simulate_faults import wanted
from tanheng.metering.simulate_plan import Plan
from tanheng.metering.simulate_writing import write_simulation
from tanheng.store.packs import load_packs
from tests.metering.simulated import bring_in

PACKS = load_packs(("cn_national",))
HOURS = [f"h{hour}" for hour in range(24)]
_TRUTH = """
select meter, ("at" - 1 + 28800) // 86400 as day, list(energy order by "at") as true_hours,
  list(distinct fault) as faults
from read_parquet('{}') group by all
"""


@dataclass(frozen=True)
class Day:
    """One day of one meter: what was used, what was found, how far it is believed."""

    meter: str
    day: int
    true: list[int]
    found: list[int | None]
    missing: int
    spread: int
    suspect: int
    faults: list[str]
    due: int = 0
    seen: int = 0

    @property
    def plain(self) -> bool:
        return not (self.missing or self.spread or self.suspect) and self.seen == self.due

    @property
    def right(self) -> bool:
        return self.true == self.found

    @property
    def off(self) -> int:
        return sum(hour or 0 for hour in self.found) - sum(self.true)


@dataclass(frozen=True)
class Stretch:
    """Days of one meter that follow one another and are alike: all plain, or none."""

    meter: str
    first: int
    last: int
    off: int
    flagged: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """`wrong`: stretches that differ from the truth and say nothing; `lost`: those that differ and say so."""

    wrong: list[Stretch]
    lost: list[Stretch]
    findings: list


def compared(folder, seed, meters=60, days=33, faults="150", start=None) -> Verdict:
    """Simulates, brings in, rolls up and compares."""
    plan = Plan(meters, days, seed, wanted=wanted(faults, meters), **({"start": start} if start else {}))
    write_simulation(plan, folder / "in", folder / "truth.parquet")
    store = Store.open(folder / "home")
    bring_in(store, folder / "in")
    engine = DuckEngine(folder / "spill")
    try:
        checks = Check.of(store, PACKS, engine, None, None)
        checked = checks.run()
        found = list(_days(engine, store, folder))
    finally:
        engine.close()
        store.close()
    shutil.rmtree(folder)
    return judged(found, checked.findings)


def _days(engine, store, folder) -> Iterator[Day]:
    numbers = {number: name for name, number in store.register.numbers().items()}
    cube = engine.columns("select * from judged order by meter, day")
    rows = {}
    for row in zip(*(column.tolist() for column in cube.values()), strict=True):
        named = dict(zip(cube, row, strict=True))
        rows[numbers[named["meter"]], named["day"]] = named
    truth = duckdb.sql(_TRUTH.format(folder / "truth.parquet")).fetchall()
    for meter, day, true, faults in sorted(truth):
        row = rows.get((meter, day))
        if row is None:
            yield Day(meter, day, true, [None] * 24, 96, 0, 0, faults)
            continue
        told = [row[name] or 0 for name in ("missing", "spread", "suspect")]
        yield Day(meter, day, true, [row[hour] for hour in HOURS], *told, faults, row["due"], row["seen"])


def judged(days, findings) -> Verdict:
    """A plain stretch must be right in every hour; one that was spread, in total; one that lost something says so."""
    wrong, lost = [], []
    for meter, mine in groupby(days, lambda day: day.meter):
        for plain, some in groupby(mine, lambda day: day.plain):
            several = list(some)
            off = sum(day.off for day in several)
            flagged = "missing" if any(day.missing for day in several) else "spread"
            flagged = "suspect" if flagged == "spread" and any(day.suspect for day in several) else flagged
            faults = tuple(sorted({fault for day in several for fault in day.faults if fault}))
            told = Stretch(meter, several[0].day, several[-1].day, off, "plain" if plain else flagged, faults)
            if plain and not all(day.right for day in several):
                wrong.append(told)
            elif off and not plain:
                (wrong if flagged == "spread" else lost).append(told)
    return Verdict(wrong, lost, findings)


def sized(stretch, findings) -> bool:
    """Whether a finding names the meter, a time within the stretch, and how much or how many intervals."""
    first, last = (str(date(1970, 1, 1) + timedelta(days=day)) for day in (stretch.first, stretch.last))
    for finding in findings:
        meter, _, span = finding.place.partition("/")
        start, _, end = span.partition("/")
        there = meter == stretch.meter and "T" in start and start[:10] <= last and end[:10] >= first
        if there and {"size", "count", "hours"} & set(finding.fields):
            return True
    return False
