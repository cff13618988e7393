"""Laws of a month: what explains a growth makes it up, and who says nothing changes nothing."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tanheng.kernel.trace import Address
from tests.kernel.dispatch_world import CITY, DEPOT, EAST, HALF, WEST, dispatched, reports

AMOUNT = st.integers(min_value=1, max_value=9000).map(float)
UNITS = st.fixed_dictionaries({name: st.tuples(AMOUNT, AMOUNT) for name in ("mill", "forge", "hotel")})
GROWTH, ADDS = "reported_energy_growth", "reported_energy_contribution"


def cells(run, column, subject):
    """The figures of a column by line, straight from the stored result and from what explains it."""
    return run.value(str(Address(column, subject, HALF)))


@settings(max_examples=25, deadline=None)
@given(UNITS)
def test_the_units_named_and_the_rest_make_the_growth_exactly(units):
    run = dispatched(reports(**units))
    for area in (CITY, EAST, WEST):
        rest = run.why(str(Address(ADDS, area, HALF, "rest")))
        shown = rest["steps"][-1]["inputs"]
        named = sum(term["value"] for name, term in shown.items() if name != "growth")
        assert named + rest["value"] == shown["growth"]["value"] == cells(run, GROWTH, area)


@settings(max_examples=25, deadline=None)
@given(UNITS)
def test_what_districts_add_is_the_growth_of_the_city_up_to_rounding(units):
    run = dispatched(reports(**units))
    added = sum(cells(run, ADDS, area) for area in (EAST, WEST))
    assert abs(added - cells(run, GROWTH, CITY)) <= 2  # each is rounded to 10^-9 once


@settings(max_examples=25, deadline=None)
@given(UNITS, AMOUNT)
def test_a_unit_that_owes_the_month_and_says_nothing_changes_no_growth(units, amount):
    silent = [row for row in reports(depot=(amount, amount)) if row["period_start"] != date(2025, 6, 1)]
    assert all(row["subject"] == DEPOT for row in silent)
    run, alone = dispatched([*reports(**units), *silent]), dispatched(reports(**units))
    for area in (CITY, EAST, WEST):
        assert cells(run, GROWTH, area) == cells(alone, GROWTH, area)
