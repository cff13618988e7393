"""What came out differently than at the last roll-up: the rows of figures that changed, with both values, and why.

home/readings/results/figures.json      which file holds the figures of the last roll-up, and the receipt of it
                      figures-*.parquet the file
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from tanheng.metering.definition import SUMMED
from tanheng.metering.engine import Engine, texts
from tanheng.metering.rollup import RolledUp, as_rows, month_text
from tanheng.metering.store import Store
from tanheng.store.atomic import write_bytes

Json = dict[str, Any]
_KEPT: Final = "figures.json"
_CAUSES: Final = ("readings", "register", "fills", "scheme", "known_on", "packs", "entries", "lists")


def changed_figures(engine: Engine, store: Store, rolled: RolledUp, receipt: Mapping[str, Any]) -> list[Json]:
    """The rows of figures that differ from those of the roll-up before, and keeps the present ones for the next.

    Reads    figures: as `roll_up` left them with the engine.
    Gives    for each row its unit, carrier and month, the values `then` and `now` of the columns that differ, and
             `because`: the parts of the receipt that changed. A row that only one of them has is empty in the other.
             Nothing at the first roll-up.
    """
    folder = store.root / "results"
    before = _before(folder)
    engine.put("unit_names", _names(rolled.dimensions.units))
    engine.put("carrier_names", _names(rolled.dimensions.carriers))
    listed = ", ".join(f"f.{name}" for name in SUMMED)
    engine.keep(
        "figures_named",
        f"select u.name as unit, c.name as carrier, f.month, {listed} from figures as f "
        "join unit_names as u on f.unit = u.number join carrier_names as c on f.carrier = c.number",
    )
    found = [] if before is None else _differing(engine, folder / before["file"], _because(before["receipt"], receipt))
    path = folder / f"figures-{secrets.token_hex(4)}.parquet"
    engine.write("select * from figures_named order by unit, carrier, month", path)
    kept = {"file": path.name, "columns": list(SUMMED), "receipt": dict(receipt)}
    write_bytes(folder / _KEPT, json.dumps(kept, indent=1).encode())
    if before is not None:
        (folder / before["file"]).unlink(missing_ok=True)
    return found


def _before(folder: Path) -> Json | None:
    try:
        kept: Json = json.loads((folder / _KEPT).read_text("utf-8"))
    except FileNotFoundError:
        return None
    same = "columns" in kept and kept["columns"] == list(SUMMED)
    return kept if same and (folder / kept["file"]).exists() else None


def _names(names: Sequence[str]) -> dict[str, Any]:
    return {"number": np.arange(len(names), dtype=np.int64), "name": texts(names)}


def _because(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [name for name in _CAUSES if (name in then and then[name]) != (name in now and now[name])]


def _differing(engine: Engine, before: Path, because: list[str]) -> list[Json]:
    values = ", ".join(f"a.{name} as now_{name}, b.{name} as then_{name}" for name in SUMMED)
    differs = " or ".join(f"a.{name} is distinct from b.{name}" for name in SUMMED)
    rows = as_rows(
        engine.columns(
            "select coalesce(a.unit, b.unit) as unit, coalesce(a.carrier, b.carrier) as carrier, "
            f"coalesce(a.month, b.month) as month, {values} from figures_named as a "
            f"full join {engine.files([before])} as b on a.unit = b.unit and a.carrier = b.carrier "
            f"and a.month = b.month where a.unit is null or b.unit is null or {differs} order by 1, 2, 3"
        )
    )
    return [_told(row, because) for row in rows]


def _told(row: Mapping[str, Any], because: list[str]) -> Json:
    names = [name for name in SUMMED if row[f"now_{name}"] != row[f"then_{name}"]]
    told = {"unit": row["unit"], "carrier": row["carrier"], "month": month_text(row["month"])}
    sides = {side: {name: row[f"{side}_{name}"] for name in names} for side in ("then", "now")}
    return {**told, **sides, "because": because}
