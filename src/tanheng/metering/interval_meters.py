"""Meters that send the energy of each interval instead of a register. What they did not send cannot be spread."""

from __future__ import annotations

from typing import Final

from tanheng.metering.methods import DIRECT, JUMPED, NEGATIVE, NO_READING, UNIT_SLIP
from tanheng.metering.placing import on_grid
from tanheng.metering.shapes import MEASURED, MISSING, SUSPECT

# An amount is of the interval whose end lies nearest. A wrong unit shows in a run of amounts, a spike stands alone.
_AMOUNTS: Final = f"""
amounts as (
  select meter, iv, most, value, t, pos, slipped,
    case when value >= 0 and most >= 0 and pos > most and slipped <= most then 1 else 0 end as slips
  from (
    select r.meter, p.iv, p.most, r.value, (r."at" + {{offset}} + p.iv // 2) // p.iv * p.iv - {{offset}} as t,
      case when r.value >= 0 then {on_grid("r.value", "p.num", "p.den")} end as pos,
      case when r.value >= 0 then {on_grid("r.value", "p.num", "p.den * {slip}")} end as slipped,
      row_number() over (partition by r.meter, (r."at" + {{offset}} + p.iv // 2) // p.iv order by r."at" desc) as place
    from {{readings}} r join {{points}} p on p.meter = r.meter
    where r."at" > p.opens and r."at" <= p.closes and r.flag % 2 = 0 and p.kind = 1) q
  where place = 1
),
amount_runs as (
  select *, count(*) over (partition by meter, slips, run) as alike
  from (
    select *,
      row_number() over (partition by meter order by t)
        - row_number() over (partition by meter, slips order by t) as run
    from amounts) q
),
amount_intervals as (
  select meter, t, iv,
    case when method = {DIRECT} then pos when method = {UNIT_SLIP} then slipped end as energy,
    case when method = {DIRECT} then {MEASURED} when method = {UNIT_SLIP} then {SUSPECT} else {MISSING} end as quality,
    method
  from (
    select *, case when value < 0 then {NEGATIVE}
      when slips = 1 and alike >= {{slip_intervals}} then {UNIT_SLIP}
      when most >= 0 and pos > most then {JUMPED}
      else {DIRECT} end as method
    from amount_runs) q
),
absences as (
  select a.meter, a.t + n * a.iv as t, a.iv, cast(null as bigint) as energy, {MISSING} as quality,
    {NO_READING} as method
  from (select *, lead(t) over (partition by meter order by t) as t_after from amount_intervals) a
  join numbers on n <= (a.t_after - a.t) // a.iv - 1
  where a.t_after - a.t > a.iv
)"""


def amount_intervals(readings: str, points: str, *, offset_s: int, slip: int, slip_intervals: int) -> str:
    """The text of the relations `amount_intervals` and `absences`: meter, t, iv, energy, quality, method.

    Reads    readings, points as `placing.placed`; the relation `numbers`.
    """
    return _AMOUNTS.format(readings=readings, points=points, offset=offset_s, slip=slip, slip_intervals=slip_intervals)
