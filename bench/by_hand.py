"""The same figures by hand: what somebody who knows Polars well would write for these jobs, twice.

`plain` keeps every factor as a column of its own. `premultiplied` multiplies the factors of a line and month before
the join: fewer columns and joins, at the price that no factor can be shown any more. Neither counts what is missing,
looks for gaps or the unit of an amount, or keeps a receipt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import mul
from pathlib import Path

import polars as pl
from city import FORM, FUELS, KNOWN_ON, METHODS, MONTHS, REPORT, TAKEN_AWAY

from tanheng.kernel.pack import Choice, Factor, PackSet, choose
from tanheng.kernel.subject import Directory

ENERGY = ["energy_calorific", "energy_coal_equivalent"]
SOURCES = ["co2_fuel", "co2_process", "co2_electricity", "co2_heat"]
RESULTS = {
    "unit_energy_and_co2": [*ENERGY, "co2"],
    "unit_energy_reported": [*ENERGY, "energy_feedstock"],
    "unit_co2": [*SOURCES, "co2", "co2_green_power", "co2_scheme", "green_electricity_use"],
    "unit_energy_statistical": ENERGY,
}
CONSUMED = ["energy_consumption"]
_TCE, _RATE, _NCV = "coal_equivalent_factor", "electricity_coal_equivalent_rate", "net_calorific_value"
_GRID, _GREEN = "electricity_emission_factor", "green_change"
_CARBON = [_NCV, "carbon_content", "oxidation_rate"]
_TONNES = 1_000_000


@dataclass(frozen=True)
class Kind:
    """Rows of some indicator and carriers; each result is amount x constant x factors."""

    indicator: str
    carriers: Sequence[str | None]
    results: Mapping[str, Sequence[str]]
    constant: float = 1.0
    steps: int = _TONNES

    @property
    def factors(self) -> list[str]:
        """The factors that any result needs."""
        return sorted({factor for factors in self.results.values() for factor in factors})


def kinds(method: str) -> list[Kind]:
    """What a method does with which rows."""
    if method == "unit_energy_and_co2":
        both = {column: [_TCE] for column in ENERGY}
        power = {ENERGY[0]: [_TCE], ENERGY[1]: [_RATE], "co2": [_GRID]}
        # 44/12 stands in the emission alone: a kind of its own would cost a pass, so the factor carries it
        return [Kind(*CONSUMED, FUELS, both | {"co2": ["carbon_factor"]}), Kind(*CONSUMED, ["electricity"], power)]
    if method == "unit_co2":
        return [kind for sign, indicator in _signed("energy_consumption", "energy_feedstock_use", "energy_supplied")
                for kind in _emissions(indicator, sign)] + [
            Kind("process_activity", ["lime"], {"co2_process": ["process_emission_factor"]}),
            Kind("green_electricity", [None], {"co2_green_power": [_GREEN]}),
            Kind("green_electricity", [None], {"green_electricity_use": []}, steps=1000),
        ]  # fmt: skip
    statistical = method == "unit_energy_statistical"
    read = ["industrial_energy_use", *TAKEN_AWAY[:2]] if statistical else ["energy_consumption", TAKEN_AWAY[2]]
    found = [kind for sign, indicator in _signed(*read) for kind in _energy(indicator, sign)]
    feedstock = Kind("energy_feedstock_use", [*FUELS, "heat"], {"energy_feedstock": [_TCE]})
    return found if statistical else [*found, feedstock]


def _signed(*indicators: str) -> list[tuple[float, str]]:
    less = (*TAKEN_AWAY, "energy_feedstock_use")
    return [(-1.0 if indicator in less else 1.0, indicator) for indicator in indicators]


def _energy(indicator: str, sign: float) -> list[Kind]:
    return [
        Kind(indicator, [*FUELS, "heat"], {column: [_TCE] for column in ENERGY}, sign),
        Kind(indicator, ["electricity"], {ENERGY[0]: [_TCE], ENERGY[1]: [_RATE]}, sign),
    ]


def _emissions(indicator: str, sign: float) -> list[Kind]:
    return [
        Kind(indicator, FUELS, {"co2_fuel": ["carbon_factor"]}, sign),
        Kind(indicator, ["electricity"], {"co2_electricity": [_GRID]}, sign),
        Kind(indicator, ["heat"], {"co2_heat": ["heat_emission_factor"]}, sign),
    ]


def plain(method: str, path: Path, packs: PackSet, directory: Directory) -> pl.DataFrame:
    """Every factor a column; the arithmetic once for each kind of rows."""
    wanted, grid, found = kinds(method), Grid(packs, method), []
    rows, measured = _read(path, method, wanted), measured_of(path, method)
    for kind in wanted:
        for own in (None, measured) if may_be_measured(kind, method) else (None,):
            mine = rows.filter(pl.col("indicator") == kind.indicator, _carrier_in(kind.carriers))
            if may_be_measured(kind, method):
                mine = with_measured(mine, measured, inside=own is not None)
            mine = mine.join(
                grid.columns(kind, own is not None).lazy(), on=["carrier", "period_start"], nulls_equal=True
            )
            found.append(mine.select("subject", "period_start", *_products(kind, own is not None)))
    return _levels(found, method, directory)


def premultiplied(method: str, path: Path, packs: PackSet, directory: Directory) -> pl.DataFrame:
    """The factors of a line and month multiplied before the join, one join for all kinds with the same results."""
    wanted, grid, found = kinds(method), Grid(packs, method), []
    rows, measured = _read(path, method, wanted), measured_of(path, method)
    groups: dict[tuple[str, ...], list[Kind]] = {}
    for kind in wanted:
        groups.setdefault(tuple(kind.results), []).append(kind)
    for columns, group in groups.items():
        some = any(may_be_measured(kind, method) for kind in group)
        for own in (False, True) if some else (False,):
            mine = with_measured(rows, measured, inside=own) if some else rows
            small = pl.concat([grid.products(kind, own) for kind in group if not own or may_be_measured(kind, method)])
            mine = mine.join(small.lazy(), on=["indicator", "carrier", "period_start"], nulls_equal=True)
            value = pl.col("stated_amount") * (pl.col("measured") if own else 1.0)
            figures = [_whole(value * pl.col(f"{column}_each"), group[0].steps, column) for column in columns]
            found.append(mine.select("subject", "period_start", *figures))
    return _levels(found, method, directory)


def may_be_measured(kind: Kind, method: str) -> bool:
    """Whether a measured value may take the place of a default in rows of a kind."""
    asked = {_TCE, "carbon_factor"} & set(kind.factors)
    return method != "unit_energy_and_co2" and bool(asked) and "raw_coal" in kind.carriers


def _read(path: Path, method: str, wanted: Iterable[Kind]) -> pl.LazyFrame:
    indicators = sorted({kind.indicator for kind in wanted})
    coverage = FORM[0] if method == "unit_energy_statistical" else REPORT[0]
    rows = pl.scan_parquet(path, use_statistics=False)
    rows = rows.filter(pl.col("indicator").is_in(indicators), pl.col("coverage") == coverage)
    return rows.select("indicator", "subject", "carrier", "period_start", "stated_amount").collect().lazy()


def measured_of(path: Path, method: str) -> pl.DataFrame:
    """The calorific values that units measured, by unit, carrier and year."""
    coverage = FORM[0] if method == "unit_energy_statistical" else REPORT[0]
    rows = pl.scan_parquet(path, use_statistics=False)
    rows = rows.filter(pl.col("indicator") == "measured_net_calorific_value", pl.col("coverage") == coverage)
    return rows.select("subject", "carrier", year="period_start", measured="stated_amount").collect()


def with_measured(rows: pl.LazyFrame, measured: pl.DataFrame, *, inside: bool) -> pl.LazyFrame:
    """The rows whose unit measured its own value, with it; or all others."""
    owners = pl.col("subject").is_in(measured["subject"].unique().implode()) & (pl.col("carrier") == "raw_coal")
    if not inside:
        return rows.filter(~owners.fill_null(False))
    rows = rows.filter(owners).with_columns(year=pl.col("period_start").dt.truncate("1y"))
    return rows.join(measured.lazy(), on=["subject", "carrier", "year"])


def _carrier_in(carriers: Sequence[str | None]) -> pl.Expr:
    return pl.col("carrier").is_null() if carriers == [None] else pl.col("carrier").is_in(list(carriers))


def _products(kind: Kind, own: bool) -> list[pl.Expr]:
    found = []
    for column, factors in kind.results.items():
        amount = pl.col("stated_amount") * kind.constant
        if own:
            amount = amount * pl.col("measured")
        found.append(_whole(reduce(mul, map(pl.col, factors), amount), kind.steps, column))
    return found


def _whole(value: pl.Expr, steps: int, column: str) -> pl.Expr:
    return (value * steps).round(0, mode="half_to_even").cast(pl.Int64).alias(column)


class Grid:
    """The factors by carrier and month, chosen with the kernel's own lookup so that the figures agree."""

    def __init__(self, packs: PackSet, method: str) -> None:
        self.packs, self.scheme = packs, METHODS[method]

    def columns(self, kind: Kind, own: bool) -> pl.DataFrame:
        """One row per carrier and month with a column for each factor; a measured value leaves its default out."""
        rows = [
            {"carrier": carrier, "period_start": month.start}
            | {factor: self._value(factor, carrier, month, own) for factor in kind.factors}
            for carrier in (["raw_coal"] if own else kind.carriers)
            for month in MONTHS
        ]
        carriers = pl.Enum(sorted({*FUELS, "electricity", "heat", "lime"}))
        return pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col("carrier").cast(carriers))

    def products(self, kind: Kind, own: bool) -> pl.DataFrame:
        """The same with the factors of each result multiplied."""
        small = self.columns(kind, own).with_columns(indicator=pl.lit(kind.indicator))
        each = [
            reduce(mul, map(pl.col, factors), pl.lit(kind.constant)).alias(f"{column}_each")
            for column, factors in kind.results.items()
        ]
        return small.select(pl.col("indicator").cast(_INDICATORS), "carrier", "period_start", *each)

    def _value(self, factor: str, carrier: str | None, month: object, own: bool) -> float:
        if factor == "carbon_factor":
            parts = [self._of(part, carrier, month) for part in (_CARBON[1:] if own else _CARBON)]
            return reduce(mul, parts) * 44 / 12
        if factor == _GREEN:
            return self._of("green_power_emission_factor", carrier, month) - self._of(_GRID, carrier, month)
        if own and factor == _TCE:
            return 1 / 29.3076
        return self._of(factor, carrier, month)

    def _of(self, id: str, carrier: str | None, month: object) -> float:
        factor = self.packs.get(Factor, id)
        found = choose(factor, {"carrier": str(carrier)}, month, scheme=self.scheme, known_on=KNOWN_ON)  # type: ignore[arg-type]
        assert isinstance(found, Choice), found
        return found.number


def _levels(found: Sequence[pl.LazyFrame], method: str, directory: Directory) -> pl.DataFrame:
    """Facility months once over all rows; every other level over the narrower one; months and the whole period."""
    results = RESULTS[method]
    own = [column for column in results if column not in ("co2_scheme", *(["co2"] if method == "unit_co2" else []))]
    rows = pl.concat(found, how="diagonal")
    months = rows.group_by("subject", "period_start").agg(pl.col(own).sum()).collect()
    if method == "unit_co2":
        months = months.with_columns(co2=pl.sum_horizontal(SOURCES))
        months = months.with_columns(co2_scheme=pl.col("co2") + pl.col("co2_green_power"))
    parent = {relation.child: relation.parent for relation in directory.relations}
    towns = {facility.id: parent[facility.id] for facility in directory.facilities}
    places = pl.DataFrame(
        {
            "facility": list(towns),
            "town": list(towns.values()),
            "district": [parent[town] for town in towns.values()],
            "city": [parent[parent[town]] for town in towns.values()],
        }
    )
    months = months.with_columns(facility=pl.col("subject").cast(pl.String)).join(places, on="facility")
    wide, found_levels, level = ["facility", "town", "district", "city"], [], months
    for index, name in enumerate(wide):
        level = level.group_by([name, "period_start", *wide[index + 1 :]]).agg(pl.col(results).sum())
        monthly = level.select(pl.lit(name).alias("level"), pl.col(name).alias("subject"), "period_start", *results)
        whole = monthly.group_by("level", "subject").agg(
            pl.col(results).sum(), pl.lit(None, pl.Date).alias("period_start")
        )
        found_levels += [monthly, whole.select(monthly.columns)]
    return pl.concat(found_levels)


_INDICATORS = pl.Enum(
    sorted(
        {
            "energy_consumption",
            "energy_feedstock_use",
            "energy_recovered",
            "energy_supplied",
            "green_electricity",
            "industrial_energy_use",
            "measured_net_calorific_value",
            "process_activity",
            "transformation_output",
        }
    )
)
