"""The files of a simulation: a register, readings as they arrived, and the truth of every meter and hour."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from tanheng.kernel.faults import Refusal
from tanheng.metering.register import Meter
from tanheng.metering.simulate import Piece, Readings, Simulation
from tanheng.metering.simulate_faults import KINDS, named
from tanheng.metering.simulate_plan import BLOCK, PLACES, Plan, name_of, place_of
from tanheng.store.atomic import replacing, write_bytes

FORMATS: Final = ("parquet", "csv")
_LEFT_OUT: Final = {"number"}  # the store that imports gives its own
_HEADINGS: Final = {"unit": "facility"}
# A value as its meter shows it: a decimal in the unit of the meter, by a product of whole numbers.
_READINGS: Final = """
select n.name as meter, r."at", cast(r.value as decimal(14, 0)) * n.size as value
from r join names n on n.index = r.index order by r.place
"""
_TRUTH: Final = """
select n.name as meter, t.hour_end as "at",
  strftime(make_timestamp((t.hour_end - 3600 + {offset}) * 1000000), '%Y-%m-%dT%H:%M') as hour,
  n.carrier, n.step, t.energy, f.fault, f.back
from t join names n on n.index = t.index
left join faults f on f.index = t.index and t.hour_end > f.after_s and t.hour_end - 3600 < f.until_s
order by t.place
"""
_OPTIONS: Final = {
    "parquet": "(format parquet, compression zstd)",
    "csv": "(format csv, header)",
    "json": "(format json, array true)",
}


@dataclass(frozen=True)
class Written:
    """What was written: numbers for the answer of the command. `without_room`: faults asked for and not placed."""

    meters: int
    readings: int
    hours: int
    files: int
    faults: Mapping[str, int]
    without_room: Mapping[str, int]


def write_simulation(
    plan: Plan, out: Path, truth: Path, form: str = "parquet", tell: Callable[[str], None] = lambda month: None
) -> Written:
    """Makes a simulation and writes it: out/meters.csv, out/readings/NNNNN-*.parquet, the truth, its list of faults.

    A later file revises an earlier one. The truth has a row for each meter and hour: `at` (the second at which the hour
    ends), `energy` in whole steps, and of a fault in that hour its name and what can be had back of it.
    Refuses  folder-in-use: `out` holds something. simulate-truth-unknown: the truth is no .csv, .parquet or .json.
    """
    if out.exists() and any(out.iterdir()):
        raise Refusal("folder-in-use", folder=out)
    truth_form = truth.suffix.removeprefix(".")
    if truth_form not in _OPTIONS:
        raise Refusal("simulate-truth-unknown", file=truth, known=", ".join(f".{name}" for name in _OPTIONS))
    simulation, drafts = Simulation(plan), out / ".truth"
    (out / "readings").mkdir(parents=True, exist_ok=True)
    drafts.mkdir()
    with duckdb.connect() as engine:
        _learn(engine, simulation)
        files, count = _write_pieces(engine, simulation, out, drafts, form, tell)
        hours = _join_truth(engine, drafts, truth, truth_form)
    shutil.rmtree(drafts)
    _write_register(simulation, out / "meters.csv")
    found = [named(plan, fault) for fault in simulation.faults]
    write_bytes(truth.with_name(truth.stem + ".faults.json"), (json.dumps(found, indent=1) + "\n").encode())
    placed = {kind: sum(fault.kind == kind for fault in simulation.faults) for kind in KINDS}
    asked = Counter(dict(plan.wanted))
    asked.subtract(placed)
    without_room = {kind: number for kind, number in asked.items() if number > 0}
    found_room = {kind: number for kind, number in placed.items() if number}
    return Written(plan.meters, count, hours, files, found_room, without_room)


def _learn(engine: duckdb.DuckDBPyConnection, simulation: Simulation) -> None:
    plan, indices = simulation.plan, range(simulation.plan.meters)
    columns: dict[str, Any] = {
        "index": np.arange(plan.meters, dtype=np.int32),
        "name": np.array([name_of(plan, index) for index in indices], dtype=object),
        "carrier": np.array([place_of(index).carrier for index in indices], dtype=object),
        "step": np.array([place_of(index).step for index in indices], dtype=object),
        "size": np.array([f"{10 ** -place_of(index).decimals:.3f}" for index in indices], dtype=object),
    }
    engine.register("given_names", columns)
    engine.execute("create temp table names as select * replace (cast(size as decimal(4, 3)) as size) from given_names")
    engine.unregister("given_names")
    _list_faults(engine, simulation)


def _list_faults(engine: duckdb.DuckDBPyConnection, simulation: Simulation) -> None:
    lines = [(fault.index, named(simulation.plan, fault)) for fault in simulation.faults]
    columns: dict[str, Any] = {
        "index": np.array([index for index, _ in lines], dtype=np.int32),
        "fault": np.array([line["fault"] for _, line in lines], dtype=object),
        "back": np.array([line["back"] for _, line in lines], dtype=object),
        "after_s": np.array([line["after"] for _, line in lines], dtype=np.int64),
        "until_s": np.array([line["until"] for _, line in lines], dtype=np.int64),
    }
    engine.register("given_faults", columns)
    texts = "cast(fault as varchar) as fault, cast(back as varchar) as back"
    engine.execute(f"create or replace temp table faults as select * replace ({texts}) from given_faults")
    engine.unregister("given_faults")
    simulation.moved = False


def _write_pieces(
    engine: duckdb.DuckDBPyConnection,
    simulation: Simulation,
    out: Path,
    drafts: Path,
    form: str,
    tell: Callable[[str], None],
) -> tuple[int, int]:
    files = count = 0
    for piece in simulation.pieces():
        files, count = files + 1, count + len(piece.readings)
        tell(piece.month)
        if simulation.moved:
            _list_faults(engine, simulation)
        _write_readings(engine, piece.readings, out / "readings" / f"{files:05d}-{piece.month}.{form}", form)
        _write_hours(engine, piece, simulation.plan.offset_s, drafts / f"{files:05d}.parquet")
    for name, readings in (("again", simulation.again), ("late", simulation.late)):
        if readings:
            files, joined = files + 1, _joined(readings)
            count += len(joined)
            _write_readings(engine, joined, out / "readings" / f"{files:05d}-{name}.{form}", form)
    return files, count


def _joined(several: list[Readings]) -> Readings:
    return Readings(*(np.concatenate([getattr(one, name.name) for one in several]) for name in fields(Readings)))


def _write_readings(engine: duckdb.DuckDBPyConnection, readings: Readings, path: Path, form: str) -> None:
    place = np.arange(len(readings), dtype=np.int64)
    engine.register("r", {"index": readings.index, "at": readings.at, "value": readings.value, "place": place})
    _copy(engine, _READINGS, path, form)


def _write_hours(engine: duckdb.DuckDBPyConnection, piece: Piece, offset_s: int, path: Path) -> None:
    meters, intervals = piece.used.shape
    steps = np.array([PLACES[row % len(PLACES)].steps for row in range(meters)], dtype=np.int64)
    energy = piece.used.reshape(meters, intervals // 4, 4).sum(axis=2) * steps[:, None]
    start = piece.block * BLOCK
    index = np.repeat(np.arange(start, start + meters, dtype=np.int32), intervals // 4)
    ends = piece.first_end + 2700 + 3600 * np.arange(intervals // 4, dtype=np.int64)
    place = np.arange(len(index), dtype=np.int64)
    columns = {"index": index, "hour_end": np.tile(ends, meters), "energy": energy.reshape(-1), "place": place}
    engine.register("t", columns)
    _copy(engine, _TRUTH.format(offset=offset_s), path, "parquet")


def _join_truth(engine: duckdb.DuckDBPyConnection, drafts: Path, truth: Path, form: str) -> int:
    truth.parent.mkdir(parents=True, exist_ok=True)
    relation = f"read_parquet('{_quoted(drafts)}/*.parquet')"
    _copy(
        engine,
        f'select * from {relation} order by meter, "at"' if form == "json" else f"select * from {relation}",
        truth,
        form,
    )
    row = engine.execute(f"select count(*) from {relation}").fetchone()
    return int(row[0]) if row else 0


def _copy(engine: duckdb.DuckDBPyConnection, sql: str, path: Path, form: str) -> None:
    with replacing(path) as draft:
        engine.execute(f"copy ({sql}) to '{_quoted(draft)}' {_OPTIONS[form]}")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _write_register(simulation: Simulation, path: Path) -> None:
    names = [name.name for name in fields(Meter) if name.name not in _LEFT_OUT]
    with replacing(path) as draft, draft.open("w", encoding="utf-8", newline="") as handle:
        table = csv.writer(handle)
        table.writerow([_HEADINGS[name] if name in _HEADINGS else name for name in names])
        for row in simulation.register():
            table.writerow(["" if getattr(row, name) is None else getattr(row, name) for name in names])
