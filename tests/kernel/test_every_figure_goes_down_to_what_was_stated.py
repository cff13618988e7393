"""Lights, figures of the dispatch, assessment scores, progress: whoever goes down from one never gets stuck."""

from dataclasses import replace

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tests.kernel.area_world import EAST, account, given
from tests.kernel.dispatch_world import MILL, dispatched, gas, reports, table
from tests.kernel.going_down import figures_of, leaves_of
from tests.kernel.test_annual_assessment import assessed, entered, growing, target
from tests.kernel.test_barometer import EAST_LIGHT, HALF, ROWS, TARGETS, barometer, demanded, demands, feedback
from tests.kernel.world import changed, packs

ALL = {"mill": (100, 110), "forge": (200, 190), "hotel": (50, 80), "depot": (10, 10)}


def lights():
    cap = demanded("cap", EAST, "154", "energy_total", operator="at_most", unit="10^4 tce[coal_equivalent]")
    return barometer(rows=[*ROWS, *feedback(EAST, 4, 7, 2.85)], targets=[*TARGETS, cap])


def dispatch():
    return dispatched([*reports(**ALL), *table("electricity_use", "area/east", 110, 100, 101)])


def scores():
    card = "energy_11th_plan"
    return assessed(growing(EAST, 101.0), [target(EAST, "down", "3")], [entered(EAST, "50", card=card)], card)


def progress():
    inputs = replace(given(ROWS), demands=demands(*TARGETS))
    return account("target_progress", "energy_assessment", inputs, HALF)


@pytest.mark.parametrize("made", [lights, dispatch, scores, progress])
def test_every_figure_goes_down_to_cells_and_to_what_is_demanded_or_fixed(made):
    run = made()
    figures = figures_of(run)
    assert len(figures) > 2
    for address in figures:
        leaves = leaves_of(run, address)
        assert set(leaves) <= {"cell", "entry", "target", "count"}, address
        assert leaves or "flat_share" in address, address  # a share of all or nothing rests on the kind of estimate


@pytest.mark.parametrize("column", ["light_level", "light_actual_rate", "light_gap"])
def test_a_light_goes_down_through_progress_intensity_and_energy_to_the_senders_cells(column):
    assert leaves_of(lights(), f"{column}@{EAST_LIGHT}@{HALF}")["cell"] > 5


def test_a_figure_of_the_method_below_is_explained_by_that_method():
    run, months = dispatch(), "2025-01..2025-06"
    assert run.why(f"energy_calorific@{MILL}@{months}")["receipt"]["method"] == "unit_energy_reported"


def test_a_figure_two_methods_below_is_found_too():
    below = {"quarterly_estimate": "energy_assessment", "assessment_basis": "energy_assessment"}
    use = changed(packs(), **{"barometer.energy_assessment": {"builds_on": below}})
    run = barometer(rows=[*ROWS, *gas(MILL, Period.parse(HALF), 100)], use=use)
    assert run.why(f"energy_calorific@{MILL}@{HALF}")["receipt"]["method"] == "unit_energy_reported"


def test_a_figure_that_no_method_has_is_refused_with_the_nearest_ones():
    with pytest.raises(Refusal) as refused:
        lights().why(f"light_lavel@{EAST_LIGHT}@{HALF}")
    assert refused.value.code == "figure-not-found"


def test_what_was_found_is_told_with_the_figure_that_it_concerns_and_with_no_other():
    run = lights()
    assert {"light-partly-flat", "light-feedback-explained"} <= run.codes()
    ours = run.why(f"light_level@{EAST_LIGHT}@{HALF}")
    theirs = run.why(f"light_level@west#floor/estimated@{HALF}")
    for told, own, other in ((ours, "target east", "target west"), (theirs, "target west", "target east")):
        said = " ".join(item["message"]["en"] for item in told["findings"])
        assert own in said
        assert other not in said
    assert "light-feedback-explained" in {item["code"] for item in ours["findings"]}
    assert "light-feedback-explained" not in {item["code"] for item in theirs["findings"]}


def test_a_grey_light_says_that_it_has_no_data_and_nothing_of_the_others():
    told = barometer(rows=[row for row in ROWS if row["subject"] != EAST]).why(f"light_level@east#floor/no_data@{HALF}")
    assert {item["code"] for item in told["findings"]} == {"light-grey", "barometer-rule-of-another-era"}


def test_a_score_is_told_with_what_its_own_subject_lacks():
    run = assessed(growing(EAST, 101.0), [target(EAST, "down", "3")])
    told = run.why(f"score@{EAST}@2025@measures")
    assert "score-not-entered" in {item["code"] for item in told["findings"]}
    met = run.why(f"target_gap@{EAST}@2025@energy_per_gdp/annual")
    assert "score-not-entered" not in {item["code"] for item in met["findings"]}
