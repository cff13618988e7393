"""Energy per output of above-scale industry, against the comparison of the sender's own table."""

import pytest

from tanheng.kernel.faults import Refusal
from tests.kernel.area_world import CITY, EAST, QUAY, WEST, account, told
from tests.kernel.test_barometer import HALF, INDUSTRY, barometer, demanded, now

STATED = {
    "above_scale_energy": 96, "above_scale_energy_same_period": 100,
    "output_value": 600, "output_value_same_period": 600,
}  # fmt: skip


def stated(area, **other):
    """What a table states of an area: what it prints of the year before is about the months of that year."""
    months = {name: "2023-01..2023-06" if name.endswith("_same_period") else HALF for name in STATED}
    return [told(name, area, months[name], value, **INDUSTRY) for name, value in (STATED | other).items()]


def intensity(rows):
    return account("industrial_intensity", "energy_assessment", rows, HALF)


def test_the_decline_is_against_the_same_months_of_the_same_table():
    run = intensity([*stated(QUAY), told("above_scale_energy", QUAY, "2023-01..2023-06", 80, **INDUSTRY)])
    assert run.shown(f"industrial_intensity_decline@{QUAY}@{HALF}") == "4.00"


def test_the_field_of_an_area_has_the_figure_of_its_above_scale_industry():
    run = intensity(stated(CITY))
    assert run.value(f"industrial_intensity_decline@{CITY}#industry@{HALF}") == 40_000_000


def test_an_area_without_a_table_is_recombined_from_energy_and_output_and_never_from_rates():
    run = intensity([*stated(EAST), *stated(WEST, above_scale_energy=300, output_value=1400)])
    # (96 + 300) / (600 + 1400) over (100 + 100) / (600 + 600): 1 - 0.198 / 0.166667 = -18.8 %
    assert run.shown(f"industrial_intensity_decline@{CITY}@{HALF}") == "-18.80"
    assert run.codes() >= {"dispatch-summed"}


def test_an_area_whose_table_lacks_the_comparison_is_left_out_of_the_whole_and_named():
    run = intensity([*stated(EAST), told("above_scale_energy", WEST, HALF, 300, **INDUSTRY)])
    assert run.shown(f"industrial_intensity_decline@{CITY}@{HALF}") == "4.00"
    assert any(f"the name of {WEST}" in text for text in run.found("dispatch-summed-in-part"))


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
