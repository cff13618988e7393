"""A year is scored by a card: measured items from targets and results, judged ones as entered, nothing guessed."""

from dataclasses import replace
from datetime import date

import pytest

from tanheng.kernel.demand import Baseline, Demand, Demands, KnownObligation, Target
from tanheng.kernel.fact import KeptField, KeptRow
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.shape import Label
from tests.kernel.area_world import EAST, WEST, account, given, told

YEAR = "2025"
KNOWN = date(2026, 3, 1)
DEPARTMENTS = "district_departments_14th_plan"


def target(
    subject: str,
    operator: str,
    value: str,
    by: str = YEAR,
    base: str = "2024",
    unit: str = "%",
    indicator="energy_per_gdp",
):
    id = f"plan.{subject}.{indicator}.{by}"
    demand, label = Demand(operator, value=__import__("decimal").Decimal(value), unit=unit, by=by), Label(zh=id, en=id)
    baseline = Baseline(base) if base else None
    return Target(id, label, "plan#1", demand, subject=subject, indicator=indicator, baseline=baseline)


def demanded(*targets: Target) -> Demands:
    return Demands(tuple(KnownObligation(item, date(2025, 1, 15)) for item in targets))


def entered(
    subject: str, points: str, *, item="measures", card=DEPARTMENTS, stage="final", position=1, **more: str
) -> KeptRow:
    said = {"scorecard": card, "subject": subject, "year": YEAR, "item": item, "stage": stage, "points": points}
    said |= {"evidence": "A-01"} | more
    fields = {name: KeptField(text, f"hash/scores.xlsx!scores!{name}{position}") for name, text in said.items() if text}
    return KeptRow("assessment_scores", None, None, fields, f"scores.xlsx!scores!{position}", KNOWN, position)


def growing(subject: str, energy_2025: float, years: int = 1):
    """Energy of 100 before and GDP that grows by 5 % a year."""
    rows = [told("energy_total", subject, "2025", energy_2025), told("energy_total", subject, "2024", 100.0)]
    rows += [told("gdp", subject, "2025", 1050.0), told("gdp", subject, "2024", 1000.0)]
    return rows


def assessed(rows, targets, kept=(), card=DEPARTMENTS, **settings):
    inputs = replace(given(rows), demands=demanded(*targets), kept=tuple(kept))
    return account("annual_assessment", "energy_assessment", inputs, YEAR, date(2026, 6, 1), scorecard=card, **settings)


BOTH = [target(EAST, "down", "3"), target(EAST, "down", "13.5", by="2025", base="2020")]


def test_an_item_by_which_targets_are_met_gets_the_points_of_its_combination():
    run = assessed(growing(EAST, 101.0), [target(EAST, "down", "3")], [entered(EAST, "36")])
    # 1 - 1.01/1.05 = 3.8095 %: met by the year; nothing is demanded since a base year of several years
    assert run.value(f"target_gap@{EAST}@2025@energy_per_gdp/annual") == 8095238
    assert run.why(f"score@{EAST}@2025@measures")["value"] == 3600


def test_the_bands_of_a_completion_and_its_surplus_are_those_of_the_card():
    card = "energy_11th_plan"
    run = assessed(growing(EAST, 101.0), [target(EAST, "down", "3")], [entered(EAST, "50", card=card)], card)
    # completion 126.98 %: all 40 points, and two whole steps of 10 % beyond
    assert run.value(f"score@{EAST}@2025@annual_target") == 4000
    assert run.value(f"score@{EAST}@2025@surplus") == 600
    assert run.value(f"score@{EAST}@2025") == 9600
    assert run.value(f"assessment_grade@{EAST}@2025") == 3  # 超额完成


@pytest.mark.parametrize(("energy", "points"), [(102.0, 3600), (102.45, 3200), (103.3, 2000), (103.6, 0)])
def test_part_of_a_target_gets_the_points_of_the_highest_band_it_reaches(energy, points):
    # declines of 2.857, 2.429, 1.619 and 1.333 %: completion 95.2, 81.0, 54.0 and 44.4 %
    run = assessed(growing(EAST, energy), [target(EAST, "down", "3")], card="energy_11th_plan")
    assert run.value(f"score@{EAST}@2025@annual_target") == points


def test_a_veto_takes_its_grade_whatever_the_score():
    card = "energy_11th_plan"
    run = assessed(growing(EAST, 102.0), [target(EAST, "down", "3")], [entered(EAST, "60", card=card)], card)
    assert run.value(f"score@{EAST}@2025") == 9600
    assert run.value(f"assessment_grade@{EAST}@2025") == 0


def test_a_target_that_is_just_met_is_met():
    run = assessed(growing(EAST, 101.85), [target(EAST, "down", "3")], card="energy_11th_plan")
    assert run.value(f"score@{EAST}@2025@annual_target") == 4000


def test_what_nobody_entered_is_open_and_leaves_neither_grade_nor_rank():
    run = assessed(growing(EAST, 101.0), [target(EAST, "down", "3")], card="energy_11th_plan")
    assert "score-not-entered" in run.codes("blocker")
    assert run.value(f"score@{EAST}@2025") == 4600
    assert run.value(f"assessment_grade@{EAST}@2025") is None
    assert all(row["assessment_rank"] is None for row in run.result.figures.rows())


def test_points_without_the_evidence_that_is_asked_for_do_not_count():
    run = assessed(growing(EAST, 101.0), [target(EAST, "down", "3")], [entered(EAST, "36", evidence="")])
    assert "evidence-missing" in run.codes("blocker")
    assert "rank-incomplete" not in run.codes("blocker")


def test_more_points_than_an_item_has_are_refused_with_their_cell():
    run = assessed(growing(EAST, 101.0), [target(EAST, "down", "3")], [entered(EAST, "41")])
    assert "score-beyond-item" in run.codes("blocker")


def test_the_latest_stage_counts_and_an_earlier_one_can_be_asked_for():
    stages = [entered(EAST, "38", stage="self", position=1), entered(EAST, "33", stage="review", position=2)]
    at = f"score@{EAST}@2025@measures"
    rows, targets = growing(EAST, 101.0), [target(EAST, "down", "3")]
    assert assessed(rows, targets, stages).value(at) == 3300
    assert assessed(rows, targets, stages, stage="self").value(at) == 3800


def test_a_subject_without_a_target_is_named_and_not_scored_as_zero():
    run = assessed(growing(EAST, 101.0), [target(EAST, "down", "3")], [entered(WEST, "36")])
    assert any(item.code == "target-not-set" and WEST in item.place for item in run.result.findings)


def test_ranks_are_among_those_whose_score_is_whole():
    card = "energy_11th_plan"
    rows = [*growing(EAST, 101.0), *growing(WEST, 101.5)]
    targets = [target(EAST, "down", "3"), target(WEST, "down", "3")]
    kept = [entered(EAST, "50", card=card, position=1), entered(WEST, "55", card=card, position=2)]
    run = assessed(rows, targets, kept, card)
    assert (run.value(f"score@{EAST}@2025"), run.value(f"score@{WEST}@2025")) == (9600, 9800)
    assert (run.value(f"assessment_rank@{EAST}@2025"), run.value(f"assessment_rank@{WEST}@2025")) == (2, 1)


def test_an_exempted_item_counts_as_the_setting_says():
    kept = [entered(EAST, "", exempt="是", reason="新设")]
    rows, targets = growing(EAST, 101.0), [target(EAST, "down", "3")]
    at = f"score@{EAST}@2025@measures"
    assert assessed(rows, targets, kept).value(at) == 4000
    assert assessed(rows, targets, kept, exempt_items="none").value(at) == 0


def test_no_card_is_the_default():
    with pytest.raises(Refusal, match="scorecard-not-chosen"):
        assessed(growing(EAST, 101.0), [], card="none")


def test_what_a_card_does_not_express_blocks_until_it_is_accepted():
    assert "not-expressed" in assessed(
        growing(EAST, 101.0), [target(EAST, "down", "3")], card="energy_11th_plan"
    ).codes("blocker")
