"""The workbooks of the demo, and the window on a source cell."""

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.store import read_cell_context, write_workbook
from tests.store.made_up import HEADINGS, LAYOUT, read, workbook

ROWS = [
    dict(zip(HEADINGS, ["A001", "甲厂", "2024-03", "柴油", "吨", "4.86", "=1+1"], strict=True)),
    dict(zip(HEADINGS, ["B002", "乙厂", "2024-03", "电力", "万千瓦时", "", ""], strict=True)),
]


def test_a_workbook_made_from_rows_reads_back_as_those_rows(tmp_path):
    write_workbook(tmp_path / "made.xlsx", LAYOUT, ROWS, "三月", note="空白表示未报")
    reading = read(tmp_path / "made.xlsx")
    assert [str(item.value) for item in reading.observations] == ["4.86"]
    assert [finding.code for finding in reading.findings] == ["value-empty"]


def test_the_same_rows_make_the_same_file_to_the_byte(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(tmp_path / name, LAYOUT, ROWS, "三月")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_source_cell_is_shown_with_its_neighbours_and_its_headings(tmp_path):
    write_workbook(tmp_path / "made.xlsx", LAYOUT, ROWS * 10, "三月")
    context = read_cell_context(tmp_path / "made.xlsx", "能耗月报", "F14", around=2, header_row=3)
    assert context.value == "4.86"
    assert [number for number, _ in context.rows] == [3, 12, 13, 14, 15, 16]
    assert dict(context.rows)[3] == tuple(HEADINGS)
    assert context.columns == tuple("ABCDEFG")


def test_a_cell_beyond_the_data_is_shown_empty(tmp_path):
    path = workbook(tmp_path)
    assert read_cell_context(path, "能耗月报", "C90").value == ""


@pytest.mark.parametrize(
    ("sheet", "cell", "code"), [("别处", "F4", "sheet-missing"), ("能耗月报", "4F", "cell-unreadable")]
)
def test_a_place_that_does_not_exist_is_refused(tmp_path, sheet, cell, code):
    with pytest.raises(Refusal, match=code):
        read_cell_context(workbook(tmp_path), sheet, cell)
