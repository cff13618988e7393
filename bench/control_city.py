"""What the control loop of a made-up city reads beside the reports of units: statements of areas, targets, entries.

Above-scale energy of every town, district and the city month by month to date, with the comparison of the same table;
of the districts and the city, sector energy, value added, GDP and totals; 300 targets; points that were entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import city
import dispatch
import numpy as np
import polars as pl

from tanheng.kernel.demand import Baseline, Demand, Demands, KnownObligation, Target
from tanheng.kernel.fact import KeptField, KeptRow
from tanheng.kernel.pack import SHAPES, Definition, Factor, IndicatorShape, MethodUse, PackSet
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.run import Inputs
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

CARD, INDUSTRY = "bench_districts", "industry"
SECTORS = (INDUSTRY, "construction", "tertiary")
YEARS, QUARTERS = range(2020, 2027), (3, 6, 9, 12)
ASSESSED, TARGETED, TARGETS = 2025, (2024, 2025, 2026), 300
CITY, DISTRICTS = "area/city", [f"area/d{number:02d}" for number in range(16)]
TOWNS = [f"area/t{number:03d}" for number in range(215)]
FEW, EVERYBODY = [CITY, *DISTRICTS], [CITY, *DISTRICTS, *TOWNS]
LAST = (2026, 9)
ENTERED = {"units": "38"}
Rows = Iterator[dict[str, Any]]


def packs() -> PackSet:
    """The made-up factors with all that is shipped and does not contradict them, and a scorecard."""
    mine, shipped = dispatch.packs_of_dispatch(), load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])
    known = {(type(item.value), item.value.id) for item in mine.definitions}
    further = [
        item
        for item in shipped.definitions
        if (type(item.value), item.value.id) not in known
        and not (isinstance(item.value, Factor) and item.value.id in city.ROLES)
        and not (isinstance(item.value, MethodUse) and item.value.method in city.METHODS)
    ]
    card = SHAPES["scorecard/1"].model_validate(_card())
    return PackSet((*mine.definitions, *further, Definition("synthetic", card.id, card)), mine.hashes)


def inputs(path: Path, units: int) -> Inputs:
    """The inputs of the dispatch, with targets and entries."""
    demands = Demands(tuple(KnownObligation(target, date(2023, 12, 1)) for target in targets()))
    return replace(dispatch.inputs_of_dispatch(path, units), demands=demands, kept=tuple(entries()))


# ---- what is stated of areas
def statements(packs: PackSet) -> pl.DataFrame:
    """The rows about areas, in the columns of a snapshot."""
    units = {shape.id: shape.unit.text for shape in packs.all(IndicatorShape)}
    rows = [
        {**row, "unit": units[row["indicator"]], "source": f"synthetic/areas.xlsx!areas!F{number}"}
        for number, row in enumerate((*_above_scale(), *_by_sector(), *_by_area()), 1)
    ]
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(
        carrier=pl.lit(None, dtype=pl.String), position=pl.lit(1, dtype=pl.Int64), status=pl.lit("final"),
        published=pl.lit(date(2027, 1, 1)), known_from=pl.lit(date(2027, 1, 1)), known_to=pl.lit(None, dtype=pl.Date),
    )  # fmt: skip


def _above_scale() -> Rows:
    """Energy to date of towns, and of districts and the city as their sums; January and February are stated as one."""
    months = len(city.MONTHS)
    grown = np.random.default_rng(11).uniform(800, 1200, (len(TOWNS), months)).round(0)
    districts = np.stack([grown[number::16].sum(axis=0) for number in range(16)])
    everybody = np.vstack([districts.sum(axis=0, keepdims=True), districts, grown])
    for year in YEARS:
        first = (year - 2020) * 12
        to_date = everybody[:, first : first + 12].cumsum(axis=1)
        for month in range(2, to_date.shape[1] + 1):
            for area, amount in zip(EVERYBODY, to_date[:, month - 1], strict=True):
                yield _row("above_scale_energy", area, year, month, amount, "above_scale_industry")
                before = "above_scale_energy_same_period"
                yield _row(before, area, year, month, round(amount / 1.02), "above_scale_industry")


def _by_sector() -> Rows:
    random = np.random.default_rng(12)
    for area in FEW:
        size = 16 if area == CITY else 1
        for sector in SECTORS:
            energy, added = random.uniform(15, 20), random.uniform(2e6, 3e6)
            for year in YEARS:
                energy, added = energy * random.uniform(0.99, 1.03), added * random.uniform(1.02, 1.08)
                if (year, 12) <= LAST:
                    yield _row("sector_energy", area, year, 0, energy * size, "whole_society", sector)
                for month in _quarters(year):
                    now = added * size * month / 12
                    yield _row("value_added_current", area, year, month, now, "region", sector)
                    yield _row("value_added_growth", area, year, month, random.uniform(1, 8), "region", sector)


def _by_area() -> Rows:
    random = np.random.default_rng(13)
    for area in FEW:
        energy, gdp = random.uniform(60, 80), random.uniform(8e6, 9e6)
        for year in YEARS:
            energy, gdp = energy * random.uniform(0.99, 1.03), gdp * random.uniform(1.02, 1.07)
            if (year, 12) <= LAST:
                yield _row("energy_total", area, year, 0, energy, "whole_society")
                yield _row("gdp", area, year, 0, gdp, "whole_society")
            for month in _quarters(year):
                yield _row("gdp_growth", area, year, month, random.uniform(2, 7), "region")


def _quarters(year: int) -> list[int]:
    return [month for month in QUARTERS if (year, month) <= LAST]


def _row(
    indicator: str, area: str, year: int, month: int, amount: float, coverage: str, item: str | None = None
) -> dict[str, Any]:
    """A statement about a year (month 0), or about what is to date by the end of a month."""
    return {
        "indicator": indicator, "subject": area, "item": item, "coverage": coverage,
        "accumulation": "year_to_date" if month else "year", "use_class": "statistics_aggregate",
        "period_start": date(year, 1, 1), "period_end": date(year + (month in (0, 12)), month % 12 + 1, 1),
        "stated_amount": round(float(amount), 3),
    }  # fmt: skip


# ---- what is demanded and what was entered
def targets() -> list[Target]:
    """Energy per GDP of every year, floor and stretch; growth of total energy; the fields of every district."""
    return list(islice(_targets(), TARGETS))


def _targets() -> Iterator[Target]:
    for year in TARGETED:
        for number, area in enumerate(FEW):
            yield _target(area, "energy_per_gdp", "down", f"{2 + number % 3}", year, "floor")
            yield _target(area, "energy_per_gdp", "down", f"{3 + number % 3}", year, "stretch")
            yield _target(area, "energy_total", "up", "2.5", year, "floor")
        for area in DISTRICTS:
            for sector in SECTORS:
                yield _target(f"{area}#{sector}", "energy_per_gdp", "down", "3", year, "floor")
    for sector in SECTORS:
        yield _target(f"{CITY}#{sector}", "energy_per_gdp", "down", "3", TARGETED[-1], "floor")


def _target(subject: str, indicator: str, operator: str, value: str, year: int, tier: str) -> Target:
    id = f"plan-{year}.{subject.replace('/', '-').replace('#', '-')}.{indicator}.{tier}"
    demand, base = Demand(operator, Decimal(value), unit="%", by=str(year)), Baseline(str(year - 1))
    label = Label(zh=id, en=id)
    return Target(id, label, "plan#1", demand, subject=subject, indicator=indicator, tier=tier, baseline=base)


def entries() -> Iterator[KeptRow]:
    """The points that were entered for each district in the year that is assessed and the year before."""
    places = [(year, area, item) for year in (ASSESSED - 1, ASSESSED) for area in DISTRICTS for item in ENTERED]
    for number, (year, area, item) in enumerate(places, 1):
        said = {
            "scorecard": CARD, "subject": area, "year": str(year), "item": item, "stage": "final",
            "points": entered_points(year, area), "evidence": "A-01",
        }  # fmt: skip
        fields = {name: KeptField(text, f"synthetic/scores.xlsx!scores!{name}{number}") for name, text in said.items()}
        yield KeptRow("assessment_scores", None, None, fields, f"scores.xlsx!scores!{number}", date(2027, 1, 1), number)


def entered_points(year: int, area: str) -> str:
    """The points of one district, different for all."""
    return f"{40 - (DISTRICTS.index(area) * 7 + year) % 17}"


def _card() -> dict[str, Any]:
    """A scorecard with a banded, a capped, a bonus and a judged item, a veto and grades."""
    label, clause = {"zh": "虚构", "en": "made up"}, {"clause": "synthetic#1", "status": "verified"}
    bands = [{"from": "100", "points": "40"}, {"from": "90", "points": "32"}, {"from": "80", "points": "20"}]
    caps = [{"from": "1", "points": "12"}, {"from": "3", "points": "6"}]
    items: list[dict[str, Any]] = [
        {"id": "cut", "group": "target", "points": "40", "form": "bands", "measure": "energy_per_gdp", "bands": bands},
        {"id": "cap", "group": "target", "points": "20", "form": "over_cap", "measure": "energy_total", "bands": caps},
        {"id": "units", "group": "measure", "points": "40", "form": "judged", "evidence": True},
        {"id": "more", "group": "bonus", "points": "9", "form": "surplus", "measure": "energy_per_gdp",
         "surplus": {"every": "10", "points": "3", "most": "9"}},
    ]  # fmt: skip
    grades = [("exceeded", "95"), ("completed", "80"), ("basic", "60"), ("missed", "0")]
    return {
        "id": CARD, "label": label, "level": "district", "total": "100", **clause,
        "items": [{**item, "label": label, **clause} for item in items],
        "vetoes": [{"id": "missed", "measure": "energy_per_gdp", "missed": "annual", "grade": "missed", **clause}],
        "grades": [{"id": id, "label": label, "from": least} for id, least in grades],
    }  # fmt: skip
