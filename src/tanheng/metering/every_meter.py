"""Every meter of a store by month, day or hour: what its readings came to, with the step that the numbers count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.metering.definition import CUBE, HOURS, QUALITIES, whole
from tanheng.metering.dimensions import Dimensions
from tanheng.metering.engine import Engine
from tanheng.metering.register import Meter
from tanheng.metering.rollup import month_text
from tanheng.metering.shapes import DAY_S
from tanheng.metering.virtual import still_of_all, virtual_cube

Json = dict[str, Any]
_EPOCH = date(1970, 1, 1)
_SUMS = ("energy", "due", "seen", "missing", *QUALITIES)


def steps_of(stays: Iterable[Meter], grids: MeteringGrids) -> Mapping[str, str]:
    """What one of the whole numbers of each carrier is (Wh, L, kJ, g).

    Reads    stays: the register. A virtual meter counts the steps of the meters it adds up.
    """
    return {stay.carrier: found[0] for stay in stays if stay.kind != "virtual" and (found := grids.of(stay.value_unit))}


def with_virtual(engine: Engine, cube: str, dimensions: Dimensions) -> str:
    """The daily cube with the rows of the meters that are counted from others."""
    if not len(dimensions.virtual["meter"]):
        return cube
    names = ", ".join(CUBE)
    engine.put("every_term", dimensions.terms)
    counted = virtual_cube(cube, "every_term")
    return f"(select {names} from {cube} as m union all select {names} from ({counted}) as v)"


def every_meter(
    engine: Engine, cube: str, still: str, dimensions: Dimensions, steps: Mapping[str, str], offset_s: int, by: str
) -> list[Json]:
    """Every meter, each with its rows by month, day or hour; a meter that changed its unit or carrier stands twice.

    Reads    cube: a relation with the columns of definition.CUBE; still: one with those of still_hours.STILL. by:
             month, day or hour; an hour is named by its end in seconds UTC.
    Gives    energy of a row is the sum of what is known and empty where nothing is; due, seen and missing count
             intervals, still_hours those without use that are suspect. By hour, `days_not_plain` besides: the days
             that are not measured in full, with their sums.
    """
    engine.put("every_stay", dimensions.counted())
    engine.put("every_term", dimensions.terms)
    engine.keep("every_still", still_of_all(still, "every_term"))
    found = engine.columns(_sql(with_virtual(engine, cube, dimensions), by))
    rows = (dict(zip(found, values, strict=True)) for values in zip(*map(_listed, found.values()), strict=True))
    told = []
    for (meter, unit, carrier), mine in groupby(rows, lambda row: (row["meter"], row["unit"], row["carrier"])):
        name = dimensions.carriers[carrier]
        several = list(mine)
        shown = [each for row in several for each in _rows(row, by, offset_s)]
        place = {"meter": dimensions.meters[meter], "unit": dimensions.units[unit], "carrier": name}
        marked = {"days_not_plain": [_named(row, by) for row in several if _not_plain(row)]} if by == "hour" else {}
        told.append({**place, "step": steps.get(name), "rows": shown, **marked})
    return told


def _sql(cube: str, by: str) -> str:
    """Months add their days up; days and hours stand as they are in the cube."""
    place = "s.meter, s.unit, s.carrier"
    joined = (
        f"from {cube} as c join every_stay as s on c.meter = s.meter and c.day >= s.start_day and c.day < s.end_day "
        "left join every_still as k on c.meter = k.meter and c.day = k.day"
    )
    still = "case when k.meter is null then 0 else k.still_hours end"
    if by == "month":
        sums = ", ".join(f"{whole(f'sum(c.{name})')} as {name}" for name in _SUMS)
        sums += f", {whole(f'sum({still})')} as still_hours"
        return f"select {place}, c.month, {sums} {joined} group by {place}, c.month order by {place}, c.month"
    names = ", ".join(f"c.{name}" for name in (*_SUMS, *(HOURS if by == "hour" else ())))
    return f"select {place}, c.day, {still} as still_hours, {names} {joined} order by {place}, c.day"


def _listed(column: Any) -> list[Any]:
    return list(column.tolist())


def _rows(row: Mapping[str, Any], by: str, offset_s: int) -> Iterable[Json]:
    if by == "hour":
        start = row["day"] * DAY_S - offset_s
        return [{"at": start + 3600 * (1 + number), "energy": row[hour]} for number, hour in enumerate(HOURS)]
    return [_named(row, by)]


def _named(row: Mapping[str, Any], by: str) -> Json:
    named = month_text(row["month"]) if by == "month" else (_EPOCH + timedelta(days=row["day"])).isoformat()
    return {"period": named, **{name: row[name] for name in (*_SUMS, "still_hours")}}


def _not_plain(row: Mapping[str, Any]) -> bool:
    """Whether a day is not measured in full: an hour of it may have been spread, filled or be suspect."""
    doubts = ("spread", "filled", "suspect", "still_hours")
    return row["missing"] > 0 or row["seen"] < row["due"] or any(row[name] for name in doubts)
