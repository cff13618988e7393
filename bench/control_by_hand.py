"""The barometer and the annual assessment of a made-up city by hand, in Polars: the yardstick of the control loop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import control_city
import polars as pl

from tanheng.kernel.demand import Target

TOTALS = ["energy_total", "gdp"]
READ = ["above_scale_energy", "sector_energy", "value_added_current", "value_added_growth", "gdp_growth", *TOTALS]
SPAN, FULL = ["area", "year", "month"], 12
SPANS = [(2024, FULL), (2025, 3), (2025, 6), (2025, 9), (2025, FULL), (2026, 3), (2026, 6), (2026, 9)]


def areas_of(path: Path) -> pl.DataFrame:
    """What is stated of the districts and the city: indicator, area, sector, year, month (12 for a year), amount."""
    rows = pl.scan_parquet(path, use_statistics=False).filter(pl.col("indicator").is_in(READ))
    rows = rows.select("indicator", "subject", "item", "period_start", "period_end", "stated_amount").collect().lazy()
    month = (pl.col("period_end").dt.month().cast(pl.Int64) + 10) % FULL + 1
    told = rows.select(
        pl.col("indicator").cast(pl.String), pl.col("subject").cast(pl.String).alias("area"),
        pl.col("item").cast(pl.String).alias("sector"), pl.col("period_start").dt.year().cast(pl.Int64).alias("year"),
        month.alias("month"), pl.col("stated_amount").alias("amount"),
    )  # fmt: skip
    return told.filter(pl.col("area").is_in(control_city.FEW)).collect()


def estimates(areas: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Of fields and of areas, for every span: energy now and before, growth, decline, flat share."""
    spans = pl.DataFrame(SPANS, schema={"year": pl.Int64, "month": pl.Int64}, orient="row")
    place = ["area", "sector", "year"]
    lines = _later(_of(areas, "sector_energy").select(*place, energy="amount")).join(spans, on="year")
    above, added = _of(areas, "above_scale_energy"), _of(areas, "value_added_current")
    growth = _of(areas, "value_added_growth").select(*place, "month", growth="amount")
    lines = lines.join(above.select(*SPAN, above="amount"), on=SPAN)
    lines = lines.join(_later(above.select(*SPAN, above_before="amount")), on=SPAN)
    whole = _later(above.filter(month=FULL).select("area", "year", above_whole="amount"))
    lines = lines.join(whole, on=["area", "year"])
    lines = lines.join(_later(added.select(*place, "month", added="amount")), on=[*place, "month"])
    lines = lines.join(_later(added.filter(month=FULL).select(*place, added_whole="amount")), on=place)
    lines = lines.join(growth, on=[*place, "month"]).with_columns(grown=1 + pl.col("growth") / 100)
    scaled, per_added = pl.col("energy") / pl.col("above_whole"), pl.col("energy") / pl.col("added_whole")
    industry = pl.col("sector") == control_city.INDUSTRY
    now = pl.when(industry).then(scaled * pl.col("above")).otherwise(per_added * pl.col("added") * pl.col("grown"))
    before = pl.when(industry).then(scaled * pl.col("above_before")).otherwise(per_added * pl.col("added"))
    lines = lines.with_columns(now=now, before=before, flat=pl.when(industry).then(0.0).otherwise(100.0))
    fields = lines.with_columns(decline=1 - pl.col("now") / pl.col("before") / pl.col("grown"))
    flat = (pl.col("now") * pl.col("flat")).sum() / pl.col("now").sum()
    sums = lines.group_by(SPAN).agg(pl.col("now").sum(), pl.col("before").sum(), flat.alias("flat"))
    sums = sums.join(_of(areas, "gdp_growth").select(*SPAN, grown=1 + pl.col("amount") / 100), on=SPAN)
    share = pl.col("now") / pl.col("before")
    return fields, sums.with_columns(growth=share - 1, decline=1 - share / pl.col("grown"))


def accounts(areas: pl.DataFrame) -> pl.DataFrame:
    """By area and year: total energy, that of the year before, and the decline per GDP."""
    yearly = areas.filter(pl.col("indicator").is_in(TOTALS))
    wide = yearly.pivot("indicator", index=["area", "year"], values="amount")
    wide = wide.join(_later(wide.rename({name: f"{name}_before" for name in TOTALS})), on=["area", "year"])
    energy = pl.col("energy_total") / pl.col("energy_total_before")
    return wide.with_columns(decline=1 - energy / (pl.col("gdp") / pl.col("gdp_before")))


def targets_as_rows(targets: Sequence[Target]) -> pl.DataFrame:
    """The targets: id, area, sector, indicator, tier, share demanded, year."""
    rows = []
    for target in targets:
        area, _, sector = target.subject.partition("#")
        share = float(target.demand.value or 0) / 100
        rows.append((target.id, area, sector or None, target.indicator, target.tier, share, int(target.demand.by)))
    columns = ["id", "area", "sector", "indicator", "tier", "share", "year"]
    kinds = dict.fromkeys(columns, pl.String) | {"share": pl.Float64, "year": pl.Int64}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def lights(areas: pl.DataFrame, targets: Sequence[Target]) -> pl.DataFrame:
    """Every light: level, change, gap in per cent, distance in tce, flat share in per cent."""
    demanded, (fields, sums), known = targets_as_rows(targets), estimates(areas), accounts(areas)
    known = known.with_columns(month=pl.lit(FULL, dtype=pl.Int64))
    known = known.join(pl.DataFrame(SPANS, schema=["year", "month"], orient="row"), on=["year", "month"])
    cuts = demanded.filter(indicator="energy_per_gdp")
    whole, caps = cuts.filter(pl.col("sector").is_null()), demanded.filter(indicator="energy_total")
    total = pl.col("energy_total")
    by_field = cuts.join(fields, on=["area", "sector", "year"]).with_columns(made=pl.lit("estimated"))
    by_area = whole.join(sums, on=["area", "year"]).with_columns(made=pl.lit("estimated"))
    by_area = by_area.join(known.select(*SPAN, total), on=SPAN, how="left")
    by_area = by_area.with_columns(amount=pl.when(total.is_null()).then(pl.col("now")).otherwise(total))
    stated = whole.join(known, on=["area", "year"]).with_columns(amount=total, made=pl.lit("accounted"))
    growing = caps.join(sums.filter(pl.col("month") != FULL), on=["area", "year"])
    growing = growing.with_columns(amount="now", made=pl.lit("estimated"))
    level = caps.join(known, on=["area", "year"]).with_columns(amount=pl.lit(1.0), made=pl.lit("accounted"))
    parts = [
        _graded(part, "fall", pl.col("decline"), pl.col("share")) for part in (by_field, by_area, stated)
    ] + [
        _graded(growing, "cap", pl.col("growth"), pl.col("share")),
        _graded(level, "level", total, pl.col("energy_total_before") * (1 + pl.col("share"))),
    ]  # fmt: skip
    return _changed(pl.concat(parts, how="diagonal"))


def _graded(rows: pl.DataFrame, kind: str, actual: pl.Expr, demanded: pl.Expr) -> pl.DataFrame:
    """Three levels by gap, and the energy to the next better one, or before the best one falls."""
    rows = rows.with_columns(actual=actual, demanded=demanded)
    sign = 1 if kind == "fall" else -1
    gap = sign * (pl.col("demanded") - pl.col("actual")) / pl.col("demanded").abs()
    level = pl.when(gap <= 0).then(3).when(gap <= 0.1).then(2).otherwise(1).cast(pl.Int64)
    nearest = pl.when(gap <= 0.1).then(pl.col("demanded")).otherwise(pl.col("demanded") * (1 - sign * 0.1))
    missing = sign * (nearest - pl.col("actual"))
    rest = {"fall": 1 - pl.col("actual"), "cap": 1 + pl.col("actual"), "level": pl.lit(1.0)}[kind]
    amount = pl.col("amount") if "amount" in rows.columns else pl.lit(None, dtype=pl.Float64)
    flat = pl.col("flat") if "flat" in rows.columns else pl.lit(None, dtype=pl.Float64)
    return rows.select(
        "id", "area", "sector", "indicator", "tier", "made", "year", "month",
        level=level, gap=gap * 100, distance=amount * missing / rest * 10_000, flat=flat,
    )  # fmt: skip


def _changed(rows: pl.DataFrame) -> pl.DataFrame:
    """The change of the light that counts (the accounted one first) against the quarter before."""
    one, when = ["area", "sector", "indicator", "tier"], pl.col("year") * 12 + pl.col("month")
    counting = rows.sort("made").unique([*one, "year", "month"], keep="first", maintain_order=True).sort(when)
    before = pl.col("level").shift().over(one)
    keys = ["id", "made", "year", "month"]
    counting = counting.select(*keys, change=pl.col("level") - before, counts=pl.lit(value=True))
    rows = rows.join(counting, on=keys, how="left")
    return rows.with_columns(flat=pl.when(pl.col("counts") & (pl.col("made") == "estimated")).then(pl.col("flat")))


def assessment(areas: pl.DataFrame, targets: Sequence[Target]) -> pl.DataFrame:
    """By district and year: score, grade; of the last year its change and rank."""
    demanded = targets_as_rows(targets).filter(pl.col("sector").is_null(), tier="floor")
    known, keys = accounts(areas), ["area", "year"]
    both = demanded.pivot("indicator", index=keys, values="share").rename({"energy_total": "allowed"})
    both = both.join(known, on=keys).filter(pl.col("area") != control_city.CITY)
    points = [
        {"area": area, "year": year, "entered": float(control_city.entered_points(year, area))}
        for year in (control_city.ASSESSED - 1, control_city.ASSESSED)
        for area in control_city.DISTRICTS
    ]
    both = both.join(pl.DataFrame(points), on=keys)
    done = pl.col("decline") / pl.col("energy_per_gdp") * 100
    cap = pl.col("energy_total_before") * (1 + pl.col("allowed"))
    over = (pl.col("energy_total") / cap - 1) * 100
    cut = pl.when(done >= 100).then(40).when(done >= 90).then(32).when(done >= 80).then(20).otherwise(0)
    capped = pl.when(over <= 0).then(20).when(over < 1).then(12).when(over < 3).then(6).otherwise(0)
    more = 3 * ((done - 100) / 10).floor().clip(0, 3)
    both = both.with_columns(score=cut + capped + more + pl.col("entered"), met=done >= 100)
    reached = sum(((pl.col("score") >= least).cast(pl.Int64) for least in (95, 80, 60)), start=pl.lit(0))
    both = both.with_columns(grade=pl.when("met").then(reached).otherwise(0))
    both = both.join(_later(both.select(*keys, before="score")), on=keys, how="left")
    rank = pl.col("score").rank("min", descending=True).over("year").cast(pl.Int64)
    return both.with_columns(change=pl.col("score") - pl.col("before"), rank=rank)


def _of(areas: pl.DataFrame, indicator: str) -> pl.DataFrame:
    return areas.filter(indicator=indicator)


def _later(rows: pl.DataFrame) -> pl.DataFrame:
    """What a year is compared with: the same under the year after."""
    return rows.with_columns(year=pl.col("year") + 1)
