"""A city of two districts with a handful of reporting units over two years: what the dispatch is tested on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from tanheng.kernel.fact import KeptField, KeptRow
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, run
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tests.kernel.area_world import Run, given, told
from tests.kernel.world import packs, stated

CITY, EAST, WEST, QUAY, HILL, DALE = (f"area/{name}" for name in ("city", "east", "west", "quay", "hill", "dale"))
LEVELS = {CITY: "city", EAST: "district", WEST: "district", QUAY: "town", HILL: "town", DALE: "town"}
TREE = {QUAY: EAST, HILL: EAST, DALE: WEST, EAST: CITY, WEST: CITY}
LONG_AGO, KNOWN = date(2015, 1, 1), date(2025, 7, 25)
HALF, BEFORE = Period.parse("2025-01..2025-06"), Period.parse("2024-01..2024-06")
MILL, FORGE, HOTEL, DEPOT = (f"facility/{name}" for name in ("mill", "forge", "hotel", "depot"))
HOMES = {MILL: QUAY, FORGE: HILL, HOTEL: DALE, DEPOT: DALE}
INDUSTRIES = {MILL: "34", FORGE: "31", HOTEL: "61", DEPOT: "59"}


def place(*relations: Relation, units: dict[str, str] | None = None) -> Directory:
    """The areas, and units in their towns; relations given take the place of the settled ones of their child."""
    homes = HOMES if units is None else units
    settled = [Relation(LOCATED_IN, child, parent, LONG_AGO) for child, parent in {**TREE, **homes}.items()]
    moved = {relation.child for relation in relations}
    names = {id: {"zh": id, "en": id} for id in (*LEVELS, *homes)}
    return Directory(
        areas=tuple(Area(id, names[id], level) for id, level in LEVELS.items()),
        facilities=tuple(
            Facility(id, names[id], {"industry": INDUSTRIES[id]} if id in INDUSTRIES else {}) for id in homes
        ),
        relations=(*(relation for relation in settled if relation.child not in moved), *relations),
    )


def gas(unit: str, period: Period, monthly: float, skip: Iterable[str] = (), **other: Any) -> list[dict[str, Any]]:
    """A monthly amount of coal [t] in every month of a period but some; published in the month after."""
    rows = []
    for month in period.months():
        if str(month) not in skip:
            rows.append(stated(unit, "raw_coal", month, monthly, published=month.end.replace(day=12), **other))
    return rows


def reports(**monthly: tuple[float | None, float | None]) -> list[dict[str, Any]]:
    """Units by name with what they used a month before and now; None: nothing was reported."""
    rows = []
    for unit, (before, now) in monthly.items():
        for period, amount in ((BEFORE, before), (HALF, now)):
            rows += gas(f"facility/{unit}", period, amount) if amount is not None else []
    return rows


def table(indicator: str, area: str, now: float, printed: float, published: float | None, **other: Any) -> list[Any]:
    """What an area states to date: this year, the comparison in the table, and last year's publication."""
    coverage = {"electricity_use": "whole_society", "gas_use": "gas_company"}
    fixed = {"coverage": coverage[indicator] if indicator in coverage else "above_scale_industry", **other}
    rows = [
        told(indicator, area, str(HALF), now, published=date(2025, 7, 20), **fixed),
        told(f"{indicator}_same_period", area, str(BEFORE), printed, published=date(2025, 7, 20), **fixed),
    ]
    if published is not None:
        rows.append(told(indicator, area, str(BEFORE), published, published=date(2024, 7, 20), **fixed))
    return [row | {"accumulation": other.get("accumulation", "year_to_date")} for row in rows]


def event(unit: str, kind: str, remark: str = "", month: str = "2025-06") -> KeptRow:
    """A remark of a unit's monthly report."""
    fields = {"item": KeptField(kind, "hash/report.xlsx!sheet!A9")}
    fields |= {"remark": KeptField(remark, "hash/report.xlsx!sheet!F9")} if remark else {}
    return KeptRow("events", unit, Period.parse(month), fields, "report.xlsx!sheet!9", date(2025, 7, 12), 1)


def dispatched(
    rows: Iterable[dict[str, Any]],
    where: Directory | None = None,
    events: tuple[KeptRow, ...] = (),
    period: Period = HALF,
    known_on: date = KNOWN,
    method: str = "dispatch",
    **settings: str,
) -> Run:
    """The dispatch of a half year."""
    inputs: Inputs = replace(given(rows, where or place()), kept=events)
    asked = Parameters(period, "energy_reporting", known_on, 1, None, settings)
    return Run(run(method, packs(), inputs, asked), inputs, packs())
