"""Workbooks that we send out: prefilled, with drop-downs, and what is filled into them comes back without loss."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Classification, Layout, LayoutProfile, Template
from tanheng.kernel.period import Period, year_to_date
from tanheng.kernel.subject import Area, Directory, Facility
from tanheng.store import load_packs, read_workbook
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.template_reading import read_filled, template_of
from tanheng.store.template_writing import LIST_SHEET, MARK_SHEET, TemplateFilling, template_rows, write_template

SAMPLES = Path(__file__).parent / "template_samples"
MARCH, PUBLISHED = Period.month(2024, 3), date(2024, 4, 20)
Q1 = year_to_date(2024, 3)
OF_AREAS = {"area_figures", "district_feedback", "electricity_by_industry", "gas_by_user", "gdp_quarterly"}
MILL = Facility("facility/mill", {"zh": "恒达机械厂", "en": "Hengda"}, {"uscc": "91TH00000000000001"})
KILN = Facility("facility/kiln", {"zh": "东岸窑炉厂", "en": "Kiln"}, {"uscc": "91TH00000000000002"})
TEXT = "3号锅炉检修，见附页：①停机\n②更换；“备用”—— =SUM(A1)"


@pytest.fixture(scope="module")
def packs():
    return load_packs(["cn_national"], folders=[SHIPPED_PACKS])


@pytest.fixture
def make(packs, tmp_path):
    def write(id: str, *facilities: Facility, period: Period = MARCH) -> Path:
        path = tmp_path / f"{id}.xlsx"
        write_template(path, packs.get(Template, id), packs, TemplateFilling(facilities, period, "东岸区"))
        return path

    return write


def fill(path: Path, cells: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book.worksheets[0][place] = value
    book.save(path)


def imported(path: Path, packs, facilities=(MILL, KILN), name=None):
    return read_workbook(path, None, packs, Directory(facilities=facilities), PUBLISHED, "0" * 64, name=name)


def test_units_have_a_row_for_each_carrier_with_code_name_period_and_unit(make):
    sheet = openpyxl.load_workbook(make("unit_energy_monthly", MILL, KILN)).worksheets[0]
    rows = [row[:6] for row in sheet.iter_rows(min_row=4, max_row=15, values_only=True)]
    assert rows[0] == ("91TH00000000000001", "恒达机械厂", "2024-03", "原煤", None, "吨")
    assert rows[1][3:] == ("天然气", None, "万立方米")
    assert rows[6][:2] == ("91TH00000000000002", "东岸窑炉厂")


def test_headings_and_what_is_filled_in_are_locked_and_the_rest_is_open(make):
    sheet = openpyxl.load_workbook(make("unit_energy_monthly", MILL)).worksheets[0]
    assert sheet.protection.sheet
    assert [sheet[place].protection.locked for place in ("A3", "A4", "D4", "F4", "G4", "H4", "A20")] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip


def test_carriers_units_and_states_are_chosen_from_lists_and_numbers_are_asked_for(make):
    book = openpyxl.load_workbook(make("unit_energy_monthly", MILL))
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book.worksheets[0].data_validations.dataValidation}
    assert [rules[place].type for place in ("D4", "E4", "F4", "G4")] == ["list", "list", "list", "decimal"]
    words = {place: listed(book, rules[place]) for place in ("D4", "E4", "F4")}
    assert words["D4"][:6] == ["原煤", "天然气", "汽油", "柴油", "电力", "热力"]
    assert words["E4"] == list(ITEMS)
    assert {"水泥熟料", "石灰"} <= set(words["D4"])
    assert len(set(words["F4"])) == len(words["F4"])
    assert "不要写单位" in rules["G4"].prompt
    assert (book[LIST_SHEET].sheet_state, book[MARK_SHEET].sheet_state) == ("hidden", "veryHidden")
    tasks = openpyxl.load_workbook(make("task_progress"))
    assert [cell.value for cell in tasks[LIST_SHEET]["K"]] == ["未启动", "进行中", "已完成", "滞后"]


def listed(book, rule) -> list[str]:
    """The words of a drop-down."""
    letters = rule.formula1.rpartition("!")[2].replace("$", "")
    return [cell.value for (cell,) in book[LIST_SHEET][letters]]


def test_every_word_of_a_drop_down_is_read_back(make, packs):
    """Whatever may be chosen is known to the layout: items, carriers and units alike."""
    book = openpyxl.load_workbook(make("unit_energy_monthly", MILL))
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book.worksheets[0].data_validations.dataValidation}
    layout = packs.get(Layout, "unit_energy_monthly")
    names = {name for carrier in packs.carriers.values() for name in (carrier.label.zh, *carrier.aliases)}
    assert set(listed(book, rules["E4"])) <= {name for item in layout.items for name in item.names}
    assert set(listed(book, rules["D4"])) <= names
    assert set(listed(book, rules["F4"])) <= set(layout.units)


def test_the_same_filling_gives_the_same_file(make):
    first = make("unit_energy_monthly", MILL).read_bytes()
    assert make("unit_energy_monthly", MILL).read_bytes() == first


def test_amounts_come_back_through_import_to_the_last_digit(make, packs):
    path = make("unit_energy_monthly", MILL)
    fill(path, {"G4": 1234567.890123, "G5": 0.1, "G6": 1234567890.12345, "G7": "1234567890.123456789012345", "G8": 0})
    reading = imported(path, packs)
    assert [str(item.value) for item in reading.observations] == [
        "1234567.890123", "0.1", "1234567890.12345", "1234567890.123456789012345", "0",
    ]  # fmt: skip
    assert {finding.code for finding in reading.findings} <= {"number-as-text", "value-empty"}


def test_texts_line_breaks_and_notes_come_back_as_they_were_written(make, packs):
    path = make("unit_energy_monthly", MILL)
    fill(
        path,
        {"G4": 12.5, "H4": TEXT, "A10": "91TH00000000000002", "C10": "2024-03", "D10": "其他", "G10": 3, "H10": "　"},
    )
    found = read_filled(path, packs.get(Template, "unit_energy_monthly"))
    assert (found.version, found.marked) == (3, True)
    first, added = found.rows[0], found.rows[6]
    assert (first.values["value"], first.values["note"]) == (Decimal("12.5"), TEXT)
    assert first.cells["note"] == "unit_energy_monthly.xlsx!能耗月报!H4"
    assert (added.values["carrier"], added.values["value"]) == ("其他", Decimal(3))


def test_the_report_of_a_unit_comes_back_through_import(make, packs):
    path = make("unit_energy_report", MILL)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A3"].value == "统一社会信用代码：91TH00000000000001"
    at = {sheet.cell(row, 1).value: row for row in range(5, 20)}
    cells = {f"C{at['天然气']}": 7.25, f"E{at['天然气']}": 85, f"C{at['工业总产值']}": 14000.5, f"F{at['检修']}": TEXT}
    fill(path, cells)
    reading = imported(path, packs)
    assert [finding.code for finding in reading.findings if finding.severity == "blocker"] == []
    stated = {(item.key.indicator, dict(item.key.dimensions).get("carrier")): item for item in reading.observations}
    assert stated["energy_consumption", "natural_gas"].value == Decimal("7.25")
    assert stated["energy_forecast", "natural_gas"].value == Decimal(85)
    assert stated["output_value", None].value == Decimal("14000.5")
    assert {item.key.subject for item in reading.observations} == {"facility/mill"}
    filled = read_filled(path, packs.get(Template, "unit_energy_report"))
    assert next(row for row in filled.rows if row.values["item"] == "检修").values["remark"] == TEXT


def test_the_progress_of_tasks_comes_back_through_import(make, packs):
    path = make("task_progress")
    row = {
        "B4": "推进公共机构光伏建设",
        "C4": "机管局",
        "D4": "教育局、卫健委",
        "F4": "已并网2.1兆瓦\n其余施工",
        "G4": 0.42,
        "K4": "进行中",
    }
    fill(path, row)
    (kept,) = imported(path, packs, ()).rows
    assert kept.kind == "tasks"
    assert kept.fields["progress"].value == "已并网2.1兆瓦\n其余施工"
    assert (kept.fields["lead"].value, kept.fields["status"].value) == ("机管局", "进行中")
    (filled,) = read_filled(path, packs.get(Template, "task_progress")).rows
    assert filled.values["progress"] == "已并网2.1兆瓦\n其余施工"


def test_a_workbook_that_came_back_says_which_template_it_is(make, packs, tmp_path):
    assert template_of(make("task_progress"), packs).id == "task_progress"
    with pytest.raises(Refusal, match="template-not-this"):
        read_filled(make("task_progress"), packs.get(Template, "unit_energy_monthly"))
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    assert template_of(tmp_path / "other.xlsx", packs) is None
    with pytest.raises(Refusal, match="template-not-this"):
        read_filled(tmp_path / "other.xlsx", packs.get(Template, "task_progress"))


def test_a_version_that_nobody_listed_is_refused(make, packs):
    path = make("task_progress")
    book = openpyxl.load_workbook(path)
    book[MARK_SHEET]["B2"] = "9"
    book.save(path)
    with pytest.raises(Refusal, match="template-version-unknown") as refused:
        read_filled(path, packs.get(Template, "task_progress"))
    assert refused.value.fields["known"] == "1, 2"


@pytest.mark.parametrize("id", ["unit_energy_monthly", "unit_energy_report", "task_progress"])
def test_the_first_version_of_each_template_is_still_read(packs, id):
    path = SAMPLES / f"{id}-v1.xlsx"
    found = read_filled(path, packs.get(Template, id))
    assert (found.version, found.marked) == (1, False)
    assert found.rows
    reading = imported(path, packs)
    assert [finding.code for finding in reading.findings if finding.severity == "blocker"] == []
    assert reading.layout == id
    assert reading.observations or reading.rows


def test_a_second_version_without_items_still_states_what_was_used(packs):
    path = SAMPLES / "unit_energy_monthly-v2.xlsx"
    found = read_filled(path, packs.get(Template, "unit_energy_monthly"))
    assert (found.version, found.marked, found.rows[0].values["note"]) == (2, True, "备用锅炉")
    stated = [
        (dict(item.key.dimensions), item.key.indicator, str(item.value)) for item in imported(path, packs).observations
    ]
    assert stated == [
        ({"carrier": "raw_coal"}, "energy_consumption", "120.5"),
        ({"carrier": "natural_gas"}, "energy_consumption", "3.25"),
        ({"carrier": "electricity"}, "energy_consumption", "88"),
    ]


# ---- the items of the report of units

ITEMS = {
    "消费量": ("焦炭", "吨", "energy_consumption", {"carrier": "coke"}, "t"),
    "其中用于原材料": ("天然气", "万立方米", "energy_feedstock_use", {"carrier": "natural_gas"}, "10^4 Nm3"),
    "向外供出量": ("热力", "吉焦", "energy_supplied", {"carrier": "heat"}, "GJ"),
    "过程活动量": ("石灰", "吨", "process_activity", {"carrier": "lime"}, "t"),
    "外购绿电（省间）": ("电力", "兆瓦时", "green_electricity", {"item": "inter_provincial"}, "MWh"),
    "外购绿电（省内）": (None, "万千瓦时", "green_electricity", {"item": "intra_provincial"}, "10^4 kWh"),
    "实测低位发热量": ("原煤", "千焦/千克", "measured_net_calorific_value", {"carrier": "raw_coal"}, "MJ/t"),
}


def itemised(path: Path, *rows: tuple[str | None, ...]) -> Path:
    """Further rows below those that were filled in: carrier, item, unit, amount."""
    cells: dict[str, object] = {}
    for number, row in enumerate(rows, 10):
        cells |= {f"A{number}": "91TH00000000000001", f"C{number}": "2024-03"}
        cells |= {f"{letter}{number}": value for letter, value in zip("DEFG", row, strict=True)}
    fill(path, cells)
    return path


def test_each_item_comes_back_as_what_it_is_with_its_unit_and_to_the_last_digit(make, packs):
    rows = [
        (carrier, item, unit, 20934.0625 + place) for place, (item, (carrier, unit, *_)) in enumerate(ITEMS.items())
    ]
    path = itemised(make("unit_energy_monthly", MILL), *rows)
    reading = imported(path, packs)
    assert {finding.code for finding in reading.findings} == {"value-empty"}
    told = [
        (item.key.indicator, dict(item.key.dimensions), item.unit, str(item.value)) for item in reading.observations
    ]
    assert told == [(*what, str(20934.0625 + place)) for place, (_, _, *what) in enumerate(ITEMS.values())]
    assert {item.key.accumulation.value for item in reading.observations} == {"month"}
    filled = read_filled(path, packs.get(Template, "unit_energy_monthly")).rows[6:]
    assert [row.values["item"] for row in filled] == list(ITEMS)


def test_green_power_from_elsewhere_and_from_the_province_are_kept_apart(make, packs):
    rows = [("电力", "外购绿电（省间）", "兆瓦时", 30), ("电力", "外购绿电（省内）", "兆瓦时", 20)]
    reading = imported(itemised(make("unit_energy_monthly", MILL), *rows), packs)
    told = {dict(item.key.dimensions)["item"]: str(item.value) for item in reading.observations}
    assert told == {"inter_provincial": "30", "intra_provincial": "20"}


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("石灰", None, "吨", 5), "item-not-for-carrier", "D10"),
        (("石灰", "消费量", "吨", 5), "item-not-for-carrier", "E10"),
        (("原煤", "过程活动量", "吨", 5), "item-not-for-carrier", "E10"),
        (("热力", "外购绿电（省间）", "兆瓦时", 5), "item-not-for-carrier", "E10"),
        (("电力", "实测低位发热量", "吉焦/吨", 5), "item-not-for-carrier", "E10"),
        (("原煤", "库存量", "吨", 5), "choice-unknown", "E10"),
        (("原煤", "实测低位发热量", "吨", 5), "unit-not-for-carrier", "F10"),
        (("电力", "外购绿电（省间）", "吉焦/吨", 5), "unit-not-for-carrier", "F10"),
        ((None, "其中用于原材料", "吨", 5), "cell-empty", "D10"),
        ((None, "外购绿电（省内）", "兆瓦时", -5), "number-negative", "G10"),
    ],
)
def test_an_item_that_does_not_fit_is_named_with_its_cell(make, packs, row, code, cell):
    reading = imported(itemised(make("unit_energy_monthly", MILL), row), packs)
    (found,) = [finding for finding in reading.findings if finding.severity == "blocker"]
    assert (found.code, found.place.rpartition("!")[2]) == (code, cell)
    assert reading.observations == ()


def test_the_same_item_twice_is_named_and_two_items_of_a_carrier_are_not(make, packs):
    rows = [("焦炭", "消费量", "吨", 9), ("焦炭", "其中用于原材料", "吨", 3), ("焦炭", "用于原材料", "吨", 4)]
    reading = imported(itemised(make("unit_energy_monthly", MILL), *rows), packs)
    (found,) = [finding for finding in reading.findings if finding.severity == "blocker"]
    assert (found.code, found.fields["carrier"], found.fields["first"]) == (
        "row-twice",
        "其中用于原材料 coke",
        "G11",
    )


def test_every_version_of_every_template_has_a_sample(packs):
    needed = {f"{shape.id}-v{item.version}.xlsx" for shape in packs.all(Template) for item in shape.earlier}
    assert {path.name for path in SAMPLES.glob("*.xlsx")} == needed


EAST, CITY = (
    Area("area/east", {"zh": "东岸区", "en": "East"}, "district"),
    Area("area/c", {"zh": "临州市", "en": "C"}, "city"),
)


@pytest.mark.parametrize(
    ("id", "period", "cells", "stated"),
    [
        (
            "electricity_by_industry",
            MARCH,
            {("    食品制造业", "month"): "12.5", ("城乡居民生活用电合计", "total"): "90"},
            {
                ("electricity_use", "14", "2024-03"): "12.5",
                ("electricity_use", "residential", "2024-01..2024-03"): "90",
            },
        ),
        (
            "gas_by_user",
            MARCH,
            {("居民用户", "before"): "7"},
            {("gas_use_same_period", "residential", "2023-01..2023-03"): "7"},
        ),
        (
            "gdp_quarterly",
            Q1,
            {("工业", "growth"): "-1.5"},
            {("value_added_growth", "industry", "2024-01..2024-03"): "-1.5"},
        ),
        (
            "district_feedback",
            Q1,
            {("东岸区", "decline"): "2.25"},
            {("intensity_decline", "", "2024-01..2024-03"): "2.25"},
        ),
    ],
)
def test_a_form_of_an_area_comes_back_through_import(packs, tmp_path, id, period, cells, stated):
    template, path = packs.get(Template, id), tmp_path / "回传.xlsx"
    filling = TemplateFilling((), period, "东岸区", ["东岸区"] if template.rows_for else [])
    rows = {str(next(iter(row.values()))): number for number, row in enumerate(template_rows(template, packs, filling))}
    filled = {(rows[label], column): Decimal(value) for (label, column), value in cells.items()}
    write_template(path, template, packs, replace(filling, cells=filled))
    reading = read_workbook(path, None, packs, Directory(areas=(CITY, EAST)), PUBLISHED, "0" * 64)
    assert reading.layout == id
    assert [finding.code for finding in reading.findings if finding.severity == "blocker"] == []
    assert {
        (item.key.indicator, dict(item.key.dimensions).get("item", ""), str(item.key.period)): str(item.value)
        for item in reading.observations
    } == stated
    assert {item.key.subject for item in reading.observations} == {"area/east"}


def test_every_row_of_a_form_of_an_area_is_read_and_has_its_english_words(packs):
    """A row that no layout knows would be filled in for nothing."""
    for template in packs.all(Template):
        if template.id in OF_AREAS:
            industries = {entry.label.zh for entry in packs.get(Classification, "industries").entries}
            words = {column.heading for column in template.columns}
            words |= {text.strip() for row in template.fixed_rows for text in row if text and "{" not in text}
            layout = packs.get(LayoutProfile, template.layout)
            known = {name for row in layout.rows.known for name in row.names}
            named = known if layout.rows.names == "indicator" else industries
            assert words - set(template.english) - named <= {"%"}, template.id


def test_a_total_of_a_form_is_checked_and_not_recorded(packs, tmp_path):
    template, path = packs.get(Template, "gas_by_user"), tmp_path / "回传.xlsx"
    filled = {(0, "month"): Decimal(30), (3, "month"): Decimal(40), (8, "month"): Decimal(60)}
    write_template(path, template, packs, TemplateFilling((), MARCH, "东岸区", cells=filled))
    reading = read_workbook(path, None, packs, Directory(areas=(CITY, EAST)), PUBLISHED, "0" * 64)
    assert "total-differs" in {finding.code for finding in reading.findings if finding.severity == "blocker"}
    assert len(reading.observations) == 2
