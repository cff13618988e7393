"""The barometer of a small city: lights of two districts, their fields, feedback beside them, quarters back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.demand import Baseline, Demand, Demands, KnownObligation, Path, Target
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Barometer, Definition, PackSet
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.subject import Area, Directory
from tests.kernel.area_world import CITY, EAST, SETTLED, WEST, account, given, told
from tests.kernel.world import packs

INDUSTRY = {"coverage": "above_scale_industry", "accumulation": "year_to_date"}
REGION = {"coverage": "region", "accumulation": "year_to_date"}
FEEDBACK = {"coverage": "district_feedback", "accumulation": "year_to_date"}
HALF, QUARTER = "2024-01..2024-06", "2024-01..2024-03"
SCHEME = "energy_assessment"


def demanded(id, subject, value, indicator="energy_per_gdp", *, operator="down", year="2024", **other):
    demand = Demand(operator, Decimal(value), unit=other.pop("unit", "%"), by=year)
    baseline = Baseline(other.pop("base", str(int(year) - 1)))
    fields = {"tier": "floor", "label": Label(zh=f"目标{id}", en=f"target {id}"), "clause": "plan-2024#1", **other}
    return Target(id=id, subject=subject, indicator=indicator, demand=demand, baseline=baseline, **fields)


def demands(*targets):
    return Demands(tuple(KnownObligation(target, date(2023, 1, 1)) for target in targets))


def last_year(area):
    return [
        told("sector_energy", area, "2023", 100, "industry"),
        told("sector_energy", area, "2023", 40, "tertiary"),
        told("above_scale_energy", area, "2023", 800_000, **INDUSTRY),
        told("value_added_current", area, "2023", 2_000_000, "tertiary", **REGION),
        told("energy_total", area, "2023", 140),
    ]


def to_date(area, now, months=HALF, before=400_000):
    """What the estimate of an area needs: only above-scale industry moves."""
    earlier = months.replace("2024", "2023")
    return [
        told("above_scale_energy", area, earlier, before, **INDUSTRY),
        told("above_scale_energy", area, months, now, **INDUSTRY),
        told("value_added_current", area, earlier, 1_000_000, "tertiary", **REGION),
        told("value_added_growth", area, months, 5, "tertiary", **REGION),
        told("gdp_growth", area, months, 6, **REGION),
    ]


# East: (44 / 0.8 + 21) / 70 = +8.57 %, which with GDP at +6 % is a decline of -2.43 %
# West: (38 / 0.8 + 21) / 70 = -2.14 %, a decline of 7.68 %
ROWS = [*last_year(EAST), *last_year(WEST), *to_date(EAST, 440_000), *to_date(WEST, 380_000)]
TARGETS = [demanded("east", EAST, "3"), demanded("west", WEST, "3")]
EAST_LIGHT, WEST_LIGHT = "east#floor/estimated", "west#floor/estimated"


def barometer(rows=ROWS, targets=TARGETS, period=HALF, where=SETTLED, use=None, **settings):
    inputs = replace(given(rows, where), demands=demands(*targets))
    asked = {"rule": "gap_over_target", "quarters": "1"} | settings
    return account("barometer", SCHEME, inputs, period, use=use, **asked)


def levels(run):
    rows = run.result.figures.rows()
    return {(row["subject"], row["period_end"].isoformat()[:7]): row["light_level"] for row in rows}


def now(run):
    """The levels of the quarter of the run, by subject."""
    end = run.result.receipt.parameters.period.end.isoformat()[:7]
    return {subject: level for (subject, month), level in levels(run).items() if month == end}


def test_a_district_that_meets_its_target_is_green_and_one_that_rose_is_red():
    run = barometer()
    assert now(run) == {EAST_LIGHT: 1, WEST_LIGHT: 3}
    assert run.shown(f"light_gap@{EAST_LIGHT}@{HALF}") == "180.86"
    assert run.shown(f"light_actual_rate@{WEST_LIGHT}@{HALF}") == "7.68"
    assert run.shown(f"light_target_rate@{WEST_LIGHT}@{HALF}") == "3.00"


def test_a_light_is_a_formula_over_the_limits_of_its_rule_that_an_outsider_can_evaluate():
    told_of = barometer().why(f"light_level@{EAST_LIGHT}@{HALF}")
    cuts = {factor["entry"]: (factor["exact"], factor["status"]) for factor in told_of["factors"]}
    assert cuts == {"green": ("0", "unverified"), "yellow": ("10", "secondary")}
    assert [step["clause"] for step in told_of["steps"]][-1] == "ndrc-2020-901#rule"


def test_the_distance_is_the_energy_to_be_saved_at_the_gdp_of_the_period():
    run = barometer()
    # yellow begins at 2.7 %: 76 x (0.027 + 0.0242588) / (1 + 0.0242588) = 3.8034 x 10^4 tce
    assert run.shown(f"light_distance_energy@{EAST_LIGHT}@{HALF}") == "38034"
    # West has 68.5 x (0.03 - 0.076819) / (1 - 0.076819) to spare before it falls
    assert run.shown(f"light_distance_energy@{WEST_LIGHT}@{HALF}") == "-34740"


def test_a_target_without_data_is_grey_and_says_so():
    run = barometer(rows=[*last_year(WEST), *to_date(WEST, 380_000)])
    assert now(run) == {"east#floor/no_data": None, WEST_LIGHT: 3}
    assert [text for text in run.found("light-grey") if "target east" in text]


def test_a_district_with_no_data_never_turns_a_light_green():
    bare = Area("area/bare", {"zh": "空白区", "en": "Bare district"}, "district")
    where = Directory(SETTLED.parties, (*SETTLED.areas, bare), SETTLED.facilities, SETTLED.relations)
    run = barometer(targets=[*TARGETS, demanded("bare", "area/bare", "3")], where=where)
    assert now(run) == now(barometer()) | {"bare#floor/no_data": None}


def test_gdp_that_is_not_out_yet_leaves_the_intensity_grey_and_not_the_total():
    rows = [row for row in ROWS if row["indicator"] != "gdp_growth"]
    cap = demanded("cap", EAST, "142.8", "energy_total", operator="at_most", unit="10^4 tce[coal_equivalent]")
    run = barometer(rows=rows, targets=[*TARGETS, cap])
    assert now(run) == {"east#floor/no_data": None, "west#floor/no_data": None, "cap#floor/estimated": 1}


def test_a_cap_is_graded_by_growth_in_the_same_months():
    cap = demanded("cap", EAST, "154", "energy_total", operator="at_most", unit="10^4 tce[coal_equivalent]")
    run = barometer(targets=[cap])
    # 154 / 140 = +10 % allowed, +8.57 % in fact: green, with 76 x (0.0857143 - 0.1) / 1.0857143 = 1 x 10^4 tce to spare
    assert now(run) == {"cap#floor/estimated": 3}
    assert run.shown(f"light_target_rate@cap#floor/estimated@{HALF}") == "10.00"
    assert run.shown(f"light_distance_energy@cap#floor/estimated@{HALF}") == "-10000"


def test_a_cap_that_is_put_as_growth_needs_no_level_of_the_year_before():
    cap = demanded("cap", EAST, "8", "energy_total", operator="up")
    rows = [row for row in ROWS if row["indicator"] != "energy_total"]
    run = barometer(rows=rows, targets=[cap])
    assert now(run) == {"cap#floor/estimated": 2}
    assert run.shown(f"light_target_rate@cap#floor/estimated@{HALF}") == "8.00"


def test_progress_since_the_base_year_has_a_light_where_the_setting_asks_for_it():
    plan = demanded("plan", WEST, "14", base="2022", year="2026", path=Path("logarithmic"))
    years = [
        told("energy_total", WEST, "2022", 140), told("gdp", WEST, "2022", 1000), told("gdp", WEST, "2023", 1050),
    ]  # fmt: skip
    run = barometer(rows=[*ROWS, *years], targets=[plan], reach="cumulative")
    # 2023: 140 / 140 over 1.05 is 4.7619 %; with 7.6819 % this year 1 - 0.952381 x 0.923181 = 12.0780 %
    assert run.shown(f"light_actual_rate@plan#floor/estimated@{HALF}") == "12.08"
    # due after two of four years: 1 - 0.86 ^ 0.5 = 7.2638 %
    assert run.shown(f"light_target_rate@plan#floor/estimated@{HALF}") == "7.26"
    assert now(run) == {"plan#floor/estimated": 3}


def test_floor_and_stretch_have_lights_of_their_own():
    run = barometer(targets=[demanded("a", WEST, "7"), demanded("b", WEST, "8", tier="stretch")])
    assert now(run) == {"a#floor/estimated": 3, "b#stretch/estimated": 2}


def test_a_field_that_is_estimated_is_flat_by_construction_and_says_so():
    run = barometer(targets=[demanded("shops", f"{EAST}#tertiary", "2")])
    assert now(run) == {"shops#floor/estimated": 1}
    assert run.shown(f"light_flat_share@shops#floor/estimated@{HALF}") == "100.0"
    assert run.codes() >= {"light-flat"}


def test_a_light_of_an_area_says_how_much_of_it_is_flat():
    run = barometer()
    assert run.shown(f"light_flat_share@{EAST_LIGHT}@{HALF}") == "27.6"
    assert any("27.6 %" in text for text in run.found("light-partly-flat"))


def feedback(area, growth, gdp, decline, months=HALF):
    stated = {"energy_growth": growth, "gdp_growth": gdp, "intensity_decline": decline}
    return [told(indicator, area, months, value, **FEEDBACK) for indicator, value in stated.items()]


def test_the_feedback_stands_beside_our_light_and_the_difference_is_taken_apart():
    run = barometer(rows=[*ROWS, *feedback(EAST, 4, 7, 2.85)])
    theirs = f"east#floor/fed_back@{HALF}"
    assert now(run)["east#floor/fed_back"] == 2
    assert now(run)[EAST_LIGHT] == 1
    # ours -2.4259 %, theirs 2.85 %: with their energy at our GDP 1 - 1.04 / 1.06 = 1.8868 %, with both 2.8037 %
    assert run.shown(f"light_difference@{theirs}") == "5.28"
    assert run.shown(f"light_difference_of_energy@{theirs}") == "4.31"
    assert run.shown(f"light_difference_of_gdp@{theirs}") == "0.92"
    assert run.shown(f"light_difference_rest@{theirs}") == "0.05"
    assert run.codes() >= {"light-feedback-explained"}
    (said,) = [each for each in run.result.findings if each.code == "light-feedback-explained"]
    assert "确保·市反馈" in said.message("zh") and "#floor" not in said.message("zh") + said.message("en")


def test_the_parts_of_a_difference_add_up_to_it_exactly():
    run = barometer(rows=[*ROWS, *feedback(WEST, -1.3, 5.1, 6.2)])
    (row,) = [row for row in run.result.figures.rows() if row["subject"] == "west#floor/fed_back"]
    parts = (f"light_difference_{part}" for part in ("of_energy", "of_gdp", "rest"))
    assert sum(row[part] for part in parts) == row["light_difference"]


def test_feedback_on_a_total_is_a_growth_and_has_a_light_under_a_cap():
    cap = demanded("cap", EAST, "154", "energy_total", operator="at_most", unit="10^4 tce[coal_equivalent]")
    run = barometer(rows=[*ROWS, *feedback(EAST, 10.5, 7, 2.85)], targets=[cap])
    assert now(run) == {"cap#floor/estimated": 3, "cap#floor/fed_back": 2}
    assert run.shown(f"light_difference@cap#floor/fed_back@{HALF}") == "1.93"


@pytest.mark.parametrize(("decline", "level"), [("3", 3), ("2.9999999", 2), ("2.7", 2), ("2.6999999", 1)])
def test_whoever_comes_to_a_limit_exactly_has_the_better_light_on_paper_too(decline, level):
    run = barometer(rows=feedback(EAST, 1, 5, float(decline)), targets=TARGETS[:1])
    assert now(run) == {"east#floor/fed_back": level}


@pytest.mark.parametrize(("decline", "level"), [("3.6", 3), ("2.0000001", 2), ("2", 1)])
def test_a_limit_that_does_not_count_itself_leaves_whoever_comes_to_it_below_it(decline, level):
    targets = [demanded("east", EAST, "4")]
    run = barometer(rows=feedback(EAST, 1, 5, float(decline)), targets=targets, rule="completion_four")
    assert now(run) == {"east#floor/fed_back": level}


def test_our_own_light_counts_from_quarter_to_quarter_though_the_feedback_says_otherwise():
    rows = [*ROWS, *to_date(EAST, 190_000, QUARTER, 200_000), *feedback(EAST, 4, 7, 3.5)]
    run = barometer(rows=rows, targets=TARGETS[:1], quarters="2")
    assert (now(run)[EAST_LIGHT], now(run)["east#floor/fed_back"]) == (1, 3)
    assert run.value(f"light_change@{EAST_LIGHT}@{HALF}") == -2
    assert "light-fell-back" in run.codes()


def test_where_only_feedback_is_known_its_light_counts():
    run = barometer(rows=feedback(EAST, 1, 5, 3.8), targets=TARGETS[:1])
    assert now(run) == {"east#floor/fed_back": 3}


def test_quarters_before_stand_beside_the_quarter_and_a_fall_back_is_said():
    rows = [*ROWS, *to_date(EAST, 190_000, QUARTER, 200_000)]
    run = barometer(rows=rows, targets=TARGETS[:1], quarters="3")
    assert levels(run)[EAST_LIGHT, "2024-04"] == 3
    assert levels(run)[EAST_LIGHT, "2024-07"] == 1
    assert run.value(f"light_change@{EAST_LIGHT}@{HALF}") == -2
    assert any("fell back from level 3 to 1" in text for text in run.found("light-fell-back"))


def test_a_quarter_without_data_between_two_lights_is_neither_progress_nor_a_fall():
    run = barometer(quarters="2")
    assert levels(run)["east#floor/no_data", "2024-04"] is None
    assert [row["light_change"] for row in run.result.figures.rows()] == [None] * 4
    assert "light-fell-back" not in run.codes()


def test_what_becomes_known_later_does_not_change_the_light_of_a_day_before():
    late = [row | {"published": date(2026, 1, 10)} for row in to_date(EAST, 340_000)[1:2]]
    inputs = replace(given([*ROWS, *late]), demands=demands(*TARGETS))
    earlier = account("barometer", SCHEME, inputs, HALF, date(2025, 6, 30), rule="gap_over_target", quarters="1")
    later = account("barometer", SCHEME, inputs, HALF, rule="gap_over_target", quarters="1")
    assert (now(earlier)[EAST_LIGHT], now(later)[EAST_LIGHT]) == (1, 3)


def test_the_share_of_the_gap_may_be_taken_of_the_whole_plan():
    plan = demanded("plan", WEST, "30", base="2020", year="2025", path=Path("linear"))
    one = demanded("west", WEST, "8.5")
    assert now(barometer(targets=[one, plan]))[WEST_LIGHT] == 2
    run = barometer(targets=[demanded("west", WEST, "9.5"), plan])
    assert now(run)[WEST_LIGHT] == 1
    run = barometer(targets=[demanded("west", WEST, "9.5"), plan], gap_base="plan")
    assert now(run)[WEST_LIGHT] == 2


def test_a_rule_that_grades_no_caps_leaves_a_cap_without_a_light_and_says_so():
    cap = demanded("cap", EAST, "154", "energy_total", operator="at_most", unit="10^4 tce[coal_equivalent]")
    run = barometer(targets=[*TARGETS, cap], rule="sign_and_progress")
    assert now(run) == {EAST_LIGHT: 1, WEST_LIGHT: 3}
    assert run.codes() >= {"light-not-graded", "barometer-rule-of-another-era"}


def chosen(*periods, place=CITY):
    made = [
        Barometer(
            id=f"b{number}", label=Label(zh="晴雨表", en="b"), rule="gap_over_target", place=place, start=start,
            end=end, published=date(2023, 1, 1), clause="plan-2024#1", status="verified",
        )
        for number, (start, end) in enumerate(periods)
    ]  # fmt: skip
    return PackSet((*packs().definitions, *(Definition("x", "x", item) for item in made)), packs().hashes)


def test_no_rule_is_a_default():
    with pytest.raises(Refusal) as refused:
        barometer(rule="")
    assert refused.value.code == "barometer-rule-not-chosen"


def test_a_place_chooses_a_rule_from_a_day_on_and_earlier_quarters_have_no_light():
    use = chosen((date(2024, 1, 1), None))
    run = barometer(rule="", use=use, quarters="8")
    assert {month for _, month in levels(run)} == {"2024-04", "2024-07"}
    with pytest.raises(Refusal):
        barometer(rule="", use=chosen((date(2024, 1, 1), None), (date(2023, 1, 1), None)))


def test_where_the_rule_changed_between_two_quarters_their_levels_are_not_compared():
    rows = [*ROWS, *to_date(EAST, 190_000, QUARTER, 200_000)]
    both = chosen((date(2024, 1, 1), date(2024, 4, 1)), (date(2024, 4, 1), None))
    later = both.definitions[-1].value.model_copy(update={"rule": "sign_and_progress"})
    use = PackSet((*both.definitions[:-1], Definition("x", "x", later)), both.hashes)
    run = barometer(rows, TARGETS[:1], rule="", use=use, quarters="2")
    assert levels(run) == {(EAST_LIGHT, "2024-04"): 3, (EAST_LIGHT, "2024-07"): 1}
    assert {row["light_change"] for row in run.result.figures.rows()} == {None}
    assert "light-fell-back" not in run.codes()


def test_a_target_of_zero_has_a_light_and_no_share_of_nothing():
    run = barometer(targets=[demanded("east", EAST, "0"), demanded("west", WEST, "0")])
    assert now(run) == {EAST_LIGHT: 1, WEST_LIGHT: 3}
    assert {row["light_gap"] for row in run.result.figures.rows()} == {None}
    assert not run.codes("blocker")


def test_energy_that_went_to_nothing_is_a_decline_of_all_of_it_and_has_no_distance():
    run = barometer(rows=feedback(EAST, -100, 5, 100), targets=TARGETS[:1])
    assert now(run) == {"east#floor/fed_back": 3}
    assert not run.codes("blocker")


def test_the_choice_of_another_place_is_nobody_elses():
    with pytest.raises(Refusal) as refused:
        barometer(rule="", use=chosen((date(2024, 1, 1), None), place="area/elsewhere"))
    assert refused.value.code == "barometer-rule-not-chosen"


@pytest.mark.parametrize(("settings", "code"), [
    ({"rule": "no_such_rule"}, "barometer-rule-unknown"),
    ({"quarters": "0"}, "setting-not-allowed"),
    ({"quarters": "viele"}, "setting-not-allowed"),
    ({"quarters": "9000"}, "setting-not-allowed"),
    ({"quarters": "²"}, "setting-not-allowed"),
    ({"reach": "monthly"}, "setting-not-allowed"),
    ({"gap_base": "gdp"}, "setting-not-allowed"),
    ({"period": "2024-01..2024-05"}, "barometer-period-not-quarter"),
    ({"period": "2024Q2"}, "barometer-period-not-quarter"),
    ({"targets": []}, "barometer-without-targets"),
    ({"targets": [demanded("co2", CITY, "3", "co2_per_gdp")]}, "barometer-without-targets"),
])  # fmt: skip
def test_a_request_that_makes_no_sense_is_refused(settings, code):
    with pytest.raises(Refusal) as refused:
        barometer(**settings)
    assert refused.value.code == code


def test_two_targets_for_one_thing_give_a_blocking_finding_and_no_light():
    run = barometer(targets=[*TARGETS, demanded("again", EAST, "2.5")])
    assert now(run) == {WEST_LIGHT: 3}
    assert "target-stated-twice" in run.codes("blocker")


def test_a_field_is_named_by_its_own_name_and_not_by_its_code():
    asked = replace(given([]), demands=demands(demanded("field", f"{CITY}#commerce", "3")))
    named = asked.titled({"commerce": Label(zh="商业", en="Commerce")}).directory
    assert named.label_of(f"{CITY}#commerce") == f"{named.label_of(CITY)} · 商业"
    assert named.level_of(f"{CITY}#commerce") == "field"
