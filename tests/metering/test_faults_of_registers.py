"""Every fault of a cumulative meter, with the exact energy expected: what can be had back comes back without error."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tanheng.metering.intervals import lost_sql
from tanheng.metering.methods import (
    ABOVE_MOST,
    CAUGHT_UP,
    CLOCK_OFF,
    FELL,
    JUMPED,
    RESET,
    ROLLOVER,
    SCALE,
    SPREAD_LINEAR,
    SWAP,
    UNIT_SLIP,
)
from tanheng.metering.shapes import FLAG_BY_HAND, FLAG_INVALID, MEASURED, MISSING, SPREAD, SUSPECT
from tests.metering.energies import MOST, convert, ends, meter, register, total, use

DAYS = 6
USED = use(DAYS)
AT = ends(len(USED))
SHOWN = register(USED)
TRUE_WH = int(USED.sum()) * 10
NOON_OF_DAY_3 = 3 * 96 + 48


def as_true(intervals, but=()):
    """Whether every interval has its true energy and is measured, but for some."""
    left = set(but)
    return all(
        intervals[t] == (used * 10, MEASURED, 0)
        for place, (t, used) in enumerate(zip(AT.tolist(), USED.tolist(), strict=True))
        if place not in left
    )


def touched(intervals):
    """The places of the intervals that are not plainly measured."""
    return [place for place, t in enumerate(AT.tolist()) if intervals[t][1:] != (MEASURED, 0)]


def test_a_healthy_meter_is_measured_in_every_interval():
    intervals = convert(AT, SHOWN)
    assert len(intervals) == len(USED)
    assert as_true(intervals)


def test_what_was_used_from_ten_to_eleven_stands_at_eleven():
    intervals = convert(AT, SHOWN)
    ten, eleven = AT[0] - 900 + 10 * 3600, AT[0] - 900 + 11 * 3600
    assert total(intervals, ten, eleven) == int(USED[40:44].sum()) * 10


def test_twelve_hours_without_readings_are_spread_and_not_put_in_one_hour():
    kept = np.ones(len(USED), bool)
    kept[100:148] = False
    intervals = convert(AT[kept], SHOWN[kept])
    gap = int(USED[100:149].sum()) * 10
    inside = [intervals[t] for t in AT[100:149].tolist()]
    assert total(intervals) == TRUE_WH
    assert {way[1:] for way in inside} == {(SPREAD, SPREAD_LINEAR)}
    assert sum(energy for energy, _, _ in inside) == gap
    assert max(energy for energy, _, _ in inside) - min(energy for energy, _, _ in inside) <= 1
    assert as_true(intervals, range(100, 149))


def test_a_spike_of_five_thousand_costs_nothing_but_the_shape_of_two_intervals():
    shown = SHOWN.copy()
    shown[200] += 500_000
    intervals = convert(AT, shown)
    assert total(intervals) == TRUE_WH
    assert touched(intervals) == [200, 201]
    assert intervals[AT[200]][0] + intervals[AT[201]][0] == int(USED[200] + USED[201]) * 10


def test_a_spike_smaller_than_the_use_of_a_day_is_found_too():
    shown = SHOWN.copy()
    shown[200] += 2000
    intervals = convert(AT, shown)
    assert total(intervals) == TRUE_WH
    assert touched(intervals) == [200, 201]


def test_a_register_that_stands_too_high_for_hours_comes_back_to_its_track():
    shown = SHOWN.copy()
    shown[200:230] += 500_000
    intervals = convert(AT, shown)
    assert total(intervals) == TRUE_WH
    assert as_true(intervals, range(200, 231))


def test_a_zero_read_by_mistake_is_no_reset():
    shown = SHOWN.copy()
    shown[200] = 0
    intervals = convert(AT, shown)
    assert total(intervals) == TRUE_WH
    assert touched(intervals) == [200, 201]


def test_one_reading_too_high_beside_one_too_low_lose_nothing():
    shown = SHOWN.copy()
    shown[171] += 65_729
    shown[172] -= 324_698
    intervals = convert(AT, shown)
    assert total(intervals) == TRUE_WH
    assert touched(intervals) == [171, 172, 173]


@pytest.mark.parametrize("seed", range(8))
def test_ten_wild_readings_anywhere_lose_nothing(seed):
    chance = np.random.default_rng(seed)
    shown, wild = SHOWN.copy(), chance.choice(np.arange(100, 500), 10, replace=False)
    shown[wild] += chance.integers(-400_000, 400_000, 10)
    assert total(convert(AT, shown)) == TRUE_WH


def test_readings_three_days_late_are_worth_what_they_would_have_been_in_time():
    late = np.concatenate([np.arange(0, 100), np.arange(388, len(USED)), np.arange(100, 388)])
    assert as_true(convert(AT[late], SHOWN[late]))


def test_a_silent_meter_has_no_energy_and_no_zeros():
    intervals = convert(AT[:200], SHOWN[:200])
    assert len(intervals) == 200
    assert total(intervals) == int(USED[:200].sum()) * 10


def test_a_meter_silent_from_its_first_day_is_spread_from_where_its_register_began():
    intervals = convert(AT[200:], SHOWN[200:])
    assert total(intervals) == TRUE_WH
    assert {intervals[t][1:] for t in AT[:201].tolist()} == {(SPREAD, SPREAD_LINEAR)}


def test_without_its_first_value_on_record_the_first_interval_of_a_meter_is_unknown_and_not_zero():
    intervals = convert(AT, SHOWN, meter(first_value=None))
    assert AT[0] not in intervals
    assert total(intervals) == TRUE_WH - int(USED[0]) * 10


def test_a_register_read_at_the_very_start_of_its_stay_begins_there():
    at, shown = np.concatenate([[AT[0] - 900], AT]), np.concatenate([[SHOWN[0] - USED[0]], SHOWN])
    assert as_true(convert(at, shown, meter(first_value=None)))
    assert as_true(convert(at, shown))


def test_a_register_that_turns_over_goes_on():
    modulus = int(SHOWN[NOON_OF_DAY_3]) - 100
    intervals = convert(AT, SHOWN % modulus, meter(modulus=modulus))
    turned = touched(intervals)
    assert total(intervals) == TRUE_WH
    assert [intervals[AT[place]] for place in turned] == [(int(USED[turned[0]]) * 10, MEASURED, ROLLOVER)]


def test_a_register_that_turns_over_within_a_gap_goes_on():
    modulus = int(SHOWN[NOON_OF_DAY_3]) - 100
    kept = np.ones(len(USED), bool)
    kept[NOON_OF_DAY_3 - 20 : NOON_OF_DAY_3 + 20] = False
    intervals = convert(AT[kept], (SHOWN % modulus)[kept], meter(modulus=modulus))
    assert total(intervals) == TRUE_WH
    assert {way[1] for way in intervals.values()} == {MEASURED, SPREAD}


def test_a_low_value_read_by_mistake_near_the_end_of_a_register_is_no_turn():
    modulus, shown = int(SHOWN[-1]) + 100, SHOWN.copy()
    shown[-3] = 5
    intervals = convert(AT, shown, meter(modulus=modulus))
    assert total(intervals) == TRUE_WH
    assert touched(intervals) == [len(USED) - 3, len(USED) - 2]


@pytest.mark.parametrize("hour", [0, 9, 14, 23])
def test_a_meter_swapped_at_any_hour_of_its_day_loses_nothing(hour):
    swap = 3 * 96 + hour * 4
    shown = SHOWN.copy()
    shown[swap:] += 77_777 - SHOWN[swap - 1]
    old = meter(last_value=int(SHOWN[swap - 1]), device="old")
    new = meter(start=date(2026, 1, 8), first_value=77_777, device="new")
    intervals = convert(AT, shown, old, new)
    assert as_true(intervals, [swap])
    assert intervals[AT[swap]] == (int(USED[swap]) * 10, MEASURED, SWAP)


def test_a_meter_swapped_within_a_gap_loses_nothing():
    swap = 3 * 96 + 40
    shown, kept = SHOWN.copy(), np.ones(len(USED), bool)
    shown[swap:] += 77_777 - SHOWN[swap - 1]
    kept[swap - 20 : swap + 20] = False
    old = meter(last_value=int(SHOWN[swap - 1]), device="old")
    new = meter(start=date(2026, 1, 8), first_value=77_777, device="new")
    assert total(convert(AT[kept], shown[kept], old, new)) == TRUE_WH


def test_a_device_with_another_multiplier_and_decimals_is_counted_on_its_own_scale():
    swap = 3 * 96
    shown = SHOWN.copy()
    shown[swap:] = 500 + (np.cumsum(USED[swap:]) * 10) // 40
    old = meter(last_value=int(SHOWN[swap - 1]), device="old")
    new = meter(
        start=date(2026, 1, 8), first_value=500, device="new", decimals=1, multiplier="0.4", most_per_interval=None
    )
    expected = int(USED[:swap].sum()) * 10 + int(shown[-1] - 500) * 40
    assert total(convert(AT, shown, old, new)) == expected


def test_a_corrected_multiplier_makes_no_energy_of_what_the_register_showed_before():
    changed = meter(start=date(2026, 1, 8), multiplier="2")
    intervals = convert(AT, SHOWN, meter(), changed)
    assert total(intervals) == int(USED[:288].sum()) * 10 + int(USED[288:].sum()) * 20
    assert intervals[AT[288]][1:] == (MEASURED, SCALE)


def test_the_energy_of_a_clock_an_hour_ahead_is_whole_though_its_hours_are_moved():
    at = AT.copy()
    at[200:300] += 3600
    last = {end: place for place, end in enumerate(at.tolist())}  # what arrives later replaces what stood at that time
    chosen = [last[end] for end in sorted(last)]
    intervals = convert(at[chosen], SHOWN[chosen])
    assert total(intervals) == TRUE_WH
    assert as_true(intervals, range(200, 305))


def test_the_energy_of_a_clock_an_hour_behind_is_whole_though_its_hours_are_moved():
    at = AT.copy()
    at[200:300] -= 3600
    last = {end: place for place, end in enumerate(at.tolist())}
    chosen = [last[end] for end in sorted(last)]
    intervals = convert(at[chosen], SHOWN[chosen])
    assert total(intervals) == TRUE_WH
    assert as_true(intervals, range(196, 301))


def test_a_register_reset_to_zero_counts_from_zero_and_says_so():
    shown = SHOWN.copy()
    shown[300:] -= SHOWN[299]
    intervals = convert(AT, shown)
    assert total(intervals) == TRUE_WH
    assert as_true(intervals, [300])
    assert intervals[AT[300]] == (int(USED[300]) * 10, SUSPECT, RESET)


def test_a_register_that_runs_back_and_returns_to_its_track_loses_nothing():
    shown = SHOWN.copy()
    shown[200:206] = SHOWN[199] - 700 * np.arange(1, 7)
    intervals = convert(AT, shown)
    assert total(intervals) == TRUE_WH
    assert set(touched(intervals)) <= set(range(198, 208))


def test_a_register_that_truly_ran_back_is_flagged_with_its_size_and_not_made_up():
    shown = SHOWN.copy()
    shown[200:206] = SHOWN[199] - 400 * np.arange(1, 7)
    shown[206:] -= SHOWN[205] - shown[205]
    intervals = convert(AT, shown)
    lost = [place for place in touched(intervals) if intervals[AT[place]][1] == MISSING]
    assert {intervals[AT[place]] for place in lost} == {(None, MISSING, FELL)}
    assert set(range(200, 206)) <= set(lost) <= set(range(198, 208))
    assert total(intervals) == TRUE_WH - int(USED[lost].sum()) * 10
    (step,) = convert(AT, shown, what=lost_sql)
    assert step[3] == FELL
    assert step[5] == 10 * int(shown[lost[-1]] - shown[lost[0] - 1])


def test_watt_hours_sent_for_kilowatt_hours_are_restored_hour_by_hour():
    shown = SHOWN.copy()
    shown[200:260] *= 1000
    intervals = convert(AT, shown)
    assert [intervals[t][0] for t in AT.tolist()] == [used * 10 for used in USED.tolist()]
    assert {intervals[t][1:] for t in AT[200:261].tolist()} == {(SUSPECT, UNIT_SLIP)}


def test_a_wrong_unit_is_restored_where_the_register_has_doubled_since_it_began():
    shown = np.concatenate([[300], 300 + np.cumsum(np.full(299, 3))])
    at = AT[0] + 900 * np.arange(300)
    slipped = shown.copy()
    slipped[200:240] *= 1000
    intervals = convert(at, slipped, meter(first_value=None, most_per_interval=3))
    assert [intervals[t][0] for t in at[1:].tolist()] == [30] * 299


def test_a_register_that_reads_nothing_before_it_is_set_up_makes_no_wrong_unit_of_what_follows():
    shown = SHOWN.copy()
    shown[:12] = 0
    intervals = convert(AT, shown, meter(first_value=None))
    assert intervals[AT[12]] == (None, MISSING, JUMPED)
    assert total(intervals) == int(USED[13:].sum()) * 10


def test_a_stuck_register_that_catches_up_is_spread_over_the_time_it_stood_still():
    shown = SHOWN.copy()
    shown[230:270] = SHOWN[229]
    intervals = convert(AT, shown)
    assert total(intervals) == TRUE_WH
    assert {intervals[t][1:] for t in AT[230:271].tolist()} == {(SPREAD, CAUGHT_UP)}
    assert as_true(intervals, range(230, 271))


def test_a_meter_that_uses_nothing_is_measured_as_zero():
    shown = SHOWN.copy()
    shown[230:270] = SHOWN[229]
    shown[270:] -= SHOWN[269] - SHOWN[229]
    intervals = convert(AT, shown)
    assert {intervals[t] for t in AT[230:270].tolist()} == {(0, MEASURED, 0)}


def test_a_jump_no_meter_can_make_is_no_energy_but_is_flagged_with_its_size():
    shown = SHOWN.copy()
    shown[300:] += 500_000
    intervals = convert(AT, shown)
    assert intervals[AT[300]] == (None, MISSING, JUMPED)
    assert total(intervals) == TRUE_WH - int(USED[300]) * 10
    (step,) = convert(AT, shown, what=lost_sql)
    assert step[5] == (500_000 + int(USED[300])) * 10


def test_a_little_more_than_a_meter_can_bring_counts_and_is_suspect():
    shown = SHOWN.copy()
    shown[300:] += MOST
    intervals = convert(AT, shown)
    assert intervals[AT[300]] == ((MOST + int(USED[300])) * 10, SUSPECT, ABOVE_MOST)


def test_a_device_replaced_without_a_word_loses_one_interval_and_says_which():
    shown = SHOWN.copy()
    shown[300:] -= 600_000
    intervals = convert(AT, shown)
    assert intervals[AT[300]] == (None, MISSING, FELL)
    assert total(intervals) == TRUE_WH - int(USED[300]) * 10


def test_a_reading_declared_invalid_by_its_sender_is_no_reading():
    shown, flag = SHOWN.copy(), np.zeros(len(USED), np.uint8)
    shown[200], flag[200] = 5, FLAG_INVALID
    intervals = convert(AT, shown, flag=flag)
    assert total(intervals) == TRUE_WH
    assert touched(intervals) == [200, 201]


def test_a_reading_entered_by_hand_counts():
    flag = np.full(len(USED), FLAG_BY_HAND, np.uint8)
    assert as_true(convert(AT, SHOWN, flag=flag))


def test_readings_some_seconds_beside_the_quarter_give_every_interval_and_the_same_total():
    at = AT + np.random.default_rng(1).integers(-5, 6, len(AT))
    at[-1] = AT[-1]
    intervals = convert(at, SHOWN)
    assert sorted(intervals) == AT.tolist()
    assert total(intervals) == TRUE_WH
    assert {way[1] for way in intervals.values()} == {MEASURED}


def test_a_meter_read_once_a_day_is_spread_over_its_day_and_adds_up():
    daily = slice(95, None, 96)
    intervals = convert(AT[daily], SHOWN[daily])
    assert total(intervals) == TRUE_WH
    assert total(intervals, AT[95], AT[191]) == int(USED[96:192].sum()) * 10


def test_a_scale_that_is_no_whole_step_is_rounded_once_and_still_adds_up():
    intervals = convert(AT, SHOWN, meter(multiplier="0.33333", most_per_interval=None))
    third = lambda value: (2 * value * 33_333 + 10_000) // 20_000  # noqa: E731 - 10 Wh x 0.33333, half up
    assert total(intervals) == third(int(SHOWN[-1])) - third(1_000_000)


def test_the_order_in_which_readings_stand_changes_nothing():
    order = np.random.default_rng(5).permutation(len(USED))
    shown = SHOWN.copy()
    shown[200] += 500_000
    assert convert(AT[order], shown[order]) == convert(AT, shown)


def swapped_after(register_at_noon, first_of_new, *, gap=0, spike=None):
    """A register that stands low on the day of its swap, and the two rows of the meter."""
    swap = 3 * 96 + 48
    shown = register(USED, first=register_at_noon - int(USED[:swap].sum()))
    last = int(shown[swap - 1])
    shown[swap:] += first_of_new - last
    kept = np.ones(len(USED), bool)
    kept[swap - gap : swap + gap] = False
    if spike is not None:
        shown[spike] += 500_000
    old = meter(last_value=last, device="old", first_value=register_at_noon - int(USED[:swap].sum()))
    new = meter(start=date(2026, 1, 8), first_value=first_of_new, device="new")
    return convert(AT[kept], shown[kept], old, new)


LOW = int(USED[: 3 * 96 + 48].sum()) + 100


def test_a_swap_between_registers_that_overlap_is_found_by_the_fall_between_them():
    intervals = swapped_after(LOW, LOW - 4000)
    assert as_true(intervals, [3 * 96 + 48])
    assert intervals[AT[3 * 96 + 48]] == (int(USED[3 * 96 + 48]) * 10, MEASURED, SWAP)


def test_a_swap_within_a_gap_between_registers_that_overlap_is_unsure_where_nothing_shows_it():
    intervals = swapped_after(LOW, LOW - 4000, gap=8)
    assert total(intervals) == TRUE_WH or {way[1] for way in intervals.values()} >= {SUSPECT}


def test_a_spike_on_the_day_of_a_swap_counts_the_swap_once():
    for spike in (3 * 96 + 20, 3 * 96 + 80):
        assert total(swapped_after(LOW, LOW + 77_777, spike=spike)) == TRUE_WH
        assert total(swapped_after(LOW, 7, spike=spike)) == TRUE_WH


def test_a_wrong_unit_after_a_reset_is_restored_hour_by_hour():
    shown = SHOWN.copy()
    shown[100:] -= SHOWN[99]
    shown[400:440] *= 1000
    assert [convert(AT, shown)[t][0] for t in AT.tolist()] == [used * 10 for used in USED.tolist()]


def test_a_stuck_register_that_catches_up_within_what_an_interval_can_carry_is_spread():
    shown = SHOWN.copy()
    shown[230:254] = SHOWN[229]
    intervals = convert(AT, shown, meter(most_per_interval=100_000))
    assert total(intervals) == TRUE_WH
    assert {intervals[t][1:] for t in AT[230:255].tolist()} == {(SPREAD, CAUGHT_UP)}
    assert as_true(intervals, range(230, 255))


@pytest.mark.parametrize("ahead", [3600, -3600])
def test_the_hours_under_a_clock_that_is_off_for_a_day_are_suspect(ahead):
    at = AT.copy()
    at[200:296] += ahead
    last = {end: place for place, end in enumerate(at.tolist())}
    chosen = [last[end] for end in sorted(last)]
    intervals = convert(at[chosen], SHOWN[chosen])
    off = range(200, 297) if ahead > 0 else range(196, 296)
    assert total(intervals) == TRUE_WH
    assert as_true(intervals, range(196, 301))
    assert {intervals[t][1:] for t in AT[list(off)].tolist()} == {(SUSPECT, CLOCK_OFF)}


def test_a_spike_after_a_reset_is_no_return_to_where_the_register_stood():
    shown = SHOWN.copy()
    shown[100:] -= SHOWN[99]
    shown[500] += 2_000_000
    intervals = convert(AT, shown)
    assert total(intervals) == TRUE_WH
    assert set(touched(intervals)) == {100, 500, 501}
