"""A gap is filled only by a named method, shows what it was made from, and is counted in every figure above it."""

from dataclasses import replace

import pytest

from tanheng.kernel.faults import Refusal
from tests.kernel.world import BAKERY, CITY, MILL, NOW, asked, computed, every_month, figure, inputs, stated, why

ALL_BUT_MAY = [row for row in every_month(MILL, "diesel", 10.0) if row["period_start"].month != 5]
FILLED = replace(asked(), fill="adjacent_mean")


def with_neighbours(april: float, june: float):
    months = {4: april, 6: june}
    return [
        row | {"stated_amount": months[row["period_start"].month]} if row["period_start"].month in months else row
        for row in ALL_BUT_MAY
    ]


def test_nothing_is_filled_unless_a_method_is_named():
    result = computed(ALL_BUT_MAY)
    assert figure(result, "co2_missing", MILL) == 1
    assert figure(result, "filled", MILL) == 0
    assert [finding.code for finding in result.findings if finding.code.startswith("gap")] == ["gap"]


def test_a_missing_month_takes_the_mean_of_its_neighbours_and_says_so():
    result = computed(inputs(with_neighbours(8.0, 11.0)), FILLED)
    assert figure(result, "energy_calorific", MILL, "2024-05") == round(9.5 * 1.4571 * 1_000_000)
    assert [figure(result, name, CITY) for name in ("co2_missing", "filled", "rows")] == [0, 1, 12]
    (said,) = [finding for finding in result.findings if finding.code == "gap-filled"]
    assert said.fields["periods"] == "2024-05"
    assert said.fields["clause"] == "tanheng-settings#adjacent-mean-fill"


def test_the_explanation_of_a_filled_month_leads_to_the_cells_of_both_neighbours():
    given = inputs(with_neighbours(8.0, 11.0))
    found = why(computed(given, FILLED), given, f"co2@{MILL}@2024-05")
    first = found["steps"][0]
    assert first["formula"] == "(before + after) / 2"
    assert {name: term["value"] for name, term in first["inputs"].items()} == {"before": 8.0, "after": 11.0}
    assert all(term["ref"].startswith("cell:book!sheet!") for term in first["inputs"].values())
    assert found["gaps"] == []
    assert [(fill["period"], fill["value"], fill["method"]) for fill in found["fills"]] == [
        ("2024-05", 9.5, "adjacent_mean")
    ]
    assert found["status"]["filled"] == 1


def test_a_gap_of_two_months_stays_a_gap():
    rows = [row for row in ALL_BUT_MAY if row["period_start"].month != 6]
    result = computed(inputs(rows), FILLED)
    assert (figure(result, "co2_missing", MILL), figure(result, "filled", MILL)) == (2, 0)


def test_neighbours_in_unlike_units_do_not_fill_a_gap():
    rows = [row | {"unit": "kg"} if row["period_start"].month == 6 else row for row in ALL_BUT_MAY]
    result = computed(inputs(rows), FILLED)
    assert figure(result, "filled", MILL) == 0


def test_a_fill_uses_what_was_known_on_the_knowledge_date():
    late = stated(MILL, "diesel", "2024-05", 7.0, published=NOW, position=2)
    assert figure(computed(inputs([*ALL_BUT_MAY, late]), FILLED), "filled", MILL) == 1
    assert figure(computed(inputs([*ALL_BUT_MAY, late]), replace(FILLED, known_on=NOW)), "filled", MILL) == 0


def test_a_filled_month_in_one_unit_leaves_the_others_alone():
    rows = [*ALL_BUT_MAY, *every_month(BAKERY, "diesel", 1.0)]
    result = computed(inputs(rows), FILLED)
    assert (figure(result, "filled", BAKERY), figure(result, "filled", MILL)) == (0, 1)


def test_an_unknown_method_of_filling_is_refused_with_the_ones_there_are():
    with pytest.raises(Refusal, match="adjacent_mean") as refusal:
        computed(inputs(ALL_BUT_MAY), replace(asked(), fill="guess"))
    assert refusal.value.code == "fill-unknown"
