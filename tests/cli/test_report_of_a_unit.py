"""One workbook with every item of the report of units, from the template to the figures and back to its cells."""

from datetime import date

import openpyxl
import pytest

from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory

UNIT, MONTH = "facility/works", "2024-03"
TOWN, DISTRICT, CITY = "area/stone", "area/east", "area/river"
CODE = "91TH00000000000009"
# beside the rows that are filled in: carrier, item, unit, amount
FURTHER = (
    ("天然气", "其中用于原材料", "万立方米", 5),
    ("热力", "向外供出量", "吉焦", 600),
    ("石灰", "过程活动量", "吨", 40),
    ("电力", "外购绿电（省间）", "兆瓦时", 300),
    (None, "外购绿电（省内）", "万千瓦时", 20),
    ("原煤", "实测低位发热量", "千焦/千克", 22100),
)
USED = {"原煤": 1000, "天然气": 30, "电力": 2000, "热力": 1500}  # t, 10^4 m3, MWh, GJ
# by hand, in grams of coal equivalent:
#   coal 1000 t x 22.1 GJ/t / 29.3076 = 754.070616495380..., as measured, and not 714.3
#   gas 30 x 13.3 = 399; power 2000 MWh x 0.1229 = 245.8, x 0.287 = 574; heat 1500 x 0.03412 = 51.18
#   heat supplied 600 x 0.03412 = 20.472 taken away; feedstock 5 x 13.3 = 66.5 stays in the energy, and is told apart
REPORTED = {
    "energy_calorific": 754_070_616 + 399_000_000 + 245_800_000 + 51_180_000 - 20_472_000,
    "energy_coal_equivalent": 754_070_616 + 399_000_000 + 574_000_000 + 51_180_000 - 20_472_000,
    "energy_feedstock": 66_500_000,
}


@pytest.fixture
def sent(tanheng, document, tmp_path):
    """The template of a unit, filled in with every item."""
    tanheng("init", "--pack", "cn_shanghai")
    words = {TOWN: ("青石镇", "town"), DISTRICT: ("东岸区", "district"), CITY: ("江城市", "city")}
    areas = tuple(Area(id, {"zh": name, "en": id}, level) for id, (name, level) in words.items())
    works = Facility(UNIT, {"zh": "东岸石灰厂", "en": "Lime works"}, {"uscc": CODE})
    parents = {UNIT: TOWN, TOWN: DISTRICT, DISTRICT: CITY}
    lies = [Relation(LOCATED_IN, child, parent, date(2020, 1, 1)) for child, parent in parents.items()]
    record_directory(Directory((), areas, (works,), tuple(lies)), person_named("clerk"))
    path = tmp_path / "能耗月报.xlsx"
    document("template", "unit_energy_monthly", "--for", UNIT, "--period", MONTH, "--out", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(4, 10):
        if sheet[f"D{row}"].value in USED:
            sheet[f"G{row}"] = USED[sheet[f"D{row}"].value]
    for number, row in enumerate(FURTHER, 10):
        sheet[f"A{number}"], sheet[f"C{number}"] = CODE, MONTH
        for letter, value in zip("DEFG", row, strict=True):
            sheet[f"{letter}{number}"] = value
    book.save(path)
    return path


@pytest.fixture
def ran(sent, document):
    """The workbook imported and a method run on it: its figures of the unit, by column, and the result."""
    (file,) = document("import", sent, "--published", "2024-04-20")["files"]
    assert (file["new"], file["rejected"]) == (10, False)

    def run(method, scheme):
        asked = ("--period", MONTH, "--scheme", scheme, "--known-on", "2026-06-30")
        told = document("run", method, *asked)
        values = {row["column"]: row["value"] for row in told["figures"] if row["subject"] == UNIT}
        of_the_district = {row["column"]: row["value"] for row in told["figures"] if row["subject"] == DISTRICT}
        assert of_the_district == values
        return values, told

    return run


def test_the_energy_of_the_unit_is_what_it_used_less_what_it_supplied_with_its_feedstock_told_apart(ran):
    values, told = ran("unit_energy_reported", "energy_reporting")
    assert values == REPORTED
    assert "carrier-left-out" not in {finding["code"] for finding in told["findings"]}


def test_the_emissions_of_the_unit_are_told_by_source_and_its_green_power_as_the_scheme_counts_it(ran):
    values, told = ran("unit_co2", "shanghai_ets")
    # what a scheme has no factor for is named: processes are accounted by another one
    fuel = values["co2_fuel"]
    assert values["co2_electricity"] == 2000 * 420_000
    assert values["co2_heat"] == (1500 - 600) * 60_000
    assert values["green_electricity_use"] == (300 + 200) * 1000
    assert values["co2_green_power"] == -300 * 420_000  # between provinces at zero; inside the province as any other
    assert values["co2"] == fuel + values["co2_process"] + values["co2_electricity"] + values["co2_heat"]
    assert values["co2_scheme"] == values["co2"] + values["co2_green_power"]
    left = [finding["fields"]["carrier"] for finding in told["findings"] if finding["code"] == "carrier-left-out"]
    assert left == ["process_activity:lime"]


def test_in_the_inventory_of_the_city_its_process_counts_and_its_feedstock_is_not_burned(ran):
    values, _ = ran("unit_co2", "city_inventory")
    assert values["co2_process"] == 40 * 683_000
    # coal 1000 x 22.1 GJ x 0.02637 tC/GJ x 0.94 x 44/12 = 2008.63806, as measured
    # gas 30 x 389.31 x 0.0153 x 0.99 x 44/12 = 648.6566427, less 5 of it as feedstock = 108.10944045
    assert values["co2_fuel"] == 2_008_638_060 + 648_656_643 - 108_109_440
    assert values["co2_electricity"] == 2000 * 573_700
    assert values["co2_green_power"] == 0


@pytest.mark.parametrize(
    ("method", "scheme", "column", "line", "cells"),
    [
        ("unit_energy_reported", "energy_reporting", "energy_calorific", "energy_consumption:raw_coal", {"G4", "G15"}),
        ("unit_energy_reported", "energy_reporting", "energy_feedstock", "energy_feedstock_use:natural_gas", {"G10"}),
        ("unit_energy_reported", "energy_reporting", "energy_calorific", "energy_supplied:heat", {"G11"}),
        ("unit_co2", "city_inventory", "co2_process", "process_activity:lime", {"G12"}),
        ("unit_co2", "shanghai_ets", "co2_green_power", "green_electricity::inter_provincial", {"G13"}),
        ("unit_co2", "city_inventory", "green_electricity_use", "green_electricity::intra_provincial", {"G14"}),
        ("unit_co2", "city_inventory", "co2_fuel", "energy_consumption:raw_coal", {"G4", "G15"}),
    ],
)
def test_each_item_of_the_report_is_reached_from_its_figure(ran, document, method, scheme, column, line, cells):
    _, told = ran(method, scheme)
    why = document("explain", told["result"], f"{column}@{UNIT}@{MONTH}@{line}")
    refs = [term["ref"] for step in why["steps"] for term in step["inputs"].values()]
    assert {ref.rpartition("!")[2] for ref in refs if ref.startswith("cell:")} == cells
