"""The documents that ship with the demo city: what we wrote into them is what is read out of them."""

import pytest

from tanheng.policy.reading import read_document
from tanheng.store.home import SHIPPED_PACKS

(DOCUMENTS,) = SHIPPED_PACKS.glob("*/documents")  # the pack of the made-up city
CITY, DISTRICT = DOCUMENTS / "city_plan_2025.txt", DOCUMENTS / "district_plan_2025.docx"


@pytest.fixture(scope="module")
def city():
    return read_document(CITY)


@pytest.fixture(scope="module")
def district():
    return read_document(DISTRICT, parent=CITY)


def figures(reading, clause=""):
    return {
        (target.indicator_id or target.indicator, str(target.operator), float(target.value), target.unit)
        for target in reading.targets
        if target.value is not None and target.clause.startswith(clause)
    }


def test_the_city_plan_has_the_figures_that_were_written_into_it(city):
    assert {
        ("energy_per_gdp", "down", 2.8, "%"),
        ("energy_per_gdp", "down", 3.2, "%"),
        ("co2_per_gdp", "down", 3.4, "%"),
        ("energy_increment", "at_most", 18.0, "万吨标准煤"),
        ("pv_capacity_new", "at_least", 26.0, "万千瓦"),
        ("charging_points", "reach", 4000.0, "个"),
        ("green_space_new", "reach", 180.0, "公顷"),
        ("forest_tending", "reach", 1.2, "万亩"),
    } <= figures(city)
    assert [(target.tier, float(target.value)) for target in city.targets if target.tier] == [
        ("floor", 2.8),
        ("stretch", 3.2),
    ]


def test_what_was_reached_last_year_is_no_target_of_the_city(city):
    assert not [target for target in city.targets if target.value is not None and float(target.value) in (2.6, 21)]


def test_the_ten_tasks_of_the_city_have_their_parties(city):
    table = {task.number: task for task in city.tasks if task.number.isdigit()}
    assert list(table) == [str(number) for number in range(1, 11)]
    assert table["2"].supporting_parties == ("市发展改革委", "各区政府")
    assert (table["2"].open_list, table["3"].open_list) == (True, False)
    assert table["8"].lead_parties == ("市交通委",)
    assert (table["10"].schedule, table["10"].lead_parties) == ("持续推进", ("市双碳工作办公室",))


def test_the_district_plan_has_targets_for_towns_and_units(district):
    towns = {target.subject: float(target.value) for target in district.targets if target.clause.startswith("附件2")}
    assert towns == {"青石镇": -3, "柳桥镇": -2.5, "望江街道": -1, "东浦工业园": -4.5}
    assert sorted(unit for _, _, _, unit in figures(district, "附件3")) == [
        "万吨标煤", "万吨标煤", "吨标煤/吉焦", "吨标煤/吨",
    ]  # fmt: skip


def test_a_party_of_merged_cells_answers_for_both_rows(district):
    annex = {target.clause: target.lead_parties for target in district.targets if target.clause.startswith("附件1-")}
    assert annex["附件1-3"] == annex["附件1-4"] == ("区建管委",)


def test_the_district_asks_for_less_than_the_city_and_that_is_told(district):
    told = [finding.message["zh"] for finding in district.findings if "上级" in finding.message["zh"]]
    assert any("2.5%" in text and "2.8%" in text for text in told)
