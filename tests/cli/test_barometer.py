"""`tanheng barometer`: what an outside checker calls needs no site, and nothing is taken for a level that is none."""

import pytest

GAP = ("barometer", "grade", "--rule", "gap_over_target")


def test_a_light_says_its_level_colour_gap_and_how_far_it_is_to_the_next_colour(document):
    red = document(*GAP, "--direction", "fall", "--target", "3", "--actual", "2.4")
    assert {name: red[name] for name in ("level", "colour", "gap", "gap_pct", "distance_to_next_colour")} == {
        "level": 1, "colour": "red", "gap": 0.2, "gap_pct": 20.0, "distance_to_next_colour": 0.3,
    }  # fmt: skip
    assert (red["next_colour"], red["next_is_better"]) == ("yellow", True)
    assert (red["status"], red["clause"]) == ("secondary", "ndrc-2020-901#rule")


def test_a_cap_is_missed_by_what_goes_beyond_it(document):
    yellow = document(*GAP, "--direction", "cap", "--target", "200", "--actual", "210")
    assert (yellow["colour"], yellow["gap_pct"], yellow["actual_at_next_colour"]) == ("yellow", 5.0, 200.0)


def test_a_negative_actual_is_a_rise_and_is_read_as_a_number(document):
    assert document(*GAP, "--direction", "fall", "--target", "1.5", "--actual", "-0.4")["colour"] == "red"


def test_a_light_without_data_is_grey(document, tanheng):
    asked = (*GAP, "--direction", "fall", "--target", "3")
    grey = document(*asked)
    assert (grey["level"], grey["colour"], grey["gap"], grey["next_colour"]) == (None, "grey", None, None)
    assert "无数据（灰）" in tanheng(*asked).stdout


def test_the_base_of_the_share_can_be_named(document):
    assert document(*GAP, "--direction", "fall", "--target", "3", "--actual", "2.4", "--base", "14")["level"] == 2


@pytest.mark.parametrize(("more", "said"), [
    (("--rule", "gap", "--direction", "fall", "--target", "3"), "gap_over_target"),
    (("--rule", "gap_over_target", "--direction", "fall", "--target", "三"), "不是数"),
    (("--rule", "gap_over_target", "--direction", "fall", "--target", "3", "--actual", "nan"), "不是数"),
    (("--rule", "gap_over_target", "--direction", "cap", "--target", "3", "--actual", "inf"), "不是数"),
    (("--rule", "gap_over_target", "--direction", "cap", "--target", "3", "--actual", "1e999999"), "不是数"),
    (("--rule", "gap_over_target", "--direction", "fall", "--target", "1_0", "--actual", "9"), "不是数"),
    (("--rule", "gap_over_target", "--direction", "down", "--target", "3"), "只能是 fall、rise、cap"),
    (("--rule", "sign_and_progress", "--direction", "cap", "--target", "3", "--actual", "2"), "不能评定"),
    (("--rule", "completion_four", "--direction", "fall", "--target", "0", "--actual", "2"), "完成率没有意义"),
])  # fmt: skip
def test_what_cannot_be_graded_is_refused_in_words(tanheng, more, said):
    assert said in tanheng("barometer", "grade", *more, exit_code=2).output


def test_the_rules_are_listed_with_their_source_and_how_far_it_was_checked(document, tanheng):
    listed = document("barometer", "rules")
    assert {rule["id"]: rule["status"] for rule in listed["rules"]} == {
        "gap_over_target": "secondary", "sign_and_progress": "secondary", "completion_four": "unverified",
    }  # fmt: skip
    assert "local-barometer-2010#rule" in tanheng("barometer", "rules").stdout
