"""Odd days of the cube: their meters' readings are stepped through interval by interval, some meters at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering import definition
from tanheng.metering.conversion import POINT_COLUMNS, UNKNOWN
from tanheng.metering.engine import Engine
from tanheng.metering.intervals import intervals_sql
from tanheng.metering.shapes import DAY_S, month_of
from tanheng.metering.store import Store

CLOCKS = "clock_spans"
READING = 'r.meter, r."at", r.value, r.flag'
_AT_ONCE = 40_000  # meter-days whose intervals one window holds in memory
_EMPTY = "select " + ", ".join(f"cast(null as bigint) as {name}" for name in definition.CUBE) + " where false"
# Where the register of a meter began says nothing about days before which it was read.
_BEGUN = f"""
select {", ".join(f"p.{name}" for name in POINT_COLUMNS if name != "first_value")},
  case when p.stay = 0 and b.meter is not null then {UNKNOWN} else p.first_value end as first_value
from points as p left join before as b on b.meter = p.meter"""


@dataclass(frozen=True)
class OddDays:
    """How the odd days of a store are read: with days of context around them and the next readings beyond a gap."""

    store: Store
    limits: MeteringQuality
    offset_s: int

    def step_through(self, engine: Engine) -> None:
        """Computes the rows of the days in `odd` and keeps them as `stepped_through`, with the columns of the cube.

        Reads    odd, points.
        """
        engine.keep("stepped_through", _EMPTY)
        stretches = "select meter, min(day) as first, max(day) as last from odd group by meter order by meter"
        names = ", ".join(definition.CUBE)
        for some in batches(engine.columns(stretches)):
            self.keep_intervals(engine, some)
            engine.view("odd_of_these", "select o.* from odd as o join near_meters as n on o.meter = n.meter")
            rows = definition.cube_of_intervals("odd_of_these", self.offset_s)
            engine.add("stepped_through", f"select {names} from ({rows}) as s")

    def keep_intervals(self, engine: Engine, stretches: Mapping[str, Any]) -> None:
        """Keeps as `intervals` those of some meters, each from its `first` to its `last` day and a little beyond.

        Reads    points, clock_spans. Gives also `near` and `near_points`, what they were computed from.
        """
        days = self.limits.whole("context_days")
        low = (stretches["first"] - days) * DAY_S - self.offset_s
        high = (stretches["last"] + 1 + days) * DAY_S - self.offset_s
        engine.put("near_meters", {"meter": stretches["meter"], "low": low, "high": high})
        engine.keep("near", self._near(engine, int(low.min()), int(high.max())))
        near = '(select meter, "at", value, flag, 0 as seq from near)'
        engine.keep("near_points", _BEGUN)
        engine.keep("intervals", intervals_sql(near, "near_points", self.limits, self.offset_s, CLOCKS))

    def _near(self, engine: Engine, low: int, high: int) -> str:
        """The readings of these meters around their odd days, and the nearest ones before and after."""
        first, last = month_of(max(low, 1), self.offset_s), month_of(high, self.offset_s)
        months = self.store.months()
        rows = [f'select {READING} from {self._of_these(month)} where r."at" between n.low and n.high'
                for month in months if first <= month <= last]  # fmt: skip
        self._beyond(engine, "before", [month for month in reversed(months) if month <= last])
        self._beyond(engine, "after", [month for month in months if month >= first])
        return " union all ".join([*rows, *(f"select {READING} from {side} as r" for side in ("before", "after"))])

    def _of_these(self, month: str) -> str:
        return f"{self.store.relation(month)} as r join near_meters as n on r.meter = n.meter"

    def _beyond(self, engine: Engine, side: str, months: Sequence[str]) -> None:
        """Keeps the last reading of each meter before its stretch, or the first one after it, wherever that lies."""
        nearest, bound = ("max", 'r."at" < n.low') if side == "before" else ("min", 'r."at" > n.high')
        engine.keep(
            side, 'select 0 as meter, cast(0 as bigint) as "at", cast(0 as bigint) as value, 0 as flag where false'
        )
        for month in months:
            if not int(engine.columns(f"select count(*) as n from near_meters where {_unknown(side)}")["n"][0]):
                return
            found = (
                f'select r.meter, {nearest}(r."at") as "at" from {self._of_these(month)} '
                f"where {bound} and n.{_unknown(side)} group by r.meter"
            )
            rows = f'{self.store.relation(month)} as r join ({found}) as x on r.meter = x.meter and r."at" = x."at"'
            engine.add(side, f"select {READING} from {rows}")


def _unknown(side: str) -> str:
    return f"meter not in (select meter from {side})"


def batches(stretches: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The stretches of meters, so many at a time that their days together stay bounded."""
    lengths = (stretches["last"] - stretches["first"] + 1).tolist()
    start = held = 0
    for place, length in enumerate(lengths):
        if held and held + length > _AT_ONCE:
            yield {name: values[start:place] for name, values in stretches.items()}
            start, held = place, 0
        held += length
    if lengths:
        yield {name: values[start:] for name, values in stretches.items()}
