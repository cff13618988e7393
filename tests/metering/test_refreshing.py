"""Late readings: what they touch is computed again, exactly as if they had come in time, and nothing else."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanheng.metering import Store
from tanheng.metering.refreshing import Refresher
from tests.metering.rolled import DAY, QUARTER, START, cube_of, meter, readings, refreshed

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


def brought_up(folder, values, lasts):
    """The cube of one register whose readings came in stretches, each counted before the next one came."""
    store, first = Store.open(folder), 0
    store.register.add([meter("a", "facility/a")])
    for last in (*lasts, len(values)):
        send(store, readings(f"to {last}", 1, values[first:last], first=first))
        cube, first = cube_of(store), last
    return store, cube


def stood_still(values, low, high):
    """A register that shows the same for a while, then what it would have shown."""
    return [*values[:low], *[values[low]] * (high - low), *values[high:]]


MIDNIGHT = 5 * DAY
ODD_NIGHTS = {
    "a spike at 00:00": [*VALUES[:MIDNIGHT], VALUES[MIDNIGHT] + 50_000, *VALUES[MIDNIGHT + 1 :]],
    "a spike before 00:00": [*VALUES[: MIDNIGHT - 1], VALUES[MIDNIGHT] + 50_000, *VALUES[MIDNIGHT:]],
    "still from the evening": stood_still(VALUES, MIDNIGHT - 9, MIDNIGHT + 5),
    "still for a day": stood_still(VALUES, MIDNIGHT, MIDNIGHT + DAY),
    "still until the next morning": stood_still(VALUES, MIDNIGHT - DAY, MIDNIGHT + 6),
    "reset at 00:00": [*VALUES[:MIDNIGHT], *(value - VALUES[MIDNIGHT] for value in VALUES[MIDNIGHT:])],
}


@pytest.mark.parametrize("name", ODD_NIGHTS)
def test_days_that_came_one_by_one_say_what_they_say_when_all_came_at_once(tmp_path, name):
    values = ODD_NIGHTS[name][: 7 * DAY + 1]
    store, cube = brought_up(tmp_path / "days", values, [day * DAY + 1 for day in range(4, 7)])
    assert len(store.manifest.of_month("2025-01")) == 4
    assert told(cube) == told(brought_up(tmp_path / "once", values, [])[1])


@pytest.mark.parametrize(("since", "again"), [(12, {"2025-01": (1,)}), (6, {})])
def test_whether_a_register_stood_still_over_midnight_is_asked_of_the_evening_before(tmp_path, since, again):
    """It moves evenly from 01:00 on: only that it had stood still for more than three hours makes that hour unclear."""
    still = VALUES[MIDNIGHT - since]
    values = [*VALUES[: MIDNIGHT - since], *[still] * (since + 4), *(still + 7 * step for step in range(DAY - 3))]
    store, _ = brought_up(tmp_path / "still", values[: MIDNIGHT + 1], [MIDNIGHT - DAY + 1])
    send(store, readings("new", 1, values[MIDNIGHT + 1 :], first=MIDNIGHT + 1))
    assert refreshed(store)[2].again == again


def test_a_day_that_was_counted_at_noon_says_the_same_when_it_has_ended(tmp_path):
    values, lasts = VALUES[: 5 * DAY + 1], [3 * DAY + 1, 3 * DAY + 50, 4 * DAY + 1, 4 * DAY + 30]
    assert told(brought_up(tmp_path / "noon", values, lasts)[1]) == told(brought_up(tmp_path / "once", values, [])[1])


def test_a_gap_is_of_no_concern_to_the_second_day_after_it(tmp_path):
    store = store_of(
        tmp_path / "gap", [readings("a", 1, VALUES[: 4 * DAY - 50]), readings("b", 2, VALUES[: 8 * DAY + 1])]
    )
    again = []
    for low, high in ((4 * DAY - 40, 4 * DAY + 1), *((day * DAY + 1, day * DAY + DAY + 1) for day in range(4, 8))):
        send(store, readings(f"a{low}", 1, VALUES[low:high], first=low))
        again.append(refreshed(store, until=START + (high - 1) * QUARTER)[2].again)
    assert again[-2:] == [{}, {}]


def test_a_new_day_reads_no_file_but_its_own(tmp_path):
    store, _ = brought_up(tmp_path / "days", VALUES[: 5 * DAY + 1], [4 * DAY + 1])
    for path in store.parts("2025-01"):
        path.write_bytes(b"no longer to be read")
    send(store, readings("new", 1, VALUES[5 * DAY + 1 : 6 * DAY + 1], first=5 * DAY + 1))
    assert cube_of(store)[1, 5]["energy"] == 10 * (VALUES[6 * DAY] - VALUES[5 * DAY])


def test_a_late_value_for_the_midnight_before_a_new_day_moves_the_energy_of_both_days(tmp_path):
    store, _ = brought_up(tmp_path / "days", VALUES[: 5 * DAY + 1], [4 * DAY + 1])
    store.append(readings("mended", 1, [VALUES[5 * DAY] + 3], first=5 * DAY))
    send(store, readings("new", 1, VALUES[5 * DAY + 1 : 6 * DAY + 1], first=5 * DAY + 1))
    _, _, done = refreshed(store)
    mended = [*VALUES[: 5 * DAY], VALUES[5 * DAY] + 3, *VALUES[5 * DAY + 1 : 6 * DAY + 1]]
    assert told(cube_of(store)) == told(brought_up(tmp_path / "once", mended, [])[1])
    new = [day.energy for day in done.changed if day.energy_before is None]
    assert new == [10 * (VALUES[6 * DAY] - VALUES[5 * DAY] - 3)]


def test_what_broke_off_between_a_new_day_and_what_it_reaches_back_to_is_done_again(tmp_path, monkeypatch):
    values = ODD_NIGHTS["a spike at 00:00"]
    store, _ = brought_up(tmp_path / "torn", values[: MIDNIGHT + 1], [MIDNIGHT - DAY + 1])
    send(store, readings("new", 1, values[MIDNIGHT + 1 : MIDNIGHT + DAY + 1], first=MIDNIGHT + 1))
    monkeypatch.setattr(Refresher, "_compute_again", _torn)
    with pytest.raises(KeyboardInterrupt):
        refreshed(store)
    monkeypatch.undo()
    whole = brought_up(tmp_path / "once", values[: MIDNIGHT + DAY + 1], [])[1]
    assert told(cube_of(store)) == told(whole)


def _torn(*_):
    raise KeyboardInterrupt
