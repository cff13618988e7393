"""Laws of lights: more is never worse, a limit is where the colour changes, and no data is never green."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanheng.kernel.assessment import graded
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import BarometerRule
from tanheng.kernel.subject import Area, Directory
from tests.kernel.area_world import EAST, SETTLED, WEST
from tests.kernel.test_barometer import barometer, demanded, last_year, now, to_date
from tests.kernel.world import packs

RULES = packs().all(BarometerRule)
FIGURES = st.decimals(-1000, 1000, places=3)
ASKED = st.sampled_from([(rule, direction) for rule in RULES for direction in rule.directions])


def possible(rule: BarometerRule, target: Decimal) -> bool:
    return target > 0 or all(reach.by != "completion" for _, reach in rule.steps)


@given(ASKED, FIGURES, FIGURES, FIGURES)
def test_doing_better_never_makes_a_light_worse(asked, target, one, other):
    rule, direction = asked
    if not possible(rule, target):
        return
    worse, better = sorted([one, other], reverse=direction == "cap")
    assert graded(rule, direction, target, worse).level <= graded(rule, direction, target, better).level


@given(ASKED, FIGURES, FIGURES)
def test_the_next_colour_begins_where_the_light_says(asked, target, actual):
    rule, direction = asked
    if not possible(rule, target):
        return
    following = graded(rule, direction, target, actual).next_colour
    better = Decimal("0.0001") * (-1 if direction == "cap" else 1)
    step = better if following.better else -better
    assert graded(rule, direction, target, following.actual_needed + step).level == following.level


@given(ASKED, FIGURES)
def test_without_data_every_rule_gives_grey_or_refuses(asked, target):
    rule, direction = asked
    if not possible(rule, target):
        with pytest.raises(Refusal):
            graded(rule, direction, target, None)
        return
    light = graded(rule, direction, target, None)
    assert (light.colour, light.level) == ("grey", None)


@given(ASKED, FIGURES)
def test_whoever_comes_to_the_target_exactly_is_green(asked, target):
    rule, direction = asked
    if possible(rule, target):
        assert graded(rule, direction, target, target).colour == "green"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(300_000, 500_000), min_size=1, max_size=2), st.integers(1, 3))
def test_adding_districts_with_no_data_never_turns_a_light_green(energies, bare):
    """Whatever is added without data is grey, and no other light changes."""
    places = [EAST, WEST][: len(energies)]
    rows = [
        row
        for place, energy in zip(places, energies, strict=True)
        for row in (*last_year(place), *to_date(place, energy))
    ]
    targets = [demanded(f"t{number}", place, "3") for number, place in enumerate(places)]
    more = [Area(f"area/bare{number}", {"zh": "空白区", "en": "Bare"}, "district") for number in range(bare)]
    where = Directory(SETTLED.parties, (*SETTLED.areas, *more), SETTLED.facilities, SETTLED.relations)
    before = now(barometer(rows, targets))
    after = now(barometer(rows, [*targets, *(demanded(area.id[5:], area.id, "3") for area in more)], where=where))
    assert {name: level for name, level in after.items() if name in before} == before
    assert {level for name, level in after.items() if name not in before} == {None}


@settings(max_examples=25, deadline=None)
@given(st.integers(300_000, 500_000), st.decimals("0.5", 20, places=2))
def test_a_light_on_paper_is_the_one_that_the_rule_gives(energy, target):
    """The formula over whole steps of the grid and the comparison of decimals agree."""
    run = barometer([*last_year(EAST), *to_date(EAST, energy)], [demanded("t", EAST, str(target))])
    (row,) = run.result.figures.rows()
    actual = Decimal(row["light_actual_rate"]) / 10**7
    assert row["light_level"] == graded(packs().get(BarometerRule, "gap_over_target"), "fall", target, actual).level
