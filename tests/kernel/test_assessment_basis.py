"""The basis of the assessment: what may be subtracted, of which years, once; over one list of units for both years."""

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import DeductionSet, Definition, PackSet
from tanheng.kernel.period import Period
from tests.kernel.area_world import (
    ALWAYS,
    BAKERY,
    CITY,
    EAST,
    HOSPITAL,
    MILL,
    WEST,
    account,
    given,
    listed,
    told,
)
from tests.kernel.world import every_month, packs

TOTALS = [told("energy_total", EAST, "2023", 200), told("energy_total", EAST, "2024", 210)]
REGION = {"coverage": "region"}
GDP = [told("gdp", EAST, "2023", 8_000_000, **REGION), told("gdp", EAST, "2024", 8_400_000, **REGION)]


def assessed(rows, period="2024", **settings):
    return account("assessment_basis", "energy_assessment", rows, period, **settings)


def test_a_district_without_claims_is_assessed_on_what_it_used():
    run = assessed([*TOTALS, *GDP])
    assert run.shown(f"total_assessed@{EAST}@2024") == "210.000"
    assert run.shown(f"assessed_growth@{EAST}@2024") == "5.00"
    assert run.shown(f"assessed_intensity_decline@{EAST}@2024") == "0.00"
    assert run.shown(f"assessed_intensity@{EAST}@2024") == "0.2500"
    assert "deduction-not-stated" in run.codes("warning")


def test_feedstock_is_taken_from_both_years():
    claims = [told("feedstock_energy", EAST, "2023", 20), told("feedstock_energy", EAST, "2024", 30)]
    run = assessed([*TOTALS, *GDP, *claims])
    assert run.shown(f"total_after_feedstock@{EAST}@2023") == "180.000"
    assert run.shown(f"total_assessed@{EAST}@2024") == "180.000"
    assert run.shown(f"assessed_growth@{EAST}@2024") == "0.00"


def test_feedstock_stated_for_one_year_only_gives_no_growth():
    run = assessed([*TOTALS, *GDP, told("feedstock_energy", EAST, "2024", 30)])
    assert run.value(f"total_assessed@{EAST}@2023") is None
    assert run.value(f"assessed_growth@{EAST}@2024") is None
    assert "deduction-one-sided" in run.codes("blocker")


def test_new_renewables_of_2023_are_the_increase_over_2022_and_leave_the_intensity_alone():
    rows = [
        told("energy_total", CITY, "2022", 1000), told("energy_total", CITY, "2023", 1000),
        told("non_fossil_electricity", CITY, "2022", 1_000_000, "wind"),
        told("non_fossil_electricity", CITY, "2023", 1_500_000, "wind"),
        told("non_fossil_electricity", CITY, "2022", 90_000, "nuclear"),
        told("non_fossil_electricity", CITY, "2023", 990_000, "nuclear"),
    ]  # fmt: skip
    run = assessed(rows, "2023")
    # 500 000 MWh x 0.287 tce/MWh = 143 500 tce; nuclear is no renewable
    assert run.shown(f"total_assessed@{CITY}@2023") == "985.650"
    assert run.shown(f"intensity_assessed@{CITY}@2023") == "1000.000"
    assert run.shown(f"total_assessed@{CITY}@2022") == "1000.000"
    assert any("nuclear" in said for said in run.found("deduction-excluded"))


def test_hydropower_from_outside_is_a_new_renewable_of_the_city():
    rows = [
        told("energy_total", CITY, "2022", 1000), told("energy_total", CITY, "2023", 1000),
        told("non_fossil_electricity", CITY, "2022", 1_000_000, "imported_hydro"),
        told("non_fossil_electricity", CITY, "2023", 1_500_000, "imported_hydro"),
    ]  # fmt: skip
    assert assessed(rows, "2023").shown(f"total_assessed@{CITY}@2023") == "985.650"


def test_renewables_that_shrank_add_nothing():
    rows = [
        told("energy_total", CITY, "2022", 1000), told("energy_total", CITY, "2023", 1000),
        told("non_fossil_electricity", CITY, "2022", 1_500_000, "wind"),
        told("non_fossil_electricity", CITY, "2023", 1_000_000, "wind"),
    ]  # fmt: skip
    assert assessed(rows, "2023").shown(f"total_assessed@{CITY}@2023") == "1000.000"


def test_the_city_subtracts_imported_hydro_and_a_district_cannot():
    rows = list(TOTALS)
    for subject in (CITY, EAST):
        for year in ("2023", "2024"):
            rows += [told("non_fossil_electricity", subject, year, 100_000, "imported_hydro")]
            rows += [told("non_fossil_electricity", subject, year, 10_000, "solar")]
    rows += [told("energy_total", CITY, "2023", 1000), told("energy_total", CITY, "2024", 1000)]
    run = assessed(rows)
    assert run.shown(f"total_assessed@{CITY}@2024") == "996.843"  # 110 000 x 0.287 = 31 570 tce
    assert run.shown(f"total_assessed@{EAST}@2024") == "209.713"  # 10 000 x 0.287 = 2 870 tce
    assert any("imported_hydro" in said for said in run.found("deduction-excluded"))


def certificates(subject=CITY, year="2024", **amounts):
    return [
        told("green_certificates", subject, year, value, kind.replace("__", "/")) for kind, value in amounts.items()
    ]


def of_the_city(**extra):
    both = []
    for year in ("2023", "2024"):
        both += certificates(year=year, **extra)
    return [told("energy_total", CITY, "2023", 1000), told("energy_total", CITY, "2024", 1000), *both]


def test_certificates_traded_alone_across_provinces_count_and_no_others():
    rows = of_the_city(bought__cross_province=100_000, bought__bundled=700_000, bought__within_province=800_000)
    rows += [told("energy_saving_needed", CITY, year, 100) for year in ("2023", "2024")]
    run = assessed(rows)
    assert run.shown(f"total_assessed@{CITY}@2024") == "997.130"  # 100 000 x 0.287 = 28 700 tce
    assert len(run.found("deduction-excluded")) == 4


def forgetful():
    """The packs with deduction sets that exclude nothing."""
    return PackSet(tuple(map(_forgetting, packs().definitions)), packs().hashes)


def _forgetting(item):
    if not isinstance(item.value, DeductionSet):
        return item
    deducts = tuple(deduction.model_copy(update={"excludes": ()}) for deduction in item.value.deducts)
    return Definition(item.pack, item.place, item.value.model_copy(update={"deducts": deducts}))


def test_a_bundled_certificate_never_counts_even_where_the_set_forgets_to_exclude_it():
    rows = of_the_city(bought__cross_province=100_000, bought__bundled=700_000, bought__within_province=800_000)
    rows += [told("energy_saving_needed", CITY, year, 100) for year in ("2023", "2024")]
    assert assessed(rows, use=forgetful()).shown(f"total_assessed@{CITY}@2024") == "997.130"


def test_certificates_that_were_sold_are_added_back():
    run = assessed(of_the_city(sold__cross_province=100_000))
    assert run.shown(f"total_assessed@{CITY}@2024") == "1002.870"


def test_what_was_bought_less_what_was_sold_counts():
    rows = of_the_city(bought__cross_province=300_000, sold__cross_province=100_000)
    rows += [told("energy_saving_needed", CITY, year, 100) for year in ("2023", "2024")]
    assert assessed(rows).shown(f"total_assessed@{CITY}@2024") == "994.260"  # 200 000 x 0.287 = 57 400 tce


def test_certificates_count_up_to_half_of_the_saving_that_is_needed():
    rows = of_the_city(bought__cross_province=1_000_000)
    rows += [told("energy_saving_needed", CITY, year, 20) for year in ("2023", "2024")]
    run = assessed(rows)
    assert run.shown(f"total_assessed@{CITY}@2024") == "990.000"
    assert run.shown(f"total_after_non_fossil@{CITY}@2024") == "1000.000"
    assert "certificate-cap-reached" in run.codes()


def test_certificates_whose_cap_is_not_known_give_no_number():
    run = assessed(of_the_city(bought__cross_province=1_000_000))
    assert run.value(f"total_assessed@{CITY}@2024") is None
    assert "observation-missing" in run.codes("blocker")


def test_a_certificate_that_two_districts_state_is_a_finding_and_counts_for_neither():
    rows = list(TOTALS)
    rows += [told("energy_total", WEST, year, 100) for year in ("2023", "2024")]
    for year in ("2023", "2024"):
        rows += certificates(EAST, year, **{f"bought__cross_province__GEC-{year}-1": 10_000})
    rows += certificates(WEST, "2024", **{"bought__cross_province__GEC-2024-1": 10_000})
    rows += certificates(WEST, "2023", bought__cross_province=10_000)
    run = assessed(rows)
    (said,) = run.found("claimed-twice")
    assert "GEC-2024-1" in said
    assert EAST in said and WEST in said
    assert run.value(f"intensity_assessed@{EAST}@2024") is None
    assert run.shown(f"intensity_assessed@{EAST}@2023") == "199.713"


def test_the_same_megawatt_hour_as_green_power_and_as_certificate_is_claimed_twice():
    rows = [*TOTALS, told("green_electricity", EAST, "2024", 500, "inter_provincial/GEC-7")]
    rows += certificates(EAST, "2024", **{"bought__cross_province__GEC-7": 500})
    assert "claimed-twice" in assessed(rows).codes("blocker")


def test_a_key_stated_by_the_seller_and_by_the_buyer_is_one_transfer():
    rows = [*TOTALS, told("energy_total", WEST, "2023", 100), told("energy_total", WEST, "2024", 100)]
    rows += certificates(EAST, "2024", **{"bought__cross_province__GEC-8": 500})
    rows += certificates(WEST, "2024", **{"sold__cross_province__GEC-8": 500})
    assert "claimed-twice" not in assessed(rows).codes()


def test_a_claim_that_a_unit_and_the_district_around_it_state_is_one_claim():
    rows = [*TOTALS, *certificates(EAST, "2024", **{"bought__cross_province__GEC-9": 500})]
    rows += certificates(MILL, "2024", **{"bought__cross_province__GEC-9": 500})
    rows += certificates(EAST, "2023", bought__cross_province=500)
    run = assessed(rows)
    assert "claimed-twice" not in run.codes()
    assert run.value(f"deducted_from_intensity@{EAST}@2024") == 143_500_000  # 500 x 0.287 tce


def test_a_claim_counted_into_two_years_is_claimed_twice():
    rows = [*TOTALS, *certificates(EAST, "2024", **{"bought__cross_province__GEC-9": 500})]
    rows += certificates(EAST, "2023", **{"bought__cross_province__GEC-9": 500})
    assert "claimed-twice" in assessed(rows).codes("blocker")


def test_a_key_that_two_units_on_no_list_state_is_a_finding():
    rows = [*TOTALS, *certificates(MILL, "2024", **{"bought__cross_province__GEC-9": 500})]
    rows += certificates(BAKERY, "2024", **{"bought__cross_province__GEC-9": 500})
    (said,) = assessed(rows).found("claimed-twice")
    assert MILL in said and BAKERY in said


def test_a_rule_that_nobody_verified_marks_the_figures_that_it_takes_from():
    claims = [told("feedstock_energy", EAST, year, 20) for year in ("2023", "2024")]
    run = assessed([*TOTALS, *claims])
    assert run.why(f"total_assessed@{EAST}@2024")["status"]["unverified"]
    assert "set-unverified" in run.codes()


def test_green_power_of_a_district_leaves_the_intensity_and_not_the_total():
    rows = [*TOTALS, *GDP]
    rows += [told("green_electricity", EAST, year, 100_000, "inter_provincial") for year in ("2023", "2024")]
    run = assessed(rows)
    assert run.shown(f"total_assessed@{EAST}@2024") == "210.000"
    assert run.shown(f"intensity_assessed@{EAST}@2024") == "207.130"
    assert run.shown(f"deducted_from_intensity@{EAST}@2024") == "2.870"


def test_before_2022_nothing_is_subtracted_whatever_is_claimed():
    rows = [told("energy_total", EAST, "2020", 200), told("energy_total", EAST, "2021", 210)]
    rows += [told("feedstock_energy", EAST, year, 20) for year in ("2020", "2021")]
    assert assessed(rows, "2021").shown(f"total_assessed@{EAST}@2021") == "210.000"


def test_a_rule_that_was_not_yet_published_does_not_hold():
    with_claims = [*TOTALS, *[told("feedstock_energy", EAST, year, 20) for year in ("2023", "2024")]]
    early = [row | {"published": date(2024, 1, 2)} for row in with_claims]
    run = account("assessment_basis", "energy_assessment", early, "2024", date(2024, 1, 20))
    assert "deduction-set-open" in run.codes("blocker")


def test_what_a_deduction_set_leaves_out_blocks_publication():
    assert "deduction-not-expressed" in assessed(TOTALS).codes("blocker")


def test_late_gdp_leaves_a_note_and_no_intensity():
    run = assessed([*TOTALS, GDP[0]])
    assert run.value(f"assessed_intensity@{EAST}@2024") is None
    assert run.shown(f"assessed_growth@{EAST}@2024") == "5.00"
    assert "observation-missing" in run.codes("note")


def test_gdp_of_two_coverages_is_not_compared():
    run = assessed([*TOTALS, GDP[0], told("gdp", EAST, "2024", 8_400_000)])
    assert run.value(f"assessed_intensity_decline@{EAST}@2024") is None
    whole = [row | {"coverage": "whole_society"} for row in GDP]
    assert assessed([*TOTALS, *whole]).shown(f"assessed_intensity_decline@{EAST}@2024") == "0.00"


def test_the_growth_of_gdp_that_is_published_stands_in_for_its_level():
    growth = told("gdp_growth", EAST, "2024", 5, coverage="region", accumulation="year_to_date")
    run = assessed([*TOTALS, growth])
    assert run.shown(f"assessed_intensity_decline@{EAST}@2024") == "0.00"
    assert run.value(f"assessed_intensity@{EAST}@2024") is None


def test_gdp_at_other_prices_is_not_compared():
    other = GDP[1] | {"unit": "10^4 CNY[2025]"}
    run = assessed([*TOTALS, GDP[0], other])
    assert run.value(f"assessed_intensity_decline@{EAST}@2024") is None
    assert "price-base-differs" in run.codes("blocker")


def test_a_quarter_is_not_assessed():
    with pytest.raises(Refusal) as refused:
        assessed(TOTALS, "2024Q1")
    assert refused.value.code == "period-not-year"


def test_an_assessment_of_nothing_is_refused():
    with pytest.raises(Refusal) as refused:
        assessed([])
    assert refused.value.code == "no-activity-data"


# ---- the list of units
YEARS = {"2023": 1.0, "2024": 1.1}
TCE = 1.4571  # of a tonne of diesel


def used(**monthly):
    """Tonnes of diesel a month of each unit, a tenth more in 2024."""
    units = {"mill": MILL, "bakery": BAKERY, "hospital": HOSPITAL}
    return [
        row | {"item": None}
        for unit, amount in monthly.items()
        for year, times in YEARS.items()
        for row in every_month(units[unit], "diesel", amount * times, Period.parse(year))
    ]


def tce(grams):
    return round(grams / 1e6, 3)


def test_an_area_may_be_built_up_from_the_units_on_its_list():
    where = listed((MILL, EAST, ALWAYS, None), (BAKERY, EAST, ALWAYS, None))
    run = assessed(given(used(mill=100, bakery=10, hospital=5), where), form="units")
    assert tce(run.value(f"energy_over_list@{EAST}@2024")) == round(110 * 12 * 1.1 * TCE, 3)
    assert run.shown(f"assessed_growth@{EAST}@2024") == "10.00"
    assert tce(run.value(f"energy_over_list@{CITY}@2024")) == tce(run.value(f"energy_over_list@{EAST}@2024"))


def test_a_unit_that_entered_is_in_both_years_and_the_difference_is_a_line():
    where = listed((MILL, EAST, ALWAYS, None), (BAKERY, EAST, date(2024, 1, 1), None))
    run = assessed(given(used(mill=100, bakery=10), where), form="units")
    assert tce(run.value(f"energy_over_own_list@{EAST}@2023")) == round(100 * 12 * TCE, 3)
    assert tce(run.value(f"energy_over_list@{EAST}@2023")) == round(110 * 12 * TCE, 3)
    assert tce(run.value(f"scope_change@{EAST}@2023")) == round(10 * 12 * TCE, 3)
    assert run.shown(f"assessed_growth@{EAST}@2024") == "10.00"


def test_a_unit_that_left_is_in_neither_year():
    where = listed((MILL, EAST, ALWAYS, None), (BAKERY, EAST, ALWAYS, date(2024, 7, 1)))
    run = assessed(given(used(mill=100, bakery=10), where), form="units")
    assert tce(run.value(f"energy_over_list@{EAST}@2024")) == round(100 * 12 * 1.1 * TCE, 3)
    assert tce(run.value(f"energy_over_list@{EAST}@2023")) == round(100 * 12 * TCE, 3)
    assert tce(run.value(f"scope_left@{EAST}@2023")) == round(10 * 12 * TCE, 3)


def test_a_stated_total_of_the_year_before_is_restated_over_the_new_list():
    where = listed((MILL, EAST, ALWAYS, None), (BAKERY, EAST, date(2024, 1, 1), None))
    run = assessed(given([*TOTALS, *used(mill=100, bakery=1000)], where))
    assert run.shown(f"energy_over_own_list@{EAST}@2023") == "200.000"
    assert run.shown(f"energy_over_list@{EAST}@2023") == f"{200 + 12_000 * TCE / 10_000:.3f}"
    assert run.shown(f"energy_over_list@{EAST}@2024") == "210.000"


def test_a_unit_on_the_list_without_figures_leaves_the_total_incomplete_and_is_named():
    where = listed((MILL, EAST, ALWAYS, None), (BAKERY, EAST, ALWAYS, None))
    run = assessed(given(used(mill=100), where), form="units")
    assert run.why(f"total_assessed@{EAST}@2024")["status"]["missing"] == 1
    assert len(run.found("unit-without-energy")) == 2


def test_certificates_of_the_units_count_where_the_area_states_none():
    where = listed((MILL, EAST, ALWAYS, None))
    own = [
        told("green_certificates", MILL, f"{year}-05", 1000, "bought/cross_province/a" + year, coverage="unit_report")
        for year in ("2023", "2024")
    ]
    run = assessed(given([*TOTALS, *own], where))
    assert run.value(f"deducted_from_intensity@{EAST}@2024") == 287_000_000


def test_feedstock_of_the_units_is_taken_off_where_the_area_is_built_up_from_them():
    where = listed((MILL, EAST, ALWAYS, None))
    material = [row | {"indicator": "energy_feedstock_use", "stated_amount": 40.0} for row in used(mill=100)]
    run = assessed(given([*used(mill=100), *material], where), form="units")
    assert tce(run.value(f"total_after_feedstock@{EAST}@2024")) == round((110 - 40) * 12 * TCE, 3)
    assert tce(run.value(f"deduction@{EAST}@2023@feedstock")) == round(40 * 12 * TCE, 3)
