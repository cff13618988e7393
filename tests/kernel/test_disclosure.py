"""What may be shown of figures made of confidential returns: nothing to be had rests on fewer than three units."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanheng.kernel.accounting.disclosure import DisclosureRule, Weight, shown_areas

RULE = DisclosureRule(3, Fraction("0.85"))
Units = list[tuple[tuple[str, ...], int]]


def layer(units: Units) -> dict[tuple[str, ...], Weight]:
    found: dict[tuple[str, ...], Weight] = {}
    for path, value in units:
        found[path] = found[path].joined(Weight.of(value)) if path in found else Weight.of(value)
    return found


def shown(*months: Units) -> set[str]:
    return set(shown_areas([layer(month) for month in months], RULE))


def town(name: str, *values: int, district: str = "D") -> Units:
    return [(("C", district, name), value) for value in values]


def test_a_sum_of_three_units_is_shown_and_of_two_is_not():
    assert shown([*town("T", 5, 5, 5), *town("U", 4, 4, 4)]) == {"C", "D", "T", "U"}
    assert "T" not in shown([*town("T", 5, 5), *town("U", 4, 4, 4), *town("V", 4, 4, 4)])


def test_a_sum_that_one_unit_dominates_is_not_shown():
    assert "T" not in shown([*town("T", 86, 7, 7), *town("U", 4, 4, 4), *town("V", 4, 4, 40)])
    assert "T" in shown([*town("T", 85, 8, 7), *town("U", 4, 4, 4)])


def test_units_that_add_nothing_protect_nobody():
    assert "T" not in shown([*town("T", 50, 50, 0, 0), *town("U", 9, 9, 9, 9), *town("V", 9, 9, 9)])
    assert "T" in shown([*town("T", 0, 0, 0), *town("U", 9, 9, 9)])


def test_a_hidden_sum_cannot_be_had_from_its_parent_and_its_neighbours():
    found = shown([*town("T", 5, 5), *town("U", 4, 4, 4), *town("V", 9, 9, 9)])
    assert found == {"C", "D", "V"}  # the smaller neighbour is hidden with it


def test_what_lies_in_no_town_is_not_had_from_the_district_either():
    lone = [(("C", "D"), 7)]
    assert shown([*town("T", 5, 5, 5), *town("U", 4, 4, 4), *lone]) == {"C", "D", "T"}


def test_where_nothing_can_be_hidden_with_it_the_parent_stays_and_all_children_go():
    assert shown([*town("T", 5, 5), *town("U", 4)]) == {"C", "D"}


def test_children_that_are_shown_give_a_hidden_parent_away_and_so_count_as_it():
    east, west = town("E1", 5, 5, 5, district="E"), town("W1", 5, 5, district="W")
    assert shown([*east, *west]) == {"C"}


def test_a_month_in_which_a_sum_may_not_be_shown_hides_it_in_all_months():
    many, few = [*town("T", 5, 5, 5), *town("U", 4, 4, 4)], [*town("T", 5, 5), *town("U", 4, 4, 4)]
    assert shown(many, many) == {"C", "D", "T", "U"}
    assert shown(many, few) == {"C", "D"}


def test_an_area_that_lies_in_two_others_at_once_is_hidden():
    torn = (
        [(("C", "D", "T"), 5)] * 4 + [(("C", "E", "T"), 5)] * 4 + town("U", 4, 4, 4) + town("V", 4, 4, 4, district="E")
    )
    assert "T" not in shown(torn)


def test_an_area_in_which_nobody_stated_anything_hides_nothing():
    assert shown([*town("T", 5, 5, 5), *town("U", 4, 4, 4)], []) == {"C", "D", "T", "U"}


areas = st.sampled_from([
    ("C", "D", "T"), ("C", "D", "U"), ("C", "D", "V"), ("C", "E", "W"), ("C", "E", "X"), ("C", "D"), ("C", "E"), ("C",),
])  # fmt: skip
months = st.lists(st.tuples(areas, st.integers(0, 9) | st.sampled_from([100, 1000])), max_size=14)


def vectors(units: Units, names: set[str]) -> list[list[Fraction]]:
    return [[Fraction(name in path) for path, _ in units] for name in sorted(names)]


def reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The rows in echelon form: what can be had from them by adding and subtracting."""
    found: list[list[Fraction]] = []
    for row in rows:
        if any(left := _without(row, found)):
            found.append(left)
    return found


def _without(row: list[Fraction], basis: list[list[Fraction]]) -> list[Fraction]:
    for other in basis:
        lead = next(i for i, value in enumerate(other) if value)
        if row[lead]:
            share = row[lead] / other[lead]
            row = [a - share * b for a, b in zip(row, other, strict=True)]
    return row


@settings(max_examples=150, deadline=None)
@given(units=months)
def test_no_sum_that_can_be_had_rests_on_fewer_than_three_units(units):
    units = [(path, value) for path, value in units if value]
    basis = reduced(vectors(units, shown(units)))
    for size in (1, 2):
        for few in combinations(range(len(units)), size):
            wanted = [Fraction(index in few) for index in range(len(units))]
            assert any(_without(wanted, basis)), (few, units, shown(units))


@settings(max_examples=150, deadline=None)
@given(first=months, second=months)
def test_every_shown_sum_less_the_shown_sums_inside_it_could_itself_be_shown(first, second):
    found = shown(first, second)
    for units in (first, second):
        for name in found:
            inside = [(path, value) for path, value in units if name in path]
            left = [
                value for path, value in inside if not any(other in found for other in path[path.index(name) + 1 :])
            ]
            weight = Weight()
            for value in left:
                weight = weight.joined(Weight.of(value))
            assert RULE.bears(weight), (name, left)


@given(units=months)
def test_the_order_of_units_does_not_decide_what_is_shown(units):
    assert shown(units) == shown(list(reversed(units)))


@pytest.mark.parametrize("minimum", [3, 5, 10])
def test_more_units_are_asked_for_where_the_rule_says_so(minimum):
    units = town("T", *[5] * 5)
    found = shown_areas([layer(units)], DisclosureRule(minimum, Fraction(1)))
    assert ("T" in found) == (minimum <= 5)
