"""Within the year a target stands beside an estimate: a rate as a rate, a cap as the growth that it leaves."""

import pytest

from tanheng.kernel.pack import AccountExample
from tanheng.kernel.period import Period
from tests.kernel.area_world import CITY, given, told
from tests.kernel.targets_world import RATE, progress, target
from tests.kernel.world import packs

HALF = "2024-01..2024-06"


def half_year(*more):
    """The statements of the worked estimate, about the city."""
    example = packs().get(AccountExample, "quarterly_estimate_2024h1")
    rows = [
        told(said.indicator, CITY, said.period, float(said.value), said.item)
        | {"accumulation": said.accumulation.value, "coverage": said.coverage}
        for said in example.statements
    ]
    return given([*rows, *more])


def test_an_estimated_decline_stands_beside_the_target_of_the_whole_year():
    run = progress([target("year", "energy_per_gdp", "2.5", "2024", base="2023")], half_year(), HALF)
    at = Period.parse(HALF)
    assert run.value(f"result_of_year@year@{at}") == 28077686
    assert run.value(f"result_beyond@year@{at}") == 28077686 - 25 * RATE // 10


def test_a_cap_on_the_total_leaves_a_growth_that_the_estimate_is_compared_with():
    before = told("energy_total", CITY, "2023", 400.0)
    cap = target("cap", "energy_total", "408", "2024", operator="at_most", unit="10^4 tce")
    run = progress([cap], half_year(before), HALF)
    assert run.value(f"target_of_year@cap@{HALF}") == 2 * RATE
    assert run.value(f"result_of_year@cap@{HALF}") == 25378041
    assert run.value(f"result_beyond@cap@{HALF}") == 2 * RATE - 25378041


def test_an_increment_leaves_the_same_growth():
    before = told("energy_total", CITY, "2023", 400.0)
    more = target("more", "energy_increment", "12", "2024", operator="at_most", unit="10^4 tce", base="2023")
    run = progress([more], half_year(before), HALF)
    assert run.value(f"target_of_year@more@{HALF}") == 3 * RATE


def test_without_last_years_total_a_cap_leaves_no_growth_to_compare_with():
    cap = target("cap", "energy_total", "408", "2024", operator="at_most", unit="10^4 tce")
    assert progress([cap], half_year(), HALF).result.figures.rows() == []


def test_what_the_city_feeds_back_stands_beside_the_estimate():
    back = told("intensity_decline", CITY, HALF, 2.1) | {"coverage": "district_feedback"}
    run = progress([target("year", "energy_per_gdp", "2.5", "2024", base="2023")], half_year(back), HALF)
    assert run.value(f"result_of_year@year@{HALF}@fed_back") == 21 * RATE // 10
    assert run.value(f"result_of_year@year@{HALF}") == 28077686


def test_progress_to_date_chains_the_years_before_with_the_estimate():
    years = [told("energy_growth", CITY, "2023", 1.0), told("gdp_growth", CITY, "2023", 4.0)]
    five = target("five", "energy_per_gdp", "13", "2027", base="2022")
    run = progress([five], half_year(*years), HALF)
    since = run.value(f"result_since_base@five@{HALF}") / 10**9
    assert since == pytest.approx(1 - 1.01 / 1.04 * (1 - 0.028077686), abs=1e-8)
    (row,) = run.result.figures.rows()
    assert row["target_progress"] is not None and row["rate_left"] is None


def test_a_growth_that_the_city_feeds_back_stands_beside_the_cap():
    before = told("energy_total", CITY, "2023", 400.0)
    back = told("energy_growth", CITY, HALF, 3.1) | {"coverage": "district_feedback"}
    cap = target("cap", "energy_total", "408", "2024", operator="at_most", unit="10^4 tce")
    run = progress([cap], half_year(before, back), HALF)
    assert run.value(f"result_of_year@cap@{HALF}") == 25378041
    assert run.value(f"result_of_year@cap@{HALF}@fed_back") == 31 * RATE // 10
