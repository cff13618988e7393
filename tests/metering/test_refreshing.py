"""Late readings: what they touch is computed again, exactly as if they had come in time, and nothing else."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanheng.metering import Store
from tests.metering.rolled import DAY, cube_of, meter, readings, refreshed

DAYS = 34  # over the end of January
VALUES = [1000 + 7 * step + step % 5 for step in range(DAYS * DAY + 1)]


def store_of(folder, batches):
    store = Store.open(folder)
    store.register.add([meter("a", "facility/a"), meter("b", "facility/b")])
    for batch in batches:
        store.append(batch)
    store.fold()
    return store


def told(cube):
    """What a cube says, whichever way it was computed."""
    return {key: {name: value for name, value in row.items() if name != "closing"} for key, row in cube.items()}


def send(store, batch):
    store.append(batch)
    store.fold()


@pytest.fixture
def gapped(tmp_path):
    """Meter b lacks 100 quarters of an hour from the third day on."""
    kept = [readings("a", 1, VALUES), readings("b1", 2, VALUES[:200]), readings("b2", 2, VALUES[300:], first=300)]
    return store_of(tmp_path / "gapped", kept)


def test_late_readings_make_the_cube_that_punctual_ones_would_have_made(gapped, tmp_path):
    cube_of(gapped)
    send(gapped, readings("late", 2, VALUES[200:300], first=200))
    whole = store_of(tmp_path / "whole", [readings("a", 1, VALUES), readings("b", 2, VALUES)])
    assert told(cube_of(gapped)) == told(cube_of(whole))


def test_only_the_meter_and_the_month_that_they_touch_are_computed_again(gapped):
    cube_of(gapped)
    send(gapped, readings("late", 2, VALUES[200:300], first=200))
    _, _, done = refreshed(gapped)
    assert (done.whole, done.again) == ((), {"2025-01": (2,)})
    assert {(day.meter, day.missing) for day in done.changed} == {(2, 0)}


def test_a_month_that_no_late_reading_touches_keeps_its_file(gapped):
    _, _, before = refreshed(gapped)
    send(gapped, readings("late", 2, VALUES[200:300], first=200))
    _, _, after = refreshed(gapped)
    assert after.cubes.months["2025-02"].file == before.cubes.months["2025-02"].file
    assert after.cubes.months["2025-01"].file != before.cubes.months["2025-01"].file


def test_nothing_new_changes_nothing(gapped):
    refreshed(gapped)
    _, _, done = refreshed(gapped)
    assert (done.whole, done.again, done.changed) == ((), {}, ())


def test_a_new_day_adds_its_days_and_touches_no_other(tmp_path):
    store = store_of(tmp_path / "grown", [readings(f"m{number}", number, VALUES[: 5 * DAY + 1]) for number in (1, 2)])
    cube_of(store)
    for number in (1, 2):
        send(store, readings(f"n{number}", number, VALUES[5 * DAY + 1 : 6 * DAY + 1], first=5 * DAY + 1))
    _, _, done = refreshed(store)
    assert (done.whole, done.again) == ((), {})
    assert len(done.changed) == 2 and all(day.energy_before is None for day in done.changed)


def test_a_gap_over_the_end_of_a_month_is_spread_into_both_when_the_next_reading_comes(tmp_path):
    end = 31 * DAY
    store = store_of(tmp_path / "gap", [readings("a", 1, VALUES), readings("b", 2, VALUES[: end - 50])])
    cube_of(store)
    send(store, readings("later", 2, VALUES[end + 60 :], first=end + 60))
    cube = cube_of(store)
    days = [cube[2, day] for day in range(29, 33)]
    assert all(day["missing"] == 0 for day in days)
    assert sum(row["energy"] for (number, _), row in cube.items() if number == 2) == 10 * (VALUES[-1] - VALUES[0])


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_readings_in_any_order_make_one_cube(data, tmp_path_factory):
    """The law: the cube depends on the readings and not on when they came, nor on how often it was computed."""
    cuts = sorted(data.draw(st.sets(st.integers(1, len(VALUES) - 1), min_size=2, max_size=4)))
    edges = [0, *cuts, len(VALUES)]
    pieces = [readings(f"p{low}", 2, VALUES[low:high], first=low) for low, high in pairwise(edges)]
    order = data.draw(st.permutations(pieces))
    store = store_of(tmp_path_factory.mktemp("any"), [readings("a", 1, VALUES)])
    for piece in order:
        send(store, piece)
        cube_of(store)
    whole = store_of(tmp_path_factory.mktemp("once"), [readings("a", 1, VALUES), readings("b", 2, VALUES)])
    assert told(cube_of(store)) == told(cube_of(whole))
