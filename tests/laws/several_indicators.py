"""Small cities drawn at random whose units state several indicators, and what they measured beside them."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from tanheng.kernel.period import Period
from tests.kernel.unit_methods import said
from tests.laws.city import AMOUNTS, FACILITIES, FIRST, KNOWN, MONTHS, City, places

KNOWN_BY_THEN = FIRST + timedelta(days=730)
LINES = (
    ("energy_consumption", "raw_coal"),
    ("energy_consumption", "electricity"),
    ("energy_consumption", "heat"),
    ("energy_feedstock_use", "raw_coal"),
    ("energy_supplied", "heat"),
    ("energy_supplied", "electricity"),
    ("process_activity", "lime"),
    ("green_electricity", "inter_provincial"),
    ("green_electricity", "intra_provincial"),
)


@st.composite
def lines(draw, *, published=KNOWN):
    """One statement of a month, of any line."""
    indicator, which = draw(st.sampled_from(LINES))
    facility, month = draw(st.sampled_from(FACILITIES)), draw(st.sampled_from(MONTHS))
    green = indicator == "green_electricity"
    row = said(indicator, facility, None if green else which, month, draw(AMOUNTS), published=draw(published))
    return row | ({"item": which, "unit": "MWh"} if green else {})


@st.composite
def measurements(draw, *, published=KNOWN):
    """A calorific value of coal, measured for a month or for the year."""
    period, accumulation = draw(st.sampled_from([(Period.year(2024), "year"), *((month, "month") for month in MONTHS)]))
    value = round(draw(st.floats(15, 30)), 2)
    row = said("measured_net_calorific_value", draw(st.sampled_from(FACILITIES)), "raw_coal", period, value)
    return row | {"unit": "GJ/t", "accumulation": accumulation, "published": draw(published)}


@st.composite
def cities_of_lines(draw, *, published=KNOWN):
    told = draw(st.lists(lines(published=published), min_size=1, max_size=25))
    told += draw(st.lists(measurements(published=published), max_size=5))
    return City(tuple(row | {"position": number} for number, row in enumerate(told, 1)), draw(places()))


def without_measurements(city):
    """The same city in which nobody measured anything."""
    return replace(city, rows=tuple(row for row in city.rows if row["indicator"] != "measured_net_calorific_value"))
