"""Titles, headings, labels and units are read as people write them."""
# ruff: noqa: E501  (a row of a sheet stands on one line)

from pathlib import Path

import openpyxl
import pytest

from tanheng.kernel.period import Accumulation, Period
from tanheng.store.layout_headings import HeadingMatcher
from tanheng.store.layout_text import Words, indent_of, period_of_column, periods_in, without_numbering
from tanheng.store.sheets import Block, Sheet
from tests.store.sample_world import figures, profile, read, said


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("东岸区规上工业汇总表（2024年1-3月）", "2024-01..2024-03"),
        ("２０２４年１－３月", "2024-01..2024-03"),
        ("2024年1至3月份", "2024-01..2024-03"),
        ("2024年3月用电分类表", "2024-03"),
        ("用电_202403.xls", "2024-03"),
        ("2024年一季度", "2024-01..2024-03"),
        ("2024年第3季度", "2024-07..2024-09"),
        ("2024年上半年", "2024-01..2024-06"),
        ("2024年前三季度", "2024-01..2024-09"),
        ("2023年度考核自查表", "2023"),
        ("报出日期：2024年4月12日", None),
        ("收文20240412", None),
        ("2024-04-12 收", None),
        ("上年同期", None),
    ],
)
def test_a_title_names_its_period_and_a_date_of_a_day_is_none(text, period):
    assert [str(item) for item in periods_in(text)] == ([period] if period else [])


@pytest.mark.parametrize(
    ("table", "accumulation", "years_back", "period", "counted_as"),
    [
        ("2024-01..2024-03", "month", 0, "2024-03", "month"),
        ("2024-03", "year_to_date", 1, "2023-01..2023-03", "year_to_date"),
        ("2024-01..2024-02", "month", 0, "2024-01..2024-02", "january_february"),
        ("2024-01..2024-02", "year_to_date", 0, "2024-01..2024-02", "year_to_date"),
        ("2024-03", "year", 0, "2024", "year"),
        ("2024-01..2024-06", "quarter", 0, "2024-04..2024-06", "quarter"),
    ],
)
def test_a_column_is_about_the_period_of_its_table(table, accumulation, years_back, period, counted_as):
    found, kept = period_of_column(Period.parse(table), Accumulation(accumulation), years_back)
    assert (str(found), kept) == (period, counted_as)


@pytest.mark.parametrize(
    ("label", "name", "of_which"),
    [
        ("一、工业总产值", "工业总产值", False),
        ("（二）建筑业", "建筑业", False),
        ("其中：1.无烟煤", "无烟煤", True),
        ("1.1 采矿业", "采矿业", False),
        ("A、全行业用电合计", "全行业用电合计", False),
        ("3号锅炉", "3号锅炉", False),
    ],
)
def test_numbers_and_of_which_are_no_part_of_a_name(label, name, of_which):
    assert without_numbering(label) == (name, of_which)


def test_a_label_is_pushed_in_by_spaces_of_either_width():
    assert [indent_of(label) for label in ("工业", "  工业", "　　工业", "　 工业")] == [0, 2, 4, 3]


def test_a_heading_is_the_same_with_its_unit_its_number_and_a_line_break():
    words = Words(("综合能源消费量", "1-#月", "购自省外"))
    assert all(text in words for text in ("综合能源\n消费量（吨标准煤）", "1-11月", "其中：购自省外", "2.购自省外"))
    assert "综合能耗" not in words


def sheet(*rows: list, merged: tuple = ()) -> Sheet:
    return Sheet("来表.csv", "csv", [list(row) for row in rows], merged, typed=False)


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([["企业名称", "统一社会信用代码", "综合能源消费量", None, "产值", None], [None, None, "累计", "同期", "累计", "同期"]], ()),
        ([["企业名称", "统一社会信用代码", "综合能源消费量_累计", "综合能源消费量_同期", "产值累计", "产值同期"]], ()),
        (
            [["企业名称", "统一社会信用代码", "综合能源消费量（吨标准煤）", None, "产值", None], [None, None, "累计", "同期", "累计", "同期"]],
            (Block(1, 3, 1, 4), Block(1, 5, 1, 6), Block(1, 1, 2, 1), Block(1, 2, 2, 2)),
        ),
    ],
)  # fmt: skip
def test_headings_are_found_merged_stacked_or_in_one(rows, merged):
    head = HeadingMatcher(profile("above_scale_industry")).head(sheet(*rows, ["甲", "X1", 1, 2, 3, 4], merged=merged))
    assert head is not None and head.last == len(rows)
    assert {id: head.columns[id] for id in ("energy", "energy_before", "output", "output_before")} == {
        "energy": 3, "energy_before": 4, "output": 5, "output_before": 6,
    }  # fmt: skip


def firms(
    folder: Path,
    *rows: list,
    title: str = "东岸区规上工业能源汇总表（2024年1-3月）",
    unit: str = "单位：吨标准煤、万元",
) -> Path:
    book = openpyxl.Workbook()
    heads = [
        ["企业名称", "统一社会信用代码", "综合能源消费量", None, "产值", None],
        [None, None, "累计", "同期", "累计", "同期"],
    ]
    for row in ([title], [unit], *heads, *rows):
        book.active.append(row)
    book.save(folder / "来表.xlsx")
    return folder / "来表.xlsx"


ONE = ["东岸化工厂", "91TH00000000000001", 10, 9, 100, 90]
TWO = ["东岸水泥厂", "91TH00000000000002", 20, 19, 200, 190]
THREE = ["东岸电子厂", "91TH00000000000003", 30, 29, 300, 290]


def test_subtotals_below_and_a_total_over_all_are_checked(tmp_path):
    first, second = ["青石镇小计", None, 30, 28, 300, 280], ["柳桥镇小计", None, 30, 29, 300, 290]
    total = ["总计", None, 60, 57, 600, 570]
    assert said(read(firms(tmp_path, ONE, TWO, first, THREE, second, total))) == []
    second[2] = 36
    assert said(read(firms(tmp_path, ONE, TWO, first, THREE, second, total))) == [("total-differs", "C9")]


def test_subtotals_above_their_rows_are_those_rows(tmp_path):
    layout = profile("above_scale_industry")
    above = layout.model_copy(update={"totals": layout.totals.model_copy(update={"subtotals": "above"})})
    first, second = ["青石镇小计", None, 30, 28, 300, 280], ["柳桥镇小计", None, 30, 29, 300, 290]
    assert said(read(firms(tmp_path, first, ONE, TWO, second, THREE), above)) == []
    assert ("total-differs", "C5") in said(read(firms(tmp_path, first, ONE, second, TWO, THREE), above))


def test_a_unit_is_what_the_sheet_states_and_not_what_is_usual(tmp_path):
    total = ["合计", None, 10, 9, 100, 90]
    units = {row[5] for row in figures(read(firms(tmp_path, ONE, total, unit="单位：万吨标准煤、千元")))}
    assert units == {"10^4 tce[calorific_value]", "10^3 CNY"}


def test_a_sheet_whose_title_names_city_and_district_is_about_the_district(tmp_path):
    book = openpyxl.Workbook()
    rows = (
        ["江城市东岸区天然气销售情况（2024年3月）"],
        ["单位：万立方米"],
        ["用户类别", "本月", "累计", "上年同期"],
        ["居民", 1, 3, 2],
        ["合计", 1, 3, 2],
    )
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "来表.xlsx")
    assert {row[0] for row in figures(read(tmp_path / "来表.xlsx"))} == {"east"}


def test_january_and_february_are_one_period(tmp_path):
    path = firms(tmp_path, ONE, ["合计", None, 10, 9, 100, 90], title="东岸区规上工业能源汇总表（2024年1-2月）")
    assert {row[3] for row in figures(read(path))} == {"2024-01..2024-02", "2023-01..2023-02"}
