"""The demo year's folders: made, read and recorded at one district's site, with the bound of the issue beside it.

Prints the seconds of making the files (no bound), of reading and recording them, and of accounting for the year; and
how many files, rows and statements there were. It measures and judges; it changes nothing outside a folder of its own.

    python bench/demo_year.py [--units 2000]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

READ_AND_RECORDED_BOUND_S = 30.0
Gives = TypeVar("Gives")


def main() -> int:
    """Measures, prints, and returns 1 if the bound is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, help="units of the whole city; as its recipe says by default")
    units = parser.parse_args().units
    with tempfile.TemporaryDirectory(prefix="tanheng-bench-") as folder:
        os.environ["TANHENG_HOME"] = folder
        return _measure(Path(folder), units)


def _measure(folder: Path, units: int | None) -> int:
    from tanheng.cli.site import acting, prepare_site

    prepare_site()
    from tanheng.cli.demo_year import account_year
    from tanheng.cli.import_ import take_in
    from tanheng.cli.import_files import batches_of
    from tanheng.fiction import build, directory_of_city, found_city
    from tanheng.kernel.pack import Demo
    from tanheng.kernel.period import Period
    from tanheng.records.recording import record_directory
    from tanheng.store import load_packs

    packs = load_packs()
    (found,) = [item for item in packs.definitions if isinstance(item.value, Demo) and item.value.year]
    plan = found.value.year
    city = found_city(packs, found.pack, units)
    months = Period.parse(plan.months).months()
    built, making = _timed(lambda: build(city, folder / "year", months, plan.district))
    record_directory(directory_of_city(city, plan.district), acting(None))
    folders = sorted({built.folder / path.partition("/")[0] for path in built.files})
    batches = [batch for month in folders for batch in batches_of([month], plan.known_on, None)]
    taken, reading = _timed(lambda: take_in(batches, packs, None))
    _, accounting = _timed(lambda: account_year(plan))
    rows = sum(item.book.reading.rows_read for item in taken if item.book)
    stated = sum(item.recorded.new + item.recorded.changed for item in taken if item.recorded)
    print(f"{len(taken)} files of a year, {rows:,} rows, {stated:,} statements recorded")
    print(f"  making the files             {making:8.2f} s")
    met = "met" if reading <= READ_AND_RECORDED_BOUND_S else "NOT MET"
    print(f"  reading and recording them   {reading:8.2f} s    bound {READ_AND_RECORDED_BOUND_S:g} s  {met}")
    print(f"  accounting for the year      {accounting:8.2f} s")
    return int(reading > READ_AND_RECORDED_BOUND_S)


def _timed(work: Callable[[], Gives]) -> tuple[Gives, float]:
    start = time.perf_counter()
    given = work()
    return given, time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
