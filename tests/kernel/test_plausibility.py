"""A figure that cannot be true is found with its place, its value and the reading that could be."""

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory, Facility
from tests.kernel.area_world import BAKERY, CITY, HOSPITAL, MILL, SETTLED, account, given, told
from tests.kernel.world import every_month

TOTAL = told("energy_total", CITY, "2023", 11_381.85)
UNIT = {"coverage": "key_unit", "use_class": "unit_report"}


def stated(unit, year, value, written="tce[calorific_value]"):
    return told("comprehensive_energy", unit, year, value, unit=written, **UNIT)


def checked(rows, period="2024", **settings):
    return account("plausibility", "energy_reporting", rows, period, **settings)


def test_a_plant_with_more_energy_than_the_city_is_found_and_its_unit_suspected():
    run = checked([TOTAL, stated(MILL, "2024", 13_829.05, "10^4 tce[calorific_value]")])
    (said,) = run.found("implausible-share")
    assert "13829.05 10⁴ tce" in said
    assert "1.215 times the city" in said
    assert "Read it as 13829.05 tce" in said
    (finding,) = [item for item in run.result.findings if item.code == "implausible-share"]
    assert "book.xlsx!sheet!F1" in finding.next_step("en")
    assert run.shown(f"times_the_city@{MILL}@2024") == "1.2150"


def test_the_same_plant_in_the_right_unit_is_not_found():
    assert "implausible-share" not in checked([TOTAL, stated(MILL, "2024", 13_829.05)]).codes()


def test_a_shifted_decimal_point_shows_against_the_year_before():
    run = checked([stated(MILL, "2023", 1300), stated(MILL, "2024", 13_829.05)])
    (said,) = run.found("implausible-against-last-year")
    assert "10 times too large" in said
    (said,) = checked([stated(MILL, "2023", 1300), stated(MILL, "2024", 132)]).found("implausible-against-last-year")
    assert "10 times too small" in said


def test_ten_thousand_times_the_year_before_is_a_unit():
    run = checked([stated(MILL, "2023", 13_000), stated(MILL, "2024", 13_829.05, "10^4 tce[calorific_value]")])
    (said,) = run.found("implausible-against-last-year")
    assert "Read it as 13829.05 tce" in said


def test_a_plant_that_doubled_is_believed():
    assert not checked([stated(MILL, "2023", 1300), stated(MILL, "2024", 2600)]).codes()


def test_a_plant_that_grew_sixfold_is_asked_about_without_a_guess():
    (said,) = checked([stated(MILL, "2023", 1000), stated(MILL, "2024", 6000)]).found("implausible-against-last-year")
    assert said.endswith("Check value and unit.")


def test_a_unit_far_from_its_industry_is_found():
    units = [f"facility/spinner-{number}" for number in range(1, 6)]
    facilities = tuple(Facility(id, {"zh": id, "en": id}, {"industry": "17"}) for id in units)
    where = Directory(SETTLED.parties, SETTLED.areas, (*SETTLED.facilities, *facilities), SETTLED.relations)
    rows = [stated(unit, "2024", 1000) for unit in units[1:]] + [stated(units[0], "2024", 9_500_000)]
    run = checked(given(rows, where))
    (said,) = run.found("implausible-against-peers")
    assert units[0] in said and "9500 times 17" in said
    assert run.value(f"times_its_peers@{units[0]}@2024") == 9_500_000_000_000


def test_two_peers_are_too_few_to_judge_by():
    rows = [stated(MILL, "2024", 1), stated(BAKERY, "2024", 1), stated(HOSPITAL, "2024", 1_000_000)]
    assert "implausible-against-peers" not in checked(rows).codes()


def test_what_is_too_much_is_a_setting():
    rows = [stated(MILL, "2023", 1000), stated(MILL, "2024", 2000)]
    assert "implausible-against-last-year" in checked(rows, times_last_year="1.5").codes()


def test_computed_figures_are_checked_as_stated_ones_are():
    rows = [row | {"item": None} for row in every_month(MILL, "diesel", 10)]
    rows += [row | {"item": None} for row in every_month(MILL, "diesel", 1, Period.parse("2023"))]
    run = checked(rows, of="computed")
    (said,) = run.found("implausible-against-last-year")
    assert "10 times too large" in said


def test_single_firms_of_the_statistics_are_not_read():
    with pytest.raises(Refusal) as refused:
        checked([stated(MILL, "2024", 1) | {"use_class": "individual_statistics"}])
    assert refused.value.code == "no-activity-data"
