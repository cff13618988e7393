"""What a roll-up is: one SQL text in stages, from readings to the figures of a month, the same for every engine.

The text keeps to what DuckDB says as it stands and Spark says after translation: windows, joins, sums of whole numbers,
`//` for whole division. No double enters a sum and no stage looks at an engine. The stages, each a table for the next:

doubtful readings -> the steps that are not what they should be
full_days readings (by way of four_hours) -> the days that hold a reading at every full hour
closed   full_days -> those whose beginning is known, with the day before their first
begun    readings of days that are due and not closed -> how far the last ones are known (begun.py)
odd      what is due, closed, begun and doubted -> the days that must be read interval by interval
cube     meter x day with its 24 hours: plain days from their registers, odd days from the intervals of their meters
months   cube -> unit x carrier x month
figures  months + factors + prices + green power -> coal equivalent, CO2, cost
areas    figures -> the same by town, district, city and sector
"""

from __future__ import annotations

from typing import Final

from tanheng.metering.shapes import END_OF_TIME

HOURS: Final = tuple(f"h{hour}" for hour in range(24))
QUALITIES: Final = ("measured", "spread", "filled", "suspect")
CUBE: Final = ("meter", "day", "month", "energy", "due", "seen", "missing", *QUALITIES, "closing", *HOURS)
"""Columns of the daily cube. `day` counts from 1970-01-01, `month` is 202601. An unknown energy is empty."""

BY_METER: Final = "partition by meter order by k"
"""The window of an engine that promises no order. One that reads a file sorted by meter and time leaves it empty: the
guards that compare the meters of two rows then keep meters apart, at a fifth of the cost."""

KEY: Final = f'cast(meter as bigint) * {END_OF_TIME} + "at" as k'
"""Meter and time as one number: two readings of a month whose keys differ by an interval are of one meter, one interval
apart. One column is carried along and compared where there were two."""


def whole(expression: str) -> str:
    """A sum as a whole number of 64 bits; one that does not fit is an error of the engine, never a wrong figure."""
    return f"cast({expression} as bigint)"


def position(value: str, scale: str) -> str:
    """A value of a register on the grid: value x num / den, half up; nothing is multiplied where the scale is whole."""
    exact = f"(2 * {value} * {scale}.num + {scale}.den) // (2 * {scale}.den)"
    return f"case when {scale}.den = 1 then {value} * {scale}.num else {exact} end"


def doubtful(window: str, usual: int, least: int) -> str:
    """The readings at which a step is not what it should be, and the first reading of each meter.

    Few readings are worth a look at the limits of their own meter: those beyond what holds for all. Where meters differ
    much, more are looked at, and the same are found.

    Reads    readings: meter, at, value, flag. limits: meter, iv (its interval), most (what it can carry in one).
             usual: an interval, that of most meters. least: no meter can carry less in one.
    Gives    the reading and the one before it (empty for the first): another span than one interval, a step backwards
             or above what the meter can carry, a flag.
    """
    return f"""
select p.meter, p."at", p.value, p.flag, l.iv, l.most, p.before_at, p.before_value
from (
  select meter, "at", value, flag,
    case when before_k // {END_OF_TIME} = meter then before_k % {END_OF_TIME} end as before_at,
    case when before_k // {END_OF_TIME} = meter then before_value end as before_value
  from (
    select meter, "at", k, value, flag, lag(k) over w as before_k, lag(value) over w as before_value
    from (select meter, "at", value, flag, {KEY} from readings) as keyed window w as ({window})
  ) as stepped
  where before_k is null or k - before_k <> {usual} or value < before_value or value - before_value > {least}
    or flag <> 0
) as p join limits as l on p.meter = l.meter
where p.before_at is null or p."at" - p.before_at <> l.iv or p.value < p.before_value
  or p.value - p.before_value > l.most or p.flag <> 0"""


def four_hours(window: str, offset_s: int) -> str:
    """The readings at 00:00, 04:00, 08:00 ... with those of the full hours before them.

    A register is monotone, so that an hour is the difference of two values and what lies between them need not be added
    up. Full hours are told in two tests, the cheap one first: all their seconds leave the same rest by 16, which of
    readings at quarters only those do.

    Reads    readings.
    Gives    meter, k, `oldest` (the key of the third hourly reading before: three hours earlier, or one is absent), v0
             ... v3, backwards in time.
    """
    full_hour = f'"at" & 15 = {-offset_s % 16} and ("at" + {offset_s}) % 3600 = 0'
    values = ", ".join(f"lag(v0, {back}) over w as v{back}" for back in range(1, 4))
    return f"""
select * from (
  select meter, k, lag(k, 3) over w as oldest, v0, {values}
  from (select meter, {KEY}, value as v0 from readings where {full_hour}) as hourly window w as ({window})
) as carried where (k % {END_OF_TIME} + {offset_s}) % 14400 = 0"""


def full_days(window: str, offset_s: int) -> str:
    """The days that close on a reading at 00:00 and hold one at every full hour, with 25 values of the register.

    Done in strides, of twelve hours and a day, because each value carried along has its price.

    Reads    four_hours.
    Gives    meter, at (the end of the day), v0 ... v24 (v0 at the end of the day, v24 at its beginning: empty where
             that is not among the readings).
    """
    rows = _stride(_stride("four_hours", 4, 3, window, offset_s), 12, 2, window, offset_s)
    values = ", ".join(f"v{hour}" for hour in range(24))
    return f"""
select meter, k % {END_OF_TIME} as "at", {values}, case when k - before_k = 86400 then before_value end as v24
from (
  select *, lag(k) over w as before_k, lag(v0) over w as before_value from {rows} as days window w as ({window})
) as d where k - oldest = 82800"""


def _stride(rows: str, hours: int, stride: int, window: str, offset_s: int) -> str:
    """Rows that carry so many values of full hours become rows that carry `stride` times as many, at fewer hours.

    `oldest` stays the key of the first reading carried: so many hours before the last, or one between is absent.
    """
    kept = ", ".join(f"v{hour}" for hour in range(hours))
    lagged = ", ".join(
        f"lag(v{hour}, {back}) over w as v{hours * back + hour}" for back in range(1, stride) for hour in range(hours)
    )
    return (
        f"(select * from (select meter, k, lag(oldest, {stride - 1}) over w as oldest, {kept}, {lagged} "
        f"from {rows} as p{hours} window w as ({window})) as q{hours} "
        f"where (k % {END_OF_TIME} + {offset_s}) % {3600 * hours * stride} = 0)"
    )


def closed(offset_s: int) -> str:
    """The full days of which the reading at their beginning is known, if only from the edge of their meter.

    Reads    full_days; edges: meter, at, value at the 00:00 before the first row of a meter.
    Gives    meter, day, v0 ... v24.
    """
    values = ", ".join(f"d.v{hour}" for hour in range(24))
    return f"""
select d.meter, (d."at" - 1 + {offset_s}) // 86400 as day, {values},
  case when d.v24 is not null then d.v24 else e.value end as v24
from full_days as d left join edges as e on d.meter = e.meter
where d.v24 is not null or e."at" = d."at" - 86400"""


def eve(cube: str, day: int) -> str:
    """A day of the cube as `closed` would show it, as far as the first hours of the next one ask: did it end standing
    still? Its registers are counted back from its end, on the grid.

    Reads    cube: a relation with the columns of CUBE.
    """
    back = {hour: " - ".join(["0", *(f"h{23 - before}" for before in range(hour))]) for hour in range(STILL_HOURS + 1)}
    values = ", ".join(
        f"cast({back[hour] if hour in back else 'null'} as bigint) as v{hour}" for hour in range(len(HOURS) + 1)
    )
    return f"select meter, day, {values} from {cube} as e where day = {day} and closing is not null"


def due(offset_s: int, until: int) -> str:
    """What is due of each meter and day: the intervals that have ended by `until`, while the meter stood.

    Reads    stays: meter, start_day, end_day, follows (1: another stay of the meter came before), iv and the scale;
             calendar: day, month.
    Gives    one row for each meter and day of which anything is due.
    """
    count = f"(least((c.day + 1) * 86400 - {offset_s}, {until}) - (c.day * 86400 - {offset_s})) // s.iv"
    return f"""
select s.meter, s.start_day, s.follows, s.iv, s.num, s.den, s.plain, c.day, c.month, {whole(count)} as due
from stays as s join calendar as c on c.day >= s.start_day and c.day < s.end_day
where {count} > 0"""


def doubted(offset_s: int) -> str:
    """Meter and day of every doubtful step; the first reading of a meter is none where it goes on from its edge.

    Reads    doubtful, edges.
    """
    return f"""
select distinct d.meter, (d."at" - 1 + {offset_s}) // 86400 as day
from doubtful as d left join edges as e on d.meter = e.meter
where d.before_at is not null or d.flag <> 0 or e.meter is null or d."at" - e."at" <> d.iv
  or d.value < e.value or d.value - e.value > d.most"""


def unclear() -> str:
    """What is due and cannot be told from its full hours: neither closed nor begun, doubted, first of a stay after
    another, or with an hour in which a register that had stood still may have caught up.

    Reads    due, closed, begun, doubted.
    """
    return f"""
select u.meter, u.day from due as u
left join closed as c on u.meter = c.meter and u.day = c.day
left join begun as b on u.meter = b.meter and u.day = b.day
left join doubted as x on u.meter = x.meter and u.day = x.day
where (c.meter is null and b.meter is null) or x.meter is not null or u.plain = 0
  or (u.day = u.start_day and u.follows = 1)
  or {_moves_after_stillness()}
union
select c.meter, c.day from closed as c left join closed as y on y.meter = c.meter and y.day = c.day - 1
where {_moves_after_a_night()}"""


STILL_HOURS: Final = 3  # whole hours that lie within four hours of stillness, wherever these begin


def _moves_after_stillness() -> str:
    """Three hours without use, then one of at least half as much as the hour after it: by day, from the third hour on.

    A register that starts up slowly after a night without use does not come into question.
    """
    found = [f"(c.v{24 - hour} = c.v{24 + STILL_HOURS - hour} and {_moves(hour)})" for hour in range(STILL_HOURS, 24)]
    return "\n  or ".join(found)


def _moves_after_a_night() -> str:
    """The same in the first hours of a day. Where the day before is not known, the hour must stand out by itself."""
    still = [
        f"(c.v24 = c.v{24 - hour} and {_moves(hour)} and (y.v0 = y.v{STILL_HOURS - hour} or (y.meter is null "
        f"and c.v{23 - hour} - c.v{24 - hour} > 2 * (c.v{22 - hour} - c.v{23 - hour}))))"
        for hour in range(STILL_HOURS)
    ]
    return "\n  or ".join(still)


def _moves(hour: int) -> str:
    used = f"c.v{23 - hour} - c.v{24 - hour}"
    after = f" and 2 * ({used}) > c.v{22 - hour} - c.v{23 - hour}" if hour < 23 else ""
    return f"c.v{23 - hour} > c.v{24 - hour}{after}"


def odd(offset_s: int) -> str:
    """The days to be read interval by interval: the unclear ones, the days beside them, and flat days of their meters.

    The last reading of a day may be a spike that shows only the next morning, and a register that stood still may catch
    up on the day after: what stands beside an unclear day, or before a flat one, is not yet beyond doubt. So are the
    days on which a clock was off.

    Reads    due, closed, unclear; odd_beyond: meter, day of what is odd on the last day before and the first day after;
             clock_spans: meter, low, high.
    Gives    meter, day, month, due.
    """
    return f"""
with doubt as (select meter, day from unclear union select meter, day from odd_beyond)
select u.meter, u.day, u.month, u.due from due as u join (
  select meter, day from doubt
  union select meter, day - 1 as day from doubt
  union select meter, day + 1 as day from doubt
  union select c.meter, c.day - n.before as day from closed as c
    join (select distinct meter from doubt) as m on c.meter = m.meter
    cross join (select 0 as before union all select 1 as before) as n where c.v0 = c.v24
  union select b.meter, b.day from due as b join clock_spans as k on k.meter = b.meter
    and b.day * 86400 - {offset_s} < k.high and (b.day + 1) * 86400 - {offset_s} > k.low
) as o on u.meter = o.meter and u.day = o.day"""


def cube() -> str:
    """The plain days of the cube: every interval that is due is there, in its length, none backwards, none above what
    the meter can carry, none flagged. The energy of an hour is the difference of its registers on the grid.

    Reads    due, closed, odd, stays.
    Gives    the columns of CUBE; `closing` is the register at the end of the day.
    """
    at = {hour: position(f"c.v{hour}", "u") for hour in range(25)}
    hours = {f"h{hour}": f"{at[23 - hour]} - {at[24 - hour]}" for hour in range(24)}
    listed = ", ".join(f"{value} as {name}" for name, value in hours.items())
    energy = f"{at[0]} - {at[24]}"
    return f"""
select u.meter, u.day, u.month, {energy} as energy, u.due, u.due as seen, 0 as missing, {energy} as measured,
  0 as spread, 0 as filled, 0 as suspect, c.v0 as closing, {listed}
from due as u join closed as c on u.meter = c.meter and u.day = c.day
left join odd as o on u.meter = o.meter and u.day = o.day where o.meter is null"""


def cube_of_intervals(odd_days: str, offset_s: int) -> str:
    """Odd days of the cube, from the intervals of their meters.

    Reads    odd_days: a relation of meter, day, month, due. intervals: meter, at, energy, quality (0 measured,
             1 spread, 2 filled, 3 suspect, 4 missing). One of quality 4, or without energy, is missing, never zero.
    """
    second = f'("at" - 1 + {offset_s})'
    by_quality = ", ".join(
        f"{whole(f'coalesce(sum(energy) filter (where quality = {code}), 0)')} as {name}"
        for code, name in enumerate(QUALITIES)
    )
    hours = ", ".join(f"{whole(f'sum(energy) filter (where hour = {hour})')} as h{hour}" for hour in range(24))
    return f"""
select o.meter, o.day, o.month, i.energy, o.due, coalesce(i.seen, 0) as seen, o.due - coalesce(i.known, 0) as missing,
  i.measured, i.spread, i.filled, i.suspect, cast(null as bigint) as closing, {", ".join(f"i.{hour}" for hour in HOURS)}
from {odd_days} as o left join (
  select meter, day, {whole("sum(energy)")} as energy, count(*) filter (where quality in (0, 3)) as seen,
    count(*) filter (where energy is not null) as known, {by_quality}, {hours}
  from (
    select meter, {second} // 86400 as day, ({second} % 86400) // 3600 as hour, energy, quality
    from intervals where quality <> 4
  ) as timed group by meter, day
) as i on o.meter = i.meter and o.day = i.day"""


def months() -> str:
    """Unit x carrier x month: sums over the gateway meters of a unit, each day where the meter stood on it.

    Reads    cube; stays: meter, unit, carrier, start_day, end_day, counted (1: a gateway meter, which enters sums).
    Gives    unit, carrier, month, energy, due, seen, missing, energies by quality, the 24 hours.
    """
    sums = ", ".join(
        f"{whole(f'sum(c.{name})')} as {name}" for name in ("energy", "due", "seen", "missing", *QUALITIES, *HOURS)
    )
    return f"""
select s.unit, s.carrier, c.month, {sums}
from cube as c join stays as s on c.meter = s.meter and c.day >= s.start_day and c.day < s.end_day
where s.counted = 1 group by s.unit, s.carrier, c.month"""


def rounded(amount: str, over: str) -> str:
    """Half up to the next whole step, in whole numbers of 128 bits: (2 amount + over) // (2 over)."""
    return whole(f"(2 * cast({amount} as hugeint) + {over}) // (2 * {over})")


def still_months() -> str:
    """Hours without use that are suspect, by unit, carrier and month: of its gateway meters.

    Reads    still: meter, day, month, still_hours; stays as `months`.
    """
    return f"""
select s.unit, s.carrier, c.month, {whole("sum(c.still_hours)")} as still_hours
from still as c join stays as s on c.meter = s.meter and c.day >= s.start_day and c.day < s.end_day
where s.counted = 1 group by s.unit, s.carrier, c.month"""


def figures() -> str:
    """What the energy of a unit, carrier and month comes to.

    energy_gce = energy x gce of one grid step;  co2_g likewise;  cost_fen = sum over hours of energy x price
    green = min(green power of the month, energy);  co2_after_green_g = co2 of what is left

    Reads    months; still_months; factors: carrier, month, and a whole numerator and denominator for each kind of
             value; prices: unit, carrier, month and by hour the price of a grid step in 10^-7 fen; green: unit,
             carrier, month, green.
    Gives    one row for each row of months. Empty where a factor or a price is missing: that is not zero.
             No row of `green` means that none was bought: the zero is put before `least`, which skips what is empty.
    """
    cost = " + ".join(f"coalesce(cast(m.{hour} as hugeint), 0) * p.{hour}" for hour in HOURS)
    kept = ", ".join(f"m.{name}" for name in ("energy", "due", "seen", "missing", *QUALITIES))
    left = "(m.energy - least(coalesce(g.green, 0), m.energy))"
    return f"""
select m.unit, m.carrier, m.month, {kept},
  case when t.unit is null then 0 else t.still_hours end as still_hours,
  {rounded("cast(m.energy as hugeint) * f.gce_num", "f.gce_den")} as energy_gce,
  {rounded("cast(m.energy as hugeint) * f.gce_equivalent_num", "f.gce_equivalent_den")} as energy_equivalent_gce,
  {rounded("cast(m.energy as hugeint) * f.co2_num", "f.co2_den")} as co2_g,
  case when m.energy is not null then least(coalesce(g.green, 0), m.energy) end as green,
  {rounded(f"cast({left} as hugeint) * f.co2_num", "f.co2_den")} as co2_after_green_g,
  case when p.unit is not null and m.energy is not null then {rounded(cost, "10000000")} end as cost_fen
from months as m
left join factors as f on m.carrier = f.carrier and m.month = f.month
left join prices as p on m.unit = p.unit and m.carrier = p.carrier and m.month = p.month
left join green as g on m.unit = g.unit and m.carrier = g.carrier and m.month = g.month
left join still_months as t on m.unit = t.unit and m.carrier = t.carrier and m.month = t.month"""


SUMMED: Final = (
    "energy", "due", "seen", "missing", *QUALITIES, "still_hours",
    "energy_gce", "energy_equivalent_gce", "co2_g", "green", "co2_after_green_g", "cost_fen",
)  # fmt: skip


def areas() -> str:
    """The figures by area or sector: sums of whole numbers, so that a parent equals its children exactly.

    Reads    figures; places: unit, month, level, place. A unit without a place on a level is in no row of that level.
    Gives    level, place, carrier, month, units, `units_without` a value for each kind, and the sums of what is known.
    """
    sums = ", ".join(f"{whole(f'sum(f.{name})')} as {name}" for name in SUMMED)
    without = ", ".join(
        f"count(*) - count(f.{name}) as without_{name}" for name in ("energy", "energy_gce", "co2_g", "cost_fen")
    )
    return f"""
select p.level, p.place, f.carrier, f.month, count(*) as units, {without}, {sums}
from figures as f join places as p on f.unit = p.unit and f.month = p.month
group by p.level, p.place, f.carrier, f.month"""
