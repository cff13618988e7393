"""A synthetic city for the benchmarks: units x 12 carriers x 81 months in two forms, dated factors with revisions.

Every unit reports its consumption to the energy authority, and every unit stands in the statistical form; one in
twenty also has feedstock, energy supplied, a process, green power, transformation and a measured calorific value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from tanheng.kernel.pack import (
    SHAPES,
    Carriers,
    Definition,
    IndicatorShape,
    MethodDefinition,
    PackSet,
)
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.kernel.table import Table
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

FUELS = [
    "raw_coal",
    "coke",
    "natural_gas",
    "diesel",
    "gasoline",
    "fuel_oil",
    "lpg",
    "refinery_gas",
    "lng",
    "coke_oven_gas",
]
CARRIERS = [*FUELS, "electricity", "heat"]
UNITS = {"electricity": "MWh", "heat": "GJ", "natural_gas": "10^4 Nm3", "coke_oven_gas": "10^4 Nm3"}
PERIOD = Period.parse("2020-01..2026-09")
MONTHS = PERIOD.months()
KNOWN_ON = date(2027, 6, 30)
METHODS = {
    "unit_energy_and_co2": "city_inventory",
    "unit_energy_reported": "energy_reporting",
    "unit_co2": "shanghai_ets",
    "unit_energy_statistical": "energy_statistics",
}
FORM = ("above_scale_industry", "individual_statistics")
REPORT = ("unit_report", "unit_report")
EVERY = 20  # one unit in so many has more than its consumption
TAKEN_AWAY = ("transformation_output", "energy_recovered", "energy_supplied")


def parameters(method: str) -> Parameters:
    """What is asked of a method."""
    return Parameters(PERIOD, METHODS[method], KNOWN_ON, 1)


def write_rows(path: Path, units: int, further: pl.DataFrame | None = None) -> int:
    """Writes the observations in the order and with the columns of a snapshot; gives how many there are.

    Reads    further: rows with these columns as text, such as what is stated of areas.
    """
    blocks = sorted(_blocks(units), key=lambda block: block[0])
    kinds = _kinds(blocks, units)
    parts = []
    if further is not None:
        kinds = {name: _wider(kind, further[name]) for name, kind in kinds.items()}
        by_name = further.cast(kinds).partition_by("indicator", as_dict=True)
        parts = [(str(name), part) for (name,), part in by_name.items()]
    random = np.random.default_rng(7)
    parts += [(block[0], _frame(block, kinds, random)) for block in blocks]
    columns = parts[-1][1].columns
    frames = [frame.select(columns) for _, frame in sorted(parts, key=lambda part: part[0])]
    pl.concat(frames).write_parquet(path, row_group_size=len(CARRIERS) * len(MONTHS) * 200)
    return sum(frame.height for frame in frames)


def _wider(kind: Any, further: pl.Series) -> pl.Enum:
    """The same kind with what else there is behind it, so that a unit keeps its place."""
    known = kind.categories.to_list()
    return pl.Enum([*known, *sorted(set(further.drop_nulls()) - set(known))])


def _kinds(blocks: Iterable[tuple[Any, ...]], units: int) -> dict[str, Any]:
    names = [facility(unit) for unit in range(units)]
    return {
        "indicator": pl.Enum(sorted({indicator for indicator, *_ in blocks})),
        "subject": pl.Enum(names),
        "carrier": pl.Enum(sorted({*CARRIERS, "lime"})),
        "item": pl.Enum(["inter_provincial"]),
        "accumulation": pl.Enum(["month", "year"]),
        "coverage": pl.Enum(sorted({FORM[0], REPORT[0]})),
        "use_class": pl.Enum(sorted({FORM[1], REPORT[1]})),
        "unit": pl.Enum(sorted({*map(unit_of, CARRIERS), "GJ/t"})),
        "status": pl.Enum(["final"]),
    }


def _blocks(units: int) -> Iterator[tuple[str, range, Sequence[str | None], tuple[str, str], str]]:
    """What is observed: indicator, units, carriers, coverage with use class, accumulation."""
    yield "energy_consumption", range(units), CARRIERS, REPORT, "month"
    yield "industrial_energy_use", range(units), CARRIERS, FORM, "month"
    some = range(0, units, EVERY)
    yield "energy_feedstock_use", some, ["lpg"], REPORT, "month"
    yield "energy_supplied", some, ["electricity", "heat"], REPORT, "month"
    yield "process_activity", some, ["lime"], REPORT, "month"
    yield "green_electricity", some, [None], REPORT, "month"
    yield "transformation_output", some, ["electricity", "heat"], FORM, "month"
    yield "energy_recovered", some, ["coke_oven_gas"], FORM, "month"
    yield "measured_net_calorific_value", some, ["raw_coal"], REPORT, "year"
    yield "measured_net_calorific_value", some, ["raw_coal"], FORM, "year"


def _frame(block: tuple[Any, ...], kinds: dict[str, Any], random: Any) -> pl.DataFrame:
    indicator, units, carriers, (coverage, use_class), accumulation = block
    periods = MONTHS if accumulation == "month" else [Period.year(year) for year in range(2020, 2027)]
    count, width = len(units) * len(carriers) * len(periods), len(carriers) * len(periods)
    when = np.tile(np.arange(len(periods), dtype=np.uint32), len(units) * len(carriers))
    what = np.tile(np.repeat(np.arange(len(carriers), dtype=np.uint32), len(periods)), len(units))
    who = np.repeat(np.array(units, dtype=np.uint32), width)
    measured = accumulation == "year"
    amounts = random.uniform(18, 24, count) if measured else random.lognormal(3, 2, count)
    subjects = pl.Series(kinds["subject"].categories, dtype=kinds["subject"])
    unit = [("GJ/t" if measured else unit_of(carrier)) for carrier in carriers]
    columns: dict[str, Any] = {
        "subject": subjects.gather(pl.Series(who)),
        "carrier": pl.Series(carriers, dtype=kinds["carrier"]).gather(pl.Series(what)),
        "period_start": pl.Series([period.start for period in periods]).gather(pl.Series(when)),
        "period_end": pl.Series([period.end for period in periods]).gather(pl.Series(when)),
        "stated_amount": pl.Series(np.round(amounts, 3)),
        "unit": pl.Series(unit, dtype=kinds["unit"]).gather(pl.Series(what)),
    }
    item = "inter_provincial" if indicator == "green_electricity" else None
    constants = {"indicator": indicator, "item": item, "accumulation": accumulation, "coverage": coverage}
    constants |= {"use_class": use_class, "status": "final"}
    return pl.DataFrame(columns).with_columns(
        *(pl.lit(value, dtype=kinds[name]).alias(name) for name, value in constants.items()),
        pl.lit(date(2027, 1, 1)).alias("published"),
        pl.lit(date(2027, 1, 1)).alias("known_from"),
        pl.lit(None, dtype=pl.Date).alias("known_to"),
        pl.lit(1, dtype=pl.Int64).alias("position"),
        pl.lit("synthetic").alias("source"),
    )


def facility(unit: int) -> str:
    """The id of a unit."""
    return f"facility/{unit:05d}"


def unit_of(carrier: str | None) -> str:
    """The unit in which a carrier is counted; without one, that of green electricity."""
    return "MWh" if carrier is None else UNITS.get(carrier, "t")


def directory(units: int) -> Directory:
    """215 towns in 16 districts in one city, units spread over the towns."""
    towns = np.random.default_rng(8).integers(0, 215, units)
    start, label = date(2000, 1, 1), {"zh": "", "en": ""}
    areas = [Area("area/city", label, "city")]
    areas += [Area(f"area/d{district:02d}", label, "district") for district in range(16)]
    areas += [Area(f"area/t{town:03d}", label, "town") for town in range(215)]
    relations = [Relation(LOCATED_IN, f"area/d{district:02d}", "area/city", start) for district in range(16)]
    relations += [Relation(LOCATED_IN, f"area/t{town:03d}", f"area/d{town % 16:02d}", start) for town in range(215)]
    relations += [Relation(LOCATED_IN, facility(unit), f"area/t{town:03d}", start) for unit, town in enumerate(towns)]
    return Directory(
        (), tuple(areas), tuple(Facility(facility(unit), label) for unit in range(units)), tuple(relations)
    )


def inputs(path: Path, units: int) -> Inputs:
    """What a run is given: the file as it is scanned, and the directory."""
    scanned = Table(pl.scan_parquet(path, use_statistics=False), ("position", "source"))
    return Inputs(scanned, directory(units), {"observations": "synthetic", "directory": "synthetic"})


def packs() -> PackSet:
    """The shipped methods over made-up factors; the grid factor of each year is revised two years later."""
    random = np.random.default_rng(1)
    shipped = load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS]).definitions
    kept = [item for item in shipped if isinstance(item.value, Carriers | IndicatorShape | MethodDefinition)]
    files = [*_factors(random), *(_use(method, scheme) for method, scheme in METHODS.items())]
    shapes = (SHAPES[str(file.pop("schema"))].model_validate(file) for file in files)
    return PackSet((*kept, *(Definition("synthetic", shape.id, shape) for shape in shapes)), {"synthetic": "synthetic"})


ROLES = {
    "coal_equivalent_factor": ("tce[calorific_value]/carrier_unit", CARRIERS),
    "net_calorific_value": ("GJ/carrier_unit", FUELS),
    "carbon_content": ("tC/GJ", FUELS),
    "oxidation_rate": ("1", FUELS),
    "electricity_coal_equivalent_rate": ("tce[coal_equivalent]/MWh", None),
    "electricity_emission_factor": ("tCO2/MWh", None),
    "heat_emission_factor": ("tCO2/GJ", None),
    "process_emission_factor": ("tCO2/carrier_unit", ["lime"]),
    "green_power_emission_factor": ("tCO2/MWh", None),
}


def _factors(random: Any) -> Iterator[dict[str, Any]]:
    for role, (unit, carriers) in ROLES.items():
        revised = role == "electricity_emission_factor"
        yield _factor(role, unit, carriers, random, revised=revised)


def _use(method: str, scheme: str) -> dict[str, Any]:
    statistical = method == "unit_energy_statistical"
    coverage, use_class = FORM if statistical else REPORT
    return {
        "schema": "method_use/1",
        "id": f"{method}.{scheme}",
        "label": {"zh": "", "en": ""},
        "method": method,
        "scheme": scheme,
        "factors": {role: role for role in ROLES},
        "coverage": coverage,
        "use_classes": [use_class],
    }


def _factor(
    id: str, unit: str, carriers: Iterable[str] | None, random: Any, *, revised: bool = False
) -> dict[str, Any]:
    entries = []
    for carrier in carriers or [""]:
        base = 0.9 + random.random() * 0.1
        for year in range(2019, 2028):
            entries.append(_entry(carrier, year, f"{base:.4f}", f"{carrier}-{year}", date(2019, 1, 1)))
            if revised and year < 2025:
                late = _entry(carrier, year, f"{base * 0.97:.4f}", f"{carrier}-{year}-revised", date(year + 2, 3, 1))
                entries.append(late | {"replaces": f"{carrier}-{year}"})
    return {
        "schema": "factor/1",
        "id": id,
        "label": {"zh": "", "en": ""},
        "unit": unit,
        "keys": ["carrier"] if carriers else [],
        "schemes": sorted(set(METHODS.values())),
        "when_missing": "refuse",
        "straddle": "refuse",
        "entries": entries,
    }


def _entry(carrier: str, year: int, value: str, id: str, published: date) -> dict[str, Any]:
    entry = {"id": id, "period": [date(year, 1, 1), date(year + 1, 1, 1)], "value": value, "published": published}
    return entry | {"clause": "synthetic#1", "status": "verified"} | ({"carrier": carrier} if carrier else {})
