"""Intensity by hand: the level, the fall, the rates that were published, and a census in between."""

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tests.kernel.regions import REGION, TOWN, Computed, said

TCE, GDP = "10^4 tce[coal_equivalent]", "10^8 CNY[2020]"
# Shanghai, from the bulletins: change of energy per GDP, %
PUBLISHED = {2016: -3.70, 2017: -5.28, 2018: -5.56, 2019: -3.61, 2020: -6.64}


def energy(year, value, **other):
    return said("energy_total", str(year), value, TCE, **other)


def gdp(year, value, unit=GDP, **other):
    return said("gdp", str(year), value, unit, **other)


def change(year, value, **other):
    return said("intensity_change", str(year), value, "%", **other)


def growth(indicator, year, value, **other):
    return said(indicator, str(year), value, "%", **other)


def account(rows, period="2022", method="energy_intensity", **settings):
    return Computed(method, rows, period, scheme="energy_statistics", **settings)


def rate(found, column, period=None, subject=REGION):
    """A rate in per cent."""
    return pytest.approx(found.value(column, period=period, subject=subject) / 10**7, abs=1e-7)


TWO_YEARS = [energy(2021, 1000), energy(2022, 1030), gdp(2021, 2000), gdp(2022, 2100)]


# ---- levels and rates


def test_intensity_is_energy_over_gdp_at_the_prices_of_its_unit():
    found = account(TWO_YEARS)
    # 10 300 000 tce / 21 000 000 x 10^4 CNY
    assert found.value("energy_intensity") == round(10_300_000 / 21_000_000 * 10**6)
    assert not found.has("energy_intensity_at_2015")


def test_a_gdp_at_other_prices_gives_the_level_that_is_declared_for_them():
    rows = [energy(2019, 1000), gdp(2019, 2000, "10^8 CNY[2015]")]
    found = account(rows, "2019")
    assert found.value("energy_intensity_at_2015") == 500_000
    assert not found.has("energy_intensity")


def test_a_gdp_at_prices_nobody_declared_a_level_for_is_found_and_gives_none():
    found = account([energy(2022, 1000), gdp(2022, 2000, "10^8 CNY[1990]")])
    assert "price-year-differs" in found.codes("warning")
    assert not found.has("energy_intensity")


def test_two_years_of_gdp_at_different_prices_are_never_divided():
    rows = [energy(2021, 1000), energy(2022, 1030), gdp(2021, 2000, "10^8 CNY[2015]"), gdp(2022, 2100)]
    found = account(rows)
    assert "price-year-differs" in found.codes("warning")
    assert not found.has("intensity_decline")
    assert not found.has("gdp_growth")


def test_the_decline_follows_from_both_growths():
    found = account(TWO_YEARS)
    assert rate(found, "energy_growth") == 3.0
    assert rate(found, "gdp_growth") == 5.0
    assert rate(found, "intensity_decline") == (1 - 1.03 / 1.05) * 100
    assert found.value("energy_elasticity") / 10**9 == pytest.approx(0.6, abs=1e-9)


def test_growth_that_is_stated_stands_in_where_there_is_no_level():
    rows = [energy(2021, 1000), energy(2022, 1030), growth("gdp_growth", 2022, 5.0)]
    assert rate(account(rows), "intensity_decline") == (1 - 1.03 / 1.05) * 100


def test_without_a_gdp_there_is_a_note_and_no_number():
    found = account([energy(2021, 1000), energy(2022, 1030)])
    assert "gdp-missing" in found.codes("note")
    assert found.codes("blocker") == []
    assert rate(found, "energy_growth") == 3.0
    assert not found.has("intensity_decline")


def test_a_gdp_that_did_not_grow_has_no_elasticity_and_that_is_said():
    found = account([energy(2021, 1000), energy(2022, 1030), gdp(2021, 2000), gdp(2022, 2000)])
    assert found.value("energy_elasticity") is None
    assert "cell-not-computable" in found.codes()


def test_months_so_far_are_compared_with_the_same_months_of_last_year():
    months = {"accumulation": "year_to_date"}
    rows = [
        said("energy_total", "2021-01..2021-06", 500, TCE, **months),
        said("energy_total", "2022-01..2022-06", 510, TCE, **months),
        said("gdp_growth", "2022-01..2022-06", 4.0, "%", **months),
        *TWO_YEARS,
    ]
    assert rate(account(rows, "2022-01..2022-06"), "intensity_decline") == (1 - 1.02 / 1.04) * 100


def test_every_area_that_has_figures_has_an_intensity_of_its_own():
    rows = [*TWO_YEARS, *(row | {"subject": TOWN, "stated_amount": row["stated_amount"] / 10} for row in TWO_YEARS)]
    found = account(rows)
    assert found.value("energy_intensity", subject=TOWN) == found.value("energy_intensity")


def test_a_period_without_any_figures_blocks():
    assert "intensity-without-data" in account(TWO_YEARS, "2019").codes("blocker")


def test_energy_on_the_other_basis_is_refused():
    with pytest.raises(Refusal, match="unit-mismatch"):
        account([said("energy_total", "2022", 1000, "10^4 tce[calorific_value]"), gdp(2022, 2000)])


# ---- what was published


def test_a_published_change_stands_beside_the_recomputed_decline():
    found = account([*TWO_YEARS, change(2022, -1.90)])
    assert rate(found, "intensity_decline_published") == 1.90
    assert rate(found, "intensity_decline") == (1 - 1.03 / 1.05) * 100
    assert "published-rate-differs" not in found.codes()


def test_a_recomputed_decline_far_from_the_published_one_is_found():
    assert "published-rate-differs" in account([*TWO_YEARS, change(2022, -2.50)]).codes("warning")


def test_stated_rates_fulfil_the_identity_of_growth_up_to_rounding():
    rows = [growth("energy_growth", 2020, -5.1), growth("gdp_growth", 2020, 1.7), change(2020, -6.64)]
    found = account(rows, "2020")
    assert rate(found, "growth_identity_residual") == ((1 - 0.051) - (1 - 0.0664) * 1.017) * 100
    assert abs(found.value("growth_identity_residual")) / 10**7 <= 0.16
    assert "growth-identity-broken" not in found.codes()


def test_rates_that_contradict_each_other_break_the_identity():
    rows = [growth("energy_growth", 2020, -4.1), growth("gdp_growth", 2020, 1.7), change(2020, -6.64)]
    assert "growth-identity-broken" in account(rows, "2020").codes("warning")


def test_the_published_rates_of_shanghai_compound_to_a_fall_of_22_48_per_cent():
    found = account([change(year, value) for year, value in PUBLISHED.items()], "2016..2020")
    assert round(found.value("cumulative_decline") / 10**7, 2) == 22.48


def test_a_fall_of_14_per_cent_in_five_years_is_2_971_per_cent_a_year():
    found = account(TWO_YEARS, target="14")
    assert round(found.value("equal_annual_decline") / 10**7, 3) == 2.971


def test_progress_is_the_share_of_the_way_in_logarithms_or_in_points():
    rows = [change(year, -2.971) for year in (2021, 2022)]
    found = account(rows, "2021..2022", target="14")
    assert found.value("target_progress") / 10**7 == pytest.approx(40.0, abs=0.01)
    assert found.value("target_progress_linear") / 10**7 == pytest.approx(
        (1 - (1 - 0.02971) ** 2) / 0.14 * 100, abs=1e-6
    )


def test_a_year_without_a_rate_leaves_no_cumulative_one():
    rows = [change(year, value) for year, value in PUBLISHED.items() if year != 2018]
    found = account(rows, "2016..2020", target="14")
    assert not found.has("cumulative_decline")
    assert not found.has("target_progress")
    assert "rate-missing" in found.codes("note")


def test_a_year_that_nobody_published_a_rate_for_is_chained_as_recomputed_and_both_ways_are_shown():
    rows = [*TWO_YEARS, energy(2023, 1050), gdp(2023, 2226), change(2022, -1.5)]
    found = account(rows, "2022..2023")
    second = 1 - (1050 / 1030) / (2226 / 2100)
    assert rate(found, "cumulative_decline") == (1 - (1 - 0.015) * (1 - second)) * 100
    assert rate(found, "cumulative_decline_recomputed") == (1 - (1.03 / 1.05) * (1 - second)) * 100
    only = account(rows, "2022..2023", rates="recomputed")
    assert only.value("cumulative_decline") == only.value("cumulative_decline_recomputed")


def test_a_way_of_chaining_that_does_not_exist_is_refused():
    with pytest.raises(Refusal, match="setting-not-allowed"):
        account(TWO_YEARS, rates="averaged")


# ---- a census in between: the energy of Shanghai before and after the census of 2018

FIRST, CENSUS = date(2018, 6, 30), date(2020, 1, 31)
OLD = [energy(2016, 11712.43, published=date(2017, 6, 30)), energy(2017, 11858.96, published=FIRST)]
RESTATED = [
    energy(2017, 11381.85, published=CENSUS, position=2, status="census"),
    energy(2018, 11453.73, published=CENSUS, position=2, status="census"),
]
LATER = [energy(2019, 11696.46, published=date(2020, 6, 30), position=3)]
GROWN = [growth("gdp_growth", year, value, published=FIRST) for year, value in ((2017, 6.9), (2018, 6.6), (2019, 6.0))]
SHANGHAI = [*OLD, *RESTATED, *LATER, *GROWN]


def test_growth_across_a_census_is_that_of_the_vintage_before_it():
    found = account(SHANGHAI, "2017")
    assert rate(found, "energy_growth") == (11858.96 / 11712.43 - 1) * 100
    assert "earlier-vintage-used" in found.codes("note")


def test_two_years_that_the_census_both_restated_compare_as_restated():
    found = account(SHANGHAI, "2018")
    assert rate(found, "energy_growth") == (11453.73 / 11381.85 - 1) * 100
    assert "earlier-vintage-used" not in found.codes()


def test_a_year_published_after_the_census_stands_on_its_footing():
    found = account(SHANGHAI, "2019")
    assert rate(found, "intensity_decline") == (1 - 11696.46 / 11453.73 / 1.06) * 100


def test_rates_are_chained_over_a_census_and_levels_never_are():
    found = account(SHANGHAI, "2017..2019")
    parts = [1.069 / (11858.96 / 11712.43), 1.066 / (11453.73 / 11381.85), 1.06 / (11696.46 / 11453.73)]
    by_hand = (1 - 1 / (parts[0] * parts[1] * parts[2])) * 100
    assert found.value("cumulative_decline") / 10**7 == pytest.approx(by_hand, abs=1e-6)
    levels = (1 - 11696.46 / 11712.43 / (1.069 * 1.066 * 1.06)) * 100
    assert abs(by_hand - levels) > 3


def test_before_the_census_nobody_knew_of_it():
    found = account(SHANGHAI, "2017", known_on=date(2019, 1, 1))
    assert rate(found, "energy_growth") == (11858.96 / 11712.43 - 1) * 100
    assert "earlier-vintage-used" not in found.codes()


def test_where_no_vintage_has_both_years_on_one_footing_there_is_no_growth_and_that_is_said():
    found = account([OLD[0], *RESTATED, *GROWN], "2017")
    assert "series-broken" in found.codes("warning")
    assert not found.has("energy_growth")


def test_a_census_need_not_be_marked_by_the_word_we_chose():
    found = account([row | {"status": "restated"} if row in RESTATED else row for row in SHANGHAI], "2017")
    assert rate(found, "energy_growth") == (11381.85 / 11712.43 - 1) * 100
    rows = [row | {"status": "restated"} if row in RESTATED else row for row in SHANGHAI]
    assert rate(account(rows, "2017", census_status="restated"), "energy_growth") == (11858.96 / 11712.43 - 1) * 100


# ---- CO2, and explanations


def test_carbon_has_an_intensity_by_the_same_rules():
    rows = [
        said("co2_total", "2021", 2_000_000, "tCO2"), said("co2_total", "2022", 2_020_000, "tCO2"),
        gdp(2021, 2000), gdp(2022, 2100), said("co2_intensity_change", "2022", -3.8, "%"),
    ]  # fmt: skip
    found = account(rows, method="co2_intensity", target="18")
    assert found.value("co2_intensity") == round(2_020_000 / 21_000_000 * 10**6)
    assert rate(found, "co2_intensity_decline") == (1 - 1.01 / 1.05) * 100
    assert rate(found, "co2_intensity_decline_published") == 3.8
    assert found.explain_everything() > 8


def test_every_cell_of_an_intensity_explains_itself_to_an_outsider():
    rows = [*SHANGHAI, *(change(year, value) for year, value in PUBLISHED.items()), growth("energy_growth", 2017, 1.3)]
    found = account(
        [*rows, gdp(2018, 30000, "10^8 CNY[2015]"), gdp(2019, 31800, "10^8 CNY[2015]")], "2017..2019", target="17"
    )
    assert found.explain_everything() > 25


def test_an_explanation_of_progress_shows_the_target_that_was_set():
    told = account([change(2022, -3.0)], target="14").why(f"target_progress@{REGION}@2022")
    (setting,) = [item for item in told["factors"] if item["id"] == "setting"]
    assert (setting["entry"], setting["exact"]) == ("target", "14")
    assert "log" in told["steps"][-1]["formula"]
