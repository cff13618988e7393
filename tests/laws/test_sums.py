"""A parent is the sum of its children exactly, in any order of the rows; what is missing is never zero."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tanheng.kernel.period import Period
from tests.kernel.world import CITY, asked, computed
from tests.laws.city import FIRST, MONTHS, PERIOD, City, children_of, cities

LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
COLUMNS = ("energy_calorific", "energy_coal_equivalent", "co2")
ALL_KNOWN = asked(FIRST.replace(year=2027), PERIOD)
KNOWN_CITIES = cities()


def by_figure(result):
    return {(row["subject"], Period(row["period_start"], row["period_end"])): row for row in result.figures.rows()}


def added(values):
    """A sum in which nothing is no summand, and nothing but nothing stays nothing."""
    present = [value for value in values if value is not None]
    return sum(present) if present else None


def same(parent, children, column):
    assert parent[column] == added(child[column] for child in children)
    assert parent[column + "_missing"] == sum(child[column + "_missing"] for child in children)
    assert parent["rows"] == sum(child["rows"] for child in children)


@LAW
@given(KNOWN_CITIES)
def test_every_month_of_an_area_is_the_sum_of_what_lay_in_it_then(city):
    figures = by_figure(computed(city.inputs, ALL_KNOWN))
    for (subject, period), parent in figures.items():
        if parent["level"] != "facility" and period.is_month():
            inside = children_of(city.where, subject, period.start)
            children = [figures[child, period] for child in inside if (child, period) in figures]
            for column in COLUMNS:
                same(parent, children, column)


@LAW
@given(KNOWN_CITIES)
def test_the_whole_period_of_every_subject_is_the_sum_of_its_months(city):
    figures = by_figure(computed(city.inputs, ALL_KNOWN))
    for (subject, period), whole in figures.items():
        if period == PERIOD:
            months = [figures[subject, month] for month in MONTHS if (subject, month) in figures]
            for column in COLUMNS:
                same(whole, months, column)


@LAW
@given(KNOWN_CITIES)
def test_every_level_adds_up_to_the_city(city):
    figures = by_figure(computed(city.inputs, ALL_KNOWN))
    for level in ("facility", "town", "district"):
        rows = [row for (_, period), row in figures.items() if row["level"] == level and period == PERIOD]
        for column in COLUMNS:
            same(figures[CITY, PERIOD], rows, column)


@LAW
@given(KNOWN_CITIES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_figure(city, random_order):
    rows = list(city.rows)
    random_order.shuffle(rows)
    relations = list(city.where.relations)
    random_order.shuffle(relations)
    where = type(city.where)(areas=city.where.areas, facilities=city.where.facilities, relations=tuple(relations))
    again = computed(City(tuple(rows), where).inputs, ALL_KNOWN)
    assert again.receipt.figures == computed(city.inputs, ALL_KNOWN).receipt.figures


@LAW
@given(KNOWN_CITIES, st.data())
def test_a_row_taken_away_is_missing_and_a_row_of_zero_is_not(city, data):
    rows = list({(row["subject"], row["carrier"], row["period_start"]): row for row in city.rows}.values())
    of_a_kind = [row for row in rows if sum(map(alike(row), rows)) > 1]
    assume(of_a_kind)
    gone = data.draw(st.sampled_from(of_a_kind))
    others = tuple(row for row in rows if row is not gone)
    full = by_figure(computed(City(tuple(rows), city.where).inputs, ALL_KNOWN))
    less = by_figure(computed(City(others, city.where).inputs, ALL_KNOWN))
    zero = by_figure(computed(City((*others, gone | {"stated_amount": 0.0}), city.where).inputs, ALL_KNOWN))
    for column in COLUMNS:
        count = full[CITY, PERIOD][column + "_missing"]
        assert less[CITY, PERIOD][column + "_missing"] == count + 1
        assert zero[CITY, PERIOD][column + "_missing"] == count
        value = less[CITY, PERIOD][column]
        assert zero[CITY, PERIOD][column] == (0 if value is None else value)


def alike(row):
    return lambda other: (other["subject"], other["carrier"]) == (row["subject"], row["carrier"])
