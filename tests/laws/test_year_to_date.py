"""The laws of sums, of what is missing and of later knowledge hold for year-to-dates, which are never split."""

from datetime import timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tanheng.kernel.period import Period, year_to_date
from tests.kernel.unit_methods import by, in_form
from tests.kernel.world import CITY, EAST, WEST, why
from tests.laws.city import AMOUNTS, FACILITIES, FIRST, KNOWN, City, places

LAW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TO_DATE, SCHEME = "unit_energy_statistical_to_date", "energy_statistics"
SPANS = tuple(year_to_date(2024, month) for month in (1, 3, 6))
WHOLE, LAST = SPANS[2], FIRST + timedelta(days=730)
LINES = (
    ("industrial_energy_use", "raw_coal"),
    ("industrial_energy_use", "heat"),
    ("transformation_output", "heat"),
    ("energy_recovered", "waste_heat_and_pressure"),
)


@st.composite
def statements(draw, *, published=KNOWN):
    indicator, carrier = draw(st.sampled_from(LINES))
    facility, span = draw(st.sampled_from(FACILITIES)), draw(st.sampled_from(SPANS))
    other = {"accumulation": "year_to_date", "published": draw(published)}
    return in_form(indicator, facility, carrier, span, draw(AMOUNTS), **other)


@st.composite
def cities(draw, *, published=KNOWN):
    told = draw(st.lists(statements(published=published), min_size=1, max_size=20))
    return City(tuple(row | {"position": number} for number, row in enumerate(told, 1)), draw(places()))


CITIES = cities().filter(lambda city: any(of(row) == WHOLE for row in city.rows))


def of(row):
    return Period(row["period_start"], row["period_end"])


def computed(city, known_on=LAST):
    return by(TO_DATE, city.inputs, WHOLE, known_on=known_on, scheme=SCHEME)


def figures(result):
    return {row["subject"]: row for row in result.figures.rows()}


@LAW
@given(CITIES)
def test_every_area_is_the_sum_of_the_units_whose_last_month_lay_in_it(city):
    found = figures(computed(city))
    last = WHOLE.months()[-1]
    stays = [stay for stay in city.where.stays(last) if stay.start <= last.start and stay.facility in found]
    inside = {area: [] for area in (CITY, EAST, WEST)}
    for stay in stays:
        if stay.end is None or stay.end > last.start:
            for level in ("district", "city"):
                inside[stay.areas[level]].append(found[stay.facility])
    for area, units in inside.items():
        values = [unit["energy_calorific"] for unit in units if unit["energy_calorific"] is not None]
        assert (area in found) == bool(units)
        if units:
            assert found[area]["energy_calorific"] == (sum(values) if values else None)
            assert found[area]["rows"] == sum(unit["rows"] for unit in units)


@LAW
@given(CITIES)
def test_what_other_year_to_dates_say_changes_what_is_owed_and_no_amount(city):
    alone = City(tuple(row for row in city.rows if of(row) == WHOLE), city.where)
    with_others, by_itself = figures(computed(city)), figures(computed(alone))
    for subject, row in by_itself.items():
        assert with_others[subject]["energy_calorific"] == row["energy_calorific"]
        assert with_others[subject]["energy_calorific_missing"] >= row["energy_calorific_missing"]


@LAW
@given(CITIES, KNOWN, st.data())
def test_what_is_said_later_changes_no_figure_known_earlier(city, on, data):
    assume(any(of(row) == WHOLE and row["published"] <= on for row in city.rows))
    later = st.integers(1, 400).map(lambda days: on + timedelta(days=days))
    added = data.draw(st.lists(statements(published=later), min_size=1, max_size=8))
    after = city.with_rows(*(row | {"position": 100 + number} for number, row in enumerate(added)))
    assert computed(after, on).receipt.figures == computed(city, on).receipt.figures


@LAW
@given(CITIES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_figure(city, random_order):
    rows = list(city.rows)
    random_order.shuffle(rows)
    assert computed(City(tuple(rows), city.where)).receipt.figures == computed(city).receipt.figures


@LAW
@given(CITIES, st.data())
def test_whoever_follows_an_explanation_arrives_at_the_figure(city, data):
    given_rows = city.inputs
    result = computed(city)
    row = data.draw(st.sampled_from(result.figures.rows()))
    told = why(result, given_rows, f"energy_calorific@{row['subject']}@{WHOLE}")
    assert told["value"] == row["energy_calorific"]
    assert told["status"]["missing"] == row["energy_calorific_missing"]
    for part in told["parts"]:
        assert why(result, given_rows, part["address"])["value"] == part["value"], part["address"]
