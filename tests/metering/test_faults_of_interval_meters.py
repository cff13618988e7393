"""Meters that send amounts: what they did not send is missing, never zero and never spread."""

from __future__ import annotations

import numpy as np

from tanheng.metering.methods import JUMPED, NEGATIVE, NO_READING, UNIT_SLIP
from tanheng.metering.shapes import MEASURED, MISSING, SUSPECT
from tests.metering.energies import convert, ends, meter, total, use

USED = use(4)
AT = ends(len(USED))
SENDS = meter(kind="interval", first_value=None)
TRUE_WH = int(USED.sum()) * 10


def test_amounts_of_intervals_are_the_energy():
    intervals = convert(AT, USED, SENDS)
    assert [intervals[t] for t in AT.tolist()] == [(used * 10, MEASURED, 0) for used in USED.tolist()]


def test_an_amount_that_was_not_sent_is_missing():
    kept = np.ones(len(USED), bool)
    kept[100:148] = False
    intervals = convert(AT[kept], USED[kept], SENDS)
    assert {intervals[t] for t in AT[100:148].tolist()} == {(None, MISSING, NO_READING)}
    assert total(intervals) == TRUE_WH - int(USED[100:148].sum()) * 10


def test_an_amount_of_nothing_is_zero_and_measured():
    sent = USED.copy()
    sent[100] = 0
    assert convert(AT, sent, SENDS)[AT[100]] == (0, MEASURED, 0)


def test_a_spike_is_no_energy():
    sent = USED.copy()
    sent[100] += 500_000
    intervals = convert(AT, sent, SENDS)
    assert intervals[AT[100]] == (None, MISSING, JUMPED)
    assert total(intervals) == TRUE_WH - int(USED[100]) * 10


def test_a_negative_amount_is_no_energy():
    sent = USED.copy()
    sent[100:106] *= -1
    intervals = convert(AT, sent, SENDS)
    assert {intervals[t] for t in AT[100:106].tolist()} == {(None, MISSING, NEGATIVE)}
    assert total(intervals) == TRUE_WH - int(USED[100:106].sum()) * 10


def test_watt_hours_sent_for_kilowatt_hours_are_restored():
    sent = USED.copy()
    sent[100:148] *= 1000
    intervals = convert(AT, sent, SENDS)
    assert total(intervals) == TRUE_WH
    assert {intervals[t][1:] for t in AT[100:148].tolist()} == {(SUSPECT, UNIT_SLIP)}


def test_amounts_some_seconds_beside_the_quarter_belong_to_the_nearest():
    at = AT + np.random.default_rng(1).integers(-60, 61, len(AT))
    assert total(convert(at, USED, SENDS)) == TRUE_WH
    assert sorted(convert(at, USED, SENDS)) == AT.tolist()
