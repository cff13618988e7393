"""Which meters late readings concern, and in which months: a reading changes what lies between its neighbours."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.metering.engine import Columns, Engine
from tanheng.metering.shapes import month_of
from tanheng.metering.store import Store

Touched = Mapping[str, set[int]]
"""By month, the meters that have to be computed again in it."""


def late_meters(engine: Engine, store: Store, seq: int, until: Mapping[str, int]) -> Touched:
    """The meters that have readings numbered `seq` or later of a time that a cube has already counted.

    Reads    until: by month, the second up to which its cube counted.
    """
    found: Touched = {}
    parts = [part for part in store.manifest.parts if part.kind == "readings" and part.seqs[1] >= seq]
    for month in sorted({part.month for part in parts if part.month in until and part.ends[0] <= until[part.month]}):
        rows = engine.columns(
            f'select r.meter, min(r."at") as low, max(r."at") as high from {store.relation(month)} as r '
            f'where r.seq >= {seq} and r."at" <= {until[month]} group by r.meter'
        )
        found = joined(found, reached(engine, store, rows))
    return found


def reached(engine: Engine, store: Store, stretches: Columns) -> Touched:
    """The months that stretches of readings reach: from the reading before them to the one after them.

    Reads    stretches: meter, low, high: one row for each meter, with the first and the last second of its stretch.
    """
    if not len(stretches["meter"]):
        return {}
    engine.put("near_meters", stretches)
    months, offset = store.months(), store.manifest.offset_s
    before = _neighbours(engine, store, "before", stretches, months[::-1])
    after = _neighbours(engine, store, "after", stretches, months)
    found: dict[str, set[int]] = {}
    for meter, low, high in zip(*(stretches[name].tolist() for name in ("meter", "low", "high")), strict=True):
        first = month_of(before[meter] if meter in before else low, offset)
        last = month_of(after[meter] if meter in after else high, offset)
        for month in months:
            if first <= month <= last:
                found.setdefault(month, set()).add(meter)
    return found


def joined(one: Touched, other: Touched) -> Touched:
    """What either names."""
    empty: set[int] = set()
    return {month: one.get(month, empty) | other.get(month, empty) for month in sorted({*one, *other})}


def _neighbours(engine: Engine, store: Store, side: str, stretches: Columns, months: tuple[str, ...]) -> dict[int, int]:
    """The time of the reading next to the stretch of each meter on one side, found from the nearest month outwards."""
    nearest, bound = ("max", 'r."at" < n.low') if side == "before" else ("min", 'r."at" > n.high')
    edge = month_of(
        int(stretches["high"].max()) if side == "before" else int(stretches["low"].min()), store.manifest.offset_s
    )
    found: dict[int, int] = {}
    for month in months:
        if (side == "before" and month > edge) or (side == "after" and month < edge):
            continue
        rows = engine.columns(
            f'select r.meter, {nearest}(r."at") as near from {store.relation(month)} as r '
            f"join near_meters as n on r.meter = n.meter where {bound} group by r.meter"
        )
        found = {**dict(zip(rows["meter"].tolist(), rows["near"].tolist(), strict=True)), **found}
        if len(found) == len(stretches["meter"]):
            break
    return found
