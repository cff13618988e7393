"""The same figures by hand: what somebody who knows Polars well would write for this one job, twice.

`plain` keeps every factor as a column of its own. `premultiplied` multiplies the factors of a carrier and month
before the join: fewer columns, at the price that no factor can be shown any more.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from city import ELECTRICITY, FUELS, MONTHS, PARAMETERS

from tanheng.kernel.pack import Choice, Factor, PackSet, choose
from tanheng.kernel.subject import Directory

RESULTS = ["energy_calorific", "energy_coal_equivalent", "co2"]


def plain(path: Path, packs: PackSet, directory: Directory) -> pl.DataFrame:
    """Every factor a column; the arithmetic once for fuels and once for electricity."""
    rows = _read(path)
    amount, tce = pl.col("stated_amount"), pl.col("coal_equivalent_factor")
    carbon = amount * pl.col("net_calorific_value") * pl.col("carbon_content") * pl.col("oxidation_rate") * 44 / 12
    fuels = rows.join(_grid(packs, FUELS).lazy(), on=["carrier", "period_start"]).select(
        "subject", "period_start", *_whole(amount * tce, amount * tce, carbon)
    )
    rate, grid = pl.col("electricity_coal_equivalent_rate"), pl.col("electricity_emission_factor")
    power = rows.join(_grid(packs, ELECTRICITY).lazy(), on=["carrier", "period_start"]).select(
        "subject", "period_start", *_whole(amount * tce, amount * rate, amount * grid)
    )
    return _levels(pl.concat([fuels, power]), directory)


def premultiplied(path: Path, packs: PackSet, directory: Directory) -> pl.DataFrame:
    """Three factors a carrier and month, made before the join."""
    fuels, power = _grid(packs, FUELS), _grid(packs, ELECTRICITY)
    carbon = pl.col("net_calorific_value") * pl.col("carbon_content") * pl.col("oxidation_rate") * 44 / 12
    tce = pl.col("coal_equivalent_factor")
    small = pl.concat(
        [
            fuels.select("carrier", "period_start", a=tce, b=tce, c=carbon),
            power.select(
                "carrier",
                "period_start",
                a=tce,
                b=pl.col("electricity_coal_equivalent_rate"),
                c=pl.col("electricity_emission_factor"),
            ),
        ]
    )
    amount = pl.col("stated_amount")
    rows = _read(path).join(small.lazy(), on=["carrier", "period_start"])
    figures = _whole(amount * pl.col("a"), amount * pl.col("b"), amount * pl.col("c"))
    return _levels(rows.select("subject", "period_start", *figures), directory)


def _read(path: Path) -> pl.LazyFrame:
    return pl.scan_parquet(path).select("subject", "carrier", "period_start", "stated_amount")


def _whole(*values: pl.Expr) -> list[pl.Expr]:
    pairs = zip(RESULTS, values, strict=True)
    return [(value * 1_000_000).round(0, mode="half_to_even").cast(pl.Int64).alias(name) for name, value in pairs]


def _grid(packs: PackSet, carriers: list[str]) -> pl.DataFrame:
    """The factors of some carriers by month, chosen with the kernel's own lookup so that the figures agree."""
    kind = pl.Enum(sorted([*FUELS, *ELECTRICITY]))
    rows = []
    for carrier in carriers:
        for month in MONTHS:
            row = {"carrier": carrier, "period_start": month.start}
            for factor in packs.all(Factor):
                keys = {"carrier": carrier}
                found = choose(factor, keys, month, scheme="city_inventory", known_on=PARAMETERS.known_on)
                if isinstance(found, Choice):
                    row[factor.id] = found.number
            rows.append(row)
    return pl.DataFrame(rows).with_columns(pl.col("carrier").cast(kind))


def _levels(rows: pl.LazyFrame, directory: Directory) -> pl.DataFrame:
    """Facility months once over all rows; every other level over the narrower one; months and the whole period."""
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
    months = rows.group_by("subject", "period_start").agg(pl.col(RESULTS).sum()).collect()
    months = months.with_columns(facility=pl.col("subject").cast(pl.String)).join(places, on="facility")
    found, level = [], months
    for name in ("facility", "town", "district", "city"):
        above = {
            "facility": ["town", "district", "city"],
            "town": ["district", "city"],
            "district": ["city"],
            "city": [],
        }
        level = level.group_by([name, "period_start", *above[name]]).agg(pl.col(RESULTS).sum())
        monthly = level.select(pl.lit(name).alias("level"), pl.col(name).alias("subject"), "period_start", *RESULTS)
        whole = monthly.group_by("level", "subject").agg(
            pl.col(RESULTS).sum(), pl.lit(None, pl.Date).alias("period_start")
        )
        found += [monthly, whole.select(monthly.columns)]
    return pl.concat(found)
