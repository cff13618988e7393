"""A synthetic city for the benchmarks: units x 12 carriers x 57 months, dated factors with revisions, a directory."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from tanheng.kernel.pack import SHAPES, Definition, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.kernel.table import Table

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
ELECTRICITY = ["electricity", "green_electricity"]
CARRIERS = [*FUELS, *ELECTRICITY]
MONTHS = Period.parse("2021-01..2025-09").months()
PARAMETERS = Parameters(Period.parse("2021-01..2025-09"), "city_inventory", date(2026, 6, 30), 1)
METHOD = "unit_energy_and_co2"


def write_rows(path: Path, units: int) -> None:
    """Writes the observations, one row per (unit, carrier, month), with every column of a real snapshot."""
    random, months, carriers = np.random.default_rng(7), len(MONTHS), len(CARRIERS)
    rows = units * carriers * months
    names = [facility(unit) for unit in range(units)]
    month = pl.Series(np.tile(np.arange(months, dtype=np.uint32), units * carriers))
    carrier = pl.Series(np.tile(np.repeat(np.arange(carriers, dtype=np.uint32), months), units))
    owner = pl.Series(np.repeat(np.arange(units, dtype=np.uint32), carriers * months))
    constants = {"indicator": "energy_consumption", "accumulation": "month", "coverage": "unit_report"}
    constants |= {"use_class": "unit_report", "status": "final"}
    columns: dict[str, Any] = {
        "subject": pl.Series(names, dtype=pl.Enum(names)).gather(owner),
        "carrier": pl.Series(CARRIERS, dtype=pl.Enum(sorted(CARRIERS))).gather(carrier),
        "period_start": pl.Series([period.start for period in MONTHS]).gather(month),
        "period_end": pl.Series([period.end for period in MONTHS]).gather(month),
        "stated_amount": pl.Series(np.round(random.lognormal(3, 2, rows), 3)),
        "unit": pl.Series([unit_of(name) for name in CARRIERS], dtype=pl.Enum(["MWh", "t"])).gather(carrier),
    }
    frame = pl.DataFrame(columns).with_columns(
        *(pl.lit(value, dtype=pl.Enum([value])).alias(name) for name, value in constants.items()),
        pl.lit(date(2025, 12, 1)).alias("published"),
        pl.lit(date(2025, 12, 1)).alias("known_from"),
        pl.lit(None, dtype=pl.Date).alias("known_to"),
        pl.lit(1, dtype=pl.Int64).alias("position"),
        pl.lit("synthetic").alias("source"),
    )
    frame.write_parquet(path, row_group_size=carriers * months * 200)


def facility(unit: int) -> str:
    """The id of a unit."""
    return f"facility/{unit:05d}"


def unit_of(carrier: str) -> str:
    """The unit in which a carrier is counted."""
    return "MWh" if carrier in ELECTRICITY else "t"


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
    scanned = Table(pl.scan_parquet(path), ("subject", "carrier", "period_start", "period_end"))
    return Inputs(scanned, directory(units), {"observations": "synthetic", "directory": "synthetic"})


def packs() -> PackSet:
    """Six dated factors; the grid factor of each year is revised two years later."""
    random = np.random.default_rng(1)
    label = {"zh": "", "en": ""}
    files: list[dict[str, Any]] = [
        {
            "schema": "carriers/1",
            "id": "carriers",
            "label": label,
            "carriers": [
                {"id": id, "label": label, "unit": unit_of(id), "kind": "electricity" if id in ELECTRICITY else "fuel"}
                for id in CARRIERS
            ],
        },
        _indicator("energy_calorific", "tce[calorific_value]", "gce[calorific_value]"),
        _indicator("energy_coal_equivalent", "tce[coal_equivalent]", "gce[coal_equivalent]"),
        _indicator("co2", "tCO2", "gCO2"),
        _factor("coal_equivalent_factor", "tce[calorific_value]/carrier_unit", CARRIERS, random),
        _factor("net_calorific_value", "GJ/carrier_unit", FUELS, random),
        _factor("carbon_content", "tC/GJ", FUELS, random),
        _factor("oxidation_rate", "1", FUELS, random),
        _factor("electricity_coal_equivalent_rate", "tce[coal_equivalent]/MWh", None, random),
        _factor("electricity_emission_factor", "tCO2/MWh", None, random, revised=True),
        {
            "schema": "method/1",
            "id": METHOD,
            "version": 1,
            "function": METHOD,
            "label": label,
            "clause": "synthetic#1",
            "reads": {"indicator": "energy_consumption", "accumulation": "month"},
            "results": ["energy_calorific", "energy_coal_equivalent", "co2"],
            "levels": ["facility", "town", "district", "city"],
        },
        {
            "schema": "method_use/1",
            "id": "use",
            "label": label,
            "method": METHOD,
            "scheme": "city_inventory",
            "factors": {role: role for role in ROLES},
            "coverage": "unit_report",
            "use_classes": ["unit_report"],
        },
    ]
    shapes = (SHAPES[str(file.pop("schema"))].model_validate(file) for file in files)
    return PackSet(tuple(Definition("synthetic", shape.id, shape) for shape in shapes), {"synthetic": "synthetic"})


ROLES = (
    "coal_equivalent_factor",
    "net_calorific_value",
    "carbon_content",
    "oxidation_rate",
    "electricity_coal_equivalent_rate",
    "electricity_emission_factor",
)


def _indicator(id: str, unit: str, grid: str) -> dict[str, Any]:
    return {
        "schema": "indicator/1",
        "id": id,
        "label": {"zh": "", "en": ""},
        "unit": unit,
        "grid": grid,
        "adds": "flow",
    }


def _factor(id: str, unit: str, carriers: list[str] | None, random: Any, *, revised: bool = False) -> dict[str, Any]:
    entries = []
    for carrier in carriers or [""]:
        base = 0.9 + random.random() * 0.1
        for year in range(2020, 2027):
            entries.append(_entry(carrier, year, f"{base:.4f}", f"{carrier}-{year}", date(2019, 1, 1)))
            if revised and year < 2024:
                late = _entry(carrier, year, f"{base * 0.97:.4f}", f"{carrier}-{year}-revised", date(year + 2, 3, 1))
                entries.append(late | {"replaces": f"{carrier}-{year}"})
    return {
        "schema": "factor/1",
        "id": id,
        "label": {"zh": "", "en": ""},
        "unit": unit,
        "keys": ["carrier"] if carriers else [],
        "schemes": ["city_inventory"],
        "when_missing": "refuse",
        "straddle": "refuse",
        "entries": entries,
    }


def _entry(carrier: str, year: int, value: str, id: str, published: date) -> dict[str, Any]:
    entry = {"id": id, "period": [date(year, 1, 1), date(year + 1, 1, 1)], "value": value, "published": published}
    return entry | {"clause": "synthetic#1", "status": "verified"} | ({"carrier": carrier} if carrier else {})
