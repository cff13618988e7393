"""A day counted before it has ended, the first of a month: what they say, and that no other day is counted again."""

import shutil
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tanheng.metering import Meter, Store, month_cube
from tanheng.metering.begun import lacking
from tests.metering.rolled import DAY, QUARTER, START, cube_of, readings, refreshed
from tests.metering.test_refreshing import told

HOUR = 4
BEGIN = 29 * DAY  # 30 January: the third day is the first of a month
LENGTH = 4 * DAY
FEBRUARY_2 = (date(2025, 2, 2) - date(1970, 1, 1)).days
VALUES = [1000 + 7 * step + step % 5 for step in range(LENGTH + 1)]
NUMBERS = (1, 2, 3)


def opened(folder):
    store = Store.open(folder)
    store.register.add(Meter(f"m{number}", "electricity", "facility/a", date(2025, 1, 30)) for number in NUMBERS)
    return store


def send(store, number, low, high, values=VALUES):
    """The readings of a meter from one place of its values up to another, in an order of arrival that is their own."""
    if low < high:
        store.append(readings(f"{number} {low} {high}", number, values[low:high], first=BEGIN + low))


def send_all(store, low, high):
    for number in NUMBERS:
        send(store, number, low, high)
    store.fold()


def anew(store, folder, until=None):
    """The cube of the same readings, counted for the first time."""
    shutil.copytree(store.root, folder / "readings", ignore=shutil.ignore_patterns("results", "spill"))
    other = Store.open(folder)
    cube = cube_of(other, until)
    other.close()
    shutil.rmtree(folder)
    return cube


def interval_by_interval(store, folder, until=None):
    """The same, where no day has begun before it has ended: every one is read interval by interval."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(month_cube, "lacking", lambda last: f"{lacking(last)} and false")
        return anew(store, folder, until)


def assert_as_it_is(store, folder, until=None):
    cube = told(cube_of(store, until))
    assert cube == told(anew(store, folder / "anew", until))
    assert cube == told(interval_by_interval(store, folder / "slow", until))
    return cube


def still(low, high, jump=0):
    """A register that does not move for a while, and then is where it would have been, or `jump` steps lower."""
    return [*VALUES[:low], *[VALUES[low]] * (high - low), *(value - jump for value in VALUES[high:])]


NOON = 3 * DAY + DAY // 2
COURSES = {
    "moves": VALUES,
    "still until now": still(NOON - 5 * HOUR, NOON - 1),
    "still until the hour before": still(NOON - 6 * HOUR, NOON - HOUR - 1),
    "still from the evening": still(3 * DAY - 8, 3 * DAY + 3),
    "still and slow": still(NOON - 6 * HOUR, NOON, VALUES[NOON] - VALUES[NOON - 6 * HOUR]),
    "a spike at noon": [*VALUES[:NOON], VALUES[NOON] + 90_000, *VALUES[NOON + 1 :]],
    "a spike at 00:00": [*VALUES[: 3 * DAY], VALUES[3 * DAY] + 90_000, *VALUES[3 * DAY + 1 :]],
    "a reset": [*VALUES[: 3 * DAY + 9], *(value - VALUES[3 * DAY + 9] for value in VALUES[3 * DAY + 9 :])],
}


@pytest.mark.parametrize("name", COURSES)
def test_a_day_that_has_begun_says_what_its_intervals_say(tmp_path, name):
    store = opened(tmp_path)
    send(store, 1, 0, NOON + 1, COURSES[name])
    send(store, 2, 0, NOON - 2)
    store.fold()
    assert_as_it_is(store, tmp_path)
    send(store, 1, NOON + 1, NOON + 3, COURSES[name])
    store.fold()
    assert_as_it_is(store, tmp_path)


def test_what_has_not_come_of_a_day_that_has_begun_is_missing_and_no_zero(tmp_path):
    store = opened(tmp_path)
    send(store, 1, 0, NOON + 1)
    send(store, 2, 0, NOON - 2)
    store.fold()
    late, gone = cube_of(store)[2, 32], cube_of(store)[3, 32]
    assert (late["due"], late["seen"], late["missing"]) == (48, 45, 3)
    assert (late["energy"], late["h11"]) == (
        10 * (VALUES[NOON - 3] - VALUES[3 * DAY]),
        10 * (VALUES[NOON - 3] - VALUES[NOON - 4]),
    )
    assert (late["h12"], gone["energy"], gone["missing"]) == (None, None, 48)


def test_a_day_counted_at_noon_has_no_other_day_counted_again_neither_then_nor_when_it_has_ended(tmp_path):
    store = opened(tmp_path)
    send_all(store, 0, 3 * DAY + 1)
    cube_of(store)
    sent = dict.fromkeys(NUMBERS, 3 * DAY + 1)
    for moment in (NOON, NOON + 2, 4 * DAY):
        for number in NUMBERS:
            high = moment + 1 - (number == 2 and moment == NOON)  # what lacks at noon comes with what follows
            send(store, number, sent[number], high)
            sent[number] = high
        store.fold()
        done = refreshed(store)[2]
        assert (done.whole, done.again, {day.day for day in done.changed}) == ((), {}, {FEBRUARY_2})
    assert_as_it_is(store, tmp_path)


def test_a_day_that_most_meters_have_not_ended_is_counted_again_with_the_next_one_and_no_other(tmp_path):
    store = opened(tmp_path)
    send_all(store, 0, 3 * DAY - 3)
    send(store, 1, 3 * DAY - 3, 3 * DAY + 2)
    store.fold()
    assert_as_it_is(store, tmp_path)
    for number in (2, 3):
        send(store, number, 3 * DAY - 3, 3 * DAY + 1 + number)
    store.fold()
    done = refreshed(store)[2]
    assert set(done.again) <= {"2025-02"} and {meter for some in done.again.values() for meter in some} <= {1}
    assert_as_it_is(store, tmp_path)


def test_a_new_month_goes_on_from_the_one_before_it_and_reads_no_file_but_its_own(tmp_path):
    store = opened(tmp_path)
    send_all(store, 0, 2 * DAY + 1)
    cube_of(store)
    for path in store.parts("2025-01"):
        path.write_bytes(b"no longer to be read")
    send_all(store, 2 * DAY + 1, 3 * DAY + 1)
    done = refreshed(store)[2]
    assert (done.whole, done.again) == ((), {})
    assert cube_of(store)[2, 31]["energy"] == 10 * (VALUES[3 * DAY] - VALUES[2 * DAY])


def test_the_first_days_of_a_month_that_broke_off_are_counted_when_it_is_tried_again(tmp_path, monkeypatch):
    store = opened(tmp_path)
    send_all(store, 0, 2 * DAY + 1)
    cube_of(store)
    send_all(store, 2 * DAY + 1, 3 * DAY + 1)
    with monkeypatch.context() as patch:
        patch.setattr("tanheng.metering.refreshing.Refresher._grow", _torn)
        with pytest.raises(KeyboardInterrupt):
            refreshed(store)
    assert_as_it_is(store, tmp_path)


def _torn(*_):
    raise KeyboardInterrupt


def test_a_count_up_to_a_moment_before_the_last_readings_says_what_intervals_say(tmp_path):
    store = opened(tmp_path)
    send_all(store, 0, 2 * DAY + 30)
    send(store, 2, 3 * DAY + 10, 3 * DAY + 20)
    store.fold()
    for until in (2 * DAY + 8, 2 * DAY + 50, 3 * DAY + 6):
        assert_as_it_is(store, tmp_path, START + (BEGIN + until) * QUARTER)


MOMENTS = st.lists(st.integers(2 * DAY - 8, LENGTH), min_size=2, max_size=4, unique=True).map(sorted)
LAGS = st.lists(st.sampled_from([0, 1, 2, 5, 40, 110]), min_size=12, max_size=12)
CHOSEN = st.lists(st.sampled_from(sorted(COURSES)), min_size=3, max_size=3)


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(moments=[3 * DAY, NOON], lags=[0, 1, 5] * 4, courses=["moves", "still from the evening", "a spike at noon"])
@given(moments=MOMENTS, lags=LAGS, courses=CHOSEN)
def test_whenever_a_cube_is_counted_it_says_what_one_counted_for_the_first_time_says(
    tmp_path_factory, moments, lags, courses
):
    """The law: at any moment, however late each meter is then, and whatever it does."""
    folder, sent = tmp_path_factory.mktemp("moments"), dict.fromkeys(NUMBERS, 0)
    store, each = opened(folder), iter(lags)
    for moment in [*moments, LENGTH]:
        for number, course in zip(NUMBERS, courses, strict=True):
            high = max(sent[number], moment + 1 - next(each, 0))
            send(store, number, sent[number], high, COURSES[course])
            sent[number] = high
        store.fold()
        assert_as_it_is(store, folder)
