"""The same figures by plain Polars and plain pandas, as one would write them for one month after the other.

They add up the steps of the register by unit and band of the tariff and value the sums; like the hand-written SQL they
count what is odd and look into nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from bench.metering_by_hand import BASE_FEN, CO2, FACTOR, GCE, month_before
from tanheng.kernel.pack.tariff import Tariff
from tanheng.metering.shapes import month_bounds

_OFFSET_S = 28_800
Totals = dict[str, int]


def in_polars(root: Path, months: list[str], units_of: int, packs: Any) -> Totals:
    """Each month sorted, its steps by difference over the meter."""
    import polars as pl

    total: Totals = {}
    for month in months:
        start, ratio = month_bounds(month)[0], _ratios(packs, month)
        here, there = (pl.scan_parquet(_path(root, each)) for each in (month, month_before(month)))
        columns = ("meter", "at", "value", "flag")
        rows = pl.concat([there.filter(pl.col("at") == start).select(columns), here.select(columns)])
        step, gap = (pl.col(name).diff().over("meter") for name in ("value", "at"))
        hour = ((pl.col("at") - 1 + _OFFSET_S) % 86_400) // 3600
        steps = rows.sort("meter", "at").with_columns(step=step, gap=gap, ratio=hour.replace_strict(ratio))
        bad = (pl.col("flag") != 0) | (pl.col("step") < 0) | (pl.col("gap") != 900)
        unit = ((pl.col("meter") - 1) // units_of).alias("unit")
        sums = steps.filter(pl.col("at") > start).group_by(unit).agg(
            pl.col("step").sum().alias("energy"), pl.len().alias("due"), bad.sum().alias("odd"),
            (pl.col("step") * pl.col("ratio")).sum().alias("cost"),
        ).collect()  # fmt: skip
        total = _added(total, {name: sums[name].to_numpy() for name in ("energy", "due", "odd", "cost")})
    return total


def in_pandas(root: Path, months: list[str], units_of: int, packs: Any) -> Totals:
    """As in Polars; the columns come by way of DuckDB, for pandas reads no Parquet by itself."""
    import pandas as pd

    total: Totals = {}
    for month in months:
        start, ratio = month_bounds(month)[0], _ratios(packs, month)
        with duckdb.connect() as engine:
            names = [f"'{_path(root, each)}'" for each in (month_before(month), month)]
            rows = engine.execute(
                f'select meter, "at", value, flag from read_parquet([{", ".join(names)}]) where "at" >= {start}'
            ).fetchnumpy()
        frame = pd.DataFrame(rows).sort_values(["meter", "at"])
        by_meter = frame.groupby("meter")
        frame["energy"], gap = by_meter["value"].diff(), by_meter["at"].diff()
        frame = frame[frame["at"] > start]
        hour = ((frame["at"] - 1 + _OFFSET_S) % 86_400) // 3600
        frame = frame.assign(
            energy=frame["energy"].astype("int64"),
            cost=frame["energy"].astype("int64") * hour.map(ratio),
            odd=(frame["flag"] != 0) | (frame["energy"] < 0) | (gap != 900),
            due=1,
        )
        sums = frame.groupby((frame["meter"] - 1) // units_of)[["energy", "due", "odd", "cost"]].sum()
        total = _added(total, {name: sums[name].to_numpy() for name in sums})
    return total


def _ratios(packs: Any, month: str) -> dict[int, int]:
    season = packs.get(Tariff, "shanghai_two_part_2023").season(month)
    return {hour: int(season.ratios[band] * 100) for hour, band in enumerate(season.bands())}


def _path(root: Path, month: str) -> str:
    return f"{root}/month={month}/readings-1.parquet"


def _added(total: Totals, sums: dict[str, Any]) -> Totals:
    """The totals with the units of one more month, each valued and rounded by itself."""
    assert not int(sums["odd"].sum()), "the data of this benchmark are plain"
    energy = sums["energy"].astype(np.int64) * FACTOR
    cost = sums["cost"].astype(np.int64) * (FACTOR * BASE_FEN)
    month = {
        "energy": energy,
        "energy_gce": (2 * energy * GCE + 10_000) // 20_000,
        "co2_g": (2 * energy * CO2 + 10_000) // 20_000,
        "cost_fen": (2 * cost + 100_000) // 200_000,
        "due": sums["due"],
    }
    return {name: int(values.sum()) + (total[name] if total else 0) for name, values in month.items()}
