"""The laws of sums, of what is missing and of later knowledge hold for methods that read several indicators."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tests.kernel.unit_methods import CO2, REPORTING, by
from tests.kernel.world import CITY, packs, why
from tests.laws.city import KNOWN, MONTHS, PERIOD, City, children_of
from tests.laws.several_indicators import KNOWN_BY_THEN, cities_of_lines, lines, measurements, without_measurements
from tests.laws.test_sums import by_figure, same

LAW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOURCES = ("co2_fuel", "co2_process", "co2_electricity", "co2_heat")
METHODS = st.sampled_from([(CO2, "city_inventory"), (CO2, "shanghai_ets"), (REPORTING, "energy_reporting")])
CITIES = cities_of_lines().filter(lambda city: any(row["indicator"] == "energy_consumption" for row in city.rows))


def computed(city, method, known_on=KNOWN_BY_THEN):
    name, scheme = method
    return by(name, city.inputs, PERIOD, known_on=known_on, scheme=scheme)


def columns_of(result):
    return [name.removesuffix("_missing") for name in result.figures.columns if name.endswith("_missing")]


@LAW
@given(CITIES, METHODS)
def test_every_area_is_the_sum_of_what_lay_in_it_and_every_whole_the_sum_of_its_months(city, method):
    result = computed(city, method)
    figures = by_figure(result)
    for (subject, period), parent in figures.items():
        inside = children_of(city.where, subject, period.start) if parent["level"] != "facility" else []
        months = [figures[subject, month] for month in MONTHS if (subject, month) in figures]
        children = [figures[child, period] for child in inside if (child, period) in figures]
        for column in columns_of(result):
            if period == PERIOD:
                same(parent, months, column)
            elif inside:
                same(parent, children, column)


@LAW
@given(CITIES, st.sampled_from(["city_inventory", "shanghai_ets"]))
def test_the_total_is_the_sum_of_its_sources_wherever_nothing_is_missing(city, scheme):
    for row in computed(city, (CO2, scheme)).figures.rows():
        if not row["co2_missing"]:
            assert row["co2"] == sum(row[source] for source in SOURCES)
        if not row["co2_scheme_missing"]:
            assert row["co2_scheme"] == row["co2"] + row["co2_green_power"]
        assert row["co2_missing"] == sum(row[f"{source}_missing"] for source in SOURCES)


@LAW
@given(CITIES, METHODS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_figure(city, method, random_order):
    rows = list(city.rows)
    random_order.shuffle(rows)
    assert computed(City(tuple(rows), city.where), method).receipt.figures == computed(city, method).receipt.figures


@LAW
@given(CITIES, st.data())
def test_a_row_taken_away_is_missing_where_it_counted_and_a_row_of_zero_is_not(city, data):
    city = without_measurements(city)
    rows = list({(*line_of(row), row["period_start"]): row for row in city.rows}.values())
    of_a_kind = [row for row in rows if sum(line_of(other) == line_of(row) for other in rows) > 1]
    assume(of_a_kind)
    gone = data.draw(st.sampled_from(of_a_kind))
    others = tuple(row for row in rows if row is not gone)
    full, less, zero = (
        by_figure(computed(City(some, city.where), (CO2, "city_inventory")))[CITY, PERIOD]
        for some in (tuple(rows), others, (*others, gone | {"stated_amount": 0.0}))
    )
    assert zero["co2_missing"] == full["co2_missing"]
    counted = sum(less[f"{source}_missing"] - full[f"{source}_missing"] for source in SOURCES)
    assert counted == (0 if gone["indicator"] == "green_electricity" else 1)


def line_of(row):
    return row["subject"], row["indicator"], row["carrier"], row["item"]


@LAW
@given(CITIES, METHODS, KNOWN, st.data())
def test_what_is_said_or_measured_later_changes_no_figure_known_earlier(city, method, on, data):
    later = st.integers(1, 400).map(lambda days: on + timedelta(days=days))
    added = data.draw(
        st.lists(st.one_of(lines(published=later), measurements(published=later)), min_size=1, max_size=8)
    )
    after = city.with_rows(*(row | {"position": 100 + number} for number, row in enumerate(added)))
    assert known(after, method, on) == known(city, method, on)


def known(city, method, on):
    """The digest of the figures; nothing where nothing is known that the method reads."""
    read = [row for row in city.rows if row["published"] <= on and reads(method, row)]
    if not read:
        with pytest.raises(Refusal, match="no-activity-data"):
            computed(city, method, on)
        return None
    return computed(city, method, on).receipt.figures


def reads(method, row):
    """Whether an amount of the row enters: measured values alone are no activity."""
    indicators = {"energy_consumption", "energy_feedstock_use", "energy_supplied"}
    indicators |= {"process_activity", "green_electricity"} if method[0] == CO2 else set()
    return row["indicator"] in indicators


@LAW
@given(CITIES, METHODS, st.data())
def test_whoever_follows_an_explanation_arrives_at_the_figure(city, method, data):
    given_rows = city.inputs
    result = computed(city, method)
    row = data.draw(st.sampled_from(result.figures.rows()))
    column = data.draw(st.sampled_from(columns_of(result)))
    told = why(result, given_rows, f"{column}@{row['subject']}@{row['period_start']}..{row['period_end']}", packs())
    assert told["value"] == row[column]
    assert told["status"]["missing"] == row[column + "_missing"]
    for part in told["parts"]:
        assert why(result, given_rows, part["address"])["value"] == part["value"], part["address"]
