"""A quarter's energy is an estimate and says so; where value added is late there is none."""

import pytest

from tanheng.kernel.faults import Refusal
from tests.kernel.area_world import EAST, account, told

INDUSTRY = {"coverage": "above_scale_industry", "accumulation": "year_to_date"}
REGION = {"coverage": "region", "accumulation": "year_to_date"}
LAST_YEAR = [
    told("sector_energy", EAST, "2023", 100, "industry"),
    told("sector_energy", EAST, "2023", 40, "tertiary"),
    told("above_scale_energy", EAST, "2023", 800_000, **INDUSTRY),
    told("value_added_current", EAST, "2023", 2_000_000, "tertiary", **REGION),
]
MONTHS = [
    told("above_scale_energy", EAST, "2023-01..2023-06", 400_000, **INDUSTRY),
    told("above_scale_energy", EAST, "2024-01..2024-06", 440_000, **INDUSTRY),
    told("value_added_current", EAST, "2023-01..2023-06", 1_000_000, "tertiary", **REGION),
]
GDP = [
    told("value_added_growth", EAST, "2024-01..2024-06", 5, "tertiary", **REGION),
    told("gdp_growth", EAST, "2024-01..2024-06", 6, **REGION),
]
HALF = "2024-01..2024-06"


def estimate(rows, period=HALF, **settings):
    return account("quarterly_estimate", "energy_assessment", rows, period, **settings)


def test_industry_is_scaled_by_its_share_and_the_rest_goes_by_value_added():
    run = estimate([*LAST_YEAR, *MONTHS, *GDP])
    # share 80 / 100; 44 / 0.8 = 55; 40 / 200 x 105 = 21
    assert run.shown(f"energy_estimate@{EAST}@{HALF}@industry") == "55.000"
    assert run.shown(f"energy_estimate@{EAST}@{HALF}@tertiary") == "21.000"
    assert run.shown(f"energy_estimate@{EAST}@{HALF}") == "76.000"
    # a year before: 40 / 0.8 + 40 / 200 x 100 = 70; 76 / 70 = +8.571 %; 1 - 1.085714 / 1.06 = -2.426 %
    assert run.shown(f"energy_estimate_growth@{EAST}@{HALF}") == "8.57"
    assert run.shown(f"energy_estimate_intensity_decline@{EAST}@{HALF}") == "-2.43"


def test_an_estimate_says_that_it_is_one_and_that_the_tertiary_part_is_flat():
    run = estimate([*LAST_YEAR, *MONTHS, *GDP])
    (said,) = run.found("estimated")
    assert "flat by construction" in said
    assert "推算" in run.why(f"energy_estimate@{EAST}@{HALF}")["label"]["zh"]


def test_late_value_added_gives_a_note_and_no_number():
    run = estimate([*LAST_YEAR, *MONTHS])
    assert run.value(f"energy_estimate@{EAST}@{HALF}") is None
    assert run.value(f"energy_estimate_growth@{EAST}@{HALF}") is None
    assert run.shown(f"energy_estimate@{EAST}@{HALF}@industry") == "55.000"
    assert run.codes("note") >= {"observation-missing", "estimated"}


def test_late_gdp_gives_the_estimate_and_no_decline():
    run = estimate([*LAST_YEAR, *MONTHS, GDP[0]])
    assert run.shown(f"energy_estimate@{EAST}@{HALF}") == "76.000"
    assert run.value(f"energy_estimate_intensity_decline@{EAST}@{HALF}") is None


def test_a_sector_without_value_added_is_left_out_and_named():
    households = told("sector_energy", EAST, "2023", 15, "residential")
    run = estimate([*LAST_YEAR, *MONTHS, *GDP, households])
    assert run.shown(f"energy_estimate@{EAST}@{HALF}") == "76.000"
    (said,) = run.found("estimate-leaves-out")
    assert "Households" in said


def test_value_added_at_comparable_prices_is_taken_where_it_is_stated():
    stated = [
        told("value_added", EAST, period, value, "tertiary", **REGION)
        for period, value in (("2023", 1_600_000), ("2023-01..2023-06", 800_000), (HALF, 880_000))
    ]
    run = estimate([*LAST_YEAR, *MONTHS, *GDP, *stated])
    assert run.shown(f"energy_estimate@{EAST}@{HALF}@tertiary") == "22.000"  # 40 / 160 x 88


def test_january_and_february_are_estimated_together_and_january_never_alone():
    with pytest.raises(Refusal) as refused:
        estimate(LAST_YEAR, "2024-01")
    assert refused.value.code == "period-not-to-date"


def test_an_area_without_last_years_sectors_is_not_estimated():
    with pytest.raises(Refusal) as refused:
        estimate(MONTHS)
    assert refused.value.code == "no-activity-data"
