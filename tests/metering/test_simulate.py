"""Simulated meters: the same everywhere, and their truth is what the conversion finds wherever it can be had back."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from tanheng.kernel.faults import Refusal
from tanheng.metering import Meter
from tanheng.metering.conversion import points
from tanheng.metering.intervals import intervals_sql, load_points
from tanheng.metering.simulate_faults import KINDS, placed_faults, wanted
from tanheng.metering.simulate_plan import Plan
from tanheng.metering.simulate_use import use
from tanheng.metering.simulate_writing import write_simulation
from tests.metering.energies import GRIDS, LIMITS

WHOLE = {"decimals", "level", "modulus", "interval_s", "most_per_interval", "first_value", "last_value"}
READINGS = """
create table readings as select number as meter, "at", value, 0::utinyint as flag, seq from (
  select n.number, f."at", cast(f.value * n.steps as bigint) as value,
    row_number() over (order by filename, file_row_number) as seq
  from read_parquet('{}/readings/*.parquet', filename = true, file_row_number = true) f
  join names n on n.name = f.meter) r
qualify row_number() over (partition by number, "at" order by seq desc) = 1
"""
FOUND = """
create table compared as
select t.*, f.energy as found, f.lost from truth t join names n on n.name = t.meter left join (
  select meter, (i."at" + 3599) // 3600 * 3600 as ended, sum(energy) as energy,
    count(*) filter (energy is null) as lost
  from intervals i group by 1, 2) f on f.meter = n.number and f.ended = t."at"
"""


def read_register(path):
    with path.open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    numbers = {name: place + 1 for place, name in enumerate(dict.fromkeys(row["meter"] for row in rows))}
    stays = [stay(row, numbers) for row in rows]
    stays.sort(key=lambda one: (one.number, one.start))
    following = [*stays[1:], None]
    ended = [
        replace(a, end=b.start) if b and b.number == a.number else a for a, b in zip(stays, following, strict=True)
    ]
    return ended, numbers


def stay(row, numbers):
    known = {"facility": "unit"}
    fields = {known.get(name, name): int(text) if name in WHOLE else text for name, text in row.items() if text}
    return Meter(**{**fields, "start": date.fromisoformat(row["start"]), "number": numbers[row["meter"]]})


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """Forty meters for forty days with every fault, converted and set beside their truth."""
    out = tmp_path_factory.mktemp("simulated")
    plan = Plan(40, 40, 7, wanted=wanted("all", 40))
    write_simulation(plan, out / "in", out / "truth.csv")
    stays, numbers = read_register(out / "in" / "meters.csv")
    engine = duckdb.connect()
    load_points(engine, points(stays, GRIDS))
    engine.execute("create table names (name varchar, number integer, steps integer)")
    steps = {one.meter: 10**one.decimals for one in stays}
    engine.executemany("insert into names values (?, ?, ?)", [(name, n, steps[name]) for name, n in numbers.items()])
    engine.execute(READINGS.format(out / "in"))
    engine.execute("create table intervals as " + intervals_sql("readings", "points", LIMITS))
    engine.execute(f"create table truth as select * from read_csv('{out}/truth.csv')")
    engine.execute(FOUND)
    return engine


def test_every_hour_without_a_fault_is_found_exactly(compared):
    wrong = "select count(*) from compared where fault is null and found is distinct from energy"
    assert compared.execute(wrong).fetchone() == (0,)


@pytest.mark.parametrize("kind", [kind for kind, about in KINDS.items() if about.back == "hour"])
def test_a_fault_that_can_be_undone_is_found_exactly_in_every_hour(compared, kind):
    sql = "select count(*), count(*) filter (found = energy) from compared where fault = ?"
    hours, right = compared.execute(sql, [kind]).fetchone()
    assert hours == right > 0


@pytest.mark.parametrize("kind", [kind for kind, about in KINDS.items() if about.back == "total"])
def test_a_fault_that_hides_the_hours_is_found_exactly_in_total(compared, kind):
    found, true = compared.execute("select sum(found), sum(energy) from compared where fault = ?", [kind]).fetchone()
    assert found == true > 0


@pytest.mark.parametrize("kind", [kind for kind, about in KINDS.items() if about.back == "none"])
def test_what_cannot_be_had_back_is_missing_and_not_zero(compared, kind):
    sql = "select count(*) from compared where fault = ? and (found is null or lost > 0)"
    assert compared.execute(sql, [kind]).fetchone() > (0,)


def test_equal_options_give_equal_files(tmp_path):
    plan = Plan(15, 3, 4, wanted=wanted("6", 15))
    for name in "ab":
        write_simulation(plan, tmp_path / name, tmp_path / f"{name}.parquet")
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.*"))
    assert all((tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes() for path in files)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_another_seed_gives_other_meters():
    assert (use(Plan(10, 2, 1), 0, 0, 2) != use(Plan(10, 2, 2), 0, 0, 2)).any()


def test_a_meter_does_not_change_when_more_are_simulated():
    assert (use(Plan(10, 2, 1), 0, 0, 2) == use(Plan(1000, 2, 1), 0, 0, 2)[:10]).all()


def test_a_fault_asked_for_by_name_must_find_room():
    with pytest.raises(Refusal, match="simulate-too-small"):
        placed_faults(Plan(1, 1, 1, wanted=wanted("gap", 1), strict=True))


def test_faults_are_asked_for_by_name_number_or_all():
    assert wanted("none", 10) == ()
    assert wanted("gap, wrong-unit:3", 10) == (("gap", 1), ("wrong_unit", 3))
    assert sum(number for _, number in wanted("17", 10)) == 17
    assert {kind for kind, _ in wanted("all", 10)} == set(KINDS)
    with pytest.raises(Refusal, match="simulate-faults-unknown"):
        wanted("hiccup", 10)


def test_faults_that_find_no_room_are_counted(tmp_path):
    written = write_simulation(Plan(10, 10, 1, wanted=wanted("500", 10)), tmp_path / "out", tmp_path / "t.csv")
    assert sum(written.faults.values()) + sum(written.without_room.values()) == 500
    assert min(written.without_room.values()) > 0


def test_a_meter_that_was_swapped_twice_has_three_devices_on_record(tmp_path):
    plan = Plan(1, 20, 5, wanted=(("swap", 2),))
    write_simulation(plan, tmp_path / "out", tmp_path / "t.csv")
    stays, _ = read_register(tmp_path / "out" / "meters.csv")
    assert [one.device[-1] for one in stays] == ["1", "2", "3"]
    assert [one.last_value is None for one in stays] == [False, False, True]
