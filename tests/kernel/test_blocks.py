"""Rows of one value are found without a look at the others, and are the same rows wherever they stand."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanheng.kernel.fact import Shelf
from tanheng.kernel.table import COUNT, TEXT, Blocks, Parts, Table

KINDS = st.sampled_from(["gas", "heat", "oil", None])
ROWS = st.lists(st.tuples(KINDS, st.integers(0, 9)), max_size=30)


def table(rows):
    columns = {"kind": TEXT, "amount": COUNT}
    return Table.of_rows([dict(zip(columns, row, strict=True)) for row in rows], columns, keys=("amount",))


def rows_of(found):
    return [(row["kind"], row["amount"]) for row in found.rows()]


@given(rows=ROWS, wanted=st.sets(st.sampled_from(["gas", "heat", "coal"])))
def test_the_rows_of_some_values_are_those_that_looking_through_all_would_find(rows, wanted):
    for stands in (rows, sorted(rows, key=lambda row: (row[0] is None, row[0] or ""))):
        found = Blocks(table(stands), "kind").where_in(wanted)
        assert rows_of(found) == [row for row in stands if row[0] in wanted]


@given(rows=ROWS)
def test_every_value_has_as_many_rows_as_stand_under_it(rows):
    heights = Blocks(table(rows), "kind").heights
    assert dict(heights) == {kind: sum(1 for row in rows if row[0] == kind) for kind in {row[0] for row in rows}}


@given(rows=ROWS)
def test_the_rows_of_one_value_keep_their_order(rows):
    parts = Parts.of(table(rows), "kind")
    for kind in {row[0] for row in rows}:
        assert [(row["kind"], row["amount"]) for row in parts.rows(kind)] == [row for row in rows if row[0] == kind]


def test_a_value_that_does_not_occur_has_no_rows():
    assert Parts.of(table([("gas", 1)]), "kind").rows("oil") == []
    assert Blocks(table([]), "kind").where_in(["gas"]).rows() == []


@pytest.mark.parametrize("strewn", [False, True])
def test_a_file_is_read_by_its_blocks_as_well_as_row_by_row(tmp_path, strewn):
    rows = [(kind, number) for kind in ("gas", "heat", "oil") for number in range(100)]
    rows = sorted(rows, key=lambda row: row[1]) if strewn else rows
    table(rows).frame.collect().write_parquet(tmp_path / "rows.parquet", row_group_size=37)
    of_file = Table(pl.scan_parquet(tmp_path / "rows.parquet"), ("amount",))
    found = Blocks(of_file, "kind").where_in(["oil", "gas"])
    assert rows_of(found) == [row for row in rows if row[0] != "heat"]


def test_a_long_series_is_looked_up_and_a_short_one_is_held(monkeypatch):
    monkeypatch.setattr("tanheng.kernel.fact.shelf._HELD_WHOLE", 2)
    rows = [("heat", 1), ("oil", 1), ("oil", 2), ("oil", 3)]
    shelf = Shelf(table(rows).rename(kind="indicator"))
    assert [shelf.is_short(id) for id in ("heat", "oil", "gas")] == [True, False, True]
    assert [row["amount"] for row in shelf.of("oil").rows()] == [1, 2, 3]
    assert [row["indicator"] for row in shelf.of("oil", "heat", "gas").rows()] == ["heat", "oil", "oil", "oil"]
    assert shelf.of("gas").rows() == []
