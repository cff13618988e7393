"""A light by a rule: the national gap rule, the sign rule of 2021, four colours by completion."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tanheng.kernel.assessment import Grade, graded
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import BarometerRule
from tests.kernel.world import packs


def rule(id: str) -> BarometerRule:
    return packs().get(BarometerRule, id)


def light(id: str, direction: Any, target: str, actual: str | None, base: str | None = None) -> Grade:
    figures = (None if text is None else Decimal(text) for text in (actual, base))
    return graded(rule(id), direction, Decimal(target), *figures)


def colours(id: str, direction: Any, target: str, *actual: str) -> list[str]:
    return [light(id, direction, target, one).colour for one in actual]


def test_a_fall_that_reaches_its_target_is_green_and_one_within_a_tenth_of_it_is_yellow():
    found = colours("gap_over_target", "fall", "3", "3.5", "3", "2.999", "2.7", "2.699", "0", "-1")
    assert found == ["green", "green", "yellow", "yellow", "red", "red", "red"]


def test_a_cap_that_is_kept_is_green_and_one_exceeded_by_a_tenth_is_yellow():
    assert colours("gap_over_target", "cap", "200", "180", "200", "201", "220", "220.1") == [
        "green", "green", "yellow", "yellow", "red",
    ]  # fmt: skip


def test_the_gap_is_positive_where_the_target_is_missed():
    missed, kept = light("gap_over_target", "fall", "3", "2.4"), light("gap_over_target", "cap", "200", "180")
    assert (missed.gap, missed.gap_pct) == (Decimal("0.2"), Decimal(20))
    assert (kept.gap, kept.gap_pct) == (Decimal("-0.1"), Decimal(-10))


def test_the_distance_of_a_red_light_is_to_yellow_and_of_a_yellow_one_to_green():
    red, yellow = light("gap_over_target", "fall", "3", "2.4"), light("gap_over_target", "fall", "3", "2.8")
    assert (red.next_colour.colour, red.next_colour.distance, red.next_colour.actual_needed) == (
        "yellow", Decimal("0.3"), Decimal("2.7"),
    )  # fmt: skip
    assert (yellow.next_colour.colour, yellow.next_colour.distance, yellow.next_colour.better) == (
        "green", Decimal("0.2"), True,
    )  # fmt: skip


def test_the_distance_of_a_green_light_is_what_it_has_left_before_it_turns():
    found = light("gap_over_target", "cap", "200", "180").next_colour
    assert (found.colour, found.distance, found.better) == ("yellow", Decimal(20), False)


def test_a_target_of_zero_is_met_or_missed_beyond_any_share_of_it():
    assert colours("gap_over_target", "fall", "0", "0.1", "0", "-0.001") == ["green", "green", "red"]
    assert light("gap_over_target", "fall", "0", "-0.001").gap_pct is None
    assert colours("gap_over_target", "cap", "0", "-5", "0", "0.1") == ["green", "green", "red"]


def test_a_cap_below_zero_is_graded_like_any_other():
    assert colours("gap_over_target", "cap", "-10", "-11", "-10", "-9.5", "-8") == ["green", "green", "yellow", "red"]


def test_the_share_may_be_taken_of_another_base():
    """The notice does not say whether a tenth of the year's target or of the whole is meant."""
    assert light("gap_over_target", "fall", "3", "2.4").colour == "red"
    assert light("gap_over_target", "fall", "3", "2.4", base="14").colour == "yellow"


def test_under_the_rule_of_2021_what_rose_is_red_and_what_fell_short_is_yellow():
    found = colours("sign_and_progress", "fall", "1.5", "1.5", "1.49", "0.01", "0", "-0.01")
    assert found == ["green", "yellow", "yellow", "yellow", "red"]


def test_whoever_meets_a_target_that_allows_a_rise_is_green_though_it_rose():
    assert colours("sign_and_progress", "fall", "-1", "-0.5", "-1", "-1.1") == ["green", "green", "red"]
    assert light("sign_and_progress", "fall", "-1", "-0.5").next_colour.colour == "red"


def test_four_colours_follow_the_rate_of_completion():
    found = colours("completion_four", "fall", "4", "4", "3.99", "3.6", "3.59", "2.01", "2", "0")
    assert found == ["green", "yellow", "yellow", "orange", "orange", "red", "red"]


def test_no_data_is_grey_and_has_no_level():
    found = light("gap_over_target", "fall", "3", None)
    assert (found.colour, found.level, found.gap, found.next_colour) == ("grey", None, None, None)


@pytest.mark.parametrize(("id", "direction", "target", "code"), [
    ("sign_and_progress", "cap", "3", "barometer-direction-unfit"),
    ("completion_four", "cap", "3", "barometer-direction-unfit"),
    ("completion_four", "fall", "0", "barometer-target-unfit"),
])  # fmt: skip
def test_a_target_that_a_rule_cannot_grade_is_refused_even_without_data(id, direction, target, code):
    with pytest.raises(Refusal) as refused:
        light(id, direction, target, None)
    assert refused.value.code == code


def changed(**other: Any) -> dict[str, Any]:
    return rule("gap_over_target").model_dump(mode="json") | other


def test_a_rule_cannot_give_grey_as_a_level():
    levels = changed()["levels"]
    with pytest.raises(ValidationError, match="no data"):
        BarometerRule.model_validate(changed(levels=[levels[0], levels[1], levels[2] | {"colour": "grey"}]))


@pytest.mark.parametrize("shuffled", [[1, 0, 2], [0, 2], [0, 1], [2, 1, 0]])
def test_levels_stand_from_the_best_to_the_lowest_one_which_takes_nothing(shuffled):
    levels = changed()["levels"]
    with pytest.raises(ValidationError, match="level"):
        BarometerRule.model_validate(changed(levels=[levels[place] for place in shuffled]))


def test_a_rule_by_completion_cannot_say_that_it_grades_caps():
    with pytest.raises(ValidationError, match="a cap has no rate of completion"):
        BarometerRule.model_validate(rule("completion_four").model_dump(mode="json") | {"directions": ["cap"]})
