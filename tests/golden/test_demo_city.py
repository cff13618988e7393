"""A whole city, every figure: what was right once stays so, or changes in a commit that says why."""

import csv
from datetime import date

import pytest

from tanheng.kernel.period import Period
from tanheng.kernel.run import explain
from tanheng.kernel.trace import Address
from tests.golden.demo_city import GOLDEN, KNOWLEDGE_DATES, computed, example, figures_of_2024, packs
from tests.kernel.world import check_as_an_outsider

CASES = [pytest.param(case, id=str(case.known_on)) for case in example().cases]
LEVELS = ("facility", "town", "district", "city")


def golden_lines():
    return [line for line in GOLDEN.read_text("utf-8").splitlines() if not line.startswith("#")]


def golden_rows(known_on):
    return [row for row in csv.DictReader(golden_lines()) if row["known_on"] == known_on.isoformat()]


@pytest.mark.parametrize("case", CASES)
def test_the_worked_example_comes_out_as_it_was_calculated_by_hand(city, case):
    result = computed(city, case.known_on)
    for figure, expected in case.expected.items():
        column, _, carrier = figure.partition("@")
        address = Address(column, example().subject, Period.parse(example().period), carrier or None)
        told = explain(result, packs(), city, address)
        check_as_an_outsider(told)
        assert told["value"] == expected, figure


def test_the_worked_example_reads_the_cells_that_it_says_it_reads(city):
    known = city.observations.where(subject=example().subject, period_start=Period.parse(example().period).start)
    told = {(row["carrier"], row["stated_amount"], row["unit"], row["published"]) for row in known.rows()}
    assert told == {
        (item["carrier"], float(item["value"]), item["unit"], day(item["published"])) for item in example().inputs
    }


def day(value):
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def test_every_figure_of_the_city_is_what_it_was(city):
    assert figures_of_2024(city).splitlines() == golden_lines()


@pytest.mark.parametrize("known_on", KNOWLEDGE_DATES, ids=str)
def test_the_golden_holds_every_subject_and_month(known_on):
    found = [(row["subject"], row["period"]) for row in golden_rows(known_on)]
    assert len(found) == len(set(found))
    assert len({subject for subject, _ in found if subject.startswith("facility/")}) == 10
    assert len({period for _, period in found}) == 13


@pytest.mark.parametrize("known_on", KNOWLEDGE_DATES, ids=str)
def test_the_city_of_the_golden_is_the_sum_of_each_level_below_it(known_on):
    year = [row for row in golden_rows(known_on) if row["period"] == "2024"]
    sums = {level: sum(int(row["co2_g"]) for row in year if row["level"] == level) for level in LEVELS}
    assert len(set(sums.values())) == 1, sums


@pytest.mark.parametrize("known_on", KNOWLEDGE_DATES, ids=str)
def test_every_area_of_the_city_is_explained_as_it_stands(city, known_on):
    result = computed(city, known_on)
    for row in result.figures.where(period_start=date(2024, 1, 1), period_end=date(2025, 1, 1)).rows():
        told = explain(result, packs(), city, Address.parse(f"co2@{row['subject']}@2024"))
        check_as_an_outsider(told)
        assert told["value"] == row["co2"]


def test_a_year_later_the_same_question_has_the_same_digest(city):
    then, again = (computed(city, KNOWLEDGE_DATES[0]).receipt for _ in range(2))
    assert then == again
    assert then.figures != computed(city, KNOWLEDGE_DATES[1]).receipt.figures
    assert then.entries["grid_electricity_average"] == ("shanghai-2022",)
    assert computed(city, KNOWLEDGE_DATES[1]).receipt.entries["grid_electricity_average"] == ("shanghai-2023",)
