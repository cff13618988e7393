"""Dispatch, barometer and annual assessment of a city against the same figures by hand, in one run.

16 districts, 215 towns, 10,000 units, 81 months, 300 targets. What is said of the units' reports is measured as in
bench/dispatch.py; forecasts are apart, in bench/forecasts.py. Then thirty departments' workbooks, split and merged.
It measures and judges; it changes nothing.

    python bench/control_loop.py [--units 10000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import city
import control_by_hand
import control_city
import control_month_by_hand
import dispatch
import polars as pl
import task_workbooks

from tanheng.cli.collector import collect_rarely
from tanheng.kernel.pack import PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import Parameters, Result, run

RATIO_BOUND, MEMORY_BOUND_MIB = 3.0, 2048
YEAR = Period.year(control_city.ASSESSED)
ASKED = {
    "dispatch": Parameters(dispatch.NOW, "energy_reporting", city.KNOWN_ON, 1),
    "barometer": Parameters(dispatch.NOW, "energy_assessment", city.KNOWN_ON, 1, None, {"rule": "gap_over_target"}),
    "annual_assessment": Parameters(
        YEAR, "energy_assessment", city.KNOWN_ON, 1, None, {"scorecard": control_city.CARD}
    ),
}
PER_CENT, GRAMS = 10**7, 10**6
LIGHTS = {  # what it is called by hand; how many steps make one; how many steps the rounding of rates may move it
    "light_level": ("level", 1, 0),
    "light_change": ("change", 1, 0),
    "light_gap": ("gap", PER_CENT, 1_000),
    "light_flat_share": ("flat", PER_CENT, 1_000),
    "light_distance_energy": ("distance", GRAMS, 100_000),
}
SCORES = {
    "score": ("score", 100),
    "score_change": ("change", 100),
    "assessment_grade": ("grade", 1),
    "assessment_rank": ("rank", 1),
}
STATED = {
    "above_scale_growth": "growth",
    "above_scale_growth_published": "published",
    "above_scale_adjustment": "adjustment",
    "above_scale_contribution": "points",
}
RATES = {"reporting_rate": "reported", "reporting_rate_in_time": "early"}
Hand = pl.DataFrame | dict[str, pl.DataFrame]


def main() -> int:
    """Measures, prints, and returns 1 if a bound is not met."""
    options = _options()
    if options.only_run:
        return _run_alone(Path(options.only_run), options.units)
    collect_rarely()  # as every command does
    with tempfile.TemporaryDirectory() as folder:
        path, packs = Path(folder) / "rows.parquet", control_city.packs()
        rows = city.write_rows(path, options.units, control_city.statements(packs))
        size = f"{options.units:,} units, 16 districts, 215 towns, {control_city.TARGETS} targets"
        print(f"the control loop: {size}, {rows:,} rows of 81 months")
        ours, theirs = _kernel(path, packs, options.units), _by_hand(path, packs, options.units)
        _agree({name: job() for name, job in ours.items()}, {name: job() for name, job in theirs.items()})
        seconds = _in_turn((ours, theirs), options.rounds)
        peak = _memory(path, options.units)
    for name in ASKED:
        print(f"  {name:18} kernel {seconds[0][name]:6.3f} s   by hand {seconds[1][name]:6.3f} s")
    ratio = sum(seconds[0].values()) / sum(seconds[1].values())
    missed = _judge("all three / by hand", ratio, RATIO_BOUND, "x")
    missed += _judge("peak memory", peak, MEMORY_BOUND_MIB, "MiB")
    sheets = task_workbooks.seconds()
    return int(missed + _judge("30 workbooks split, merged", sheets, task_workbooks.BOUND_S, "s") > 0)


def _judge(name: str, value: float, bound: float, unit: str) -> int:
    met = value <= bound
    print(f"  {name:28} {value:8.2f} {unit:3}  bound {bound:g} {unit}  {'met' if met else 'NOT MET'}")
    return int(not met)


def _kernel(path: Path, packs: PackSet, units: int) -> dict[str, Callable[[], Result]]:
    """Each part by itself, as if nothing had been asked of these inputs before."""
    inputs = control_city.inputs(path, units)

    def job(method: str) -> Result:
        return dispatch.receipted(run(method, packs, replace(inputs, memory={}), ASKED[method]))

    return {method: partial(job, method) for method in ASKED}


def _by_hand(path: Path, packs: PackSet, units: int) -> dict[str, Callable[[], Hand]]:
    directory, targets = control_city.inputs(path, units).directory, control_city.targets()
    return {
        "dispatch": lambda: control_month_by_hand.month(path, packs, directory),
        "barometer": lambda: control_by_hand.lights(control_by_hand.areas_of(path), targets),
        "annual_assessment": lambda: control_by_hand.assessment(control_by_hand.areas_of(path), targets),
    }


def _agree(results: Mapping[str, Result], hand: Mapping[str, Hand]) -> None:
    """Every figure is the same; those that rest on rates up to their rounding to 10^-9."""
    dispatch.agree(results["dispatch"], hand["dispatch"])
    seen = _same_month(results["dispatch"], hand["dispatch"])
    lights = hand["barometer"]
    ours = {(row["subject"], row["period_end"]): row for row in results["barometer"].figures.rows()}
    for row in lights.rows(named=True):
        span = Period.parse(f"{row['year']}-01..{row['year']}-{row['month']:02}")
        key = f"{row['id']}#{row['tier']}/{row['made']}", span.end
        for column, (name, steps, within) in LIGHTS.items():
            seen += _same((*key, column), ours[key][column], row[name], steps, within)
    assert lights.height == len(ours), (lights.height, len(ours))
    scored = {(row["subject"], row["period_start"].year): row for row in results["annual_assessment"].figures.rows()}
    for row in hand["annual_assessment"].rows(named=True):
        last = row["year"] == control_city.ASSESSED
        for column, (name, steps) in SCORES.items():
            if last or column in ("score", "assessment_grade"):
                place = row["area"], row["year"]
                seen += _same((*place, column), scored[place][column], row[name], steps, 0)
    print(f"  the same by hand: {seen:,} figures of {lights.height} lights and {len(scored)} scores; growths of areas")


def _same_month(result: Result, hand: Mapping[str, pl.DataFrame]) -> int:
    """What areas state, and who reported: the growth of a stated amount rests on no rounding but the last."""
    ours = {(row["subject"], row["period_start"]): row for row in result.figures.rows()}
    seen = 0
    for name, columns, start in (
        ("stated", STATED, dispatch.NOW.start),
        ("rates", RATES, control_month_by_hand.MONTH.start),
    ):
        for row in hand[name].rows(named=True):
            for column, known in columns.items():
                seen += _same((row["area"], column), ours[row["area"], start][column], row[known], PER_CENT, 1)
    return seen


def _same(place: tuple[object, ...], ours: int | None, theirs: float | None, steps: int, within: int) -> int:
    if ours is None or theirs is None:
        assert ours is theirs, (place, ours, theirs)
        return 0
    assert abs(ours - theirs * steps) <= within, (place, ours, theirs * steps)
    return 1


def _in_turn(sides: Sequence[Mapping[str, Callable[[], object]]], rounds: int) -> list[dict[str, float]]:
    """The least seconds of each job, both sides in every round: what else the machine does then meets both."""
    times: list[dict[str, float]] = [{}, {}]
    for name in ASKED:
        for _ in range(rounds):
            for jobs, known in zip(sides, times, strict=True):
                once = dispatch.least(jobs[name], 1)
                known[name] = min(once, known[name]) if name in known else once
    return times


def _memory(path: Path, units: int) -> float:
    command = [sys.executable, __file__, "--units", str(units), "--only-run", str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _run_alone(path: Path, units: int) -> int:
    collect_rarely()
    packs, inputs = control_city.packs(), control_city.inputs(path, units)
    for method, asked in ASKED.items():
        dispatch.receipted(run(method, packs, inputs, asked))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only-run", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
