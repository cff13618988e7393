"""The dispatch of a month of a city against the same figures by hand, in one run.

Growth of what 10,000 units report, in 215 towns, 16 districts and the city, with the five units that explain each, out
of 81 months of observations. It measures and judges; it changes nothing.

    python bench/dispatch.py [--units 10000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import by_hand
import city
import polars as pl

from tanheng.cli.collector import collect_rarely
from tanheng.kernel.pack import Classification, Fields, MethodUse, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, Result, run
from tanheng.kernel.subject import Directory, Facility
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

RATIO_BOUND = 3.0
METHOD, BELOW, SCHEME = "dispatch", "unit_energy_reported", "energy_reporting"
NOW, BEFORE = Period.parse("2026-01..2026-09"), Period.parse("2025-01..2025-09")
INDUSTRIES = ["34", "31", "61", "59", "64", "84", "26", "30"]
COLUMN = "energy_calorific"
LEVELS = ["town", "district", "city"]


def main() -> int:
    """Measures, prints, and returns 1 if the bound is not met."""
    options = _options()
    collect_rarely()  # as every command does
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        rows = city.write_rows(path, options.units)
        packs, inputs = packs_of_dispatch(), inputs_of_dispatch(path, options.units)
        print(f"the dispatch of {NOW}: {options.units:,} units, {rows:,} rows of 81 months")
        asked = Parameters(NOW, SCHEME, city.KNOWN_ON, 1)

        def kernel() -> Result:
            return receipted(run(METHOD, packs, replace(inputs, memory={}), asked))

        def hand() -> dict[str, pl.DataFrame]:
            return month_by_hand(path, packs, inputs.directory)

        agree(kernel(), hand())
        ours, theirs = (least(job, options.rounds) for job in (kernel, hand))
    print(f"  {'kernel':10} {ours:6.3f} s\n  {'by hand':10} {theirs:6.3f} s")
    ratio = ours / theirs
    print(f"  kernel / by hand {ratio:6.2f} x  bound {RATIO_BOUND:g} x  {'met' if ratio <= RATIO_BOUND else 'NOT MET'}")
    return int(ratio > RATIO_BOUND)


def receipted(result: Result) -> Result:
    """A result whose receipt is written out, the digest of its figures with it: as every result is kept."""
    result.receipt.as_json()
    return result


def packs_of_dispatch() -> PackSet:
    """The packs of the benchmarks with what the dispatch needs beside them."""
    mine, shipped = city.packs(), load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])
    further = [
        item
        for item in shipped.definitions
        if isinstance(item.value, Fields | Classification)
        or (isinstance(item.value, MethodUse) and item.value.method == METHOD)
    ]
    return PackSet((*mine.definitions, *further), mine.hashes)


def inputs_of_dispatch(path: Path, units: int) -> Inputs:
    """The inputs of the benchmarks, every unit with an industry."""
    inputs = city.inputs(path, units)
    known = inputs.directory
    facilities = tuple(
        Facility(item.id, item.label, {"industry": INDUSTRIES[number % len(INDUSTRIES)]})
        for number, item in enumerate(known.facilities)
    )
    return replace(inputs, directory=Directory((), known.areas, facilities, known.relations))


def month_by_hand(path: Path, packs: PackSet, directory: Directory) -> dict[str, pl.DataFrame]:
    """By level and by field the energy of both spans, the growth, and the five units that moved it most."""
    units = pl.concat(
        [
            _energy(path, packs, span).with_columns(span=pl.lit(name))
            for name, span in (("now", NOW), ("before", BEFORE))
        ]
    )
    wide = units.pivot("span", index="subject", values="energy")
    wide = wide.join(places(directory).cast({"subject": wide.schema["subject"]}), on="subject").with_columns(
        change=pl.col("now") - pl.col("before")
    )
    fields = wide.with_columns(field=pl.concat_str("district", pl.lit("#"), "industry"))
    return {level: _level(wide, level) for level in LEVELS} | {"field": _level(fields, "field")}


def _energy(path: Path, packs: PackSet, span: Period) -> pl.DataFrame:
    """The energy of units over a span, by the factors multiplied beforehand."""
    wanted, grid = by_hand.kinds(BELOW), by_hand.Grid(packs, BELOW)
    indicators = sorted({kind.indicator for kind in wanted})
    rows = pl.scan_parquet(path, use_statistics=False).filter(
        pl.col("indicator").is_in(indicators),
        pl.col("coverage") == city.REPORT[0],
        pl.col("period_start").is_between(span.start, span.end, closed="left"),
    )
    rows = rows.select("indicator", "subject", "carrier", "period_start", "stated_amount").collect().lazy()
    measured, kinds = by_hand.measured_of(path, BELOW), [kind for kind in wanted if COLUMN in kind.results]
    parts = [_grams(rows, measured, grid, kinds, own=own) for own in (False, True)]
    return pl.concat(parts).group_by("subject").agg(pl.col("energy").sum()).collect()


def _grams(
    rows: pl.LazyFrame, measured: pl.DataFrame, grid: by_hand.Grid, kinds: list[by_hand.Kind], *, own: bool
) -> pl.LazyFrame:
    """The rows whose unit measured its own calorific value, or all others, in grams of coal equivalent."""
    mine = by_hand.with_measured(rows, measured, inside=own)
    small = [grid.products(kind, own) for kind in kinds if not own or by_hand.may_be_measured(kind, BELOW)]
    each = pl.concat([table.select("indicator", "carrier", "period_start", f"{COLUMN}_each") for table in small])
    known = mine.collect_schema()
    each = each.cast({column: known[column] for column in ("indicator", "carrier")})
    mine = mine.join(each.lazy(), on=["indicator", "carrier", "period_start"])
    value = pl.col("stated_amount") * pl.col(f"{COLUMN}_each") * (pl.col("measured") if own else 1.0)
    return mine.select("subject", energy=(value * 1e6).round(0, mode="half_to_even").cast(pl.Int64))


def places(directory: Directory) -> pl.DataFrame:
    """Where units lie, with their industry."""
    stays = directory.stays(NOW)
    codes = {item.id: item.codes["industry"] for item in directory.facilities}
    rows = [{"subject": stay.facility, "industry": codes[stay.facility], **stay.areas} for stay in stays]
    return pl.DataFrame(rows)


def _level(wide: pl.DataFrame, level: str) -> pl.DataFrame:
    sums = wide.group_by(level).agg(pl.col("now").sum(), pl.col("before").sum())
    sums = sums.with_columns(growth=(pl.col("now") / pl.col("before") - 1) * 100)
    ranked = wide.join(sums.select(level, "growth", whole="before"), on=level)
    ranked = ranked.with_columns(moved=pl.col("change") * pl.col("growth").sign())
    five = ranked.sort("moved", descending=True).group_by(level, maintain_order=True).head(5)
    five = five.with_columns(points=pl.col("change") / pl.col("whole") * 100)
    return sums.join(five.group_by(level).agg("subject", "points"), on=level)


def agree(result: Result, hand: dict[str, pl.DataFrame]) -> None:
    """The growths of all areas agree."""
    rows = result.figures.where(period_start=NOW.start, period_end=NOW.end).rows()
    ours = {row["subject"]: row["reported_energy_growth"] for row in rows if row["reported_energy_growth"] is not None}
    for level in LEVELS:
        for area, growth in hand[level].select(level, "growth").rows():
            assert abs(ours[area] / 1e7 - growth) < 1e-6, (area, ours[area] / 1e7, growth)


def least(job: Callable[[], object], rounds: int) -> float:
    """The least seconds of some rounds: whatever else the machine does only adds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
