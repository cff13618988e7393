"""A small city to compute with, built from the shipped definitions: three towns, two districts, statements by hand.

Rows are given their knowledge intervals by the kernel's own `known_intervals`; nothing here touches a database.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from math import exp, log
from typing import Any

from tanheng.kernel.fact import known_intervals
from tanheng.kernel.pack import Carriers, Definition, Factor, MethodUse, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import OBSERVATION_COLUMNS, Inputs, Parameters, Result, explain, run
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

METHOD = "unit_energy_and_co2"
FUNCTIONS = {"round": round, "log": log, "exp": exp, "min": min, "max": max, "abs": abs}
LONG_AGO, REPORTED, REVISED = date(2020, 1, 1), date(2025, 2, 20), date(2026, 4, 15)
THEN, NOW = date(2025, 6, 30), date(2026, 6, 30)
YEAR = Period.year(2024)
MONTHS = YEAR.months()
MILL, BAKERY, HOSPITAL = "facility/mill", "facility/bakery", "facility/hospital"
CITY, EAST, WEST = "area/city", "area/east", "area/west"
QUAY, HILL, DALE = "area/quay", "area/hill", "area/dale"
AREAS = {CITY: "city", EAST: "district", WEST: "district", QUAY: "town", HILL: "town", DALE: "town"}
TOWNS = {QUAY: EAST, HILL: EAST, DALE: WEST}
KEYS = (
    "indicator",
    "subject",
    "carrier",
    "item",
    "period_start",
    "period_end",
    "accumulation",
    "coverage",
    "use_class",
)


@cache
def packs() -> PackSet:
    """The shipped definitions, without any city of their own."""
    return load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])


def located(child: str, parent: str, start: date = LONG_AGO, end: date | None = None) -> Relation:
    """`child` lies in `parent` for a while."""
    return Relation(LOCATED_IN, child, parent, start, end)


def directory(*relations: Relation, facilities: Iterable[str] = (MILL, BAKERY, HOSPITAL)) -> Directory:
    """Towns in their districts, districts in the city, facilities where `relations` put them."""
    fixed = [located(town, district) for town, district in TOWNS.items()]
    fixed += [located(EAST, CITY), located(WEST, CITY)]
    moved = {relation.child for relation in relations}
    return Directory(
        areas=tuple(Area(id, words(id), level) for id, level in AREAS.items()),
        facilities=tuple(Facility(id, words(id)) for id in facilities),
        relations=(*(relation for relation in fixed if relation.child not in moved), *relations),
    )


def words(id: str) -> dict[str, str]:
    return {"zh": f"{id} 的名称", "en": f"the name of {id}"}


SETTLED = directory(located(MILL, QUAY), located(BAKERY, HILL), located(HOSPITAL, DALE))


def stated(facility: str, carrier: str, month: str | Period, amount: float | None, **other: Any) -> dict[str, Any]:
    """One observation: a month's amount in the unit of the carrier, published with the first report."""
    period = Period.parse(month) if isinstance(month, str) else month
    unit = packs().carriers[carrier].unit.text if carrier in packs().carriers else "t"
    row = {
        "indicator": "energy_consumption", "subject": facility, "carrier": carrier, "item": None,
        "period_start": period.start, "period_end": period.end,
        "accumulation": "month", "coverage": "unit_report", "use_class": "unit_report",
        "stated_amount": amount, "unit": unit, "status": "final", "published": REPORTED, "position": 1,
    }  # fmt: skip
    return row | other


def every_month(
    facility: str, carrier: str, amount: float, period: Period = YEAR, **other: Any
) -> list[dict[str, Any]]:
    return [stated(facility, carrier, month, amount, **other) for month in period.months()]


def inputs(rows: Iterable[Mapping[str, Any]], where: Directory = SETTLED, *, enumerations: bool = False) -> Inputs:
    """Observations with the dates between which each counts; as a snapshot holds them, if asked, in enumerations."""
    statements = [(tuple(row[key] for key in KEYS), row["published"], row["position"], row) for row in rows]
    told = [
        {"source": f"book!sheet!F{number}", **row, "known_from": known.known_from, "known_to": known.known_to}
        for number, (row, known) in enumerate(known_intervals(statements), 1)
    ]
    columns = dict(OBSERVATION_COLUMNS)
    if enumerations:
        text = ("indicator", "subject", "carrier", "item", "accumulation", "coverage", "use_class", "unit", "status")
        columns |= {name: Table.enumeration(row[name] for row in told if row[name]) for name in text}
    return Inputs(Table.of_rows(told, columns, keys=("subject",)), where, {"observations": "o", "directory": "d"})


def asked(
    known_on: date = THEN, period: str | Period = YEAR, scheme: str = "city_inventory", position: int = 1
) -> Parameters:
    return Parameters(Period.parse(period) if isinstance(period, str) else period, scheme, known_on, position)


def computed(
    given: Inputs | Iterable[Mapping[str, Any]], parameters: Parameters | None = None, use: PackSet | None = None
) -> Result:
    """The method run over some rows."""
    given = given if isinstance(given, Inputs) else inputs(given)
    return run(METHOD, use or packs(), given, parameters or asked())


def figure(result: Result, column: str, subject: str, period: str | Period = YEAR) -> Any:
    """One figure of a result; fails where there is none or more than one."""
    period = Period.parse(period) if isinstance(period, str) else period
    found = result.figures.where(subject=subject, period_start=period.start, period_end=period.end)
    (value,) = found.values(column)
    return value


def why(result: Result, given: Inputs, address: str, use: PackSet | None = None, **options: Any) -> dict[str, Any]:
    """The explanation of one figure, checked as an outsider would check it."""
    told = explain(result, use or packs(), given, Address.parse(address), **options)
    check_as_an_outsider(told)
    return told


def check_as_an_outsider(told: Mapping[str, Any]) -> None:
    """Every formula gives its value, every reference leads somewhere, parts and rest make the whole."""
    done: dict[str, Any] = {}
    entries = {factor["ref"] for factor in told["factors"]}
    for step in told["steps"]:
        given = {name: term["value"] for name, term in step["inputs"].items()}
        assert eval(step["formula"], {**FUNCTIONS, "__builtins__": {}}, given) == step["value"], step
        for term in step["inputs"].values():
            kind, _, target = term["ref"].partition(":")
            assert kind in {"cell", "entry", "step", "figure", "count", "fit", "target"}, term
            assert target, term
            assert kind != "step" or done[target] == term["value"], term
            assert kind != "entry" or term["ref"] in entries, term
        assert step["id"] not in done, "two steps of one name"
        done[step["id"]] = step["value"]
    if told["steps"]:
        assert told["steps"][-1]["value"] == told["value"]
    values = [part["value"] for part in told["parts"] if part["value"] is not None]
    if told["parts"] or told["rest"]:
        assert sum(values) + told["rest"] == (0 if told["value"] is None else told["value"])


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings]


def changed(use: PackSet, **other: Any) -> PackSet:
    """The definitions with some factors changed: `changed(packs(), oxidation_rate={"straddle": "by_days"})`."""
    return PackSet(tuple(_changed(item, other) for item in use.definitions), use.hashes)


def _changed(item: Definition, other: Mapping[str, Mapping[str, Any]]) -> Definition:
    if not isinstance(item.value, Factor | Carriers | MethodUse) or item.value.id not in other:
        return item
    kept = {name: getattr(item.value, name) for name in type(item.value).model_fields}
    fields = kept | dict(other[item.value.id])
    return Definition(item.pack, item.place, type(item.value).model_validate(fields))
