"""Energy per output of above-scale industry, against the comparison of the sender's own table."""

import pytest

from tanheng.kernel.faults import Refusal
from tests.kernel.area_world import CITY, EAST, QUAY, account, told
from tests.kernel.test_barometer import HALF, INDUSTRY, barometer, demanded, now

STATED = {
    "above_scale_energy": 96, "above_scale_energy_same_period": 100,
    "output_value": 600, "output_value_same_period": 600,
}  # fmt: skip


def stated(area, **other):
    return [told(indicator, area, HALF, value, **INDUSTRY) for indicator, value in (STATED | other).items()]


def intensity(rows):
    return account("industrial_intensity", "energy_assessment", rows, HALF)


def test_the_decline_is_against_the_same_months_of_the_same_table():
    run = intensity([*stated(QUAY), told("above_scale_energy", QUAY, "2023-01..2023-06", 80, **INDUSTRY)])
    assert run.shown(f"industrial_intensity_decline@{QUAY}@{HALF}") == "4.00"


def test_the_field_of_an_area_has_the_figure_of_its_above_scale_industry():
    run = intensity(stated(CITY))
    assert run.value(f"industrial_intensity_decline@{CITY}#industry@{HALF}") == 40_000_000


def test_output_that_is_missing_leaves_no_decline():
    rows = [row for row in stated(QUAY) if row["indicator"] != "output_value"]
    assert intensity(rows).value(f"industrial_intensity_decline@{QUAY}@{HALF}") is None


def test_a_period_that_no_table_covers_is_refused():
    with pytest.raises(Refusal) as refused:
        intensity([told("above_scale_energy", QUAY, "2023-01..2023-06", 80, **INDUSTRY)])
    assert refused.value.code == "no-activity-data"


def test_towns_and_the_field_of_industry_have_lights_of_their_own():
    targets = [
        demanded("town", QUAY, "3.5", "industrial_energy_per_output"),
        demanded("industry", f"{EAST}#industry", "4.2", "industrial_energy_per_output"),
    ]
    run = barometer(rows=[*stated(QUAY), *stated(EAST)], targets=targets)
    assert now(run) == {"town#floor/accounted": 3, "industry#floor/accounted": 2}
