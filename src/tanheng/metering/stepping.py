"""From believed readings of registers to the energy of intervals.

A step runs from one reading to the next. Its energy is spread evenly over its time; an interval gets the difference of
the two positions at its ends, so that intervals add up to their steps exactly. Readings need not lie on the ends of
intervals.
"""

from __future__ import annotations

from typing import Final

from tanheng.metering.methods import (
    ABOVE_MOST,
    CAUGHT_UP,
    CLOCK_OFF,
    DIRECT,
    FELL,
    JUMPED,
    RESET,
    SPREAD_LINEAR,
    UNIT_SLIP,
    UNSURE_SWAP,
)
from tanheng.metering.shapes import DAY_S, MEASURED, MISSING, SPREAD, SUSPECT

# A clock that was put an hour ahead leaves a gap in which the register hardly moved; put right again, it leaves one
# step with the energy of that hour, because the right readings take the place of the wrong ones. Behind, it is the
# other way round. The total is whole, and what lies between stands in other hours: suspect. Both must lie on one day or
# on two that follow one another, so that the days between them are all read interval by interval.
_CLOCKS: Final = f"""
beats as (
  select meter, ts_before, ts, change, spans, spans_before, spans_after,
    least(change_before, change_after) as least_beside, greatest(change_before, change_after) as most_beside,
    change_before + change_after as beside
  from (
    select *, lag(spans) over track as spans_before, lead(spans) over track as spans_after,
      lag(change) over track as change_before, lead(change) over track as change_after
    from sized
    window track as (partition by meter order by ts)) q
),
put_ahead as (
  select * from beats where spans > 2 and (ts - ts_before) <= {DAY_S} and change >= 0 and spans_before = 1
    and spans_after = 1 and 4 * change < spans * beside
),
clocks as (
  select meter, least(gap_before, step_before) as low, greatest(gap_ts, step_ts) as high
  from (
    select g.meter, g.ts_before as gap_before, g.ts as gap_ts, s.ts_before as step_before, s.ts as step_ts,
      row_number() over (partition by g.meter, g.ts
        order by 1000 * (s.change - s.most_beside) // (s.most_beside + g.change + 1) desc, s.ts) as place
    from put_ahead g join beats s on s.meter = g.meter
    where s.spans = 1 and s.spans_before = 1 and s.spans_after = 1 and 2 * s.change > s.beside
      and 2 * s.change > g.spans * s.least_beside
      and abs((s.ts - 1 + {{offset}}) // {DAY_S} - (g.ts - 1 + {{offset}}) // {DAY_S}) <= 1) q
  where place = 1{{known_clocks}}
),
timed as (
  select s.*, case when c.meter is null then 0 else 1 end as off
  from sized s left join (
    select distinct s.meter, s.ts from sized s join clocks c on c.meter = s.meter and s.ts > c.low and s.ts <= c.high
  ) c on c.meter = s.meter and c.ts = s.ts
)"""

# What a step brings, and how far it is believed. `change` keeps the size of what is not believed.
_STEPS: Final = f"""
stepped as (
  select *, lag(ts) over track as ts_before, lag(u) over track as u_before, lag(pos) over track as pos_before,
    lag(reread) over track as reread_before
  from moving
  window track as (partition by meter order by ts)
),
sized as (
  select *, u - u_before as change, (ts - ts_before + iv - 1) // iv as spans,
    case when reread > 0 or reread_before > 0 then 1 else 0 end as restored
  from stepped where ts_before is not null
),
{_CLOCKS.strip()},
graded as (
  select *,
    case
      when change < 0 and ((most >= 0 and pos <= most * spans) or (most < 0 and pos * 100 <= pos_before)) then {RESET}
      when change < 0 then {FELL}
      when most >= 0 and change > most * spans * {{catch_up}} then {JUMPED}
      when most >= 0 and change > most * spans then {ABOVE_MOST}
      when restored = 1 then {UNIT_SLIP}
      when passed > 0 then passed
      when after_stuck = 1 then {CAUGHT_UP}
      when off = 1 then {CLOCK_OFF}
      when 2 * (ts - ts_before) > 3 * iv then {SPREAD_LINEAR}
      else {DIRECT} end as method
  from timed
),
steps as (
  select meter, iv, ts_before, ts, change, method,
    case when method = {RESET} then pos when method in ({FELL}, {JUMPED}) then null else change end as energy,
    case
      when method in ({FELL}, {JUMPED}) then {MISSING}
      when method in ({RESET}, {ABOVE_MOST}, {UNIT_SLIP}, {UNSURE_SWAP}, {CLOCK_OFF}) then {SUSPECT}
      when 2 * (ts - ts_before) > 3 * iv then {SPREAD}
      else {MEASURED} end as quality
  from graded
)"""

# The ends of intervals that a step passes: most steps pass one, only the others are multiplied by the numbers.
_ENDS: Final = """
chained as (
  select *, (ts + {offset}) // iv - (ts_before + {offset}) // iv as ends,
    cast(sum(case when energy is null then 0 else energy end) over track as bigint)
      - case when energy is null then 0 else energy end as base,
    count(case when energy is null then 1 end) over track as lost
  from steps
  window track as (partition by meter order by ts rows between unbounded preceding and current row)
),
numbers as (select unnest(range(1, {longest} + 1)) as n),
passes as (
  select meter, iv, ts_before, ts, energy, method, quality, base, lost,
    ((ts_before + {offset}) // iv + 1) * iv - {offset} as t
  from chained where ends = 1
  union all
  select meter, iv, ts_before, ts, energy, method, quality, base, lost,
    ((ts_before + {offset}) // iv + n) * iv - {offset}
  from chained join numbers on n <= ends where ends > 1
  union all
  select meter, iv, ts_before, ts_before, null, 0, 0, base, 0, ts_before
  from (select *, row_number() over (partition by meter order by ts) as place from chained) q
  where place = 1 and (ts_before + {offset}) % iv = 0
),
stood as (
  select *, base + case when energy is null then 0
      else (energy // (ts - ts_before)) * (t - ts_before)
        + ((energy % (ts - ts_before)) * (t - ts_before)) // (ts - ts_before)
      end as stand,
    case when t = ts then lost
      else lost - case when energy is null and ts > ts_before then 1 else 0 end end as lost_then,
    lost as lost_now
  from passes
)"""

_INTERVALS: Final = f"""
register_intervals as (
  select meter, t, iv,
    case when lost_now > lost_before then null else stand - stand_before end as energy,
    case when lost_now > lost_before then {MISSING}
      when quality_before > quality and open_before = 1 then quality_before else quality end as quality,
    case when quality_before > quality and open_before = 1 then method_before else method end as method
  from (
    select meter, t, iv, stand, quality, method, lost_now,
      lag(stand) over ends as stand_before, lag(t) over ends as t_before, lag(lost_then) over ends as lost_before,
      lag(quality) over ends as quality_before, lag(method) over ends as method_before,
      lag(case when t < ts then 1 else 0 end) over ends as open_before
    from stood
    window ends as (partition by meter order by t)) q
  where t_before is not null
)"""


def register_intervals(*, offset_s: int, catch_up: int, longest: int, clocks: str | None = None) -> str:
    """The text from `moving` to the relations `steps` and `register_intervals`: meter, t, iv, energy, quality, method.

    Reads    offset_s: civil time, to which intervals are cut. catch_up: how many times its most an interval may bring
             and still be counted as suspect. longest: intervals of the longest gap that is spread. clocks: a
             relation of meter, low, high: spans in which clocks are known to have been off.
    """
    known = "" if clocks is None else f"\n  union all select meter, low, high from {clocks}"
    text = ",".join((_STEPS, _ENDS, _INTERVALS))
    return text.format(offset=offset_s, catch_up=catch_up, longest=longest, known_clocks=known)
