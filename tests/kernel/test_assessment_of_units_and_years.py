"""Units are scored by their own reports; years are compared like with like; what is entered wrongly counts nowhere."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.assessment.sensitivity import sensitivity
from tanheng.kernel.subject import LOCATED_IN, Directory, Relation
from tests.kernel.area_world import EAST, MILL, SETTLED, WEST, account, given, told
from tests.kernel.test_annual_assessment import DEPARTMENTS, YEAR, assessed, demanded, entered, growing, target

CARD = "energy_11th_plan"
MET = [target(EAST, "down", "3")]
MEASURES = f"score@{EAST}@2025@measures"
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]


def reported(energy_2025: float, output_2025: float = 1000.0, months=MONTHS):
    """A mill that burns 100 t a month in 2024 and makes output of 1000; both each month, to the energy authority."""
    kept = {"use_class": "unit_report"}
    for month in months:
        late = month.startswith("2025")
        burnt, made = (energy_2025, output_2025) if late else (100.0, 1000.0)
        yield told(
            "energy_consumption", MILL, month, burnt, carrier="raw_coal", unit="t", coverage="unit_report", **kept
        )
        yield told("output_value", MILL, month, made, coverage="key_unit", **kept)


def unit_assessed(rows, *targets):
    return assessed(list(rows), targets, card="units_14th_plan")


def per_output(value: str = "3"):
    return target(MILL, "down", value, indicator="unit_energy_per_output")


def test_a_unit_is_scored_by_energy_per_output_of_its_own_reports():
    # 96 t for the same output is a fall of 4 %; of 3 % demanded in the year alone: 10 of 35
    run = unit_assessed(reported(96.0), per_output())
    assert run.value(f"target_gap@{MILL}@2025@unit_energy_per_output/annual") == 10_000_000
    whole = target(MILL, "down", "3", by=YEAR, base="2023", indicator="unit_energy_per_output")
    assert run.value(f"score@{MILL}@2025@unit_energy") is None
    assert "target-not-set" in run.codes("blocker")
    assert unit_assessed(reported(96.0), per_output(), whole).value(f"score@{MILL}@2025@unit_energy") is None
    three_years = [f"2023-{month:02d}" for month in range(1, 13)] + MONTHS
    for demanded_in_two_years, points in (("6", 1000), ("3.5", 3500)):
        plan = target(MILL, "down", demanded_in_two_years, base="2023", indicator="unit_energy_per_output")
        plan = replace(plan, id="plan.two_years")
        run = unit_assessed(reported(96.0, months=three_years), per_output(), plan)
        assert run.value(f"score@{MILL}@2025@unit_energy") == points


def test_more_output_for_the_same_energy_is_a_fall_and_a_missing_month_leaves_a_gap():
    run = account("unit_energy_per_output", "energy_reporting", list(reported(100.0, 1250.0)), YEAR)
    assert run.value(f"unit_intensity_decline@{MILL}@2025") == 200_000_000
    short = [
        row
        for row in reported(100.0)
        if not (row["indicator"] == "output_value" and str(row["period_start"]) == "2024-05-01")
    ]
    run = account("unit_energy_per_output", "energy_reporting", short, YEAR)
    assert run.value(f"unit_intensity_decline@{MILL}@2025") is None
    assert "unit-intensity-missing" in run.codes()


@pytest.mark.parametrize(("cap", "points"), [("858", 1500), ("850", 1000), ("790", 1000), ("715", 500), ("680", 0)])
def test_a_unit_over_its_cap_keeps_the_points_of_the_band_it_stays_below(cap, points):
    # 1200 t of raw coal at 0.7143 are 857.16 tce: over 850 by 0.8, 790 by 8.5, 715 by 19.9, 680 by 26 %
    run = unit_assessed(reported(100.0), target(MILL, "at_most", cap, base="", unit="tce", indicator="energy_total"))
    assert run.value(f"score@{MILL}@2025@total_cap") == points


# ---- year on year, like with like
def two_years(second: float = 101.0):
    rows = growing(EAST, second)
    rows += [told("energy_total", EAST, "2023", 100.0), told("gdp", EAST, "2023", 900.0)]
    return rows


def both_years(*more, card=CARD, before="48", **last_year):
    last = entered(EAST, before, card=card, position=3, year="2024", **last_year)
    return [entered(EAST, "50", card=CARD), last, *more]


TARGETS = [target(EAST, "down", "3"), target(EAST, "down", "3", by="2024", base="2023")]


def test_the_score_is_compared_with_that_of_the_year_before_by_the_same_card():
    run = assessed(two_years(), TARGETS, both_years(), CARD)
    # 2024: 1 - 100/100 x 900/1000 = 10 %: completion 333 %, 40 + 9 + 48 = 97; 2025: 40 + 6 + 50 = 96
    assert run.value(f"score@{EAST}@2025") == 9600
    assert run.value(f"score_change@{EAST}@2025") == -100


def test_a_year_that_was_scored_by_another_card_is_named_and_not_compared():
    run = assessed(two_years(), TARGETS, both_years(card=DEPARTMENTS, before="38"), CARD)
    assert run.found("score-of-another-card") and DEPARTMENTS in run.found("score-of-another-card")[0]
    assert run.result.figures.where(subject=EAST).values("score_change") == [None]


def test_a_year_with_other_items_exempt_is_named_and_not_compared():
    run = assessed(two_years(), TARGETS, both_years(before="", exempt="是", reason="新设"), CARD)
    assert "score-scope-differs" in run.codes()
    assert run.result.figures.where(subject=EAST).values("score_change") == [None]


def test_a_year_of_which_an_item_is_open_is_named_and_not_compared():
    run = assessed(two_years(), TARGETS, [entered(EAST, "50", card=CARD)], CARD)
    assert run.value(f"score@{EAST}@2025") == 9600
    assert run.found("score-of-last-year-missing")
    assert set(run.result.figures.where(subject=EAST).values("score_change")) == {None}


def test_an_item_that_a_subject_is_exempt_from_moves_no_rank():
    sheets = {
        EAST: {"target": Decimal(40), "measures": Decimal(0)},
        WEST: {"target": Decimal(50), "measures": Decimal(5)},
    }
    worth = {"target": Decimal(50), "measures": Decimal(50)}
    moving = {(move.subject, move.item) for move in sensitivity(sheets, worth) if move.moves}
    assert moving == {(EAST, "measures"), (WEST, "target")}
    moving = {(move.subject, move.item) for move in sensitivity(sheets, worth, {EAST: {"measures"}}) if move.moves}
    assert moving == {(WEST, "target")}


def test_a_district_that_was_merged_in_the_middle_of_the_year_is_named_and_not_compared():
    merged = Relation(LOCATED_IN, WEST, EAST, date(2025, 7, 1), None)
    where = Directory(SETTLED.parties, SETTLED.areas, SETTLED.facilities, (*SETTLED.relations, merged))
    inputs = replace(given(two_years(), where), demands=demanded(*TARGETS), kept=tuple(both_years()))
    run = account("annual_assessment", "energy_assessment", inputs, YEAR, date(2026, 6, 1), scorecard=CARD)
    assert "2025-07-01" in run.found("area-changed")[0]
    assert run.result.figures.where(subject=EAST, level="district").values("score_change") == [None]


# ---- bad input
def test_two_sheets_of_one_stage_that_contradict_each_other_leave_the_item_open():
    run = assessed(growing(EAST, 101.0), MET, [entered(EAST, "36"), entered(EAST, "30", position=2)])
    assert run.value(MEASURES) is None
    assert "36" in run.found("score-contradicted")[0] and "30" in run.found("score-contradicted")[0]


def test_the_same_points_written_otherwise_do_not_contradict_each_other():
    run = assessed(growing(EAST, 101.0), MET, [entered(EAST, "36"), entered(EAST, "36.0", position=2)])
    assert (run.value(MEASURES), run.codes() & {"score-contradicted"}) == (3600, set())


def test_a_row_that_nobody_touched_leaves_the_stage_before_it_standing():
    run = assessed(growing(EAST, 101.0), MET, [entered(EAST, "36", stage="self"), entered(EAST, "", position=2)])
    assert run.value(MEASURES) == 3600


def test_an_exemption_that_a_unit_claims_for_itself_can_be_refused():
    kept = [entered(EAST, "", stage="self", exempt="是", reason="自认不适用"), entered(EAST, "20", position=2)]
    assert assessed(growing(EAST, 101.0), MET, kept).value(MEASURES) == 2000


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"exempt": "否"}, None),
        ({"exempt": "待定"}, "score-unreadable"),
        ({"exempt": "是"}, "exemption-without-reason"),
    ],
)
def test_an_exemption_is_yes_or_no_and_has_a_reason(said, code):
    run = assessed(growing(EAST, 101.0), MET, [entered(EAST, "36", **said)])
    assert (run.value(MEASURES), code is None or code in run.codes("blocker")) == (None if code else 3600, True)


@pytest.mark.parametrize("text", ["三十六", "36分", "NaN", "-1", "40.01"])
def test_points_that_are_no_number_of_the_item_leave_it_open(text):
    run = assessed(growing(EAST, 101.0), MET, [entered(EAST, text)])
    assert run.value(MEASURES) is None
    assert run.codes("blocker") & {"score-unreadable", "score-beyond-item"}


@pytest.mark.parametrize(
    "wrong", [{"stage": "复查"}, {"card": "no_such_card"}, {"item": "no_such_item"}, {"subject": "area/nowhere"}]
)
def test_a_row_that_belongs_nowhere_is_named_with_its_cell_and_not_counted(wrong):
    said = {"subject": EAST} | wrong
    run = assessed(growing(EAST, 101.0), MET, [entered(said.pop("subject"), "36", **said)])
    assert "scores.xlsx!scores!1" in run.found("score-row-unknown")[0]
    assert run.value(MEASURES) is None


def test_a_stage_may_be_written_in_chinese():
    assert assessed(growing(EAST, 101.0), MET, [entered(EAST, "36", stage="终评")]).value(MEASURES) == 3600


def test_points_entered_for_what_is_measured_are_named_and_not_taken():
    kept = [entered(EAST, "60", item="targets"), entered(EAST, "36", position=2)]
    run = assessed(growing(EAST, 102.9), MET, kept)
    assert "score-of-measured-item" in run.codes("warning")


def test_a_self_score_that_nobody_reviewed_is_named_once_the_review_is_asked_for():
    kept = [entered(EAST, "36", stage="self")]
    assert "score-not-reviewed" in assessed(growing(EAST, 101.0), MET, kept).codes("warning")
    assert "score-not-reviewed" not in assessed(growing(EAST, 101.0), MET, kept, stage="self").codes()


def test_a_unit_that_left_out_a_month_has_not_kept_its_cap():
    rows = [
        row | {"stated_amount": None} if str(row["period_start"]) == "2025-06-01" else row for row in reported(100.0)
    ]
    run = unit_assessed(rows, target(MILL, "at_most", "900", base="", unit="tce", indicator="energy_total"))
    assert run.value(f"score@{MILL}@2025@total_cap") is None
    assert "result-incomplete" in run.codes("blocker")
