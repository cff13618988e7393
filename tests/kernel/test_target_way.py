"""The way to a target: published figures are met, and nothing is said where there is no such number."""

from decimal import Decimal

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.way import way_to


def way(cut, years, *done, **how):
    return way_to(Decimal(cut), years, [Decimal(value) for value in done], **how)


def test_henan_had_done_four_ninths_of_its_five_year_target_in_the_first_year():
    assert round(way("16", 5, "7.64").progress, 2) == 45.58
    assert round(way("16", 5, "7.64").progress_linear, 2) == 47.75


def test_shanghai_had_to_fall_by_almost_three_per_cent_a_year():
    found = way("14", 5)
    assert round(found.remaining_annual, 3) == 2.971
    assert [round(value, 2) for value in found.schedule] == [2.97, 5.85, 8.65, 11.37, 14.0]


def test_the_linear_schedule_of_shanghai_rises_by_a_fifth_of_the_target():
    assert way("14", 5, form="linear").schedule == (2.8, 5.6, 8.4, 11.2, 14.0)


def test_the_rate_that_is_left_leads_to_the_target_exactly():
    left = way("14", 5, "2.1", "3.9", "1.0").remaining_annual
    done = way("14", 5, "2.1", "3.9", "1.0", str(left), str(left))
    assert done.cumulative == pytest.approx(14, abs=1e-6)
    assert done.progress == pytest.approx(100, abs=1e-5)
    assert done.remaining_annual is None and done.stretch_next is None


def test_the_stretch_of_the_next_year_returns_to_the_schedule():
    behind = way("14", 5, "2.1", "3.0", "1.0")
    assert behind.stretch_next > behind.remaining_annual
    returned = way("14", 5, "2.1", "3.0", "1.0", str(behind.stretch_next))
    assert returned.cumulative == pytest.approx(behind.schedule[3], abs=1e-6)


def test_a_rise_is_progress_below_zero():
    assert way("14", 5, "-1").progress < 0
    assert way("14", 5, "-1").cumulative == -1


def test_where_nothing_is_demanded_there_is_no_share_of_it():
    found = way("0", 3, "-1")
    assert (found.progress, found.progress_linear) == (None, None)
    assert found.remaining_annual == pytest.approx(0.496281)


def test_neutrality_has_no_equal_rate_and_is_shown_on_the_straight_way():
    found = way("100", 5, "20")
    assert (found.form, found.progress, found.progress_linear, found.remaining_annual) == ("linear", None, 20, 100)
    assert found.stretch_next == 25


def test_emissions_below_zero_leave_no_rate():
    found = way("120", 5, "100")
    assert (found.cumulative, found.progress, found.remaining_annual, found.stretch_next) == (100, None, None, None)


def test_a_table_is_taken_as_it_stands():
    table = [Decimal(value) for value in ("1", "3", "6")]
    found = way("6", 3, "1", form="table", table=table)
    assert found.schedule == (1, 3, 6)
    assert found.stretch_next == pytest.approx(100 * (1 - 0.97 / 0.99), abs=1e-6)


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("path-years-wrong", ("14", 0)),
        ("path-years-wrong", ("14", 1, "1", "2")),
    ],
)
def test_years_that_do_not_fit_are_refused(code, asked):
    with pytest.raises(Refusal) as refused:
        way(*asked)
    assert refused.value.code == code


@pytest.mark.parametrize("how", [{"form": "logarithmic"}, {"form": "table", "table": [Decimal(1)]}])
def test_a_form_that_does_not_fit_is_refused(how):
    with pytest.raises(Refusal) as refused:
        way("100", 5, **how)
    assert refused.value.code == "path-form-unfit"


@pytest.mark.parametrize("done", [("150", "150"), ("100", "5")])
def test_after_nothing_is_left_no_rate_of_a_later_year_is_taken(done):
    with pytest.raises(Refusal) as refused:
        way("120", 5, *done)
    assert refused.value.code == "path-nothing-left"
    assert way("120", 5, "10", "150").cumulative == 145


@pytest.mark.parametrize(("table", "form"), [(("4", "9", "13"), "table"), (("4", "9", "14"), "linear")])
def test_a_table_that_says_another_thing_than_the_target_is_refused(table, form):
    with pytest.raises(Refusal) as refused:
        way("14", 3, form=form, table=[Decimal(each) for each in table])
    assert refused.value.code == "path-form-unfit"
