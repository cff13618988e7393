"""Faults of a register that touch one another: an interval is right, its stretch is right in total, or it says so."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import numpy as np
import pytest

from tanheng.metering.shapes import MEASURED, MISSING, SPREAD, SUSPECT
from tests.metering.energies import convert, ends, meter, register, use

DAYS = 8
USED = use(DAYS, seed=3)
AT = ends(len(USED))
SHOWN = register(USED)
SWAPPED = 3 * 96 + 50  # on 2026-01-08


def dishonest(intervals):
    """Stretches that differ from the truth without a word: plain ones in an interval, spread ones in total."""
    rows = [(t, used * 10, *intervals.get(t, (None, MISSING, 0))) for t, used in zip(AT.tolist(), USED, strict=True)]
    found = []
    for quality, some in groupby(rows, key=lambda row: MEASURED if row[3] == MEASURED else row[3]):
        several = list(some)
        if quality == MEASURED:
            found += [(t, true, told) for t, true, told, *_ in several if true != told]
        elif quality == SPREAD and sum(row[1] for row in several) != sum(row[2] for row in several):
            found.append((several[0][0], several[-1][0], "spread"))
    return found


def lost(intervals):
    """Watt-hours that are not found again."""
    told = [intervals[t][0] for t in AT.tolist() if t in intervals]
    return int(USED.sum()) * 10 - sum(each for each in told if each is not None)


def without(start, stop):
    kept = np.ones(len(USED), bool)
    kept[start:stop] = False
    return kept


def swapped(shown, place=SWAPPED, first=77_777):
    """What is shown when another device takes over, and the two rows of the meter."""
    changed, last = shown.copy(), int(shown[place - 1])
    changed[place:] += first - last
    return changed, (
        meter(last_value=last, device="old"),
        meter(start=date(2026, 1, 8), first_value=first, device="new"),
    )


def test_a_reset_inside_a_gap_is_suspect_and_what_came_before_it_is_the_size_of_the_loss():
    shown = SHOWN.copy()
    shown[300:] -= SHOWN[299]
    kept = without(290, 310)
    intervals = convert(AT[kept], shown[kept])
    assert dishonest(intervals) == []
    assert lost(intervals) == int(USED[290:300].sum()) * 10
    assert {intervals[t][1] for t in AT[290:311].tolist()} == {SUSPECT}


def test_a_swap_while_the_old_register_was_stuck_loses_nothing():
    shown = SHOWN.copy()
    shown[SWAPPED - 20 : SWAPPED] = SHOWN[SWAPPED - 21]
    changed, stays = swapped(SHOWN)
    changed[:SWAPPED] = shown[:SWAPPED]
    intervals = convert(AT, changed, *stays)
    assert lost(intervals) == 0
    assert [each for each in dishonest(intervals) if not AT[SWAPPED - 21] < each[0] <= AT[SWAPPED]] == []
    assert dishonest(intervals) == []


def test_a_register_that_turns_over_beside_a_spike_loses_nothing():
    modulus = int(SHOWN[300]) - 100
    for spike in (298, 299, 301, 302, 305):
        shown = SHOWN % modulus
        shown[spike] += 400_000
        intervals = convert(AT, shown, meter(modulus=modulus))
        assert (spike, lost(intervals), dishonest(intervals)) == (spike, 0, [])


@pytest.mark.parametrize("ahead", [3600, -3600])
@pytest.mark.parametrize("start", [90, 200, 280])
def test_a_clock_that_is_off_over_midnight_marks_the_hours_it_moved(start, ahead):
    at = AT.copy()
    at[start : start + 90] += ahead
    last = {end: place for place, end in enumerate(at.tolist())}
    chosen = [last[end] for end in sorted(last)]
    intervals = convert(at[chosen], SHOWN[chosen])
    assert (lost(intervals), dishonest(intervals)) == (0, [])


def test_a_wrong_unit_for_part_of_a_day_with_a_gap_in_it_loses_nothing():
    for first, last in ((110, 120), (95, 98), (130, 191)):
        shown, kept = SHOWN.copy(), without(first + 1, first + 3)
        shown[first:last] *= 1000
        intervals = convert(AT[kept], shown[kept])
        assert (first, lost(intervals), dishonest(intervals)) == (first, 0, [])


def test_a_corrected_multiplier_inside_a_gap_is_told():
    changed = meter(start=date(2026, 1, 8), multiplier="2")
    kept = without(280, 300)
    intervals = convert(AT[kept], SHOWN[kept], meter(), changed)
    inside = sum(intervals[t][0] for t in AT[280:301].tolist())
    assert inside == int(USED[280:301].sum()) * 20  # the whole gap on the scale that holds at its end
    assert {intervals[t][1] for t in AT[280:301].tolist()} <= {SPREAD, SUSPECT}


def test_two_swaps_on_one_day_of_which_the_register_knows_one_are_flagged():
    changed, stays = swapped(SHOWN)
    changed[SWAPPED + 20 :] += 555_555 - changed[SWAPPED + 19]
    intervals = convert(AT, changed, *stays)
    assert dishonest(intervals) == []
    assert lost(intervals) <= int(USED[SWAPPED + 18 : SWAPPED + 22].sum()) * 10


def test_a_run_below_the_track_that_was_corrected_later_leaves_no_trace():
    shown = SHOWN.copy()
    shown[200:206] -= 900 * np.arange(1, 7)
    at, value = np.concatenate([AT, AT[200:206]]), np.concatenate([shown, SHOWN[200:206]])
    latest = {end: place for place, end in enumerate(at.tolist())}
    chosen = [latest[end] for end in sorted(latest)]
    intervals = convert(at[chosen], value[chosen])
    assert {way[1] for way in intervals.values()} == {MEASURED}
    assert (lost(intervals), dishonest(intervals)) == (0, [])


def test_a_duplicate_with_another_value_is_judged_like_any_reading():
    shown = SHOWN.copy()
    shown[200] = 123
    intervals = convert(AT, shown)
    assert (lost(intervals), dishonest(intervals)) == (0, [])


def _spiked(chance, at, shown):
    shown[chance.integers(30, len(shown) - 30)] += int(chance.integers(200_000, 800_000))
    return at, shown


def _dipped(chance, at, shown):
    shown[chance.integers(30, len(shown) - 30)] //= 3
    return at, shown


def _gapped(chance, at, shown):
    start = int(chance.integers(30, len(shown) - 80))
    kept = np.ones(len(shown), bool)
    kept[start : start + int(chance.integers(2, 50))] = False
    return at[kept], shown[kept]


def _stuck(chance, at, shown):
    start = int(chance.integers(30, len(shown) - 60))
    shown[start : start + int(chance.integers(16, 30))] = shown[start - 1]
    return at, shown


def _slipped(chance, at, shown):
    start = int(chance.integers(30, len(shown) - 80))
    shown[start : start + int(chance.integers(2, 48))] *= 1000
    return at, shown


def _reset(chance, at, shown):
    start = int(chance.integers(30, len(shown) - 30))
    shown[start:] -= shown[start - 1]
    return at, shown


FAULTS = (_reset, _stuck, _spiked, _dipped, _slipped, _gapped)


@pytest.mark.parametrize("seed", range(12))
def test_any_two_or_three_faults_close_together_are_honest(seed):
    chance = np.random.default_rng(seed)
    at, shown = AT.copy(), SHOWN.copy()
    for place in sorted(chance.choice(len(FAULTS), int(chance.integers(2, 4)), replace=False)):
        at, shown = FAULTS[place](chance, at, shown)
    assert dishonest(convert(at, shown)) == []
