"""The working paper: cells that rest on one another, with their gaps, their units and their exact sums."""

import math
from decimal import Decimal

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import (
    Grid,
    Unit,
    exponential,
    greatest_of,
    least_of,
    name,
    natural_log,
    number,
    size_of,
)
from tanheng.kernel.quantity.formula import text_of, value_of
from tanheng.kernel.trace import Address, WorkingPaper

YEAR = Period.year(2024)
TONNES, PURE = Unit.parse("tCO2"), Unit.parse("1")
GRID = Grid(TONNES, Unit.parse("gCO2"))


def at(column, line=None):
    return Address(column, "area/a", YEAR, line)


@pytest.fixture
def paper():
    return WorkingPaper({"co2": GRID, "rate": Grid(Unit.parse("%"), Unit.parse("10^-9"))})


def given(paper, column, value, unit="tCO2", **other):
    return paper.given(at(column), value, Unit.parse(unit), f"cell:{column}", **other)


# ---- what a cell is worth


def test_a_step_is_worth_what_its_formula_gives(paper):
    both = {"a": given(paper, "a", 2.5), "b": given(paper, "b", 4.0)}
    cell = paper.step(at("sum"), name("a") + name("b"), both, unit="tCO2", clause="x#1")
    assert (cell.value, cell.unit, cell.ref) == (6.5, TONNES, f"step:{at('sum')}")


def test_a_result_is_a_whole_number_of_steps_of_its_grid_rounded_half_to_even(paper):
    cells = [
        paper.result(at("co2", str(value)), name("a"), {"a": given(paper, "a", value)}, clause="")
        for value in (0.0000005, 0.0000015)
    ]
    assert [cell.value for cell in cells] == [0, 2]
    assert all(isinstance(cell.value, int) for cell in cells)
    assert cells[0].unit.text == "gCO2"


def test_a_total_of_results_is_exact_in_whatever_order_its_parts_come(paper):
    parts = [paper.result(at("co2", str(n)), name("a"), {"a": given(paper, "a", n / 7)}, clause="") for n in range(50)]
    whole = paper.total(at("co2"), parts)
    other = WorkingPaper(paper.grids)
    assert whole.value == other.total(at("co2"), parts[::-1]).value == sum(part.value for part in parts)


def test_results_of_one_grid_are_combined_without_rounding_again(paper):
    a, b = (
        paper.result(at("co2", n), name("a"), {"a": given(paper, "a", v)}, clause="")
        for n, v in (("1", 1.1), ("2", 0.2))
    )
    cell = paper.whole(at("co2", "rest"), name("a") - name("b"), {"a": a, "b": b})
    assert cell.value == a.value - b.value == 900_000


def test_one_address_is_computed_once(paper):
    paper.step(at("a"), number("1", "tCO2"), {}, unit="tCO2", clause="")
    with pytest.raises(ValueError, match="twice"):
        paper.step(at("a"), number("2", "tCO2"), {}, unit="tCO2", clause="")


# ---- what is missing


def test_a_gap_makes_a_gap_of_all_that_rests_on_it(paper):
    inputs = {"a": given(paper, "a", 1.0), "b": given(paper, "b", None)}
    step = paper.step(at("sum"), name("a") + name("b"), inputs, unit="tCO2", clause="")
    result = paper.result(at("co2"), name("s"), {"s": step}, clause="")
    assert (step.value, result.value) == (None, None)
    assert result.absent == {"cell:b"}
    assert result.leaves == {"cell:a", "cell:b"}


def test_a_gap_is_in_no_sum_and_is_counted(paper):
    parts = [
        paper.result(at("co2", str(v)), name("a"), {"a": given(paper, f"a{v}", v)}, clause="") for v in (1.0, None, 2.0)
    ]
    whole = paper.total(at("co2"), parts)
    assert (whole.value, len(whole.absent)) == (3_000_000, 1)


def test_a_sum_of_nothing_but_gaps_is_a_gap_and_no_zero(paper):
    part = paper.result(at("co2", "1"), name("a"), {"a": given(paper, "a", None)}, clause="")
    assert paper.total(at("co2"), [part]).value is None


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (number("1") / name("a"), 0.0),
        (natural_log(name("a")), 0.0),
        (natural_log(name("a")), -1.0),
        (exponential(name("a")), 1e6),
    ],
    ids=["nothing to divide by", "log of nothing", "log of less", "too large"],
)
def test_what_has_no_value_is_a_finding_that_shows_the_numbers_and_leaves_a_gap(paper, formula, value):
    cell = paper.step(at("x"), formula, {"a": given(paper, "a", value, "1")}, unit="1", clause="")
    assert cell.value is None
    (finding,) = paper.findings
    assert finding.code == "cell-not-computable"
    assert str(value) in finding.message("en")


def test_a_cell_that_rests_on_something_unverified_says_so(paper):
    doubtful, sure = given(paper, "a", 1.0, unverified=True), given(paper, "b", 1.0)
    one = paper.result(at("co2", "1"), name("a"), {"a": doubtful}, clause="")
    two = paper.result(at("co2", "2"), name("a"), {"a": sure}, clause="")
    assert [one.unverified, two.unverified, paper.total(at("co2"), [one, two]).unverified] == [True, False, True]


# ---- units


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        (name("a") + name("b"), "tCO2"),
        (name("a") * name("a"), "tCO2"),
        (name("a"), "gCO2"),
        (name("a") * number("1000000"), "gCO2"),
        (natural_log(name("a")), "1"),
        (greatest_of(name("a"), name("b")), "tCO2"),
    ],
)
def test_a_formula_that_does_not_give_its_unit_or_hides_a_factor_is_refused(paper, formula, unit):
    inputs = {"a": given(paper, "a", 1.0), "b": given(paper, "b", 1.0, "tC")}
    with pytest.raises(Refusal, match="unit-mismatch"):
        paper.step(at("x"), formula, inputs, unit=unit, clause="")


def test_a_rate_shows_the_hundred_that_makes_it_per_cent(paper):
    half = {"a": given(paper, "a", 0.5, "1")}
    assert paper.result(at("rate"), name("a") * number("100", "%"), half, clause="").value == 500_000_000
    with pytest.raises(Refusal, match="unit-mismatch"):
        paper.result(at("rate", "bare"), name("a"), half, clause="")


def test_a_result_in_another_unit_than_its_indicator_is_refused(paper):
    with pytest.raises(Refusal, match="unit-mismatch"):
        paper.result(at("co2"), name("a"), {"a": given(paper, "a", 1.0, "tC")}, clause="")


# ---- what a cell rests on


def test_what_is_behind_a_cell_comes_in_the_order_in_which_it_was_needed_and_each_once(paper):
    first = paper.step(at("first"), name("a"), {"a": given(paper, "a", 1.0)}, unit="tCO2", clause="")
    both = {"f": first, "g": paper.step(at("second"), name("f"), {"f": first}, unit="tCO2", clause="")}
    paper.step(at("unrelated"), number("1", "tCO2"), {}, unit="tCO2", clause="")
    paper.step(at("last"), name("f") + name("g"), both, unit="tCO2", clause="")
    assert [working.cell.address.column for working in paper.behind(at("last"))] == ["first", "second", "last"]


def test_a_statement_about_the_thing_that_is_computed_is_not_taken_for_the_computation(paper):
    stated = paper.given(at("rate"), 3.0, Unit.parse("%"), "cell:bulletin")
    ratio = paper.step(at("ratio"), number("1") + name("g") / number("100", "%"), {"g": stated}, unit="1", clause="")
    paper.result(at("rate"), (name("r") - number("1")) * number("100", "%"), {"r": ratio}, clause="")
    assert [str(working.cell.address.column) for working in paper.behind(at("rate"))] == ["ratio", "rate"]
    assert not stated.is_step


# ---- functions in formulas


@pytest.mark.parametrize(
    ("formula", "text", "value"),
    [
        (natural_log(name("a")), "log(a)", math.log(3.5)),
        (exponential(name("a")), "exp(a)", math.exp(3.5)),
        (least_of(name("a"), number("2")), "min(a, 2)", 2.0),
        (greatest_of(name("a"), number("2")), "max(a, 2)", 3.5),
        (size_of(number("0") - name("a")), "abs(0 - a)", 3.5),
        (exponential(natural_log(name("a")) / number("5")), "exp(log(a) / 5)", math.exp(math.log(3.5) / 5)),
    ],
)
def test_a_function_reads_as_python_evaluates_it(formula, text, value):
    known = {"log": math.log, "exp": math.exp, "min": min, "max": max, "abs": abs, "__builtins__": {}}
    assert text_of(formula) == text
    assert value_of(formula, {"a": 3.5}) == value == eval(text, known, {"a": 3.5})


def test_the_fifth_root_of_a_fall_is_its_equal_rate():
    equal = number("1") - exponential(natural_log(number("1") - name("fall")) / name("years"))
    found = value_of(equal, {"fall": 0.14, "years": 5})
    assert round(Decimal(found) * 100, 3) == Decimal("2.971")
