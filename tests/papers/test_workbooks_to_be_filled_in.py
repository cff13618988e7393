"""Workbooks that go out and come back: locked where we wrote, open where others write, the same bytes each time."""

from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tanheng.papers.sheets import LONGEST_CELL, Sheet, write_sheets

HEADS = ("编号", "任务", "完成率", "状态")
ROWS = [("t1", "建设充电桩", Decimal("12.5"), ""), ("t2", '=HYPERLINK("http://x")', "", "推进中")]
SHEET = Sheet(
    "进展", HEADS, ROWS, (10, 40, 10, 10), open=("完成率", "状态"), choices=[("状态", ("推进中", "已完成"))],
    title="任务进展表", kept=2,
)  # fmt: skip


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "tasks.xlsx"
    write_sheets(path, [SHEET], "任务")
    return load_workbook(path)["进展"]


def test_what_was_sent_is_locked_without_a_password_and_what_is_to_be_filled_in_is_open(made):
    assert made.protection.sheet
    assert not made.protection.password
    locked = [cell.protection.locked for cell in made[3]]
    assert locked == [True, True, False, False]


def test_rows_below_are_open_for_what_nobody_foresaw_and_offer_the_same_choices(made):
    assert not any(cell.protection.locked for cell in made[5])
    (offer,) = made.data_validations.dataValidation
    assert offer.formula1 == '"推进中,已完成"'
    assert str(offer.sqref) == "D3:D54"


def test_headings_and_the_first_columns_stay_in_sight_and_are_printed_on_every_page(made):
    assert made.freeze_panes == "C3"
    assert made.print_title_rows == "$2:$2"
    assert made.page_setup.orientation == "landscape"
    assert made.sheet_properties.pageSetUpPr.fitToPage
    assert made.print_area.endswith("$A$1:$D$4")


def test_numbers_stay_numbers_and_nothing_that_was_written_is_computed(made):
    assert made["C3"].value == 12.5
    assert made["C3"].number_format.startswith("#,##0")
    assert made["B4"].value == '\'=HYPERLINK("http://x")'
    assert made["B4"].data_type == "s"


def test_a_table_that_nobody_fills_in_is_not_locked(tmp_path):
    path = tmp_path / "read.xlsx"
    write_sheets(path, [Sheet("表", ("甲",), [("乙",)], (10,))], "表")
    sheet = load_workbook(path)["表"]
    assert not sheet.protection.sheet
    assert sheet.max_row == 2


def test_a_cell_longer_than_a_spreadsheet_takes_is_cut_and_the_file_opens(tmp_path):
    path = tmp_path / "long.xlsx"
    write_sheets(path, [Sheet("表", ("甲",), [("长" * 40_000,)], (10,))], "表")
    assert len(load_workbook(path)["表"]["A2"].value) == LONGEST_CELL


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_sheets(tmp_path / name, [SHEET], "任务")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
