"""Filling hours of which nothing is known by the method that a fill names. What was filled stays told apart.

same_weekday_profile  the mean of the same hour on the same weekday, some weeks before and after, of days read in full
neighbour_days        the mean of the same hour on the nearest day read in full before and after

Both round half up to a whole step. A gap of a register that was read again later is no case for them: its energy is
known and spread by the difference of the register before anything is filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import numpy as np

from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering.cubes import Cubes
from tanheng.metering.definition import CUBE, HOURS, whole
from tanheng.metering.engine import Engine
from tanheng.metering.fills import METHODS, Fill, FillBook
from tanheng.metering.store import Store

_EPOCH: Final = date(1970, 1, 1)
_PROFILE, _NEIGHBOURS = range(len(METHODS))


def with_fills(engine: Engine, store: Store, limits: MeteringQuality, cube: str) -> str:
    """The daily cube with the fills of a store in it.

    Reads    cube: a relation with the columns of definition.CUBE.
    Gives    the same relation where no fill holds; else one in which the hours that a fill covers, and its method can
             tell, have an energy that is counted under `filled`. Intervals read stay as few as they were.
    """
    fills = FillBook.open(store.root).standing()
    if not fills:
        return cube
    engine.put("fills", _columns(fills, store.register.numbers()))
    engine.keep("filled", filled(cube, limits.whole("profile_weeks")))
    names = ", ".join(f"c.{name}" for name in CUBE)
    rest = f"select {names} from {cube} as c left join filled as f on f.meter = c.meter and f.day = c.day"
    return f"({rest} where f.meter is null union all select {', '.join(CUBE)} from filled)"


def filled_cubes(
    engine: Engine, store: Store, limits: MeteringQuality, cubes: Cubes, months: tuple[str, ...] | None = None
) -> str:
    """The daily cube of some months, or of all, with the fills of a store in it.

    Fills are made from all months: what a day is filled with does not depend on the months that are asked for.
    """
    whole_cube = cubes.relation(engine)
    relation = with_fills(engine, store, limits, whole_cube)
    if relation == whole_cube:
        return cubes.relation(engine, months)
    if months is None:
        return relation
    numbers = ", ".join(["0", *(month.replace("-", "") for month in months)])
    return f"(select {', '.join(CUBE)} from {relation} as w where w.month in ({numbers}))"


def _columns(fills: Iterable[Fill], numbers: Mapping[str, int]) -> dict[str, np.ndarray]:
    """A row for each meter and day; of two fills for one day the later holds."""
    chosen = {
        (numbers[fill.meter], day): METHODS.index(fill.method)
        for fill in fills
        if fill.meter in numbers
        for day in range((fill.start - _EPOCH).days, (fill.end - _EPOCH).days + 1)
    }
    table = np.array([(*key, method) for key, method in chosen.items()], dtype=np.int64).reshape(len(chosen), 3)
    return {name: np.ascontiguousarray(table[:, place]) for place, name in enumerate(("meter", "day", "method"))}


def filled(cube: str, weeks: int) -> str:
    """The text of the days that fills change: only days due in full, and of them only hours of which nothing is known.

    Reads    cube; fills: meter, day, method.
    """
    means = ", ".join(f"(2 * sum(r.{h}) + count(r.{h})) // (2 * count(r.{h})) as {h}" for h in HOURS)
    used = {h: f"case when t.{h} is null then m.{h} end" for h in HOURS}
    added = " + ".join(f"case when {each} is null then 0 else {each} end" for each in used.values())
    many = " + ".join(f"case when {each} is null then 0 else 1 end" for each in used.values())
    hours = ", ".join(f"{whole(f'case when t.{h} is null then m.{h} else t.{h} end')} as {h}" for h in HOURS)
    known = {name: f"case when t.{name} is null then 0 else t.{name} end" for name in ("energy", "filled")}
    parts = ", ".join(f"{whole(f'case when t.{name} is null then 0 else t.{name} end')} as {name}" for name in _OTHER)
    return f"""
with target as (
  select c.*, f.method from {cube} as c join fills as f on f.meter = c.meter and f.day = c.day where c.missing > 0
),
near as (
  select t.meter, t.day, max(case when r.day < t.day then r.day end) as day_before,
    min(case when r.day > t.day then r.day end) as day_after
  from target as t join {cube} as r on r.meter = t.meter where r.seen = r.due and abs(r.day - t.day) <= {7 * weeks}
  group by t.meter, t.day
),
means as (
  select t.meter, t.day, max(r.due) as due, {means}
  from target as t join near as n on n.meter = t.meter and n.day = t.day join {cube} as r on r.meter = t.meter
  where r.seen = r.due and r.energy is not null and (
    (t.method = {_PROFILE} and (r.day - t.day) % 7 = 0 and abs(r.day - t.day) <= {7 * weeks})
    or (t.method = {_NEIGHBOURS} and n.day_after is not null and n.day_before is not null
      and r.day in (n.day_before, n.day_after)))
  group by t.meter, t.day
)
select t.meter, t.day, t.month, {whole(f"{known['energy']} + {added}")} as energy, t.due, t.seen,
  {whole(f"t.missing - ({many}) * (t.due // 24)")} as missing, {parts},
  {whole(f"{known['filled']} + {added}")} as filled,
  t.closing, {hours}
from target as t join means as m on m.meter = t.meter and m.day = t.day
where m.due = t.due and t.due % 24 = 0 and {many} > 0"""


_OTHER: Final = ("measured", "spread", "suspect")
