"""The dispatch of a month of a made-up city by hand, in Polars: what units report, areas state, who was in time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import city
import dispatch
import polars as pl

from tanheng.kernel.pack import PackSet
from tanheng.kernel.subject import Directory

STATED, PRINTED = "above_scale_energy", "above_scale_energy_same_period"
DUE = date(2026, 10, 15)
MONTH = dispatch.NOW.months()[-1]


def month(path: Path, packs: PackSet, directory: Directory) -> dict[str, pl.DataFrame]:
    """As `dispatch.month_by_hand`; `stated`: growths of areas; `rates`: who reported the last month, and in time."""
    units = dispatch.month_by_hand(path, packs, directory)
    return units | {"stated": _stated(path, directory), "rates": _rates(path, directory)}


def _stated(path: Path, directory: Directory) -> pl.DataFrame:
    """By area: growth against the table's comparison and last year's publication, adjustment, points of the whole."""
    now, before = dispatch.NOW, dispatch.BEFORE
    rows = pl.scan_parquet(path, use_statistics=False).filter(
        pl.col("indicator").is_in([STATED, PRINTED]),
        pl.col("period_start").is_in([now.start, before.start]),
        pl.col("period_end").is_in([now.end, before.end]),
    )
    rows = rows.select("indicator", "period_start", "stated_amount", area=pl.col("subject").cast(pl.String)).collect()
    is_now, stated = pl.col("period_start") == dispatch.NOW.start, pl.col("indicator") == STATED
    wide = rows.group_by("area").agg(
        now=pl.col("stated_amount").filter(stated & is_now).first(),
        published=pl.col("stated_amount").filter(stated & ~is_now).first(),
        printed=pl.col("stated_amount").filter(~stated & ~is_now).first(),
    )
    inside = [(each.child, each.parent) for each in directory.relations if each.child.startswith("area/")]
    parents = pl.DataFrame(inside, schema=["area", "parent"], orient="row")
    whole = wide.select(parent="area", whole="printed")
    wide = wide.join(parents, on="area", how="left").join(whole, on="parent", how="left")
    in_table, on_publication = (pl.col("now") / pl.col(name) - 1 for name in ("printed", "published"))
    return wide.select(
        "area",
        growth=in_table * 100,
        published=on_publication * 100,
        adjustment=(in_table - on_publication) * 100,
        points=(pl.col("now") - pl.col("printed")) / pl.col("whole") * 100,
    )


def _rates(path: Path, directory: Directory) -> pl.DataFrame:
    """By area: the share of its units that reported the last month, and that reported it by the day it was due."""
    rows = pl.scan_parquet(path, use_statistics=False).filter(
        pl.col("indicator") == "energy_consumption",
        pl.col("coverage") == city.REPORT[0],
        pl.col("period_start") == MONTH.start,
    )
    early = (pl.col("known_from") <= DUE) & (pl.col("known_to").is_null() | (pl.col("known_to") > DUE))
    units = rows.group_by("subject").agg(early=early.any()).collect().with_columns(reported=pl.lit(value=True))
    places = dispatch.places(directory).join(units.cast({"subject": pl.String}), on="subject", how="left")
    shares = [pl.col(name).sum() / pl.len() * 100 for name in ("reported", "early")]
    parts = [places.group_by(pl.col(level).alias("area")).agg(shares) for level in dispatch.LEVELS]
    return pl.concat(parts)
