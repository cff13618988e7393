"""Tables combine on exact keys, sums are whole numbers, and an empty cell is never a zero."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanheng.kernel.table import BOOLEAN, COUNT, DAY, NUMBER, TEXT, Table, digest, roll_up, total

BASE = {"town": TEXT, "mill": TEXT, "co2": COUNT}


def table(rows, columns=None, keys=("town", "mill")):
    return Table.of_rows(rows, columns or BASE, keys=keys)


def row(town, mill, co2):
    return {"town": town, "mill": mill, "co2": co2}


def by_key(found, *keys):
    return {tuple(line[key] for key in keys): line for line in found.rows()}


def test_a_sum_counts_what_is_missing_beside_it():
    found = by_key(total(table([row("a", "1", 5), row("a", "2", None), row("a", "3", 7)]), ["town"], ["co2"]), "town")
    told = {"co2": 12, "co2_missing": 1, "co2_unverified": False, "rows": 3}
    assert {name: found["a",][name] for name in told} == told


def test_a_sum_of_nothing_but_gaps_is_a_gap():
    (found,) = total(table([row("a", "1", None), row("a", "2", None)]), ["town"], ["co2"]).rows()
    assert (found["co2"], found["co2_missing"], found["rows"]) == (None, 2, 2)


def test_a_sum_of_zeros_is_zero():
    (found,) = total(table([row("a", "1", 0)]), ["town"], ["co2"]).rows()
    assert (found["co2"], found["co2_missing"]) == (0, 0)


VALUES = st.one_of(st.none(), st.integers(-(10**12), 10**12))
ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("123"), VALUES), min_size=1, max_size=12)


@given(ROWS)
def test_a_sum_of_sums_is_the_sum_of_everything_below(rows):
    base = table([row(*cells) for cells in rows])
    straight, stepwise = (
        total(base, ["town"], ["co2"]),
        roll_up(total(base, ["town", "mill"], ["co2"]), ["town"], ["co2"]),
    )
    assert by_key(straight, "town") == by_key(stepwise, "town")


def test_an_unverified_row_marks_every_sum_above_it():
    columns = {**BASE, "co2_unverified": BOOLEAN}
    rows = [row("a", "1", 1) | {"co2_unverified": True}, row("a", "2", 1) | {"co2_unverified": False}]
    rows.append(row("b", "1", 1) | {"co2_unverified": None})
    sums = total(table(rows, columns), ["town", "mill"], ["co2"])
    found = by_key(roll_up(sums, ["town"], ["co2"]), "town")
    assert (found["a",]["co2_unverified"], found["b",]["co2_unverified"]) == (True, False)


def test_a_wide_lookup_leaves_a_row_without_an_answer_empty():
    answers = [
        Table.of_rows([{"mill": "1", "rate": 2.0}], {"mill": TEXT, "rate": NUMBER}, keys=("mill",)),
        Table.of_rows([{"mill": "2", "share": 0.5}], {"mill": TEXT, "share": NUMBER}, keys=("mill",)),
        Table.of_rows([{"town": "a", "price": 3.0}], {"town": TEXT, "price": NUMBER}, keys=("town",)),
    ]
    found = by_key(table([row("a", "1", 1), row("b", "2", 1)]).look_up(answers), "town")
    assert {name: found["a",][name] for name in ("rate", "share", "price")} == {
        "rate": 2.0,
        "share": None,
        "price": 3.0,
    }
    assert {name: found["b",][name] for name in ("rate", "share", "price")} == {
        "rate": None,
        "share": 0.5,
        "price": None,
    }


def test_a_lookup_neither_adds_nor_loses_a_row():
    rows = table([row("a", str(n), n) for n in range(5)])
    answer = Table.of_rows([{"mill": "1", "rate": 2.0}], {"mill": TEXT, "rate": NUMBER}, keys=("mill",))
    assert rows.look_up([answer]).height() == rows.height() == rows.join_exact(answer, on=["mill"]).height()


STAYS = {"mill": TEXT, "start": DAY, "end": DAY, "town": TEXT}


def placed(days, *stays):
    rows = Table.of_rows([{"mill": "1", "day": day} for day in days], {"mill": TEXT, "day": DAY}, keys=("mill", "day"))
    where = Table.of_rows(
        [dict(zip(STAYS, ("1", *stay), strict=True)) for stay in stays], STAYS, keys=("mill", "start")
    )
    found = rows.join_valid(where, on=["mill"], day="day", start="start", end="end")
    return [line["town"] for line in sorted(found.rows(), key=lambda line: line["day"])]


JAN, MAY, JUL = date(2024, 1, 1), date(2024, 5, 1), date(2024, 7, 1)


def test_a_row_takes_what_held_on_its_day():
    assert placed([JAN, MAY, JUL], (JAN, JUL, "a"), (JUL, None, "b")) == ["a", "a", "b"]


def test_an_interval_no_longer_holds_on_the_day_it_ends():
    assert placed([MAY, JUL], (JAN, JUL, "a")) == ["a", None]


def test_nothing_holds_before_the_first_interval_or_between_two():
    assert placed([JAN, MAY, JUL], (JUL, None, "b")) == [None, None, "b"]
    assert placed([JAN, MAY, JUL], (JAN, MAY, "a"), (JUL, None, "b")) == ["a", None, "b"]
    assert placed([JAN]) == [None]


def test_rows_valid_on_a_day_begin_by_it_and_end_after_it():
    rows = Table.of_rows([{"start": JAN, "end": MAY}, {"start": MAY, "end": None}], {"start": DAY, "end": DAY}, keys=())
    assert rows.where_valid(MAY, start="start", end="end").values("start") == [MAY]
    assert rows.where_valid(date(2024, 4, 30), start="start", end="end").values("start") == [JAN]
    assert rows.where_valid(date(2023, 12, 31), start="start", end="end").values("start") == []


def test_a_value_that_an_enumeration_lacks_is_in_no_row():
    kinds = {**BASE, "town": Table.enumeration(["a", "b"])}
    rows = table([row("a", "1", 1), row("b", "1", 1)], kinds)
    assert rows.where_in("town", ["b", "nowhere"]).values("town") == ["b"]
    assert rows.where_in("town", []).height() == 0


def test_counting_tells_rows_from_different_values():
    rows = table([row("a", "1", 1), row("a", "1", 2), row("a", "2", 3)])
    (found,) = rows.count(["town"], different="mill").rows()
    assert (found["count"], found["different"]) == (3, 2)


def test_the_combinations_that_were_counted_are_forgotten_when_rows_are_left_out():
    rows = table([row("a", "1", 1), row("b", "2", 2)]).with_combinations("town", "mill")
    assert rows.where(town="a").distinct(["town"]) == [("a",)]
    assert rows.stack(table([row("c", "1", 1)])).distinct(["town"]) == [("a",), ("b",), ("c",)]
    assert rows.with_constant(town="z").distinct(["town"]) == [("z",)]
    assert rows.rename(town="place", mill="town").distinct(["town"]) == [("1",), ("2",)]


@given(
    st.lists(
        st.tuples(st.sampled_from("甲乙ab"), st.sampled_from("123"), VALUES), max_size=8, unique_by=lambda t: t[:2]
    )
)
def test_the_digest_depends_on_neither_the_order_of_rows_nor_of_columns(cells):
    rows = [row(*item) for item in cells]
    turned = Table.of_rows(rows[::-1], dict(reversed(BASE.items())), keys=("town", "mill"))
    enumerated = table(rows, {**BASE, "town": Table.enumeration("ab甲乙")})
    assert digest(table(rows)) == digest(turned) == digest(enumerated)


def test_the_digest_tells_a_gap_from_a_zero_and_one_value_from_another():
    different = [[row("a", "1", value)] for value in (None, 0, 1, 10)] + [[], [row("a", "1", 1), row("a", "2", 1)]]
    assert len({digest(table(rows)) for rows in different}) == len(different)


def test_the_digest_tells_no_text_from_an_empty_text():
    assert digest(table([row("", "1", 1)])) != digest(table([row(None, "1", 1)]))


def test_doubles_have_no_digest():
    with pytest.raises(TypeError, match="rate"):
        digest(Table.of_rows([{"rate": 1.0}], {"rate": NUMBER}, keys=("rate",)))
