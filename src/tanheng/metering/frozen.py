"""Frozen months: figures that were used stay as they were; what readings and factors say now stands beside them.

home/readings/frozen/2025-01.json   the figures of a month on the day it was frozen, with their receipt; written once
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.metering.store import Store
from tanheng.store.atomic import write_bytes

Json = dict[str, Any]
_KEY = ("unit", "carrier", "month")


def freeze(store: Store, month: str, rows: Iterable[Mapping[str, Any]], receipt: Mapping[str, Any]) -> None:
    """Keeps the figures of a month for good.

    Reads    rows: those of a roll-up, as `RolledUp.rows` gives them; receipt: that of the roll-up.
    Refuses  month-frozen-already; month-not-rolled-up: there is no figure of it.
    """
    path = _folder(store) / f"{month}.json"
    kept = [dict(row) for row in rows if row["month"] == month]
    if path.exists():
        raise Refusal("month-frozen-already", month=month)
    if not kept:
        raise Refusal("month-not-rolled-up", month=month)
    write_bytes(path, json.dumps({"receipt": dict(receipt), "figures": kept}, indent=1, sort_keys=True).encode())


def beside_frozen(store: Store, rows: Sequence[Mapping[str, Any]]) -> tuple[list[Json], list[Json]]:
    """The figures with frozen months as they were frozen, and what differs there.

    Gives    the rows, `frozen` true or false; and for each frozen row that would come out differently now its key, the
             values `then` and `now` of the columns that differ; a row that only one of them has is empty in the other.
    """
    kept = {_key(row): row for month in frozen_months(store) for row in _read(store, month)}
    months = set(frozen_months(store))
    now = {_key(row): row for row in rows}
    shown = [{**row, "frozen": False} for row in rows if row["month"] not in months]
    shown += [{**row, "frozen": True} for row in kept.values()]
    restated = [
        told
        for key in sorted({*kept, *(key for key in now if key[2] in months)})
        if (told := _restated(key, kept[key] if key in kept else {}, now[key] if key in now else {}))
    ]
    return sorted(shown, key=_key), restated


def frozen_months(store: Store) -> tuple[str, ...]:
    """The months that are frozen."""
    return tuple(sorted(path.stem for path in _folder(store).glob("*.json")))


def _restated(key: tuple[str, str, str], then: Mapping[str, Any], now: Mapping[str, Any]) -> Json | None:
    names = [name for name in {**then, **now} if name not in _KEY]
    differing = [name for name in names if (name in then and then[name]) != (name in now and now[name])]
    if not differing:
        return None
    return dict(zip(_KEY, key, strict=True)) | {
        "then": {name: then[name] for name in differing if name in then},
        "now": {name: now[name] for name in differing if name in now},
    }


def _read(store: Store, month: str) -> list[Json]:
    document = json.loads((_folder(store) / f"{month}.json").read_text("utf-8"))
    return list(document["figures"])


def _key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(row["unit"]), str(row["carrier"]), str(row["month"])


def _folder(store: Store) -> Path:
    return store.root / "frozen"
