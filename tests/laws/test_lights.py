"""Laws of lights: more is never worse, a limit is where the colour changes, and no data is never green."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanheng.kernel.assessment import graded
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import BarometerRule
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
