"""Splits of a target: what a plan that is odd leads to, and never to a number that only looks right."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition.banding import band_of
from tanheng.kernel.pack import Definition, PackSet
from tanheng.kernel.pack.decomposition_plan import Bands, DecompositionPlan
from tanheng.kernel.pack.factor import Status
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, Result, run
from tanheng.kernel.subject import LOCATED_IN, Relation
from tests.kernel.area_world import CITY, EAST, HILL, NOW, QUAY, SETTLED, WEST, given, told
from tests.kernel.world import directory, packs

FIGURES = {"amount": {"unit": "10^4 tce[coal_equivalent]"}, "basis": {"unit": "10^8 CNY[2020]"}}
OBSERVED = {
    "amount": {"unit": "10^4 tce[coal_equivalent]", "indicator": "energy_total", "coverage": "whole_society"},
    "basis": {"unit": "10^4 CNY[2020]", "indicator": "gdp", "coverage": "whole_society"},
}


def plan(subjects: list[Mapping[str, Any]], **other: Any) -> DecompositionPlan:
    content = {
        "id": "p", "label": {"zh": "方案", "en": "plan"}, "clause": "decomposition-methods#sharing",
        "status": "verified", "method": "equal_rate", "parent": CITY, "demand": "5", "base": "2025", "by": "2026",
        "figures": FIGURES, "subjects": subjects,
    }  # fmt: skip
    return DecompositionPlan.model_validate({**content, **other})


def subject(id: str, amount: str = "50", basis: str = "100", **other: Any) -> dict[str, Any]:
    return {"id": id, "stated": {"amount": amount, "basis": basis}, **other}


def split(made: DecompositionPlan, inputs: Inputs | None = None, method: str = "target_decomposition") -> Result:
    use = PackSet((*packs().definitions, Definition("test", "test:1", made)), packs().hashes)
    asked = Parameters(Period.parse(made.by), "energy_assessment", NOW, 1, None, {"plan": made.id})
    return run(method, use, inputs or given([]), asked)


def value(result: Result, column: str, of: str) -> Any:
    (found,) = result.figures.where(subject=of).values(column)
    return found


def codes(result: Result, severity: str | None = None) -> set[str]:
    return {item.code for item in result.findings if severity in (None, str(item.severity))}


def test_a_run_that_names_no_plan_is_told_which_there_are():
    asked = Parameters(Period.year(2026), "energy_assessment", NOW, 1)
    with pytest.raises(Refusal, match="split-plan-unnamed"):
        run("target_decomposition", packs(), given([]), asked)


def test_a_plan_for_another_year_is_refused():
    made = plan([subject(EAST)])
    use = PackSet((*packs().definitions, Definition("test", "test:1", made)), packs().hashes)
    asked = Parameters(Period.year(2027), "energy_assessment", NOW, 1, None, {"plan": "p"})
    with pytest.raises(Refusal, match="split-period-differs"):
        run("target_decomposition", use, given([]), asked)


def test_a_subject_without_figures_leaves_the_whole_without_a_number():
    result = split(plan([subject(EAST), {"id": WEST}]))
    assert value(result, "split_recombined", CITY) is None
    assert value(result, "split_rate", EAST) is None
    assert "split-figure-missing" in codes(result, "blocker")


@pytest.mark.parametrize(("amount", "basis"), [("-3", "100"), ("0", "100"), ("50", "-1"), ("50", "0")])
def test_a_figure_that_is_not_above_zero_is_named_and_never_divided_by(amount, basis):
    result = split(plan([subject(EAST), subject(WEST, amount, basis)]))
    assert "split-figure-not-positive" in codes(result, "blocker")
    assert value(result, "split_recombined", CITY) is None  # of the others it would pass for that of all
    assert value(result, "split_rate", WEST) is None


def test_a_plan_ends_after_it_begins():
    with pytest.raises(ValueError, match="does not lie after base"):
        plan([subject(EAST)], base="2026", by="2026")


def test_a_subject_named_twice_counts_once_and_blocks():
    result = split(plan([subject(EAST), subject(EAST, "70"), subject(WEST)]))
    assert "split-subject-twice" in codes(result, "blocker")
    assert value(result, "split_recombined", CITY) == 50_000_000


def test_the_whole_is_no_part_of_itself():
    result = split(plan([subject(EAST), subject(CITY, "100"), subject(WEST)]))
    assert "split-subject-is-whole" in codes(result, "blocker")


def test_a_town_beside_its_district_is_an_overlap():
    result = split(plan([subject(EAST), subject(WEST), subject(QUAY)]))
    (found,) = [item for item in result.findings if item.code == "split-subject-inside"]
    assert found.place.endswith(QUAY)


def test_a_unit_in_two_subjects_is_an_overlap():
    result = split(plan([subject("集团", members=["甲厂", "乙厂"]), subject("园区", members=["乙厂", "丙厂"])]))
    (found,) = [item for item in result.findings if item.code == "split-unit-in-two"]
    assert "乙厂" in found.message()


def test_a_district_that_the_plan_leaves_out_is_named():
    assert "split-subject-left-out" in codes(split(plan([subject(EAST)])))
    assert "split-subject-left-out" not in codes(split(plan([subject(EAST), subject(WEST)])))


def test_a_district_that_was_merged_between_base_and_due_date_is_named():
    moved = directory(Relation(LOCATED_IN, HILL, EAST, date(2020, 1, 1), date(2026, 3, 1)),
                      Relation(LOCATED_IN, HILL, WEST, date(2026, 3, 1)))  # fmt: skip
    changed = [item for item in split(plan([subject(EAST), subject(WEST)]), given([], moved)).findings
               if item.code == "split-subject-changed"]  # fmt: skip
    assert {item.place.partition(":")[2] for item in changed} == {EAST, WEST}
    assert "split-subject-changed" not in codes(split(plan([subject(EAST), subject(WEST)])))


def test_growth_stated_of_some_and_not_of_others_blocks():
    result = split(plan([subject(EAST, growth="5"), subject(WEST)]))
    assert "split-growth-missing" in codes(result, "blocker")
    assert value(result, "split_recombined", CITY) is None


def test_weights_that_miss_one_and_negative_ones_block():
    criterion = {"id": "a", "label": {"zh": "甲", "en": "a"}, "of": "amount", "per": "basis",
                 "clause": "yi-2011#index", "status": "verified"}  # fmt: skip
    wrong = [criterion | {"weight": "1.2"}, criterion | {"id": "b", "weight": "-0.3"}]
    result = split(plan([subject(EAST), subject(WEST)], method="weights", criteria=wrong))
    assert {"split-weights-not-one", "split-weight-negative"} <= codes(result, "blocker")


def test_scores_that_are_all_zero_give_no_share_and_say_so():
    figures = FIGURES | {"industry": FIGURES["amount"]}
    parts = [{"id": EAST, "stated": {"amount": "50", "basis": "100", "industry": "0"}}]
    result = split(plan(parts, method="structure", sectors={"industry": "4"}, figures=figures))
    assert "cell-not-computable" in codes(result, "blocker")
    assert value(result, "split_rate", EAST) is None


def test_a_goal_of_nothing_left_is_no_yearly_rate():
    parts = [subject(EAST, goal="100", done=["3"])]
    result = split(plan(parts, method="remaining_task", years_left=2))
    assert "split-goal-is-all" in codes(result, "blocker")


def test_a_cap_of_nothing_demands_everything():
    made = plan([{"id": EAST, "stated": {"amount": "50"}}], kind="total", demand="0",
                figures={"amount": FIGURES["amount"]})  # fmt: skip
    result = split(made)
    assert value(result, "split_rate", EAST) == 1_000_000_000
    assert value(result, "split_allowed_energy", EAST) == 0
    assert codes(result, "blocker") == set()


def test_a_demand_that_is_met_by_itself_asks_for_the_least():
    made = plan([{"id": EAST, "stated": {"amount": "50"}}], kind="total", demand="60", least="1",
                figures={"amount": FIGURES["amount"]})  # fmt: skip
    result = split(made)
    assert "split-nothing-needed" in codes(result)
    assert value(result, "split_rate", EAST) == 10_000_000


def test_an_increment_is_shared_on_top_of_the_base_year():
    parts = [{"id": EAST, "growth": "10", "stated": {"amount": "60"}}, {"id": WEST, "growth": "0",
              "stated": {"amount": "40"}}]  # fmt: skip
    result = split(plan(parts, kind="increment", demand="3", figures={"amount": FIGURES["amount"]}))
    assert value(result, "split_allowed_energy", CITY) == pytest.approx(103 * 10**10, abs=2000)


def test_observed_figures_of_another_price_year_are_named_and_leave_a_gap():
    rows = [told("energy_total", EAST, "2025", 50), told("gdp", EAST, "2025", 1000, unit="10^4 CNY[2015]")]
    made = plan([{"id": EAST}], figures=OBSERVED)
    result = split(made, given(rows))
    assert "split-unit-differs" in codes(result, "blocker")
    assert value(result, "split_rate", EAST) is None


def test_observed_figures_are_split_and_what_the_parent_states_itself_tells_what_is_covered():
    rows = [told("energy_total", CITY, "2025", 120), *(
        row for area, energy, gdp in ((EAST, 60, 10000), (WEST, 40, 30000))
        for row in (told("energy_total", area, "2025", energy), told("gdp", area, "2025", gdp))
    )]  # fmt: skip
    result = split(plan([{"id": EAST}, {"id": WEST}], figures=OBSERVED), given(rows, SETTLED))
    assert value(result, "split_recombined", CITY) == 50_000_000
    assert value(result, "split_covered", CITY) == 833_333_333
    assert "split-covers-part" in codes(result)


def test_an_indicator_that_the_method_does_not_read_is_refused_with_those_it_reads():
    made = plan([{"id": EAST}], figures={**FIGURES, "amount": {**FIGURES["amount"], "indicator": "gas_use"}})
    with pytest.raises(Refusal, match="split-indicator-unread"):
        split(made)


def test_subjects_without_a_demand_block_the_check():
    result = split(plan([subject(EAST, demand="5"), subject(WEST)]), method="decomposition_check")
    assert "split-subject-without-target" in codes(result, "blocker")
    assert value(result, "split_recombined", CITY) is None


def test_parts_that_are_all_weaker_fall_short_whatever_the_figures():
    made = plan([{"id": "甲", "demand": "1"}, {"id": "乙", "demand": "4.9"}])
    assert "split-short-whatever-figures" in codes(split(made, method="decomposition_check"), "blocker")
    enough = plan([{"id": "甲", "demand": "5"}, {"id": "乙", "demand": "6"}])
    assert "split-enough-whatever-figures" in codes(split(enough, method="decomposition_check"), "note")


def test_a_target_that_is_not_recorded_is_named():
    result = split(plan([subject(EAST, target="nobody.t1")]), method="decomposition_check")
    assert "split-target-unknown" in codes(result, "blocker")


@pytest.mark.parametrize(
    ("to", "rate", "band"),
    [("up", "1.2", "1.5"), ("nearest", "1.2", "1"), ("nearest", "1.25", "1.5"), ("down", "1.9", "1.5"),
     ("up", "7", "5"), ("down", "0.2", "1"), ("nearest", "-2", "1")],
)  # fmt: skip
def test_a_rate_falls_on_its_band(to, rate, band):
    bands = Bands(steps=tuple(map(Decimal, ("1", "1.5", "2", "5"))), to=to, clause="c#1", status=Status.VERIFIED)
    assert band_of(bands, Decimal(rate)) == Decimal(band)


def test_half_point_steps_take_every_multiple():
    bands = Bands(every=Decimal("0.5"), to="up", clause="c#1", status=Status.VERIFIED)
    assert [band_of(bands, Decimal(rate)) for rate in ("2.01", "2.5", "-0.2")] == [Decimal("2.5"), Decimal("2.5"), 0]


def test_what_doubles_leave_behind_lifts_no_rate_by_a_band():
    """0.1 + 0.2 of a per cent is no reason for another half point."""
    bands = {"every": "0.5", "to": "up", "clause": "decomposition-methods#bands", "status": "verified"}
    for demand in ("0.5", "1", "1.5", "2", "2.5", "3", "3.5"):
        parts = [subject(EAST, "7.1", "3.3"), subject(WEST, "0.7", "11.3")]
        result = split(plan(parts, demand=demand, bands=bands))
        assert value(result, "split_rate", EAST) == int(Decimal(demand) * 10_000_000)


def test_a_plan_in_which_nobody_is_left_to_take_a_part_blocks():
    let_off = {"standing": "exempt", "reason": {"zh": "免", "en": "let off"}}
    assert "split-nobody-left" in codes(split(plan([subject(EAST, **let_off)])), "blocker")


def test_more_than_everything_is_demanded_of_nobody():
    assert "split-rate-beyond-all" in codes(split(plan([subject(EAST)], demand="200")), "blocker")
    cap = plan([{"id": EAST, "stated": {"amount": "50"}}], kind="total", demand="-5",
               figures={"amount": FIGURES["amount"]})  # fmt: skip
    assert "split-rate-beyond-all" in codes(split(cap), "warning")


@pytest.mark.parametrize(
    "odd", [{"id": ""}, {"id": "a@2026"}, {"id": "a", "growth": "-100"}, {"id": "a", "growth": "NaN"}]
)
def test_a_subject_without_a_usable_id_or_with_nothing_left_of_its_basis_is_no_plan(odd):
    with pytest.raises(ValidationError):
        plan([odd])


def test_a_subject_that_is_itself_a_unit_of_another_is_an_overlap():
    result = split(plan([subject("甲厂"), subject("集团", members=["甲厂", "乙厂"])]))
    (found,) = [item for item in result.findings if item.code == "split-unit-in-two"]
    assert "甲厂" in found.message()


def test_a_split_among_hundreds_is_put_together_by_way_of_sums_of_a_hundred_each():
    result = split(plan([subject(f"s{number}", str(1 + number % 7), "10") for number in range(250)]))
    assert value(result, "split_recombined", CITY) == 50_000_000


def test_what_a_unit_under_the_city_saves_of_itself_is_not_asked_of_the_others():
    """5 % of 100 is 5; the city's unit is expected to save 2 % of its 50, so 4 are left to the other 50."""
    under_the_city = {"standing": "municipal", "expects": "2", "reason": {"zh": "市管", "en": "of the city"}}
    result = split(plan([subject(EAST), subject(WEST, **under_the_city)]))
    assert value(result, "split_rate", EAST) == 80_000_000
    assert value(result, "split_rate", WEST) is None
    assert value(result, "split_recombined", CITY) == 50_000_000


GAP_IN = [
    told("energy_total", EAST, "2025", 50),
    told("gdp", EAST, "2025", 1_000_000),
    told("energy_total", WEST, "2025", 30),
]


def test_a_figure_that_nobody_observed_keeps_a_whole_without_a_number_from_being_published():
    result = split(plan([{"id": EAST}, {"id": WEST}], figures=OBSERVED), given(GAP_IN))
    assert value(result, "split_recombined", CITY) is None
    (said,) = [item for item in result.findings if item.code == "split-figure-missing"]
    assert (said.severity, said.place) == ("blocker", f"p:{WEST}")
    assert "地区生产总值" in said.message("zh")


def test_demands_whose_basis_nobody_observed_are_bounded_by_the_weakest_and_the_strongest():
    subjects = [{"id": EAST, "demand": "6"}, {"id": WEST, "demand": "4"}]
    result = split(plan(subjects, figures=OBSERVED), given(GAP_IN), "decomposition_check")
    assert value(result, "split_recombined", CITY) is None
    assert codes(result, "warning") >= {"split-cannot-be-recombined"}
