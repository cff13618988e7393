"""Every operator of a document is read as a number of its measure, or is said to be none."""

from decimal import Decimal
from typing import get_args

import pytest

from tanheng.kernel.demand import Baseline, Demand, Target
from tanheng.kernel.obligation.reading import Span, asked_by, span_of
from tanheng.kernel.pack.measure import Measure
from tanheng.kernel.pack.obligation_shapes import OperatorName
from tanheng.kernel.pack.shape import Label

LABEL = Label(zh="甲", en="A")
NO_NUMBER = {"assigned", "formula", "qualitative", "start", "complete", "before", "forbid", "threshold"}


def measure(reckoned, direction, unit="%"):
    return Measure(id="m", label=LABEL, indicator="m", direction=direction, reckoned=reckoned, unit=unit)


DECLINE = measure("decline", "fall")
CAP, RISE = measure("amount", "cap", "tCO2"), measure("amount", "rise", "%")
INCREMENT = measure("increment", "cap", "tCO2")


def asked(operator, of, value="3", high=None, by="2025"):
    high = None if high is None else Decimal(high)
    return asked_by(Target("t", LABEL, "p#1", Demand(operator, Decimal(value), high, "%", by=by)), of)


@pytest.mark.parametrize("operator", sorted(NO_NUMBER))
@pytest.mark.parametrize("of", [DECLINE, CAP, RISE, INCREMENT])
def test_a_deed_a_formula_and_a_threshold_are_no_number(operator, of):
    assert asked(operator, of) is None


def test_every_other_operator_is_a_number_of_some_measure():
    read = {name for name in get_args(OperatorName) for of in (DECLINE, CAP, RISE, INCREMENT) if asked(name, of)}
    assert set(get_args(OperatorName)) - read == NO_NUMBER | {"no_decrease"}


@pytest.mark.parametrize(
    ("operator", "of", "floor", "base"),
    [
        ("down", CAP, -3, "base"), ("up", CAP, 3, "base"), ("change", CAP, 3, "base"), ("no_increase", CAP, 0, "base"),
        ("multiply", CAP, 200, "base"), ("at_most", CAP, 3, "itself"), ("about", CAP, 3, "itself"),
        ("cover_all", RISE, 100, "itself"), ("at_least", RISE, 3, "itself"), ("up_to", RISE, 3, "itself"),
        ("no_increase", INCREMENT, 0, "itself"), ("at_most", INCREMENT, 3, "itself"), ("up", DECLINE, -3, "itself"),
    ],
)  # fmt: skip
def test_an_operator_means_what_its_measure_makes_of_it(operator, of, floor, base):
    found = asked(operator, of)
    assert (found.floor, found.of) == (floor, base)


@pytest.mark.parametrize(("of", "floor", "stretch"), [(DECLINE, 3, 4), (RISE, 3, 4), (CAP, 4, 3), (INCREMENT, 4, 3)])
def test_the_weaker_end_of_a_range_is_the_floor(of, floor, stretch):
    found = asked("range", of, "3", "4")
    assert (found.floor, found.stretch) == (floor, stretch)


@pytest.mark.parametrize(
    ("by", "base", "span"),
    [
        ("2025", "2020", Span(2020, 2025)), ("2025", None, Span(None, 2025)), ("2022..", None, Span(None, 2022, True)),
        ("2021..2025", "2020", Span(2020, 2025)), ("2025-06", "2024", None), ("", "2024", None),
        ("到期前", "2024", None), ("2025", "上年", None),
    ],
)  # fmt: skip
def test_a_target_runs_from_its_base_to_the_end_of_its_due_year(by, base, span):
    baseline = None if base is None else Baseline(base)
    assert span_of(Target("t", LABEL, "p#1", Demand("down", Decimal(3), unit="%", by=by), baseline=baseline)) == span
