"""Readings put on the track of their meter: one position on the grid that never starts again.

A register that turns over, or that was replaced by another whose first and last values are on record, goes on where it
stood. Text that DuckDB and Spark read alike: relations `readings` and `points` in, relation `placed` out.
"""

from __future__ import annotations

from typing import Final

from tanheng.metering.methods import ROLLOVER, SCALE, SWAP, UNIT_SLIP, UNSURE_SWAP
from tanheng.metering.shapes import DAY_S

# A gap before the first reading of a meter is looked through so far back to where its register began.
_ANCHORED_S: Final = 40 * DAY_S
# A register that began longer ago than this is no neighbour to judge a wrong unit by: it may have doubled since.
_BESIDE_S: Final = 3 * DAY_S


def on_grid(value: str, num: str, den: str) -> str:
    """SQL of `conversion.position` for values that are not negative; no product of a large value is formed."""
    rest = f"((({value}) % ({den})) * {num} * 2 + {den}) // (2 * {den})"
    return f"((({value}) // ({den})) * {num} + {rest})"


# On the day of a swap the readings up to some moment are of the old device: up to the fall from near its last value to
# near the first one of the new device, or else up to the last reading that lies nearer to the old one. Where the two
# registers overlap and no fall shows which is which, the swap is unsure. What its sender declared invalid, and a
# register below zero, is no reading. A first stay may have been read at its very start: that is where it began.
_STAYED: Final = f"""
read_in_stay as (
  select r.meter, r."at" as ts, r.value, p.stay, p.opens, p.iv, p.num, p.den, p.most, p.span, p.enters, p.leaves,
    p.swapped, p.old_num, p.old_den, p.carry_num, p.carry_den, p.first_value, p.old_last,
    p.old_most * ({DAY_S} // p.iv) as old_day,
    case when p.swapped = 1 and p.old_last >= 0 and p.old_most >= 0 and r."at" <= p.opens + {DAY_S}
      then 1 else 0 end as swap_day,
    lag(r.value) over (partition by r.meter order by r."at") as value_before
  from {{readings}} r join {{points}} p on p.meter = r.meter
  where (r."at" > p.opens or (r."at" = p.opens and p.stay = 0)) and r."at" <= p.closes
    and r.flag % 2 = 0 and r.value >= 0 and p.kind = 0
),
swap_signs as (
  select *, min(case when falls_by = least_fall then ts end) over its_stay as new_from
  from (
    select *, min(falls_by) over its_stay as least_fall,
      max(case when like_old = 1 then ts end) over its_stay as old_until,
      max(swap_day) over its_stay as seen_swap_day
    from (
      select *,
        case when swap_day = 1 and value <= old_last and value >= old_last - old_day
            and not (first_value >= 0 and value >= first_value and value - first_value <= old_last - value)
          then 1 else 0 end as like_old,
        case when swap_day = 1 and value < value_before and value_before <= old_last
            and value_before >= old_last - old_day and first_value >= 0 and value >= first_value
          then old_last - value_before + value - first_value end as falls_by
      from read_in_stay) q
    window its_stay as (partition by meter, stay)) q
  window its_stay as (partition by meter, stay)
),
stayed as (
  select *,
    case when swap_day = 1 and (ts < new_from or (new_from is null and ts <= old_until)) then 1 else 0 end as old,
    case when seen_swap_day = 1 and new_from is null and first_value >= 0 and old_last >= first_value
      then 1 else 0 end as unsure
  from swap_signs
)"""

_POSITIONED: Final = f"""
positioned as (
  select meter, ts, value, opens, iv, most, span, enters, leaves, swapped, unsure, carry_num, carry_den,
    stay - old as stay,
    case when old = 1 then {on_grid("value", "old_num", "old_den")} else {on_grid("value", "num", "den")} end as pos,
    case when old = 1 then {on_grid("value", "old_num", "old_den * {slip}")}
      else {on_grid("value", "num", "den * {slip}")} end as slipped, 0 as far
  from stayed
  union all
  select p.meter, p.opens, p.first_value, p.opens, p.iv, p.most, p.span, p.enters, p.leaves, p.swapped, 0 as unsure,
    p.carry_num, p.carry_den, p.stay, p.enters, p.enters, case when e.earliest > p.opens + {_BESIDE_S} then 1 else 0 end
  from {{points}} p
  join (select meter, min(ts) as earliest from stayed group by meter) e on e.meter = p.meter
  where p.stay = 0 and p.kind = 0 and p.first_value >= 0 and e.earliest > p.opens
    and e.earliest <= p.opens + {_ANCHORED_S}
)"""

# A value that is believable only when it is taken for the smaller unit was sent in the smaller unit: it goes on from
# the reading before it a thousand times too high, and what follows is held against that reading. Beside a register near
# zero (within what the meter can carry in a day) everything is believable once it has doubled: there it is not tried.
_CARRIED: Final = "most * ((ts - {since}) // iv + 1)"
_SLIPPED: Final = (
    "most >= 0 and pos > {stood} + {carried} and slipped >= {stood} and slipped <= {stood} + {carried} "
    f"and (slipped <= 2 * {{stood}} or {{stood}} >= most * ({DAY_S} // iv))"
)
_SLIPS: Final = _SLIPPED.format(stood="pos_before", carried=_CARRIED.format(since="ts_before"))
_STILL_SLIPS: Final = _SLIPPED.format(stood="began", carried=_CARRIED.format(since="began_ts"))
_UNSLIPPED: Final = f"""
begun as (
  select *, case when {_SLIPS} then 1 else 0 end as slips_here
  from (
    select *, case when lag(pos) over track is null and stay > 0 and enters >= 0 then enters
        when lag(far) over track = 0 then lag(pos) over track end as pos_before,
      case when lag(pos) over track is null then opens else lag(ts) over track end as ts_before
    from positioned
    window track as (partition by meter, stay order by ts)) q
),
slip_runs as (
  select *, cast(sum(slips_here) over (partition by meter, stay order by ts
    rows between unbounded preceding and current row) as bigint) as slip_run
  from begun
),
held as (
  select *, max(case when slips_here = 1 then pos_before end) over runs as began,
    max(case when slips_here = 1 then ts_before end) over runs as began_ts
  from slip_runs
  window runs as (partition by meter, stay, slip_run)
),
unslipped as (
  select meter, ts, value, iv, most, span, enters, leaves, swapped, unsure, carry_num, carry_den, stay,
    case when slips = 1 then slipped else pos end as pos, case when slips = 1 then {UNIT_SLIP} else 0 end as reread
  from (select *, case when {_STILL_SLIPS} then 1 else 0 end as slips from held) q
)"""

# leaves - enters: what lies between the registers of two devices. The reading that follows a turn must stay low, or the
# low one was a slip of the line and no turn.
_PLACED: Final = f"""
neighboured as (
  select *, lag(pos) over track as pos_before, lag(value) over track as value_before,
    lag(stay) over track as stay_before, lag(ts) over track as ts_before, lead(pos) over track as pos_after
  from unslipped
  window track as (partition by meter order by ts)
),
shifted as (
  select meter, ts, iv, most, pos, reread,
    case
      when stay_before is null then 0
      when stay <> stay_before and swapped = 0 then pos_before - {on_grid("value_before", "carry_num", "carry_den")}
      when stay <> stay_before and enters >= 0 and leaves >= 0 then leaves - enters
      when stay <> stay_before and enters >= 0 then pos_before - enters
      when stay <> stay_before then pos_before - pos
      when turned = 1 then span
      else 0 end as shift,
    case
      when stay_before is null then 0
      when stay <> stay_before and swapped = 0 then {SCALE}
      when stay <> stay_before and enters >= 0 and leaves >= 0 and unsure = 0 then {SWAP}
      when stay <> stay_before then {UNSURE_SWAP}
      when turned = 1 then {ROLLOVER}
      else 0 end as passed
  from (
    select *, case when pos < pos_before and span >= 0
        and pos + span - pos_before
          <= case when most >= 0 then most * ((ts - ts_before + iv - 1) // iv) else span // 4 end
        and (pos_after is null or pos_after < pos_before) then 1 else 0 end as turned
    from neighboured) q
),
placed as (
  select meter, ts, iv, most, pos, reread, passed, pos + cast(sum(shift) over track as bigint) as u
  from shifted
  window track as (partition by meter order by ts rows between unbounded preceding and current row)
)"""


def placed(readings: str, points: str, slip: int) -> str:
    """The text that ends in the relation `placed`: meter, ts, iv, most, pos, u (the position on the track), reread,
    passed.

    Reads    readings: columns of shapes.READING_COLUMNS, each meter and time once. points: conversion.POINT_COLUMNS.
             slip: how many times too much a wrong unit gives.
    """
    text = ",".join((_STAYED, _POSITIONED, _UNSLIPPED, _PLACED))
    return text.format(readings=readings, points=points, slip=slip)
