"""The site that bench/web.py asks: a made-up city with the reports of 57 months recorded, accounted for and graded.

The units, their places and what they use are those of the fictional pack (`tanheng fiction build --units`). What they
report goes into the records as it would after reading, month by month under one event each; the workbooks themselves
are left out, since reading them is measured in bench/import_workbook.py. Figures and targets of areas are those of
bench/control_city.py, moved to the districts and towns of the city. A site that stands is used again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tanheng import records
from tanheng.kernel.period import Period

PERIOD = Period.parse("2021-01..2025-09")
TO_DATE, QUARTER = Period.parse("2025-01..2025-09"), "2025Q3"
KNOWN_ON = date(2025, 11, 20)
ACCOUNTS = (
    ("unit_energy_and_co2", "city_inventory", PERIOD),
    ("unit_energy_reported", "energy_reporting", PERIOD),
    ("dispatch", "energy_reporting", TO_DATE),
)
DONE = "bench.json"
_HASH = "b" * 64


def main() -> int:
    """Builds the site that the environment names, unless it stands; says how long each step took."""
    options = _options()
    home = Path(options.home)
    records.configure(home=home, url=options.database or None)
    if options.record:
        _record_something()
        return 0
    if (home / DONE).is_file():
        return 0
    records.prepare_database()
    steps = _build(options.units)
    (home / DONE).write_text(json.dumps({"units": options.units, "seconds": steps}), "utf-8")
    return 0


def _build(units: int) -> Mapping[str, float]:
    from tanheng.fiction import directory_of_city, found_city
    from tanheng.kernel.pack import PackManifest
    from tanheng.records.people import person_named
    from tanheng.records.recording import record_directory
    from tanheng.store import load_packs

    packs, clerk = load_packs(), person_named("bench")
    pack = next(manifest.id for manifest in packs.all(PackManifest) if manifest.fictional)
    city, seconds = found_city(packs, pack, units), dict[str, float]()
    _timed("the directory", seconds, lambda: record_directory(directory_of_city(city), clerk, pack))
    _timed("the reports of the units", seconds, lambda: _report(city, clerk))
    _timed("figures and targets of areas", seconds, lambda: _state(city, packs, clerk))
    _timed("the accounts", seconds, _account)
    _timed("the barometer", seconds, _grade)
    return seconds


def _timed(name: str, seconds: dict[str, float], job: Callable[[], object]) -> None:
    start = time.perf_counter()
    job()
    seconds[name] = round(time.perf_counter() - start, 1)
    print(f"  built: {name:32} {seconds[name]:8.1f} s", flush=True)


def _record_something() -> None:
    """One statement of one unit: whatever was drawn before may be out of date now."""
    from tanheng.kernel.fact import Observation, ObservationKey
    from tanheng.kernel.period import Accumulation
    from tanheng.records.models import Facility
    from tanheng.records.people import person_named
    from tanheng.records.recording import record_observations

    unit = Facility.objects.order_by("-subject").values_list("subject", flat=True)[0]
    about = (Accumulation.MONTH, "unit_report", "unit_report")
    key = ObservationKey("energy_consumption", unit, (("carrier", "diesel"),), Period.parse("2025-10"), *about)
    amount, source = Decimal(time.time_ns()).scaleb(-9), f"{_HASH}/late.xlsx!reports!F3"
    said = Observation(key, amount, "t", "final", KNOWN_ON, source)
    record_observations([said], person_named("bench"), "late.xlsx")


# ---- what the units report
def _report(city: Any, clerk: Any) -> None:
    """One event a month: the consumption of every unit in scope by carrier."""
    from tanheng.fiction.history import USE, Histories
    from tanheng.kernel.period.period import months_between
    from tanheng.records.recording import record_observations

    histories = Histories(city, tuple(months_between(city.recipe.starts, PERIOD.end)))
    used = {unit.id: _only(histories.of(unit), USE) for unit in city.units}
    for month in PERIOD.months():
        rows = list(_of_month(city, used, month))
        record_observations(rows, clerk, f"unit reports {month}")


def _only(history: Any, indicator: str) -> Any:
    """A history without the lines that nobody reports here: ten thousand whole ones fill the memory."""
    lines = {line: numbers for line, numbers in history.lines.items() if line[0] == indicator}
    return type(history)(history.first, lines, {line: history.decimals[line] for line in lines})


def _of_month(city: Any, used: Mapping[str, Any], month: Period) -> Iterator[Any]:
    from tanheng.fiction.history import USE
    from tanheng.kernel.fact import Observation, ObservationKey
    from tanheng.kernel.period import Accumulation

    units = [unit for unit in city.units if unit.in_scope_on(month.start)]
    about, row = (Accumulation.MONTH, "unit_report", "unit_report"), 2
    published = month.end + timedelta(days=11)
    for unit in units:
        for carrier, item in used[unit.id].carriers_of(USE):
            row += 1
            amount = used[unit.id].at((USE, carrier, item), month)
            key = ObservationKey(USE, unit.id, (("carrier", carrier),), month, *about)
            stated = city.recipe.carriers[carrier].unit.text
            yield Observation(key, amount, stated, "final", published, f"{_HASH}/reports-{month}.xlsx!reports!F{row}")


# ---- what is stated and demanded of areas
def _state(city: Any, packs: Any, clerk: Any) -> None:
    from dataclasses import replace

    import control_city

    from tanheng.records.adopting import AdoptedDocument, adopt
    from tanheng.records.recording import record_observations

    places = _places(city)
    stated = [_statement(row, places) for row in control_city.statements(packs).rows(named=True) if _fits(row, places)]
    record_observations(stated, clerk, "figures of areas")
    moved = [replace(target, subject=_moved(target.subject, places)) for target in control_city.targets()]
    adopt(AdoptedDocument("plan", "plan", "plan.csv", issued=date(2023, 12, 1)), moved, clerk)


def _places(city: Any) -> Mapping[str, str]:
    """The areas of the control loop by those of this city, in their order."""
    import control_city

    districts = [district.id for district in city.recipe.districts]
    theirs = {control_city.CITY: city.recipe.city}
    theirs |= dict(zip(control_city.DISTRICTS, districts, strict=False))
    return theirs | dict(zip(control_city.TOWNS, (town.id for town in city.towns), strict=False))


def _fits(row: Mapping[str, Any], places: Mapping[str, str]) -> bool:
    return row["subject"] in places and PERIOD.start <= row["period_start"] and row["period_end"] <= PERIOD.end


def _moved(subject: str, places: Mapping[str, str]) -> str:
    place, mark, line = subject.partition("#")
    return f"{places[place]}{mark}{line}"


def _statement(row: Mapping[str, Any], places: Mapping[str, str]) -> Any:
    from tanheng.kernel.fact import Observation, ObservationKey
    from tanheng.kernel.period import Accumulation

    period = Period(row["period_start"], row["period_end"])
    about = (Accumulation(row["accumulation"]), row["coverage"], row["use_class"])
    item = (("item", row["item"]),) if row["item"] else ()
    key = ObservationKey(row["indicator"], places[row["subject"]], item, period, *about)
    published = period.end + timedelta(days=25)
    source = f"{_HASH}/{row['source'].partition('/')[2]}"
    return Observation(key, Decimal(str(row["stated_amount"])), row["unit"], "final", published, source)


# ---- results
def _account() -> None:
    from tanheng.records.computing import compute

    for method, scheme, period in ACCOUNTS:
        start = time.perf_counter()
        compute(method, period, scheme, KNOWN_ON)
        print(f"    {method} {period}: {time.perf_counter() - start:.1f} s", flush=True)


def _grade() -> None:
    from tanheng.records.computing import compute

    compute("barometer", TO_DATE, "energy_assessment", KNOWN_ON, settings={"rule": "gap_over_target"}, as_latest=False)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", required=True)
    parser.add_argument("--database", default="")
    parser.add_argument("--record", action="store_true", help="record one statement more, and nothing else")
    parser.add_argument("--units", type=int, default=10_000)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
