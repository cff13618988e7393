"""Every target stands beside its result; where there is no number, there is a reason."""

from dataclasses import replace
from datetime import date
from math import log

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.subject import LOCATED_IN, Area, Relation
from tests.kernel.area_world import CITY, EAST, SETTLED, given, told
from tests.kernel.targets_world import GRAM, GROWN, RATE, price, progress, series, target
from tests.kernel.world import words

FIVE = target("five", "energy_per_gdp", "14", "2025", base="2020")
YEAR = target("year", "energy_per_gdp", "2.8", "2022", base="2021", tier="floor")
STRETCH = target("stretch", "energy_per_gdp", "3.2", "2022", base="2021", tier="stretch")


def test_a_target_of_the_year_and_its_result_stand_beside_each_other():
    run = progress([YEAR])
    assert run.value("target_of_year@year@2022") == 28 * RATE // 10
    reached = run.value("result_of_year@year@2022")
    assert run.value("result_beyond@year@2022") == reached - 28 * RATE // 10
    assert reached == pytest.approx(RATE, abs=1e5)


def test_floor_and_stretch_are_told_apart():
    run = progress([YEAR, STRETCH])
    assert run.value("target_of_year@stretch@2022") == 32 * RATE // 10
    assert run.value("result_of_year@stretch@2022") == run.value("result_of_year@year@2022")


def test_a_range_has_a_floor_and_a_stretch():
    run = progress([target("span", "energy_per_gdp", "2.5", "2022", operator="range", high="3", base="2021")])
    assert run.value("target_of_year@span@2022") == 25 * RATE // 10
    assert run.value("target_of_year@span#stretch@2022") == 3 * RATE


def test_progress_of_five_years_is_logarithmic_and_the_linear_ratio_stands_beside_it():
    run = progress([FIVE])
    since = run.value("result_since_base@five@2022") / 10**9
    assert run.value("target_progress@five@2022") == pytest.approx(log(1 - since) / log(0.86) * 10**9, abs=2)
    assert run.value("target_progress_linear@five@2022") == pytest.approx(since / 0.14 * 10**9, abs=2)
    assert run.value("due_since_base@five@2022") == 58545403


def test_what_is_left_of_five_years_leads_exactly_to_the_target():
    run = progress([FIVE])
    left, since = (run.value(f"{column}@five@2022") / 10**9 for column in ("rate_left", "result_since_base"))
    assert (1 - since) * (1 - left) ** 3 == pytest.approx(0.86, abs=1e-8)
    back = run.value("rate_to_schedule@five@2022") / 10**9
    assert (1 - since) * (1 - back) == pytest.approx(0.86 ** (3 / 5), abs=1e-8)


def test_without_a_target_of_the_year_the_schedule_says_what_is_due():
    assert progress([FIVE]).value("target_of_year@five@2022") == pytest.approx(29714167, abs=2)


def test_a_table_of_years_is_the_schedule():
    tabled = target("five", "energy_per_gdp", "14", "2025", base="2020", path={"2021": "2", "2022": "5", "2023": "9"})
    run = progress([tabled])
    assert run.value("due_since_base@five@2022") == 5 * RATE
    assert run.value("target_of_year@five@2022") == round((1 - 0.95 / 0.98) * 10**9)


def test_a_year_that_the_table_leaves_out_has_no_demand():
    tabled = target("five", "energy_per_gdp", "14", "2025", base="2020", path={"2021": "2"})
    assert progress([tabled]).result.figures.rows() == []


def test_the_linear_path_rises_in_equal_parts():
    run = progress([target("five", "energy_per_gdp", "14", "2025", base="2020", path="linear")])
    assert run.value("due_since_base@five@2022") == 56 * RATE // 10


@pytest.mark.parametrize(
    ("operator", "value", "demanded"),
    [("down_at_least", "3", 3), ("change", "-3", 3), ("up", "1", -1), ("no_increase", None, 0), ("about", "3", 3)],
)
def test_every_operator_of_an_intensity_is_read_as_a_decline(operator, value, demanded):
    run = progress([target("year", "energy_per_gdp", value, "2022", base="2021", operator=operator)])
    assert run.value("target_of_year@year@2022") == demanded * RATE


def test_a_cap_on_the_total_says_what_is_left_below_it():
    run = progress([target("cap", "energy_total", "1040", "2022", operator="at_most", unit="10^4 tce")])
    assert run.value("energy_demanded@cap@2022") == 1040 * GRAM
    assert run.value("energy_reached@cap@2022") == 10287 * GRAM // 10
    assert run.value("energy_left@cap@2022") == 113 * GRAM // 10
    assert run.value("cap_used@cap@2022") == round(1028.7 / 1040 * 10**9)


def test_a_cap_on_the_increment_is_compared_with_what_the_year_added():
    run = progress([target("more", "energy_increment", "80000", "2022", operator="at_most", unit="tce", base="2021")])
    assert run.value("energy_demanded@more@2022") == 8 * GRAM
    assert run.value("energy_reached@more@2022") == pytest.approx(10.2 * GRAM, abs=10)
    assert run.value("energy_left@more@2022") == pytest.approx(-2.2 * GRAM, abs=10)


def test_an_increment_of_five_years_is_due_in_equal_parts():
    run = progress([target("more", "energy_increment", "970000", "2025", operator="at_most", unit="tce", base="2020")])
    assert run.value("energy_due_since_base@more@2022") == pytest.approx(38.8 * GRAM, abs=10)
    assert run.value("energy_since_base@more@2022") == pytest.approx(28.7 * GRAM, abs=10)
    assert run.value("energy_demanded@more@2022") == pytest.approx(19.4 * GRAM, abs=10)


def test_a_total_that_may_not_increase_is_capped_at_its_base():
    run = progress([target("cap", "energy_total", None, "2022", operator="no_increase", base="2021", unit="")])
    assert run.value("energy_demanded@cap@2022") == 10185 * GRAM // 10
    assert run.value("energy_left@cap@2022") < 0


def test_a_total_is_brought_down_to_nought_on_the_straight_way():
    rows = [*series("energy_total", y2020=1000, y2021=700, y2022=650)]
    zero = target("zero", "energy_total", "0", "2025", operator="at_most", unit="10^4 tce", base="2020", path="linear")
    run = progress([zero], rows)
    assert run.value("energy_demanded@zero@2022") == 600 * GRAM
    assert run.value("energy_left@zero@2022") == -50 * GRAM


def test_a_total_of_nought_has_no_equal_rate_and_says_so():
    zero = target(
        "zero", "energy_total", "0", "2025", operator="at_most", unit="10^4 tce", base="2020", path="logarithmic"
    )
    assert "target-path-unusable" in progress([zero]).codes()


def test_a_target_of_nought_for_the_year_is_missed_or_met_but_no_share_of_it_is_used():
    run = progress([target("cap", "energy_increment", "0", "2022", operator="at_most", unit="tce", base="2021")])
    assert run.value("energy_left@cap@2022") == pytest.approx(-10.2 * GRAM, abs=10)
    assert "target-progress-undefined" in run.codes("note")
    assert [row["cap_used"] for row in run.result.figures.rows()] == [None]


def test_emissions_below_zero_are_compared_like_any_amount():
    rows = [*series("co2_total", y2021=50.0, y2022=-20.0)]
    sink = target("sink", "co2_total", "-10", "2022", operator="at_most", unit="tCO2")
    run = progress([sink], rows)
    assert run.value("carbon_left@sink@2022") == 10 * 10**6
    assert "target-progress-undefined" in run.codes("note")


def test_neutrality_of_an_intensity_has_no_logarithmic_progress():
    run = progress([target("all", "energy_per_gdp", "100", "2060", base="2020", path="linear")])
    assert run.value("target_progress_linear@all@2022") > 0
    assert run.found("target-progress-undefined")
    assert not [row for row in run.result.figures.rows() if row["target_progress"] is not None]


def test_a_target_of_no_fall_has_no_progress_in_per_cent():
    run = progress([target("flat", "energy_per_gdp", "0", "2025", base="2020")])
    assert run.value("result_since_base@flat@2022") > 0
    assert "target-progress-undefined" in run.codes("note")


def test_a_target_without_base_that_is_over_is_no_matter_of_this_year():
    over = progress([target("bare", "energy_per_gdp", "3", "2021"), YEAR])
    assert "target-base-missing" not in over.codes()
    assert "target-base-missing" in progress([target("bare", "energy_per_gdp", "13.5", "2030"), YEAR]).codes("blocker")


def test_a_target_without_base_is_named_and_not_guessed():
    run = progress([target("bare", "energy_per_gdp", "3", "2022"), YEAR])
    assert any("bare" in said for said in run.found("target-base-missing"))
    assert "target-base-missing" in run.codes("blocker")
    assert {row["subject"] for row in run.result.figures.rows()} == {"year"}


def test_two_numbers_for_one_thing_block_and_neither_counts():
    run = progress([YEAR, target("other", "energy_per_gdp", "3.5", "2022", base="2021")])
    assert "target-stated-twice" in run.codes("blocker")
    assert run.result.figures.rows() == []


def test_the_same_number_stated_twice_is_one_target():
    run = progress([YEAR, target("zz-again", "energy_per_gdp", "2.80", "2022", base="2021")])
    assert "target-stated-twice" not in run.codes()
    assert len(run.result.figures.rows()) == 1


def test_a_year_without_result_is_no_target_met():
    run = progress([YEAR], price(series("energy_total", y2021=1000)))
    assert "target-without-result" in run.codes("warning")
    (row,) = run.result.figures.rows()
    assert row["result_of_year"] is None and row["target_of_year"] is not None


def test_a_year_missing_in_the_middle_leaves_no_progress():
    rows = [row for row in GROWN if row["period_start"] != date(2021, 1, 1)]
    run = progress([FIVE], rows)
    assert "target-year-missing" in run.codes("warning")
    assert all(row["target_progress"] is None for row in run.result.figures.rows())


def test_years_are_not_chained_over_a_first_year_that_nobody_knows():
    rows = [told("energy_growth", CITY, "2022", 1.0), told("gdp_growth", CITY, "2022", 2.0)]
    run = progress([FIVE], rows)
    (said,) = run.found("target-year-missing")
    assert "2021" in said and "2022:" not in said
    (row,) = run.result.figures.rows()
    assert (row["result_since_base"], row["target_progress"]) == (None, None)
    assert row["result_of_year"] is not None


def test_a_demand_that_is_assigned_elsewhere_is_no_number():
    run = progress([target("told", "energy_per_gdp", None, "2022", base="2021", operator="assigned"), YEAR])
    assert "target-not-a-number" in run.codes("note")


def test_a_unit_that_does_not_convert_is_named():
    run = progress([target("cap", "energy_total", "5", "2022", operator="at_most", unit="tCO2"), YEAR])
    assert "target-unit-unfit" in run.codes("warning")


def test_a_subject_that_nobody_knows_is_named():
    lost = target("cap", "energy_total", "1040", "2022", operator="at_most", unit="10^4 tce", subject="nowhere")
    assert any("nowhere" in said for said in progress([lost, YEAR]).found("target-subject-unknown"))


def test_a_subject_may_be_named_in_words():
    named = target(
        "cap", "energy_total", "1040", "2022", operator="at_most", unit="10^4 tce", subject=words(CITY)["zh"]
    )
    assert progress([named]).value("energy_left@cap@2022") > 0


def test_a_period_without_any_target_is_refused():
    with pytest.raises(Refusal) as refused:
        progress([])
    assert refused.value.code == "targets-missing"


def test_what_stands_apart_is_a_named_line_of_the_total():
    rows = [*GROWN, told("energy_apart", CITY, "2022", 30, "municipal_enterprises")]
    run = progress([target("cap", "energy_total", "1000", "2022", operator="at_most", unit="10^4 tce")], rows)
    assert run.value("energy_reached@cap@2022@municipal_enterprises") == 30 * GRAM
    assert run.value("energy_reached@cap@2022") == 9987 * GRAM // 10
    assert run.value("energy_left@cap@2022") == 13 * GRAM // 10


def test_a_decline_stands_beside_itself_without_what_stands_apart():
    apart = [told("energy_apart", CITY, year, value, "major_projects") for year, value in (("2021", 0), ("2022", 30))]
    run = progress([YEAR], [*GROWN, *apart])
    plain = run.value("result_of_year@year@2022") / 10**9
    without = run.value("result_apart@year@2022") / 10**9
    assert 1 - without == pytest.approx((1 - plain) * (1 - 30 / 1028.7), abs=1e-8)


def test_a_line_of_one_year_only_takes_nothing_out():
    run = progress([YEAR], [*GROWN, told("energy_apart", CITY, "2022", 30, "major_projects")])
    assert "apart-in-one-year" in run.codes("warning")
    assert all(row["result_apart"] is None for row in run.result.figures.rows())


def test_a_revision_restates_the_progress_and_the_earlier_one_stays_as_it_was():
    first = [row | {"published": date(2023, 3, 1)} for row in GROWN]
    revised = told("energy_total", CITY, "2022", 1010.0, published=date(2024, 11, 1), position=2)
    inputs = given([*first, revised])
    then, now = (progress([FIVE], inputs, known_on=day) for day in (date(2023, 6, 30), date(2024, 12, 31)))
    again = progress([FIVE], given(first), known_on=date(2024, 12, 31))
    at = "target_progress@five@2022"
    assert then.value(at) == again.value(at)
    assert now.value(at) > then.value(at)


def test_a_district_is_measured_by_its_own_figures():
    east = [row | {"subject": EAST} for row in GROWN]
    mine = target("east", "energy_per_gdp", "2", "2022", base="2021", subject=EAST)
    run = progress([YEAR, mine], [*GROWN, *east])
    assert run.value("result_of_year@east@2022") == run.value("result_of_year@year@2022")


def test_a_figure_about_a_target_bears_its_name_and_level():
    run = progress([YEAR])
    (row,) = run.result.figures.rows()
    assert row["level"] == "target"
    assert run.why("target_of_year@year@2022")["label"]["en"].startswith("year · 2022")


def test_a_district_that_was_merged_in_the_middle_of_the_year_blocks_its_progress():
    town = Area("area/merged-town", {"zh": "并入镇", "en": "a town that was merged"}, "town")
    came = Relation(LOCATED_IN, town.id, CITY, date(2022, 5, 1))
    where = replace(SETTLED, areas=(*SETTLED.areas, town), relations=(*SETTLED.relations, came))
    run = progress([YEAR], rows=given(GROWN, where))
    assert any("2022-05-01" in said for said in run.found("target-area-changed"))
    assert "target-area-changed" in run.codes("blocker")
    assert "target-area-changed" not in progress([YEAR]).codes()
