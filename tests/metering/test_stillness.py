"""A register that stands still for good shows the same as a unit at rest: zero. It counts, and it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from tanheng.metering import Store
from tanheng.metering.repairing import with_calendars
from tanheng.metering.still_hours import StillHours
from tanheng.metering.stillness import Kinds, suspect_hours
from tests.metering.energies import LIMITS
from tests.metering.rolled import DAY, PACKS, cube_of, figures_of, meter, readings, refreshed

MONDAY = (date(2025, 1, 6) - date(1970, 1, 1)).days
GATE = "facility/works"


def hours(days, each=50):
    """A register that moves in every hour."""
    return np.ma.array(np.full((days, 24), each, dtype=np.int64))


def suspect(use, limits=LIMITS, step=1, begin=MONDAY):
    kinds = Kinds.of(begin - 3, begin + len(use) + 3, limits)  # of all meters, some of which are older
    found = suspect_hours(np.arange(begin, begin + len(use)), use, kinds, limits, step, 0)
    return [(day, hour) for day, hour in zip(*(each.tolist() for each in np.nonzero(found)), strict=True)]


def test_a_register_that_stops_for_good_is_suspect_from_its_first_hour_without_use_to_the_last():
    use = hours(100)
    use[10, 9:] = 0
    use[11:] = 0
    assert suspect(use) == [(10, hour) for hour in range(9, 24)] + [
        (day, hour) for day in range(11, 100) for hour in range(24)
    ]


def test_a_unit_that_rests_every_night_is_at_rest():
    use = hours(40)
    use[:, :7] = 0
    assert suspect(use) == []


def test_a_stop_in_the_middle_of_a_day_is_suspect_where_only_nights_are_usual():
    use = hours(20)
    use[:, :7] = 0
    use[15, :12] = 0
    assert suspect(use) == [(15, hour) for hour in range(7, 12)]


def test_the_second_weekend_is_at_rest_like_the_first():
    use = hours(28)
    for saturday in range(5, 28, 7):
        use[saturday : saturday + 2] = 0
    assert {day for day, _ in suspect(use)} == {5, 6}


def test_a_holiday_is_at_rest_like_a_sunday():
    use = hours(30)
    use[[6, 13]] = 0  # not Sunday 26 January 2025, which was worked
    use[22:] = 0  # Tuesday 28 January to 4 February: the Spring Festival
    assert {day for day, _ in suspect(use)} == {6, *range(22, 27), 28, 29}
    assert {day for day, _ in suspect(use, with_calendars(LIMITS, PACKS))} == {6}


def test_a_register_stuck_over_a_weekend_is_suspect_in_the_hours_before_and_after_it():
    use = hours(28)
    for saturday in range(5, 28, 7):
        use[saturday : saturday + 2] = 0
    use[18, 12:], use[21, :9] = 0, 0  # Friday noon to Monday nine
    around = [*((18, hour) for hour in range(12, 24)), *((21, hour) for hour in range(9))]
    assert [each for each in suspect(use) if each[0] > 6] == around


def test_hours_of_which_nothing_is_known_neither_end_a_stop_nor_belong_to_it():
    use = hours(20)
    use[10:] = 0
    use[12:14] = np.ma.masked
    assert {day for day, _ in suspect(use)} == {10, 11, *range(14, 20)}


def test_a_meter_that_moves_by_a_step_once_in_a_while_rests_in_between():
    use = hours(40, 0)
    use[:, ::3] = 1
    use[30, :12] = 0
    assert suspect(use) == []


@pytest.mark.parametrize(("hours_still", "told"), [(3, 0), (4, 4)])
def test_a_stop_is_suspect_from_as_many_hours_on_as_the_setting_says(hours_still, told):
    use = hours(20)
    use[10, 8 : 8 + hours_still] = 0
    assert len(suspect(use)) == told


def test_a_register_that_never_moved_says_nothing():
    assert suspect(hours(60, 0)) == []


def stuck(folder, days=70, stops=33 * DAY + 40):
    """Two meters of a unit: one stops in the second month, the other goes on."""
    store = Store.open(folder)
    store.register.add([meter("gate", GATE), meter("gas", GATE, carrier="natural_gas", value_unit="m3")])
    use = np.full(days * DAY, 5)
    use[stops:] = 0
    for number, each in ((1, use), (2, np.full(days * DAY, 5))):
        store.append(readings(f"k{number}", number, [0, *np.cumsum(each).tolist()]))
    store.fold()
    return store


def told(store, until=None):
    engine, _, done = refreshed(store, until)
    rows = engine.columns(f"select meter, day, still_hours from {done.still.relation(engine)} as k order by meter, day")
    first = (date(2025, 1, 1) - date(1970, 1, 1)).days
    return [(m, d - first, h) for m, d, h in zip(*(column.tolist() for column in rows.values()), strict=True)]


def test_a_stuck_register_counts_as_zero_and_its_hours_stand_in_the_figures_of_its_unit(tmp_path):
    figures, _ = figures_of(stuck(tmp_path))
    assert figures[GATE, "electricity", "2025-02"]["still_hours"] == 14 + 25 * 24  # 2 February 10:00 to the end
    assert figures[GATE, "electricity", "2025-03"]["still_hours"] == 11 * 24
    assert figures[GATE, "electricity", "2025-03"]["energy"] == 0
    assert figures[GATE, "electricity", "2025-03"]["missing"] == 0
    assert {row["still_hours"] for key, row in figures.items() if key[1] == "natural_gas"} == {0}


def test_what_is_said_of_stopped_registers_does_not_depend_on_when_their_readings_came(tmp_path):
    at_once = told(stuck(tmp_path / "one"))
    store = stuck(tmp_path / "two")
    begin = 1735660800
    for day in (20, 31, 34, 40, 58, 59, 60, 61, 70):
        last = told(store, begin + day * 86400)
    assert last == at_once
    assert len(at_once) == 37


def test_a_reading_that_comes_late_and_shows_use_takes_the_suspicion_back(tmp_path):
    store = stuck(tmp_path, days=50, stops=40 * DAY)
    assert len(told(store)) == 10
    store.append(readings("late", 1, (5 * 40 * DAY + 5 * np.arange(1, 10 * DAY + 1)).tolist(), first=40 * DAY + 1))
    store.fold()
    assert told(store) == []
    assert cube_of(store)[1, 45]["energy"] == 5 * DAY * 10


def test_a_judgement_by_other_limits_is_made_again(tmp_path):
    store = stuck(tmp_path, days=50, stops=40 * DAY)
    engine, refresher, done = refreshed(store)
    value = LIMITS.limits["still_hours"].model_copy(update={"value": Decimal(500)})
    laxer = refresher.calendar.model_copy(update={"limits": {**refresher.calendar.limits, "still_hours": value}})
    again = StillHours.of(done.cubes).judged(engine, done.cubes, refresher.dimensions, laxer)
    assert int(engine.columns(f"select count(*) as n from {again.relation(engine)} as k")["n"][0]) == 0
