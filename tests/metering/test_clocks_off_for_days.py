"""A clock that is off for days moves every hour in between: these are suspect, also where a register hardly moves."""

from __future__ import annotations

import numpy as np
import pytest

from tanheng.metering import Batch, Store
from tests.metering.rolled import DAY, QUARTER, START, cube_of, meter

HOUR = 4  # quarters


def use(days, seed, slow):
    """What is used in each quarter, busy by day: some steps, or one now and then."""
    quarters = np.arange(days * DAY)
    busy = 400 + 300 * np.sin((quarters % DAY - 30) / DAY * 2 * np.pi)
    chance = np.random.default_rng(seed).integers(0, 1000, len(quarters))
    return (chance < busy // 2).astype(np.int64) if slow else (busy + chance // 10).astype(np.int64)


def shown(used, first, last, by):
    """The batch of a meter whose clock is `by` quarters off for the readings from `first` up to `last`."""
    at = np.arange(len(used) + 1)
    at[first:last] += by
    return (START + QUARTER * at).astype(np.int64), np.concatenate([[0], np.cumsum(used)]).astype(np.int64)


def sent(key, at, value):
    return Batch(key, "test", np.ones(len(at), dtype=np.int32), at, value, np.zeros(len(at), dtype=np.uint8))


def store_of(folder, at, value, pieces=1):
    store = Store.open(folder)
    store.register.add([meter("gate", "facility/works")])
    for number, places in enumerate(np.array_split(np.arange(len(at)), pieces)):
        store.append(sent(f"k{number}", at[places], value[places]))
        store.fold()
    return store


def wrong_unsaid(cube, used):
    """The days of which an hour is not what it was, and which do not say so."""
    true = 10 * used.reshape(-1, 24, 4).sum(axis=2)
    return [
        day
        for day in range(len(true))
        if not (row := cube[1, day])["suspect"] + row["spread"] + row["missing"]
        and [row[f"h{hour}"] for hour in range(24)] != true[day].tolist()
    ]


@pytest.mark.parametrize("by", [HOUR, -HOUR])
@pytest.mark.parametrize(("slow", "days"), [(False, 2), (False, 12), (True, 1), (True, 3), (True, 12)])
def test_the_days_under_a_clock_that_is_off_are_suspect_and_their_total_is_right(tmp_path, by, slow, days):
    used = use(45, 7, slow)
    at, value = shown(used, 26 * DAY + 31, (26 + days) * DAY + 31, by)
    cube = cube_of(store_of(tmp_path, at, value))
    assert wrong_unsaid(cube, used) == []
    assert sum(row["energy"] for row in cube.values()) == 10 * used.sum()
    assert [day for day in range(45) if cube[1, day]["suspect"] and not 25 <= day <= 27 + days] == []


def test_it_makes_no_difference_in_how_many_pieces_the_readings_came(tmp_path):
    used = use(45, 8, slow=True)
    at, value = shown(used, 26 * DAY + 31, 38 * DAY + 31, HOUR)
    at_once = cube_of(store_of(tmp_path / "one", at, value))
    store = Store.open(tmp_path / "many")
    store.register.add([meter("gate", "facility/works")])
    for number, places in enumerate(np.array_split(np.arange(len(at)), 7)):
        store.append(sent(f"k{number}", at[places], value[places]))
        store.fold()
        step_by_step = cube_of(store)
    told = ("energy", "suspect", "spread", "missing", *(f"h{hour}" for hour in range(24)))
    assert {key: [row[name] for name in told] for key, row in step_by_step.items()} == {
        key: [row[name] for name in told] for key, row in at_once.items()
    }


def test_a_gap_and_a_correction_that_its_sender_declares_are_no_clock(tmp_path):
    used = use(20, 9, slow=False)
    value = np.concatenate([[0], np.cumsum(used)]).astype(np.int64)
    at = (START + QUARTER * np.arange(len(value))).astype(np.int64)
    kept = np.ones(len(at), bool)
    kept[5 * DAY + 31 : 5 * DAY + 35] = False
    store = store_of(tmp_path, at[kept], value[kept])
    corrected = slice(9 * DAY + 40, 9 * DAY + 44)
    flag = np.full(4, 4, dtype=np.uint8)
    low = np.maximum(value[corrected] - 1, value[9 * DAY + 39])
    store.append(Batch("wrong", "test", np.ones(4, dtype=np.int32), at[corrected], low, np.zeros(4, dtype=np.uint8)))
    store.append(Batch("right", "test", np.ones(4, dtype=np.int32), at[corrected], value[corrected], flag))
    store.fold()
    cube = cube_of(store)
    assert [day for day in range(20) if cube[1, day]["suspect"]] == []
