"""What may be subtracted before an assessment: one set for each level and year, and what it must not hold."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from tanheng.kernel.pack import DeductionSet, PackSet, governing_set
from tanheng.kernel.period import Period
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS

NOW = date(2026, 11, 21)
SET: Mapping[str, Any] = {
    "id": "s", "label": {"zh": "规则", "en": "Set"}, "level": "city", "period": [date(2024, 1, 1), None],
    "published": date(2024, 1, 27), "clause": "x#1", "status": "unverified", "deducts": [],
}  # fmt: skip
ITEM: Mapping[str, Any] = {
    "item": "feedstock", "from": ["total", "intensity"], "base": "both_years", "clause": "x#1", "status": "unverified",
}  # fmt: skip


@cache
def packs() -> PackSet:
    return load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])


def governing(level: str, year: int, known_on: date = NOW) -> DeductionSet:
    (found,) = governing_set(packs().all(DeductionSet), level, Period.parse(str(year)), known_on)
    return found


def items(found: DeductionSet) -> list[str]:
    return [deduction.item for deduction in found.deducts]


def deduction(level: str, year: int, item: str) -> Any:
    (found,) = [part for part in governing(level, year).deducts if part.item == item]
    return found


# ---- eras and levels


@pytest.mark.parametrize("level", ["province", "city", "district"])
@pytest.mark.parametrize("year", range(2016, 2027))
def test_every_level_has_exactly_one_set_for_every_year(level, year):
    assert governing(level, year).covers(Period.parse(str(year)))


@pytest.mark.parametrize(
    ("year", "subtracted"),
    [
        (2021, []),
        (2022, ["feedstock", "new_renewable"]),
        (2023, ["feedstock", "new_renewable"]),
        (2024, ["feedstock", "non_fossil", "green_certificate"]),
    ],
)
def test_what_a_province_and_the_city_subtract_changes_with_the_era(year, subtracted):
    assert items(governing("province", year)) == subtracted
    assert items(governing("city", year)) == subtracted


@pytest.mark.parametrize("level", ["province", "city"])
def test_between_the_two_notices_of_2022_only_feedstock_was_known(level):
    assert items(governing(level, 2022, date(2022, 11, 1))) == ["feedstock"]
    assert items(governing(level, 2022, date(2022, 11, 16))) == ["feedstock", "new_renewable"]


def test_new_renewables_leave_the_total_by_yearly_increments_and_stay_in_the_intensity():
    found = deduction("province", 2023, "new_renewable")
    assert (found.from_, found.base, found.base_year) == (("total",), "increment_over_previous_year", 2020)


@pytest.mark.parametrize("item", ["feedstock", "non_fossil"])
def test_feedstock_and_non_fossil_energy_leave_total_and_intensity_of_both_years(item):
    found = deduction("province", 2024, item)
    assert (found.from_, found.base, found.status) == (("total", "intensity"), "both_years", "secondary")


@pytest.mark.parametrize("level", ["province", "city"])
def test_certificates_are_subtracted_up_to_half_of_the_saving_needed_which_is_unverified(level):
    cap = deduction(level, 2024, "green_certificate").cap
    assert (str(cap.share), cap.of, cap.status) == ("0.5", "saving_needed_for_intensity_target", "unverified")


@pytest.mark.parametrize("level", ["province", "city", "district"])
def test_certificates_that_came_with_power_or_stayed_in_the_province_are_never_subtracted_again(level):
    excluded = deduction(level, 2024, "green_certificate").excludes
    assert set(excluded) == {"bundled_certificate", "certificate_within_province"}


def test_a_district_cannot_subtract_the_hydropower_that_the_city_imports():
    for part in governing("district", 2024).deducts:
        if part.item in {"non_fossil", "green_power"}:
            assert "imported_hydro" in part.excludes
    assert deduction("city", 2024, "non_fossil").excludes == ()


def test_a_district_subtracts_green_power_and_certificates_from_its_intensity_only():
    assert deduction("district", 2024, "green_power").from_ == ("intensity",)
    assert deduction("district", 2024, "green_certificate").from_ == ("intensity",)
    assert governing("district", 2024).not_expressed


def test_electricity_is_converted_by_a_factor_that_the_assessment_may_use_and_the_choice_is_cited():
    for found in packs().all(DeductionSet):
        for part in found.deducts:
            assert (part.conversion is None) == (part.item == "feedstock")
            assert part.conversion is None or part.conversion_clause == "tanheng-settings#certificate-conversion"


# ---- what a set may not be


def test_a_set_says_of_which_years_and_items_it_speaks():
    found = DeductionSet.model_validate(SET | {"deducts": [ITEM]})
    assert found.covers(Period.parse("2025")) and not found.covers(Period.parse("2023"))
    assert found.deducts[0].from_ == ("total", "intensity")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"deducts": [ITEM, ITEM]}, "subtracted twice"),
        ({"period": [date(2024, 1, 1), date(2023, 1, 1)]}, "ends before it begins"),
        ({"period": "2024"}, "period is written as"),
        ({"level": "village"}, "level"),
        ({"deducts": [ITEM | {"from": []}]}, "from"),
        ({"deducts": [ITEM | {"item": "sunshine"}]}, "item"),
        ({"deducts": [ITEM | {"conversion": "x"}]}, "stand together"),
        ({"deducts": [ITEM | {"cap": {"share": "1.5", "of": "saving_needed_for_intensity_target",
                                      "clause": "x#1", "status": "unverified"}}]}, "between 0 and 1"),
    ],
)  # fmt: skip
def test_a_set_that_makes_no_sense_is_refused(fields, said):
    with pytest.raises(ValidationError, match=said):
        DeductionSet.model_validate(SET | fields)
