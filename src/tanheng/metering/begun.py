"""Days that have begun: what they say before they have ended, or before the last of their readings has come.

A day is not odd because it is noon, nor because its meter is an hour late. Without a doubted step its readings follow
one another from 00:00 up to some moment, after which nothing is known yet. These are further branches of the stages of
the definition, which beside them deal with days that are there in full.
"""

from __future__ import annotations

from tanheng.metering.definition import STILL_HOURS, position

_HOURS = range(24)


def lacking(last: int) -> str:
    """What is due and not closed of a day and of the one before it.

    Reads    due, closed.
    """
    return f"""
select u.meter, u.day from due as u left join closed as c on u.meter = c.meter and u.day = c.day
where u.day in ({last - 1}, {last}) and c.meter is null"""


def begun(offset_s: int, until: int) -> str:
    """The days that have begun, whether they have a reading yet or none, in the columns of `closed`.

    Two days at most can follow one another so, and nothing may have come after them: what lies before a reading is a
    gap. The highest reading of an hour is its last: where that is not so, a step is doubted.

    Reads    lacking; newest: the readings of its meters and days; full_days, edges.
    Gives    meter, day, seen (how many readings), top (the register at the last of them), v0 ... v24: empty from the
             first hour on of which nothing has come; in the hour of the last reading it is that one.
    """
    values = ", ".join(f"s.v{place}" for place in _HOURS)
    return f"""
select l.meter, l.day, case when s.meter is null then 0 else s.seen end as seen, s.top, {values}, e.value as v24
from lacking as l
left join ({_so_far(offset_s)}) as s on s.meter = l.meter and s.day = l.day
left join (
  select d.meter, d."at", d.v0 as value from full_days as d union all select f.meter, f."at", f.value from edges as f
) as e on e.meter = l.meter and e."at" = l.day * 86400 - {offset_s}
left join lacking as b on b.meter = l.meter and b.day = l.day - 1
where (e.meter is not null and (s.meter is null or s.latest <= {until}))
  or (e.meter is null and s.meter is null and b.meter is not null)"""


def unclear_begun() -> str:
    """Those with an hour in which a register that had stood still may have caught up: `unclear` of a day in full, where
    the hour after may not be known. If it is not, any use is unclear.

    Reads    begun, closed.
    """
    return f"""
select c.meter, c.day from begun as c left join closed as y on y.meter = c.meter and y.day = c.day - 1
where {" or ".join(f"({_caught_up(hour)})" for hour in _HOURS)}"""


def cube_begun() -> str:
    """The days of the cube that have begun and are beyond doubt so far; what has not come of what is due is missing.

    Reads    due, begun, odd, stays.
    Gives    the columns of CUBE; `closing` is empty.
    """
    at = [position(f"c.v{place}", "u") for place in range(25)]
    hours = ", ".join(f"{at[23 - hour]} - {at[24 - hour]} as h{hour}" for hour in _HOURS)
    energy, nothing = f"{position('c.top', 'u')} - {at[24]}", "case when c.seen > 0 then 0 end"
    return f"""
select u.meter, u.day, u.month, {energy} as energy, u.due, c.seen, u.due - c.seen as missing, {energy} as measured,
  {nothing} as spread, {nothing} as filled, {nothing} as suspect, cast(null as bigint) as closing, {hours}
from due as u join begun as c on u.meter = c.meter and u.day = c.day
left join odd as o on u.meter = o.meter and u.day = o.day where o.meter is null"""


def _so_far(offset_s: int) -> str:
    """By meter and day how many readings there are, when the last came, and the highest value: in all and by hour."""
    values = ", ".join(
        f"case when max(second) >= {3600 * (23 - place)} then max(value) filter (where second < {3600 * (24 - place)}) "
        f"end as v{place}"
        for place in _HOURS
    )
    second = f'"at" - 1 + {offset_s}'
    return f"""
  select meter, day, count(*) as seen, max("at") as latest, max(value) as top, {values}
  from (select meter, "at", value, ({second}) // 86400 as day, ({second}) % 86400 as second from newest) as q
  group by meter, day"""


def _caught_up(hour: int) -> str:
    """Whether a register that had stood still for three hours moves in an hour by at least half of what it does in the
    next; in the first hours of a day, whether it stood still in the evening, or stands out where that is not known.
    """
    used, after = f"c.v{23 - hour} - c.v{24 - hour}", f"c.v{22 - hour} - c.v{23 - hour}"
    moves = f"c.v{23 - hour} > c.v{24 - hour} and {_at_least(f'2 * ({used})', after, hour)}"
    if hour >= STILL_HOURS:
        return f"c.v{24 - hour} = c.v{24 + STILL_HOURS - hour} and {moves}"
    alone = f"y.meter is null and {_at_least(used, f'2 * ({after})', hour)}"
    return f"c.v24 = c.v{24 - hour} and {moves} and (y.v0 = y.v{STILL_HOURS - hour} or ({alone}))"


def _at_least(used: str, after: str, hour: int) -> str:
    return "true" if hour == _HOURS[-1] else f"(c.v{22 - hour} is null or {used} > {after})"
