"""How well the year's end is foretold: every way, looked back on in a made-up city, and what the forecasts cost.

For each year and month asked, each way foretells the year from what was known in the month after, and is set beside
what the same units then used. Prints the mean error of the districts and the error of the city, in per cent, and the
seconds a forecast takes. It measures and changes nothing; there is no bound, since the years of a made-up city follow
its recipe: see how the ways compare, not how small the errors are.

    python bench/forecasts.py [--units 400] [--first 2023] [--last 2025] [--months 3 6 9]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from statistics import fmean
from typing import Any

from tanheng.fiction import City, directory_of_city, found_city
from tanheng.fiction.district import District, districts_of
from tanheng.fiction.history import USE
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.recipe import Recipe
from tanheng.kernel.period import Period, year_to_date
from tanheng.kernel.run import OBSERVATION_COLUMNS, AccountRun, Inputs, Parameters, computed_account
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address
from tanheng.store import load_packs

WAYS = ("reports", "season", "model")
FIRST_MONTH = date(2020, 1, 1)
FORECAST_FROM_TCE = 35_000  # who states a 节能月报 in the recipe
Errors = dict[str, list[float]]


def main() -> int:
    """Looks back and prints."""
    options = _options()
    packs = load_packs()
    (recipe,) = [item for item in packs.definitions if isinstance(item.value, Recipe)]
    city = found_city(packs, recipe.pack, options.units)
    months = Period(FIRST_MONTH, date(options.last + 1, 1, 1)).months()
    truth = dict[tuple[str, int], int]()
    inputs = _inputs(city, months, truth)
    print(
        f"forecasts of a made-up city: {options.units} units, {options.first}-{options.last}; "
        "mean error, districts | city, %"
    )
    print(f"  {'known to month':16}" + "".join(f"{way:>22}" for way in WAYS))
    seconds = dict.fromkeys(WAYS, 0.0)
    for month in options.months:
        cells = []
        for way in WAYS:
            errors: Errors = {"district": [], "city": []}
            for year in range(options.first, options.last + 1):
                seconds[way] += _look_back(way, year, month, packs, inputs, truth, errors)
            cells.append(f"{_mean(errors['district'])} | {_mean(errors['city'])}")
        print(f"  {month:<16}" + "".join(f"{cell:>22}" for cell in cells))
    runs = len(options.months) * (options.last - options.first + 1)
    print(f"  {'seconds each':16}" + "".join(f"{seconds[way] / runs:>22.2f}" for way in WAYS))
    return 0


def _look_back(
    way: str,
    year: int,
    month: int,
    packs: PackSet,
    inputs: Inputs,
    truth: Mapping[tuple[str, int], int],
    errors: Errors,
) -> float:
    """Adds the errors of one forecast, in per cent of what the same units used in the end; gives its seconds."""
    period = year_to_date(year, month)
    asked = Parameters(
        period, "energy_reporting", period.end + timedelta(days=24), 1, None, {"levels": "city district"}
    )
    start = time.perf_counter()
    done = computed_account(f"year_end_by_{way}", packs, inputs, asked)
    taken = time.perf_counter() - start
    for area in inputs.directory.areas:
        at = Address("year_end_energy", area.id, Period.year(year))
        if at in done.paper.workings and done.paper.workings[at].cell.value is not None:
            actual = _actual(done, area.id, year, truth)
            if actual:
                errors[area.level].append(100 * (float(done.paper.workings[at].cell.value) / actual - 1))
    return taken


def _actual(done: AccountRun, area: str, year: int, truth: Mapping[tuple[str, int], int]) -> int:
    """What the units behind a forecast used in the year: those whose energy of last year its growth rests on."""
    last = done.paper.workings[Address("reported_energy", area, Period.year(year - 1))]
    units = {cell.address.subject for cell in last.inputs.values()}
    return sum(truth[unit, year] for unit in units if (unit, year) in truth)


def _inputs(city: City, months: tuple[Period, ...], truth: dict[tuple[str, int], int]) -> Inputs:
    """What every unit reports, month by month, in the month after; large ones with their forecast of the year."""
    rows = [
        row for district in districts_of(city, months, None).values() for row in _rows(city, district, months, truth)
    ]
    table = Table.of_rows(rows, OBSERVATION_COLUMNS, keys=("subject",)).collected()
    return Inputs(table, directory_of_city(city), {"observations": "made up", "directory": "made up"})


def _rows(
    city: City, district: District, months: tuple[Period, ...], truth: dict[tuple[str, int], int]
) -> Iterator[dict[str, Any]]:
    for unit in district.units:
        history = district.history(unit)
        mine = [
            month for month in months if unit.in_scope_on(month.start) and unit.district_on(month.start) == district.id
        ]
        for carrier, _ in history.carriers_of(USE):
            line, used = (USE, carrier, ""), Decimal(0)
            for month in mine:
                amount = history.at(line, month) or Decimal(0)
                used = amount if month.start.month == 1 else used + amount
                yield _row(unit.id, carrier, month, amount, city, "energy_consumption", "month", "unit_report")
                grams = (
                    int(amount.scaleb(city.recipe.carriers[carrier].decimals)) * district.histories.digit_grams[carrier]
                )
                key = (unit.id, month.start.year)
                truth[key] = truth[key] + grams if key in truth else grams
                if unit.annual_tce >= FORECAST_FROM_TCE:
                    year, expected = Period.year(month.start.year), used * 12 / month.start.month
                    known = _row(unit.id, carrier, year, expected, city, "energy_forecast", "year", "key_unit")
                    later = month.end.replace(day=12)
                    following = date(month.end.year + month.end.month // 12, month.end.month % 12 + 1, 12)
                    until = None if month.start.month == 12 else following
                    yield known | {"published": later, "known_from": later, "known_to": until}


def _row(
    unit: str,
    carrier: str,
    period: Period,
    amount: Decimal,
    city: City,
    indicator: str,
    accumulation: str,
    coverage: str,
) -> dict[str, Any]:
    published = period.end.replace(day=15)
    return {
        "indicator": indicator, "subject": unit, "carrier": carrier, "item": None, "period_start": period.start,
        "period_end": period.end, "accumulation": accumulation, "coverage": coverage, "use_class": "unit_report",
        "stated_amount": float(amount), "unit": city.recipe.carriers[carrier].unit.text, "status": "final",
        "published": published, "position": 1, "known_from": published, "known_to": None, "source": "made/up!sheet!A1",
    }  # fmt: skip


def _mean(errors: list[float]) -> str:
    return f"{fmean(abs(error) for error in errors):.2f}" if errors else "–"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=400)
    parser.add_argument("--first", type=int, default=2023)
    parser.add_argument("--last", type=int, default=2025)
    parser.add_argument("--months", type=int, nargs="+", default=[3, 6, 9])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
