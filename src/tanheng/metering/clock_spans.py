"""Clocks that were off for days: between a gap and as many readings that others took the place of.

A clock put an hour ahead leaves a gap of an hour; put right again, its readings take the place of those it sent before.
One put behind does so the other way round. Between the two every hour stands an hour beside its own. The gap alone is
any gap, and a reading that replaced another may be a correction: both together, of equal length, are a clock.

home/readings/results/clocks.json   the spans by month, and the files they were found in
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tanheng.metering.dimensions import Dimensions
from tanheng.metering.engine import Columns, Engine
from tanheng.metering.manifest import Manifest
from tanheng.metering.month_cube import month_after, month_before
from tanheng.metering.shapes import DAY_S, FLAG_BY_HAND, FLAG_REVISED, Spans, month_of
from tanheng.metering.store import Store
from tanheng.metering.touched import Touched
from tanheng.store.atomic import write_bytes

_FILE = "clocks.json"
_SHAPE = "clocks/1"
_AT_MOST_DAYS: Final = 31  # between the gap and the readings replaced
_LONGEST_S: Final = DAY_S  # by so much a clock may be off
_DECLARED: Final = FLAG_BY_HAND | FLAG_REVISED


@dataclass(frozen=True)
class ClockSpans:
    """The spans of a store by the month in which readings were replaced, and the digest of the files looked at."""

    months: Mapping[str, tuple[str, Spans]]

    @staticmethod
    def of(store: Store) -> ClockSpans:
        """What was found when the cube was last computed."""
        try:
            kept = json.loads((store.root / "results" / _FILE).read_text("utf-8"))
        except FileNotFoundError:
            return ClockSpans({})
        if kept["shape"] != _SHAPE:
            return ClockSpans({})
        months = kept["months"].items()
        return ClockSpans({month: (digest, frozenset(map(tuple, rows))) for month, (digest, rows) in months})

    def spans(self) -> Spans:
        """All of them."""
        return frozenset(span for _, spans in self.months.values() for span in spans)

    def found(self, engine: Engine, store: Store, dimensions: Dimensions) -> ClockSpans:
        """The same for the readings as they are now; a month is looked at again when its files are others."""
        engine.put("steps_of_meters", {name: dimensions.limits[name] for name in ("meter", "iv")})
        months: dict[str, tuple[str, Spans]] = {}
        manifest = store.manifest
        for month in manifest.months():
            digest = _digest(manifest, month)
            known = self.months[month] if month in self.months else ("", frozenset())
            months[month] = known if known[0] == digest else (digest, _found(engine, store, month))
        return ClockSpans(months)

    def differing(self, other: ClockSpans, offset_s: int) -> Touched:
        """By month the meters of which either has a span that the other has not."""
        touched: dict[str, set[int]] = {}
        for meter, low, high in self.spans() ^ other.spans():
            month, last = month_of(max(low, 1), offset_s), month_of(high, offset_s)
            while month <= last:
                touched.setdefault(month, set()).add(meter)
                month = month_after(month)
        return touched

    def write(self, store: Store) -> None:
        """Keeps them beside the cube."""
        listed = {month: (digest, sorted(spans)) for month, (digest, spans) in self.months.items()}
        folder = store.root / "results"
        folder.mkdir(parents=True, exist_ok=True)
        write_bytes(folder / _FILE, json.dumps({"shape": _SHAPE, "months": listed}, indent=1).encode())


def _digest(manifest: Manifest, month: str) -> str:
    near = (month_before(month), month, month_after(month))
    names = sorted(part.path for part in manifest.parts if part.month in near)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def _found(engine: Engine, store: Store, month: str) -> Spans:
    replaced = store.replaced(month)
    if replaced is None:
        return frozenset()
    engine.keep("replaced", replaced)
    engine.keep("replaced_runs", _RUNS)
    if not int(engine.columns("select count(*) as n from replaced_runs")["n"][0]):
        return frozenset()
    near = " union all ".join(
        f'select r.meter, r."at" from {store.relation(each)} as r '
        "join (select distinct meter from replaced_runs) as w on w.meter = r.meter"
        for each in (month_before(month), month, month_after(month))
        if each in store.months()
    )
    rows: Columns = engine.columns(_SPANS.format(near=near))
    columns: list[list[Any]] = [rows[name].tolist() for name in ("meter", "low", "high")]
    return frozenset((int(meter), int(low), int(high)) for meter, low, high in zip(*columns, strict=True))


# Readings one after the other of which each took the place of one that was no higher, and one at least of a lower; or
# all the other way, where those of the wrong clock came last. Where the register stood still they may be equal; equal
# ones of a register that moves are readings sent twice. What its sender calls revised, or entered by hand, is a
# correction.
_RUNS: Final = f"""
select meter, min("at") as first, max("at") as last, min(iv) as step, count(*) as size from (
  select *, cast(sum(begins) over (partition by meter order by "at"
    rows between unbounded preceding and current row) as bigint) as run
  from (
    select r.*, i.iv, case when r."at" - lag(r."at") over w = i.iv then 0 else 1 end as begins
    from replaced as r join steps_of_meters as i on i.meter = r.meter and i.iv > 0
    window w as (partition by r.meter order by r."at")
  ) as q
) as p group by meter, run
having (min(value - value_before) >= 0 or max(value - value_before) <= 0)
  and (max(abs(value - value_before)) > 0 or max(value) = min(value))
  and max(flag & {_DECLARED}) = 0 and count(*) * min(iv) <= {_LONGEST_S}"""
_SPANS: Final = f"""
select meter, low, high from (
  select u.meter, case when g.ts < u.first then g.before else u.first - u.step end as low,
    case when g.ts < u.first then u.last + u.step else g.ts end as high,
    row_number() over (partition by u.meter, u.first order by abs(g.ts - u.first), g.ts) as place
  from replaced_runs as u join (
    select meter, lag("at") over (partition by meter order by "at") as before, "at" as ts from ({{near}}) as n
  ) as g on g.meter = u.meter and g.ts - g.before = (u.size + 1) * u.step
    and abs(g.ts - u.first) <= {_AT_MOST_DAYS * DAY_S}
) as q where place = 1"""
