"""Energy per floor area: a hot summer is no waste and a mild one no saving, and the correction is a step of its own."""

import pytest

from tanheng.kernel.faults import Refusal
from tests.kernel.area_world import CITY, HOSPITAL, WEST, account, told
from tests.kernel.test_barometer import barometer, demanded, now

UNIT = {"coverage": "unit_report", "use_class": "administrative"}
STATION = {"coverage": "weather_station"}
BUILDING = [
    told("building_energy", HOSPITAL, "2023", 1000, **UNIT),
    told("building_energy", HOSPITAL, "2024", 1030, **UNIT),
    told("floor_area", HOSPITAL, "2023", 20_000, **UNIT),
    told("floor_area", HOSPITAL, "2024", 20_000, **UNIT),
]
SUMMER = [
    told("heating_degree_days", CITY, "2023", 1500, **STATION),
    told("heating_degree_days", CITY, "2024", 1200, **STATION),
    told("cooling_degree_days", CITY, "2023", 200, **STATION),
    told("cooling_degree_days", CITY, "2024", 320, **STATION),
]


def intensity(rows, period="2024", **settings):
    return account("area_intensity", "energy_assessment", rows, period, **settings)


def test_energy_per_floor_area_and_its_decline_are_those_that_were_measured():
    run = intensity([*BUILDING, *SUMMER])
    assert run.shown(f"area_intensity@{HOSPITAL}@2024") == "51.50"
    assert run.shown(f"area_intensity_decline@{HOSPITAL}@2024") == "-3.00"


def test_a_hot_summer_is_taken_out_by_degree_days_as_a_step_of_its_own():
    run = intensity([*BUILDING, *SUMMER])
    # 1 - 0.2 - 0.3 + 0.2 x 1500 / 1200 + 0.3 x 200 / 320 = 0.9375; 1 - 1.03 x 0.9375 = 3.4375 %
    told_of = run.why(f"area_intensity_decline_weather@{HOSPITAL}@2024")
    (step,) = [step for step in told_of["steps"] if step["column"] == "weather_correction"]
    assert (step["value"], step["clause"]) == (0.9375, "barometer-practice#weather")
    assert told_of["display"]["value"] == "3.44"
    assert run.shown(f"area_intensity_of_weather@{HOSPITAL}@2024") == "6.44"
    assert {factor["entry"] for factor in told_of["factors"]} == {"heating_share", "cooling_share"}


def test_the_shares_that_follow_the_weather_are_settings():
    run = intensity([*BUILDING, *SUMMER], heating_share="0", cooling_share="0")
    assert run.shown(f"area_intensity_decline_weather@{HOSPITAL}@2024") == "-3.00"


def test_without_degree_days_of_both_years_nothing_is_corrected_and_that_is_said():
    run = intensity([*BUILDING, *SUMMER[:3]])
    assert run.shown(f"area_intensity_decline@{HOSPITAL}@2024") == "-3.00"
    assert "degree-days-missing" in run.codes("note")
    assert [row["area_intensity_decline_weather"] for row in run.result.figures.rows()] == [None, None]


def days(**both):
    return [
        told(f"{kind}_degree_days", CITY, year, value, **STATION)
        for kind, values in both.items()
        for year, value in zip(("2023", "2024"), values, strict=True)
    ]


def test_a_kind_of_degree_days_that_neither_year_has_corrects_nothing():
    run = intensity([*BUILDING, *days(heating=(1500, 1200), cooling=(0, 0))])
    # 1 - 0.2 + 0.2 x 1500 / 1200 = 1.05; 1 - 1.03 x 1.05 = -8.15 %
    assert run.shown(f"area_intensity_decline_weather@{HOSPITAL}@2024") == "-8.15"
    assert not run.codes("blocker")
    run = intensity([*BUILDING, *days(heating=(0, 0), cooling=(0, 0))])
    assert run.shown(f"area_intensity_decline_weather@{HOSPITAL}@2024") == "-3.00"


@pytest.mark.parametrize("heating", [(1500, 0), (-5, 10), (10, -5)])
def test_degree_days_without_a_ratio_correct_nothing_and_keep_nothing_from_being_published(heating):
    run = intensity([*BUILDING, *days(heating=heating, cooling=(200, 320))])
    assert run.shown(f"area_intensity_decline@{HOSPITAL}@2024") == "-3.00"
    assert "degree-days-none" in run.codes("note")
    assert not run.codes("blocker")


def test_degree_days_of_the_nearest_area_count():
    nearer = [row | {"subject": WEST, "stated_amount": 100.0} for row in SUMMER]
    run = intensity([*BUILDING, *SUMMER, *nearer])
    assert run.shown(f"area_intensity_decline_weather@{HOSPITAL}@2024") == "-3.00"


def test_both_lights_of_an_area_intensity_stand_beside_one_another():
    target = demanded("hospital", HOSPITAL, "1", "energy_per_floor_area")
    run = barometer(rows=[*BUILDING, *SUMMER], targets=[target], period="2024")
    assert now(run) == {"hospital#floor/accounted": 1, "hospital#floor/accounted/weather": 3}
    assert run.shown("light_distance_energy@hospital#floor/accounted@2024") == "39"


def test_a_floor_area_that_is_missing_leaves_no_intensity_and_a_light_without_it_is_grey():
    run = intensity([*BUILDING[:3], *SUMMER])
    assert run.value(f"area_intensity@{HOSPITAL}@2024") is None
    target = demanded("hospital", HOSPITAL, "1", "energy_per_floor_area")
    assert now(barometer(rows=BUILDING[:3], targets=[target], period="2024")) == {"hospital#floor/no_data": None}


def test_a_period_in_which_no_building_reports_has_nothing_to_say():
    with pytest.raises(Refusal) as refused:
        intensity([*BUILDING, *SUMMER], "2022")
    assert refused.value.code == "no-activity-data"
