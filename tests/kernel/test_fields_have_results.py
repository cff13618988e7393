"""Fields other than industry: measured by their own yearly energy, to date by electricity where that says it."""

import pytest

from tanheng.kernel.faults import Refusal
from tests.kernel.area_world import CITY, EAST, WEST, account, told
from tests.kernel.test_barometer import HALF, barometer, demanded, now

LAST = "2023-01..2023-06"
TABLE = {"F": (110, 100), "H": (33, 30), "P": (95, 100), "G": (20, 10), "E": (5, 5)}


def electricity(area, table=TABLE):
    """A table by industry, with the comparison printed beside each line."""
    lines = [told("electricity_use", area, HALF, pair[0], item) for item, pair in table.items()]
    return lines + [told("electricity_use_same_period", area, LAST, pair[1], item) for item, pair in table.items()]


def fields(rows):
    return account("field_electricity", "energy_assessment", rows, HALF)


def cap(field, growth="3", area=EAST, year="2024"):
    return demanded(field, f"{area}#{field}", growth, "energy_total", operator="up", year=year)


def test_a_field_adds_up_the_lines_of_its_industries_and_compares_them_with_what_stands_beside_them():
    run = fields(electricity(EAST))
    # 143 over 130
    assert run.shown(f"field_electricity@{EAST}#commerce@{HALF}") == "143.00"
    assert run.shown(f"field_electricity_growth@{EAST}#commerce@{HALF}") == "10.00"
    assert run.shown(f"field_electricity_growth@{EAST}#public@{HALF}") == "-5.00"


def test_a_line_without_its_comparison_counts_in_neither_year():
    rows = [row for row in electricity(EAST) if (row["indicator"], row["item"]) != ("electricity_use_same_period", "H")]
    assert fields(rows).shown(f"field_electricity_growth@{EAST}#commerce@{HALF}") == "10.00"
    assert fields(rows).shown(f"field_electricity@{EAST}#commerce@{HALF}") == "110.00"


def test_a_city_without_a_table_is_the_sum_of_its_districts_and_names_those_that_sent_none():
    run = fields([*electricity(EAST), *electricity(WEST, {"F": (100, 100)})])
    assert run.shown(f"field_electricity@{CITY}#commerce@{HALF}") == "243.00"
    assert run.codes() >= {"dispatch-summed"}


def test_no_table_of_electricity_is_refused_with_what_there_is():
    with pytest.raises(Refusal) as refused:
        fields([told("electricity_use", EAST, LAST, 5, "F")])
    assert refused.value.code == "no-activity-data"


def test_within_the_year_a_field_that_mostly_uses_electricity_has_a_light_that_says_how_it_was_made():
    run = barometer(rows=electricity(EAST), targets=[cap("commerce"), cap("public", "0")])
    assert now(run) == {"commerce#floor/estimated/electricity": 1, "public#floor/estimated/electricity": 3}
    label = run.why(f"light_level@commerce#floor/estimated/electricity@{HALF}")["label"]
    assert "推算·按用电增速" in label["zh"]


def test_a_field_that_burns_fuel_is_grey_within_the_year_and_the_reason_is_given():
    run = barometer(rows=electricity(EAST), targets=[cap("transport", "4"), cap("construction", "4")])
    assert set(now(run).values()) == {None}
    assert [text for text in run.found("light-field-waits") if "does not mostly use electricity" in text]


def test_after_the_year_every_field_is_accounted_by_its_own_energy():
    years = [("2023", 10.0, 4.0), ("2024", 10.2, 4.4)]
    rows = [told("field_energy", EAST, year, one, "transport") for year, one, _ in years]
    rows += [told("sector_energy", EAST, year, two, "residential") for year, _, two in years]
    run = barometer(rows=rows, targets=[cap("transport"), cap("residential")], period="2024-01..2024-12")
    # 10.2 against 10 x 1.03; 4.4 is 6.8 % above 4 x 1.03
    assert now(run) == {"transport#floor/accounted": 3, "residential#floor/accounted": 2}


def test_a_field_is_no_part_of_its_area():
    rows = [told("field_energy", EAST, year, 10.0, "transport") for year in ("2023", "2024")]
    run = barometer(rows=rows, targets=[demanded("all", EAST, "3", "energy_total", operator="up")], period="2024")
    assert now(run) == {"all#floor/no_data": None}
