"""Filling: only what somebody decided, by the method he named, and told apart for ever after."""

from __future__ import annotations

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.metering.definition import CUBE, HOURS
from tanheng.metering.engine import DuckEngine
from tanheng.metering.fills import Fill, FillBook
from tanheng.metering.gaps import with_fills
from tests.metering.energies import LIMITS

FIRST = (date(2026, 1, 5) - date(1970, 1, 1)).days  # a Monday
FILL = Fill("gate", date(2026, 1, 19), date(2026, 1, 19), "same_weekday_profile", "collector broken", "Li")


@pytest.fixture
def cube(store, tmp_path):
    """Four weeks of one meter: an hour of day d brings 100 d + hour; of day 14, a Monday, six hours are known."""
    engine = DuckEngine(tmp_path / "spill")
    engine.database.execute("create table cube (" + ", ".join(f"{name} bigint" for name in CUBE) + ")")
    for day in range(28):
        known = 6 if day == 14 else 24
        hours = [100 * day + hour if hour < known else None for hour in range(24)]
        energy = sum(hour for hour in hours if hour is not None)
        number = store.register.numbers()["gate"]
        seen = known * 4
        row = [number, FIRST + day, 202601, energy, 96, seen, 96 - seen, energy, 0, 0, 0, None, *hours]
        engine.database.execute(f"insert into cube values ({', '.join('?' * len(CUBE))})", row)
    return engine


def day_of(engine, store, day=14):
    relation = with_fills(engine, store, LIMITS, "cube")
    names = ", ".join(("energy", "due", "seen", "missing", "measured", "filled", *HOURS))
    return engine.database.execute(f"select {names} from {relation} c where day = {FIRST + day}").fetchall()[0]


def test_nothing_is_filled_of_itself(cube, store):
    assert with_fills(cube, store, LIMITS, "cube") == "cube"
    assert day_of(cube, store)[3:6] == (72, 8415, 0)


def test_missing_hours_take_the_mean_of_their_hour_on_the_same_weekday(cube, store):
    FillBook.open(store.root).add(FILL)
    energy, due, seen, missing, measured, filled, *hours = day_of(cube, store)
    expected = [(2 * (2800 + 3 * hour) + 3) // 6 for hour in range(6, 24)]
    assert hours[6:] == expected  # Mondays 0, 7 and 21
    assert hours[:6] == [1400 + hour for hour in range(6)]
    assert (measured, filled, energy) == (8415, sum(expected), 8415 + sum(expected))
    assert (due, seen, missing) == (96, 24, 0)


def test_the_other_days_stay_as_they_were(cube, store):
    before = day_of(cube, store, 7)
    FillBook.open(store.root).add(FILL)
    assert day_of(cube, store, 7) == before
    relation = with_fills(cube, store, LIMITS, "cube")
    assert cube.database.execute(f"select count(*) from {relation} c").fetchall() == [(28,)]


def test_missing_hours_take_the_mean_of_the_days_beside(cube, store):
    FillBook.open(store.root).add(Fill(**{**FILL.__dict__, "method": "neighbour_days"}))
    assert day_of(cube, store)[6:][6:] == tuple(1400 + hour for hour in range(6, 24))


def test_a_fill_that_is_withdrawn_fills_nothing_and_stays_on_record(cube, store):
    book = FillBook.open(store.root)
    number = book.add(FILL)
    seen = book.digest()
    book.withdraw(number, "the readings came after all", "Li")
    assert book.standing() == []
    assert (bool(seen), book.digest()) == (True, "")
    assert with_fills(cube, store, LIMITS, "cube") == "cube"
    with pytest.raises(Refusal, match="fill-not-found"):
        book.withdraw(number, "again", "Li")


def test_a_meter_without_days_to_go_by_stays_missing(cube, store):
    cube.database.execute(f"delete from cube where day <> {FIRST + 14}")
    FillBook.open(store.root).add(FILL)
    assert day_of(cube, store)[3:6] == (72, 8415, 0)


def test_a_fill_names_a_method_a_reason_and_a_person():
    with pytest.raises(Refusal, match="fill-method-unknown"):
        Fill(**{**FILL.__dict__, "method": "zero"})
    with pytest.raises(Refusal, match="fill-incomplete"):
        Fill(**{**FILL.__dict__, "reason": " "})
