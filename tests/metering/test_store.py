"""A batch is durable when it is acknowledged, counts once, and a later reading takes the place of an earlier one."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tanheng.metering import Batch, Store
from tanheng.metering.compaction import compact
from tanheng.metering.shapes import day_of, month_bounds, month_of
from tests.metering.conftest import JANUARY, batch, readings_of


def test_a_batch_that_is_sent_again_counts_once(store):
    one = batch("k1", [(1, JANUARY + 900, 100), (1, JANUARY + 1800, 110)])
    assert (store.append(one).repeated, store.append(one).repeated) == (False, True)
    assert store.fold() == 2
    assert store.append(one).repeated
    assert store.fold() == 0
    assert readings_of(store) == [(1, JANUARY + 900, 100, 0), (1, JANUARY + 1800, 110, 0)]


def test_a_key_does_not_stand_for_two_batches(store):
    store.append(batch("k1", [(1, JANUARY + 900, 100)]))
    with pytest.raises(Refusal) as refused:
        store.append(batch("k1", [(1, JANUARY + 900, 101)]))
    assert refused.value.code == "batch-key-reused"
    store.append(batch("k1", [(1, JANUARY + 900, 101)], device="another"))
    store.fold()
    assert readings_of(store) == [(1, JANUARY + 900, 101, 0)]


def test_an_acknowledged_batch_is_on_the_disk_before_any_file_of_readings_is(store, tmp_path):
    store.append(batch("k1", [(1, JANUARY + 900, 7)]))
    again = Store.open(tmp_path)
    assert (again.months(), again.fold()) == ((), 1)
    assert readings_of(again) == [(1, JANUARY + 900, 7, 0)]
    again.close()


def test_a_later_reading_takes_the_place_of_an_earlier_one_and_the_earlier_one_is_kept(store):
    store.append(batch("k1", [(1, JANUARY + 900, 100), (1, JANUARY + 900, 101)]))
    store.fold()
    store.append(batch("k2", [(1, JANUARY + 900, 102, 4)]))
    store.fold()
    assert readings_of(store) == [(1, JANUARY + 900, 102, 4)]
    compact(store, "2026-01")
    assert readings_of(store) == [(1, JANUARY + 900, 102, 4)]
    kept = [part.rows for part in store.manifest.of_month("2026-01", "superseded")]
    assert kept == [1, 1]


def test_late_and_unordered_batches_land_in_the_month_of_their_interval(store):
    february = month_bounds("2026-01")[1]
    store.append(batch("k1", [(2, february + 900, 3), (1, february, 2), (1, JANUARY, 1)]))
    store.fold()
    assert store.months() == ("2025-12", "2026-01", "2026-02")
    assert [part.rows for part in store.manifest.parts] == [1, 1, 1]


def test_what_ends_at_midnight_belongs_to_the_day_before():
    midnight = int(datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=8))).timestamp())
    assert (str(day_of(midnight)), month_of(midnight), month_of(midnight + 1)) == ("2026-02-28", "2026-02", "2026-03")
    assert month_bounds("2026-02")[1] == month_bounds("2026-03")[0] == midnight
    assert month_of(int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()), offset_s=0) == "2025-12"


def test_a_month_in_many_files_becomes_few_that_do_not_overlap(store):
    for hour in range(6):
        rows = [(meter, JANUARY + 900 * (4 * hour + quarter + 1), hour) for meter in (1, 2, 3) for quarter in range(4)]
        store.append(batch(f"k{hour}", rows))
        store.fold()
    store.append(batch("late", [(2, JANUARY + 900, 99)]))
    store.fold()
    before = readings_of(store)
    assert not store.manifest.settled("2026-01")
    assert compact(store, "2026-01", slice_rows=20) == 4
    assert store.manifest.settled("2026-01")
    assert [part.rows for part in store.manifest.of_month("2026-01")] == [24, 24, 24]
    assert readings_of(store) == before
    assert compact(store, "2026-01", slice_rows=20) == 0


def test_files_that_newer_ones_replaced_outlive_readers_that_know_the_old_list(store):
    for key in ("k1", "k2"):
        store.append(batch(key, [(1, JANUARY + 900, 1)]))
        store.fold()
    relation = store.relation("2026-01")
    old = store.parts("2026-01")
    compact(store, "2026-01")
    assert all(path.exists() for path in old)
    assert str(old[0]) in relation
    assert len(store.parts("2026-01")) == 1


def test_what_a_crash_left_behind_goes_with_the_next_write(store):
    store.append(batch("k1", [(1, JANUARY + 900, 1)]))
    store.fold()
    folder = store.parts("2026-01")[0].parent
    (folder / ".draft-xyz.parquet").write_bytes(b"torn")
    (folder / "readings-9-00000000.parquet").write_bytes(b"torn")
    (store.root / ".draft-abc.json").write_bytes(b"{")
    with store.writing():
        pass
    assert [path.name for path in folder.iterdir()] == [store.parts("2026-01")[0].name]
    assert list(store.root.glob(".draft-*")) == []


def test_only_one_program_writes_files_at_a_time_and_appending_goes_on(store, tmp_path):
    other = Store.open(tmp_path)
    with store.writing():
        with pytest.raises(Refusal) as refused:
            other.fold()
        other.append(batch("k1", [(1, JANUARY + 900, 1)]))
    assert refused.value.code == "readings-being-written"
    assert other.fold() == 1
    other.close()


def test_a_lost_journal_does_not_take_new_batches_for_old_ones(store, tmp_path):
    for key in ("k1", "k2", "k3"):
        store.append(batch(key, [(1, JANUARY + 900, 1)]))
    store.fold()
    store.close()
    for path in (tmp_path / "readings").glob("journal.db*"):
        path.unlink()
    again = Store.open(tmp_path)
    again.append(batch("k4", [(1, JANUARY + 1800, 2)]))
    assert again.fold() == 1
    again.close()


def test_a_list_of_files_older_than_the_journal_is_noticed(store, tmp_path):
    store.append(batch("k1", [(1, JANUARY + 900, 1)]))
    store.fold()
    (tmp_path / "readings" / "manifest.json").unlink()
    store.append(batch("k2", [(1, JANUARY + 1800, 2)]))
    with pytest.raises(Refusal) as refused:
        store.fold()
    assert refused.value.code == "journal-batch-lost"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"shape": "other/1"}', '{"shape": "readings/1", "parts": [{}]}'])
def test_a_damaged_list_of_files_is_refused(store, tmp_path, text):
    (tmp_path / "readings" / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(Refusal) as refused:
        store.months()
    assert refused.value.code == "readings-manifest-damaged"


def test_a_batch_with_uneven_columns_or_impossible_readings_is_refused():
    one, two = np.array([1]), np.array([1, 2])
    for columns, code in (
        ((one, two, one, one), "batch-uneven"),
        ((np.array([0]), one, one, one), "batch-impossible"),
        ((one, np.array([-5]), one, one), "batch-impossible"),
        ((one, np.array([1 << 40]), one, one), "batch-impossible"),
    ):
        with pytest.raises(Refusal) as refused:
            Batch("k", "d", *columns)
        assert refused.value.code == code


def test_keys_of_batches_received_very_long_ago_are_forgotten_and_no_others(store):
    for key in ("k1", "k2"):
        store.append(batch(key, [(1, JANUARY + 900, 1)]))
    with sqlite3.connect(store.journal.path) as database:
        database.execute("update batches set received = received - 1000 where key = 'k1'")
    store.fold()
    store.journal.forget(2, remembered_s=500)
    with sqlite3.connect(store.journal.path) as database:
        assert database.execute("select key from batches").fetchall() == [("k2",)]


def test_the_civil_time_of_a_store_with_readings_does_not_change(store):
    store.set_offset(9 * 3600)
    store.append(batch("k1", [(1, JANUARY, 1)]))
    store.fold()
    assert store.months() == ("2026-01",)
    with pytest.raises(Refusal) as refused:
        store.set_offset(8 * 3600)
    assert refused.value.code == "readings-offset-fixed"


def test_the_list_of_files_tells_how_many_there_are_and_what_is_in_them(store, tmp_path):
    store.append(batch("k1", [(1, JANUARY + 900, 1), (2, JANUARY + 900, 1)]))
    empty = store.manifest.digest()
    store.fold()
    listed = json.loads((tmp_path / "readings" / "manifest.json").read_text("utf-8"))
    assert (listed["shape"], listed["folded"], listed["next_seq"]) == ("readings/1", 1, 3)
    assert listed["parts"][0]["meters"] == [1, 2]
    assert store.manifest.digest() not in {empty, ""}


reading = st.tuples(st.integers(1, 4), st.integers(1, 12).map(lambda n: JANUARY + 900 * n), st.integers(-5, 5))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(reading, max_size=8), max_size=6), st.integers(1, 20))
def test_folding_and_compacting_never_change_what_is_read(tmp_path_factory, batches, slice_rows):
    store = Store.open(tmp_path_factory.mktemp("law"))
    expected = {}
    for number, rows in enumerate(batches):
        store.append(batch(str(number), rows))
        expected |= {(meter, at): value for meter, at, value in rows}
        if number % 2:
            store.fold()
    store.fold()
    wanted = sorted((meter, at, value, 0) for (meter, at), value in expected.items())
    assert readings_of(store) == wanted
    for month in store.months():
        compact(store, month, slice_rows=slice_rows)
    assert readings_of(store) == wanted
    assert sum(part.rows for part in store.manifest.parts) == sum(map(len, batches))
    store.close()


@pytest.mark.parametrize("name", ["journal.db", "meters.db"])
def test_a_damaged_database_is_said_in_words(tmp_path, name):
    (tmp_path / "readings").mkdir()
    (tmp_path / "readings" / name).write_bytes(b"no database at all" * 1000)
    with pytest.raises(Refusal) as refused:
        Store.open(tmp_path)
    assert refused.value.code == "readings-file-failed"
