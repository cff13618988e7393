"""Workbooks that we send out: prefilled, with drop-downs, and what is filled into them comes back without loss."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Template
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory, Facility
from tanheng.store import load_packs, read_workbook
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.template_reading import read_filled, template_of
from tanheng.store.template_writing import LIST_SHEET, MARK_SHEET, TemplateFilling, write_template

SAMPLES = Path(__file__).parent / "template_samples"
MARCH, PUBLISHED = Period.month(2024, 3), date(2024, 4, 20)
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
    rows = [row[:5] for row in sheet.iter_rows(min_row=4, max_row=15, values_only=True)]
    assert rows[0] == ("91TH00000000000001", "恒达机械厂", "2024-03", "原煤", "吨")
    assert rows[1][3:] == ("天然气", "万立方米")
    assert rows[6][:2] == ("91TH00000000000002", "东岸窑炉厂")


def test_headings_and_what_is_filled_in_are_locked_and_the_rest_is_open(make):
    sheet = openpyxl.load_workbook(make("unit_energy_monthly", MILL)).worksheets[0]
    assert sheet.protection.sheet
    assert [sheet[place].protection.locked for place in ("A3", "A4", "D4", "E4", "F4", "G4", "A20")] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip


def test_carriers_units_and_states_are_chosen_from_lists_and_numbers_are_asked_for(make):
    book = openpyxl.load_workbook(make("unit_energy_monthly", MILL))
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book.worksheets[0].data_validations.dataValidation}
    assert (rules["D4"].type, rules["E4"].type, rules["F4"].type) == ("list", "list", "decimal")
    letters = rules["D4"].formula1.rpartition("!")[2].replace("$", "")
    assert [cell.value for (cell,) in book[LIST_SHEET][letters]] == ["原煤", "天然气", "汽油", "柴油", "电力", "热力"]
    assert "不要写单位" in rules["F4"].prompt
    assert (book[LIST_SHEET].sheet_state, book[MARK_SHEET].sheet_state) == ("hidden", "veryHidden")
    tasks = openpyxl.load_workbook(make("task_progress"))
    assert [cell.value for cell in tasks[LIST_SHEET]["K"]] == ["未启动", "进行中", "已完成", "滞后"]


def test_the_same_filling_gives_the_same_file(make):
    first = make("unit_energy_monthly", MILL).read_bytes()
    assert make("unit_energy_monthly", MILL).read_bytes() == first


def test_amounts_come_back_through_import_to_the_last_digit(make, packs):
    path = make("unit_energy_monthly", MILL)
    fill(path, {"F4": 1234567.890123, "F5": 0.1, "F6": 1234567890.12345, "F7": "1234567890.123456789012345", "F8": 0})
    reading = imported(path, packs)
    assert [str(item.value) for item in reading.observations] == [
        "1234567.890123", "0.1", "1234567890.12345", "1234567890.123456789012345", "0",
    ]  # fmt: skip
    assert {finding.code for finding in reading.findings} <= {"number-as-text", "value-empty"}


def test_texts_line_breaks_and_notes_come_back_as_they_were_written(make, packs):
    path = make("unit_energy_monthly", MILL)
    fill(
        path,
        {"F4": 12.5, "G4": TEXT, "A10": "91TH00000000000002", "C10": "2024-03", "D10": "其他", "F10": 3, "G10": "　"},
    )
    found = read_filled(path, packs.get(Template, "unit_energy_monthly"))
    assert (found.version, found.marked) == (2, True)
    first, added = found.rows[0], found.rows[6]
    assert (first.values["value"], first.values["note"]) == (Decimal("12.5"), TEXT)
    assert first.cells["note"] == "unit_energy_monthly.xlsx!能耗月报!G4"
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


def test_every_version_of_every_template_has_a_sample(packs):
    needed = {f"{shape.id}-v{item.version}.xlsx" for shape in packs.all(Template) for item in shape.earlier}
    assert {path.name for path in SAMPLES.glob("*.xlsx")} == needed
