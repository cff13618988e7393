"""From readings to intervals: the one definition, as one text that DuckDB runs and other engines translate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import duckdb

from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering.conversion import Points
from tanheng.metering.excursions import moving
from tanheng.metering.interval_meters import amount_intervals
from tanheng.metering.placing import placed
from tanheng.metering.shapes import DEFAULT_OFFSET_S, INTERVAL_COLUMNS, MISSING
from tanheng.metering.stepping import register_intervals

LONGEST_GAP: Final = 60_000  # intervals; nearly two years of quarter hours

_BOTH: Final = f"""
together as (
  select * from register_intervals union all select * from amount_intervals union all select * from absences
)
select cast(meter as integer) as meter, t as "at", energy, cast(quality as utinyint) as quality,
  cast(method as utinyint) as method, cast(case when quality = {MISSING} then 0 else iv end as integer) as covered_s
from together"""


_LOST: Final = """
select s.meter, s.ts_before, s.ts, s.method, s.quality, s.change, count(r.value) as aside, min(r.value) as aside_low,
  max(r.value) as aside_high
from (select * from steps where method > 0) as s
left join {readings} r on r.meter = s.meter and r."at" > s.ts_before and r."at" < s.ts
group by s.meter, s.ts_before, s.ts, s.method, s.quality, s.change"""


def _chain(readings: str, points: str, limits: MeteringQuality, offset_s: int, clocks: str | None) -> list[str]:
    slip, catch_up = limits.whole("unit_slip"), limits.whole("catch_up_times")
    steps = register_intervals(offset_s=offset_s, catch_up=catch_up, longest=LONGEST_GAP, clocks=clocks)
    amounts = amount_intervals(
        readings, points, offset_s=offset_s, slip=slip, slip_intervals=limits.whole("unit_slip_intervals")
    )
    return [placed(readings, points, slip), moving(limits.whole("stuck_intervals")), steps, amounts]


def intervals_sql(
    readings: str,
    points: str,
    limits: MeteringQuality,
    offset_s: int = DEFAULT_OFFSET_S,
    clocks: str | None = None,
) -> str:
    """The text that turns readings into the energy of intervals.

    Reads    readings: SQL of a relation with shapes.READING_COLUMNS, each meter and time once; whole meters, or for
             each meter a stretch of time with some days of context at both ends and the next reading beyond a gap.
             points: SQL of a relation with conversion.POINT_COLUMNS. clocks: one of meter, low, high: spans in which
             clocks are known to have been off, beside those that show within a day.
    Gives    a SELECT of shapes.INTERVAL_COLUMNS in no order. An interval between two readings of which nothing is known
             is there with quality MISSING and no energy; before the first and after the last reading there are no rows.
             The energy is exact: intervals of a register add up to the difference of its positions.
    """
    return "with " + ",".join([*_chain(readings, points, limits, offset_s, clocks), _BOTH])


def lost_sql(
    readings: str,
    points: str,
    limits: MeteringQuality,
    offset_s: int = DEFAULT_OFFSET_S,
    clocks: str | None = None,
) -> str:
    """The text that lists the steps of registers that are not plainly measured, with their size: for findings.

    Gives    meter, ts_before, ts, method, quality, change: what the register did, whether counted or not; `aside`: how
             many readings between were set aside, `aside_low`, `aside_high`: the least and the most of their values.
    """
    chain = _chain(readings, points, limits, offset_s, clocks)[:3]
    return "with " + ",".join(chain) + _LOST.format(readings=readings)


def load_points(engine: duckdb.DuckDBPyConnection, points: Points, name: str = "points") -> None:
    """Makes the points a table of the engine."""
    engine.register("points_given", points)
    engine.execute(f"create or replace temp table {name} as select * from points_given")
    engine.unregister("points_given")


def interval_columns(engine: duckdb.DuckDBPyConnection, sql: str) -> Mapping[str, Any]:
    """The intervals of a text, as numpy columns sorted by meter and time."""
    names = ", ".join(f'i."{name}"' for name in INTERVAL_COLUMNS)
    return engine.execute(f'select {names} from ({sql}) i order by i.meter, i."at"').fetchnumpy()
