"""Readings that leave the track of their meter and come back: spikes, dips, runs below. They are set aside.

At every fall of the register either what stands before it is too high or what stands after it is too low. The side
with fewer readings is set aside, if it really is an excursion: it left the track by a jump and came back by a jump. A
slow climb back is use after a true fall, and stays. Where one reading too high meets one too low, both are set aside.
"""

from __future__ import annotations

from typing import Final

# An excursion may hold falls of its own. The first round sets aside single readings and a few in a row: a spike after a
# true fall must not look like the return of what fell.
_AT_MOST: Final = (4, None, None, None)
# a piece between two falls is set aside whole only when it is so short
_SHORT: Final = 4

# Most meters never fall; the rounds are for those that do.
_FALLEN: Final = """
fallen as (
  select meter from (select meter, u, lag(u) over (partition by meter order by ts) as u_before from placed) q
  where u < u_before group by meter
),
kept_0 as (select p.* from placed p join fallen on fallen.meter = p.meter)"""
_SETTLED: Final = """
settled as (
  select * from kept_{rounds}
  union all
  select p.meter, p.ts, p.iv, p.most, p.pos, p.u, p.reread, p.passed
  from placed p left join fallen on fallen.meter = p.meter where fallen.meter is null
)"""
_ROUND: Final = """
falls_{n} as (
  select *, cast(sum(fell) over (partition by meter order by ts
    rows between unbounded preceding and current row) as bigint) as piece
  from (
    select *, case when u < lag(u) over track then 1 else 0 end as fell,
      case when lead(u) over track < u and lead(u, 2) over track >= lag(u) over track then 1 else 0 end as high_of_pair,
      case when u < lag(u) over track and lead(u) over track >= lag(u, 2) over track then 1 else 0 end as low_of_pair
    from kept_{before}
    window track as (partition by meter order by ts)) q
),
pieces_{n} as (
  select *, lag(high) over pieces as high_before, lead(low) over pieces as low_after
  from (select meter, piece, min(u) as low, max(u) as high, count(*) as size from falls_{n} group by meter, piece) q
  window pieces as (partition by meter order by piece)
),
sides_{n} as (
  select f.meter, f.piece, max(p.size) as size, max(p.low) as low, max(p.high) as high,
    max(p.high_before) as high_before, max(p.low_after) as low_after,
    count(case when f.u > p.low_after then 1 end) as tops, min(case when f.u > p.low_after then f.u end) as top_first,
    count(case when f.u < p.high_before then 1 end) as dips, max(case when f.u < p.high_before then f.u end) as dip_last
  from falls_{n} f join pieces_{n} p on p.meter = f.meter and p.piece = f.piece
  group by f.meter, f.piece
),
judged_{n} as (
  select *, lead(dips_off) over pieces as dips_off_after, lead(dips) over pieces as dips_after,
    lag(tops_off) over pieces as tops_off_before, lag(tops) over pieces as tops_before
  from (
    select *,
      case when low_after is not null and (tops < size or (high_before is not null and size <= {short}))
        and 2 * (top_first - low_after) >= high - low_after{tops_at_most} then 1 else 0 end as tops_off,
      case when high_before is not null and (dips < size or (low_after is not null and size <= {short}))
        and 2 * (high_before - dip_last) >= high_before - low{dips_at_most} then 1 else 0 end as dips_off
    from sides_{n}) q
  window pieces as (partition by meter order by piece)
),
kept_{n} as (
  select f.meter, f.ts, f.iv, f.most, f.pos, f.u, f.reread, f.passed
  from falls_{n} f join judged_{n} j on j.meter = f.meter and j.piece = f.piece
  where not (
    (j.low_after is not null and f.u > j.low_after and j.tops_off = 1
      and (j.dips_off_after = 0 or j.tops <= j.dips_after))
    or (j.high_before is not null and f.u < j.high_before and j.dips_off = 1
      and (j.tops_off_before = 0 or j.dips < j.tops_before))
    or (f.high_of_pair = 1 and j.tops_off = 0 and j.dips_off_after = 0)
    or (f.low_of_pair = 1 and j.dips_off = 0 and j.tops_off_before = 0))
)"""

# A register that stood still and then caught up in one step: the repeated values are no readings. It caught up when the
# step is more than one interval can bring, or more than twice as much as the steps before and after the stillness.
# Where it then fell, nothing is known of the time in which it stood still.
_MOVING: Final = """
stretches as (
  select *, cast(sum(moved) over (partition by meter order by ts
    rows between unbounded preceding and current row) as bigint) as stretch
  from (
    select *, case when u = lag(u) over (partition by meter order by ts) then 0 else 1 end as moved
    from settled) q
),
stills as (
  select *, (ts_after - ts_last + iv - 1) // iv as step_spans, (ts_after - ts_first + iv - 1) // iv as all_spans,
    u_after - u as step, case when u_further is null then null
      when (u_further - u_after) * (ts_first - ts_before) >= (u - u_before) * (ts_further - ts_after)
      then (u_further - u_after) * iv // (ts_further - ts_after) else (u - u_before) * iv // (ts_first - ts_before)
      end as beside
  from (
    select *, lag(u) over runs as u_before, lag(ts_last) over runs as ts_before, lead(u) over runs as u_after,
      lead(ts_first) over runs as ts_after, lead(u, 2) over runs as u_further, lead(ts_first, 2) over runs as ts_further
    from (
      select meter, stretch, min(u) as u, min(ts) as ts_first, max(ts) as ts_last, count(*) as size, min(iv) as iv,
        min(most) as most
      from stretches group by meter, stretch) q
    window runs as (partition by meter order by ts_first)) q
),
stirred as (
  select s.meter, s.ts, s.iv, s.most, s.pos, s.u, s.reread, s.passed,
    case when lag(t.stuck) over (partition by s.meter order by s.ts) = 1 and s.moved = 1 then 1 else 0 end
      as after_stuck
  from stretches s join (
    select *, case when size >= {stuck} and (most < 0 or step <= most * all_spans)
        and ((most >= 0 and step > most * step_spans) or step > 2 * beside * step_spans or step < 0)
      then 1 else 0 end as stuck
    from stills) t on t.meter = s.meter and t.stretch = s.stretch
  where s.moved = 1 or t.stuck = 0
)"""


# A reading beside those set aside that still lies too low or too high: the register hardly moved over the gap on one
# side of it and made up for that in the single step on the other side. It is set aside with its neighbours.
_EVEN: Final = """
beside_gaps as (
  select *, lag(change) over track as change_before, lag(spans) over track as spans_before,
    lead(change) over track as change_after, lead(spans) over track as spans_after,
    lead(change, 2) over track as change_further, lead(spans, 2) over track as spans_further
  from (
    select *, u - lag(u) over track as change, (ts - lag(ts) over track + iv - 1) // iv as spans
    from stirred
    window track as (partition by meter order by ts)) q
  window track as (partition by meter order by ts)
),
moving as (
  select meter, ts, iv, most, pos, u, reread, passed, after_stuck from beside_gaps
  where case when passed > 0 then 0
    when spans > 1 and spans_after = 1 and spans_further = 1 and change >= 0
      and change_after > 3 * change_further and 2 * change < spans * change_further then 1
    when spans_after > 1 and spans = 1 and spans_before = 1 and change_after >= 0
      and change > 3 * change_before and 2 * change_after < spans_after * change_before then 1
    else 0 end = 0
)"""


def moving(stuck_intervals: int) -> str:
    """The text from `placed` to the relation `moving`: the readings that are believed, with the columns of `placed`.

    Gives    after_stuck besides: 1 where the register caught up after standing still for `stuck_intervals` or more.
    """
    rounds = [_round(n, most) for n, most in enumerate(_AT_MOST, start=1)]
    last = (_SETTLED.format(rounds=len(rounds)), _MOVING.format(stuck=stuck_intervals), _EVEN)
    return ",".join((_FALLEN, *rounds, *last))


def _round(n: int, most: int | None) -> str:
    tops, dips = ("", "") if most is None else (f" and tops <= {most}", f" and dips <= {most}")
    return _ROUND.format(n=n, before=n - 1, short=_SHORT, tops_at_most=tops, dips_at_most=dips)
