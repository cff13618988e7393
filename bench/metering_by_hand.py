"""The same figures by hand: the best SQL that we could write.

It reads the same files and checks what the roll-up checks (steps backwards, of another length, flagged), but looks into
nothing: where a check fails it could only say so. It leaves out what the roll-up writes down on the way (the cube of
days and hours, what each interval is worth, which readings were seen), gaps, changes of meters, and limits of meters.

Tried and not faster: taking registers at the hours at which the price changes instead of adding up every step, one key
of meter and time instead of two columns, two halves at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from tanheng.kernel.pack.tariff import Tariff
from tanheng.metering.shapes import month_bounds

GCE, CO2, BASE_FEN = 1229, 5737, 65  # per 10^4 Wh, per 10^4 Wh, per kWh
FACTOR = 10  # Wh in a step of 0.01 kWh


def by_hand(root: Path, months: list[str], meters: int, units_of: int, packs: Any) -> dict[str, int]:
    """Each month as one stream in the order of its file; the bands of the tariff as sums of their own."""
    season = {month: packs.get(Tariff, "shanghai_two_part_2023").season(month) for month in months}
    with duckdb.connect() as engine:
        engine.execute("set threads = 2")
        engine.execute(
            "create temp table figures (unit int, month varchar, energy bigint, due bigint, odd bigint, cost hugeint)"
        )
        for before, month in zip([month_before(months[0]), *months[:-1]], months, strict=True):
            engine.execute(_month(root, before, month, season[month], units_of))
        rows = engine.execute(
            f"""select sum(energy), sum((2 * energy::hugeint * {GCE} + 10000) // 20000),
                sum((2 * energy::hugeint * {CO2} + 10000) // 20000), sum((2 * cost + 100000) // 200000),
                sum(due), sum(odd)
            from figures"""
        ).fetchone()
    assert rows is not None
    assert rows[5] == 0, "the data of this benchmark are plain"
    return dict(zip(("energy", "energy_gce", "co2_g", "cost_fen", "due"), map(int, rows), strict=False))


def _month(root: Path, before: str, month: str, season: Any, units_of: int) -> str:
    start, _ = month_bounds(month)
    bands = season.bands()
    ratios = {band: int(ratio * 100) for band, ratio in season.ratios.items()}
    named = dict.fromkeys(bands)
    hours = {band: ", ".join(str(hour) for hour, each in enumerate(bands) if each == band) for band in named}
    sums = ", ".join(f"sum(step) filter (where hour in ({each})) as {band}" for band, each in hours.items())
    cost = " + ".join(f"coalesce({band}, 0)::hugeint * {ratios[band]}" for band in hours)
    here, there = (f"read_parquet('{root}/month={each}/readings-1.parquet')" for each in (month, before))
    steps = 'meter, "at", value, flag, lag(meter) over () as m, lag("at") over () as a, lag(value) over () as v'
    return f"""
insert into figures
select (meter - 1) // {units_of}, '{month}', sum(energy) * {FACTOR}, sum(due), sum(odd),
  sum({cost}) * {FACTOR * BASE_FEN}
from (
  select meter, sum(step) as energy, count(*) as due, count(*) filter (where bad) as odd, {sums}
  from (
    select meter, value - v as step, flag <> 0 or value < v or "at" - a <> 900 as bad,
      (("at" - 1 + 28800) % 86400) // 3600 as hour
    from (select {steps} from {here} r)
    where m = meter
    union all
    select h.meter, h.value - e.value, h.flag <> 0 or h.value < e.value, 0
    from {here} h join {there} e on h.meter = e.meter and h."at" = {start} + 900 and e."at" = {start}
  ) group by meter
) group by all"""


def month_before(month: str) -> str:
    """The month before one, as 2025-12."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year - (number == 1)}-{(number - 2) % 12 + 1:02}"
