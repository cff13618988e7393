"""Importing: a workbook read, checked and recorded; many observations at once; and the snapshot of a million.

Every part runs on a fresh SQLite site of its own and prints its time beside its bound. Returns 1 if a bound is not met.

    python bench/import_workbook.py [--rounds 3] [--rows 10000] [--observations 200000] [--snapshot 1000000]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tanheng import records

WORKBOOK_BOUND_S, OBSERVATIONS_BOUND_S, SNAPSHOT_BOUND_S = 1.5, 20.0, 30.0
PUBLISHED = date(2026, 1, 20)
HEADINGS = ("统一社会信用代码", "单位名称", "报告期", "能源品种", "计量单位", "消费量", "备注")
CARRIERS = {"柴油": "吨", "电力": "万千瓦时", "天然气": "万立方米", "原煤": "吨"}


def main() -> int:
    """Measures each part in a process of its own, prints, and returns 1 if a bound is not met."""
    options = _options()
    if options.only:
        print(*PARTS[options.only](options))
        return 0
    parts = [
        (f"workbook of {options.rows:,} rows", "workbook", WORKBOOK_BOUND_S, options.rounds),
        (f"{options.observations:,} observations", "observations", OBSERVATIONS_BOUND_S, 1),
        (f"snapshot of {options.snapshot:,}", "snapshot", SNAPSHOT_BOUND_S, 1),
    ]
    print("Importing on SQLite: read, check, record under the hash chain")
    met = [_report(name, part, bound, [_alone(part) for _ in range(rounds)]) for name, part, bound, rounds in parts]
    return int(not all(met))


def _report(name: str, part: str, bound: float, runs: list[list[float]]) -> bool:
    best = min(runs)
    seconds, memory = best[0], best[-1]
    split = f"   ({best[1]:.2f} s reading, {best[2]:.2f} s recording)" if part == "workbook" else ""
    verdict = "met" if seconds <= bound else "NOT MET"
    print(f"  {name:28} {seconds:8.2f} s    bound {bound:g} s  {verdict}   {memory:.0f} MiB{split}")
    return seconds <= bound


def _alone(part: str) -> list[float]:
    command = [sys.executable, __file__, "--only", part, *sys.argv[1:]]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(text) for text in done.stdout.split()]


def _workbook(options: argparse.Namespace) -> tuple[float, ...]:
    """Reads, checks and records a workbook; what a site does once, such as reading its packs, is done before."""
    with tempfile.TemporaryDirectory() as home:
        clerk = _site(home)
        from tanheng.kernel.pack import Layout
        from tanheng.kernel.subject import Directory, Facility
        from tanheng.records.recording import record_observations
        from tanheng.store import load_packs, read_workbook, write_workbook

        packs, path = load_packs(), Path(home) / "month.xlsx"
        units = [(f"91LJ{number:014d}", f"单位{number}") for number in range(options.rows // len(CARRIERS))]
        rows = [
            dict(zip(HEADINGS, (*unit, "2024-03", carrier, stated, f"{place}.25", ""), strict=True))
            for place, unit in enumerate(units)
            for carrier, stated in CARRIERS.items()
        ]
        write_workbook(path, packs.get(Layout, "unit_energy_monthly"), rows, "能耗月报")
        facilities = (Facility(f"facility/{code}", {"zh": name, "en": name}, {"uscc": code}) for code, name in units)
        directory = Directory(facilities=tuple(facilities))
        start = time.perf_counter()
        reading = read_workbook(path, None, packs, directory, PUBLISHED, "0" * 64)
        read = time.perf_counter()
        recorded = record_observations(reading.observations, clerk, path.name)
        end = time.perf_counter()
        assert recorded.new == len(rows)
        return end - start, read - start, end - read, _memory()


def _observations(options: argparse.Namespace) -> tuple[float, ...]:
    with tempfile.TemporaryDirectory() as home:
        clerk = _site(home)
        from tanheng.records.recording import record_observations

        stated = list(_stated(options.observations))
        start = time.perf_counter()
        recorded = record_observations(stated, clerk)
        seconds = time.perf_counter() - start
        assert recorded.new == options.observations
        return seconds, _memory()


def _snapshot(options: argparse.Namespace) -> tuple[float, ...]:
    from tanheng.store.snapshot import write_snapshot

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        rows = ({**item.as_json(), "position": 1 + place // 10_000} for place, item in _numbered(options.snapshot))
        snapshot = write_snapshot(rows, Path(folder), 1)
        seconds = time.perf_counter() - start
        assert snapshot.height == options.snapshot
        return seconds, _memory()


def _numbered(count: int) -> Iterator[tuple[int, Any]]:
    return enumerate(_stated(count))


def _stated(count: int) -> Iterator[Any]:
    from tanheng.kernel.fact import Observation, ObservationKey
    from tanheng.kernel.period import Accumulation, Period

    months = [Period.month(2020 + number // 12, number % 12 + 1) for number in range(80)]
    for place in range(count):
        unit, carrier = f"facility/{place // 240:06d}", ("diesel", "electricity", "natural_gas")[place // 80 % 3]
        key = ObservationKey(
            "energy_consumption", unit, (("carrier", carrier),), months[place % 80],
            Accumulation.MONTH, "unit_report", "unit_report",
        )  # fmt: skip
        source = f"{'a' * 64}/book.xlsx!S!F{place}"
        yield Observation(key, Decimal(f"{place}.25"), "t", "final", PUBLISHED, source)


def _site(home: str) -> Any:
    records.configure(home=home)
    records.prepare_database()
    from tanheng.records.people import person_named

    return person_named("bench")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS = {"workbook": _workbook, "observations": _observations, "snapshot": _snapshot}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--observations", type=int, default=200_000)
    parser.add_argument("--snapshot", type=int, default=1_000_000)
    parser.add_argument("--only", choices=sorted(PARTS), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
