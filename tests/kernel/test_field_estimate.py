"""The fields of an area in an estimate: one of them moves, the others are flat by construction and say so."""

import pytest

from tanheng.kernel.faults import Refusal
from tests.kernel.area_world import EAST, account, told
from tests.kernel.test_quarterly_estimate import GDP, HALF, LAST_YEAR, MONTHS, REGION

VALUE_ADDED = [
    told("value_added", EAST, "2023", 5_000_000, "industry", **REGION),
    told("value_added", EAST, "2023-01..2023-06", 2_500_000, "industry", **REGION),
    told("value_added", EAST, "2024-01..2024-06", 2_900_000, "industry", **REGION),
]
INDUSTRY, TERTIARY = f"{EAST}#industry", f"{EAST}#tertiary"


def fields(rows, period=HALF):
    return account("field_estimate", "energy_assessment", rows, period)


def test_the_scaled_industry_moves_with_what_its_firms_report():
    run = fields([*LAST_YEAR, *MONTHS, *GDP, *VALUE_ADDED])
    # 44 / 40 = +10 %; value added 290 / 250 = 1.16; 1 - 1.1 / 1.16 = 5.172 %
    assert run.shown(f"field_energy_growth@{INDUSTRY}@{HALF}") == "10.00"
    assert run.shown(f"field_intensity_decline@{INDUSTRY}@{HALF}") == "5.17"
    assert run.shown(f"field_flat_share@{INDUSTRY}@{HALF}") == "0.0"


def test_a_field_at_last_years_intensity_is_flat_whatever_it_saved():
    run = fields([*LAST_YEAR, *MONTHS, *GDP, *VALUE_ADDED])
    assert run.shown(f"field_intensity_decline@{TERTIARY}@{HALF}") == "0.00"
    assert run.shown(f"field_flat_share@{TERTIARY}@{HALF}") == "100.0"


def test_an_area_says_how_much_of_its_estimate_is_flat():
    run = fields([*LAST_YEAR, *MONTHS, *GDP])
    # 21 of 76
    assert run.shown(f"field_flat_share@{EAST}@{HALF}") == "27.6"


def test_without_value_added_a_field_has_growth_and_no_decline():
    run = fields([*LAST_YEAR, *MONTHS, *GDP])
    assert run.shown(f"field_energy_growth@{INDUSTRY}@{HALF}") == "10.00"
    assert run.value(f"field_intensity_decline@{INDUSTRY}@{HALF}") is None


def test_fields_are_a_level_of_their_own_and_never_the_areas():
    run = fields([*LAST_YEAR, *MONTHS, *GDP])
    levels = {row["subject"]: row["level"] for row in run.result.figures.rows()}
    assert levels == {EAST: "district", INDUSTRY: "field", TERTIARY: "field"}


def test_a_year_without_the_energy_of_sectors_before_it_has_no_fields():
    with pytest.raises(Refusal) as refused:
        fields([*MONTHS, *GDP])
    assert refused.value.code == "no-activity-data"
