"""The daily cube of one month: the stages of the definition run on its readings by an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering import definition
from tanheng.metering.begun import begun, cube_begun, lacking, unclear_begun
from tanheng.metering.cubes import Cubes
from tanheng.metering.dimensions import Dimensions
from tanheng.metering.engine import Engine
from tanheng.metering.odd_days import READING, OddDays
from tanheng.metering.shapes import DAY_S, Spans, month_bounds, month_of, spans_table
from tanheng.metering.store import Store


@dataclass(frozen=True)
class MonthCube:
    """One month of a store, for all meters or some of them.

    `beside` are the cubes of the months beside it, as far as they are known: what is odd at their edges casts doubt.
    `until` is the second up to which intervals are due. `days` bounds the days to compute, first and last: where the
    registers stood before them is told by the cube of this month, but for meters with readings that came `late`.
    `clocks` are the spans in which clocks were off.
    """

    store: Store
    dimensions: Dimensions
    limits: MeteringQuality
    month: str
    until: int
    beside: Cubes
    meters: tuple[int, ...] | None = None
    days: tuple[int, int] | None = None
    late: tuple[int, ...] = ()
    clocks: Spans = frozenset()

    def compute(self, engine: Engine) -> str:
        """Runs the stages.

        Gives    the SQL of the cube: plain days and odd ones. `odd` and `closed` stay known to the engine.
        """
        offset = self.store.manifest.offset_s
        self._give(engine, offset)
        window = engine.window(self._in_order())
        doubtful = definition.doubtful(window, *_bounds(self.dimensions.limits))
        four_hours, full_days = definition.four_hours(window, offset), definition.full_days(window, offset)
        engine.keep_together(
            {"four_hours": four_hours, "full_days": full_days},
            {"doubtful": doubtful, "edges": self._edges(engine, offset)},
        )
        engine.forget("four_hours")
        engine.view("closed", definition.closed(offset) + self._eve(engine, offset))
        engine.view("due", definition.due(offset, self.until))
        engine.keep("doubted", definition.doubted(offset))
        self._keep_begun(engine, offset)
        engine.keep("unclear", f"{definition.unclear()} union {unclear_begun()}")
        engine.keep("odd", definition.odd(offset))
        OddDays(self.store, self.limits, offset).step_through(engine)
        names = ", ".join(definition.CUBE)
        plain = f"select {names} from ({definition.cube()}) as p union all select {names} from ({cube_begun()}) as b"
        return f"{plain} union all select {names} from stepped_through"

    def _keep_begun(self, engine: Engine, offset: int) -> None:
        """Keeps the days that have begun, the last two that are due. There are none once a reading came after them."""
        last = (self.until - 1 + offset) // DAY_S
        low, high = max(self._span(offset)[0], (last - 1) * DAY_S - offset), (last + 1) * DAY_S - offset
        ended = self.until == month_bounds(self.month, offset)[1]
        latest = max((part.ends[1] for part in self.store.manifest.parts), default=0)
        engine.keep("lacking", lacking(last) + (" and false" if ended or latest > high else ""))
        source = self.store.relation(self.month, (low, high))
        engine.view(
            "newest",
            f'select r.meter, r."at", r.value from {source} as r join (select distinct meter from lacking) as l '
            f'on r.meter = l.meter where r."at" > {low} and r."at" <= {high}',
        )
        engine.keep("begun", begun(offset, self.until))

    def _give(self, engine: Engine, offset: int) -> None:
        """What the month rests on: its readings, those at the 00:00 before, the stays of the meters, its days."""
        start, end = self._span(offset)
        for name, meters in (("chosen", self.meters), ("late", self.late)):
            engine.put(name, {"meter": np.array(meters or (), dtype=np.int64)})
        engine.put("clock_spans", spans_table(self.clocks))
        for name in ("stays", "limits", "points"):
            engine.put(name, _only(getattr(self.dimensions, name), self.meters))
        low, high = (f'r."at" {sign} {at}' for sign, at in ((">", start), ("<=", end)))
        within = [low, high] if self.days else []
        source = self.store.relation(self.month, self._read(offset))
        engine.view("readings", f"select {READING} from {source} as r {self._where(within)}")
        days = np.arange((start + offset) // DAY_S, (end + offset) // DAY_S, dtype=np.int64)
        here = (self.month,) if self.days else ()
        beside = self.beside.relation(engine, (month_before(self.month), *here, month_after(self.month)))
        outside = (int(days[0]) - 1, int(days[-1]) + 1)
        edges_of = [f"r.closing is null and r.day in {outside}"]
        engine.view("odd_beyond", f"select r.meter, r.day from {beside} as r {self._where(edges_of)}")
        engine.put("calendar", {"day": days, "month": np.full(len(days), month_number(self.month), dtype=np.int64)})

    def _edges(self, engine: Engine, offset: int) -> str:
        """The readings at the 00:00 before the first day."""
        start, _ = self._span(offset)
        if self._goes_on():
            known = f"e.day = {(start + offset) // DAY_S - 1} and e.closing is not null"
            return (
                f'select e.meter, cast({start} as bigint) as "at", e.closing as value, 0 as flag '
                f"from {self._here(engine)} as e where {known} and e.meter not in (select meter from late)"
            )
        first = self._where([f'r."at" = {start}'])
        edge = self.store.relation(month_before(self.month), (start - 1, start))
        return f"select {READING} from {edge} as r {first}"

    def _eve(self, engine: Engine, offset: int) -> str:
        """The day before the first one, to stand beside the closed days where it is not read again."""
        if not self._goes_on():
            return ""
        day = (self._span(offset)[0] + offset) // DAY_S - 1
        return " union all " + definition.eve(self._here(engine), day)

    def _here(self, engine: Engine) -> str:
        return self.beside.relation(engine, (self._month_before_span(),))

    def _goes_on(self) -> bool:
        """Whether only some days are computed, and the cube with the day before the first one is known."""
        return self.days is not None and self._month_before_span() in self.beside.months

    def _month_before_span(self) -> str:
        """The month of the day before the first one."""
        offset = self.store.manifest.offset_s
        return month_of(self._span(offset)[0], offset)

    def _read(self, offset: int) -> tuple[int, int] | None:
        return None if self.days is None else self._span(offset)

    def _span(self, offset: int) -> tuple[int, int]:
        start, end = month_bounds(self.month, offset)
        if self.days is None:
            return start, end
        return max(start, self.days[0] * DAY_S - offset), min(end, (self.days[1] + 1) * DAY_S - offset)

    def _where(self, conditions: list[str]) -> str:
        of_meters = [] if self.meters is None else ["r.meter in (select meter from chosen)"]
        return f"where {' and '.join([*of_meters, *conditions])}" if of_meters or conditions else ""

    def _in_order(self) -> bool:
        """Whether the readings come in the order of meter and time; what some meters are picked out of need not."""
        if self.meters is not None:
            return False
        parts = self.store.manifest.of_month(self.month, span=self._read(self.store.manifest.offset_s))
        return all(one.meters[1] < other.meters[0] for one, other in pairwise(parts))


def _bounds(limits: Mapping[str, Any]) -> tuple[int, int]:
    """The interval of most meters, and the least that any of them can carry in one."""
    if not len(limits["iv"]):
        return 0, 0
    intervals, meters = np.unique(limits["iv"], return_counts=True)
    return int(intervals[np.argmax(meters)]), int(limits["most"].min())


def _only(columns: Mapping[str, Any], meters: tuple[int, ...] | None) -> Mapping[str, Any]:
    if meters is None:
        return columns
    kept = np.isin(columns["meter"], np.array(meters, dtype=np.int64))
    return {name: values[kept] for name, values in columns.items()}


def month_number(month: str) -> int:
    """2026-01 as 202601."""
    return int(month.replace("-", ""))


def month_after(month: str) -> str:
    """The month after one, as 2026-01."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}"


def month_before(month: str) -> str:
    """The month before one, as 2025-12."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year - (number == 1)}-{(number - 2) % 12 + 1:02}"
