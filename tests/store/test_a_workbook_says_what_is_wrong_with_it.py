"""Every way in which a row, a heading or a sheet can be wrong is named, with its cell and with what to do."""

from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from tanheng.kernel.faults import Refusal, Severity
from tests.store.made_up import DIGEST, GOOD, HEADINGS, LAYOUT, read, said, with_cell, workbook

MARCH = datetime(2024, 3, 1)  # noqa: DTZ001  (a cell of a workbook has no zone)


def test_a_good_row_is_an_observation_that_names_its_cell(tmp_path):
    reading = read(workbook(tmp_path, GOOD))
    (observation,) = reading.observations
    assert reading.findings == ()
    assert reading.may_be_imported
    assert (observation.key.subject, observation.value, observation.unit) == ("facility/a", Decimal("12.5"), "t")
    assert observation.source == f"{DIGEST}/月报.xlsx!能耗月报!F4"


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("A", "A00I", "facility-unknown"),
        ("A", None, "cell-empty"),
        ("B", "丙厂", "facility-name-differs"),
        ("C", "三月份", "period-unreadable"),
        ("C", 2024.3, "period-unreadable"),
        ("C", MARCH.replace(day=31), "period-unreadable"),
        ("C", "2024", "period-not-of-layout"),
        ("C", None, "cell-empty"),
        ("D", "煤油", "carrier-unknown"),
        ("E", "桶", "unit-unknown"),
        ("E", "万千瓦时", "unit-not-for-carrier"),
        ("E", None, "cell-empty"),
        ("F", "约12吨", "number-expected"),
        ("F", "1,5", "number-expected"),
        ("F", "12²", "number-expected"),
        ("F", True, "number-expected"),
        ("F", MARCH, "number-expected"),
        ("F", "NaN", "number-not-finite"),
        ("F", -3, "number-negative"),
        ("F", 1e308, "amount-too-large"),
        ("F", 10**10, "amount-too-large"),
        ("F", "#REF!", "cell-error"),
        ("F", "#DIV/0!", "cell-error"),
        ("F", "=A1+1", "formula-without-value"),
        ("D", "=Z9", "formula-without-value"),
        ("F", "12.5", "number-as-text"),
        ("F", None, "value-empty"),
    ],
)
def test_one_bad_cell_is_named_with_its_place_in_both_languages(tmp_path, column, value, code):
    reading = read(workbook(tmp_path, with_cell(column, value)))
    assert said(reading) == [(code, f"{column}4")]
    (finding,) = reading.findings
    for lang in ("zh", "en"):
        assert finding.message(lang) != finding.next_step(lang) != ""


def test_all_problems_of_a_workbook_come_at_once(tmp_path):
    reading = read(workbook(tmp_path, with_cell("D", "煤油"), GOOD, ["X", None, "三月", "水", "桶", "无"]))
    assert said(reading) == [
        ("carrier-unknown", "D4"),
        ("facility-unknown", "A6"),
        ("period-unreadable", "C6"),
        ("carrier-unknown", "D6"),
        ("unit-unknown", "E6"),
        ("number-expected", "F6"),
    ]
    assert not reading.may_be_imported
    assert [item.source[-2:] for item in reading.observations] == ["F5"]


def test_an_unknown_name_comes_with_the_nearest_known_one(tmp_path):
    reading = read(workbook(tmp_path, with_cell("D", "柴油机油"), with_cell("A", "A002")))
    assert [str(finding.fields["nearest"]) for finding in reading.findings] == ["柴油", "A001"]


def test_an_empty_value_is_a_gap_and_a_zero_is_a_value(tmp_path):
    reading = read(workbook(tmp_path, with_cell("F", None), [*with_cell("C", "2024-04")[:5], 0]))
    assert [finding.severity for finding in reading.findings] == [Severity.NOTE]
    assert [observation.value for observation in reading.observations] == [Decimal(0)]
    assert reading.may_be_imported


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (12.30000001, "12.30000001"),
        (0.1, "0.1"),
        (123456789.012345, "123456789.012345"),
        ("１２．５", "12.5"),
        ("1,234.50", "1234.50"),
        ("1，234", "1234"),
        (" 7 ", "7"),
        ("12 345.6", "12345.6"),
    ],
)
def test_a_number_keeps_the_digits_that_were_typed(tmp_path, typed, value):
    (observation,) = read(workbook(tmp_path, with_cell("F", typed))).observations
    assert str(observation.value) == value


@pytest.mark.parametrize("written", ["2024-03", "2024年3月", "２０２４－０３", " 2024/3 ", 202403, MARCH])
def test_a_month_is_read_in_each_way_that_senders_write_it(tmp_path, written):
    (observation,) = read(workbook(tmp_path, with_cell("C", written))).observations
    assert str(observation.key.period) == "2024-03"


def test_a_second_row_for_the_same_fact_names_both_cells(tmp_path):
    reading = read(workbook(tmp_path, GOOD, with_cell("F", 13)))
    (finding,) = reading.findings
    assert (finding.code, finding.fields["first"], finding.fields["second"]) == ("row-twice", "F4", "F5")
    assert not reading.may_be_imported


def test_a_second_row_is_noticed_even_where_one_of_the_two_has_no_value(tmp_path):
    assert ("row-twice", "F5") in said(read(workbook(tmp_path, with_cell("F", None), GOOD)))


def test_a_row_without_data_and_a_signature_below_are_not_read(tmp_path):
    reading = read(workbook(tmp_path, GOOD, [None] * 7, [None] * 6 + ["制表人：张三"]))
    assert (reading.rows_read, reading.findings) == (1, ())


def test_a_footer_in_the_first_column_is_left_out_and_said(tmp_path):
    reading = read(workbook(tmp_path, GOOD, ["填表人：张三"]))
    assert (reading.rows_read, said(reading)) == (1, [("row-left-out", "A5")])
    assert reading.may_be_imported


def test_a_missing_sheet_is_named_with_those_that_are_there(tmp_path):
    reading = read(workbook(tmp_path, GOOD, sheet="Sheet1"))
    assert [finding.code for finding in reading.findings] == ["sheet-missing"]
    assert "Sheet1" in reading.findings[0].message()


def test_two_sheets_that_bear_the_name_are_not_chosen_between(tmp_path):
    path = workbook(tmp_path, GOOD)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.worksheets[0]).title = "能耗月报 "
    book.save(path)
    reading = read(path)
    assert [finding.code for finding in reading.findings] == ["sheet-twice"]
    assert reading.observations == ()


def test_a_large_amount_is_measured_in_the_unit_of_its_carrier(tmp_path):
    kilowatt_hours = ["A001", "甲厂", "2024-03", "电力", "kWh", 10**12, None]
    assert read(workbook(tmp_path, kilowatt_hours)).findings == ()


def test_a_changed_heading_is_named_with_the_nearest_one(tmp_path):
    headings = ["信用代码", "单位名称", "报告期", "能源种类", "计量单位", "消费量", "备注"]
    (finding,) = read(workbook(tmp_path, GOOD, headings=headings)).findings
    assert (finding.code, finding.fields["heading"], finding.fields["nearest"]) == (
        "heading-missing", "能源品种", "能源种类",
    )  # fmt: skip


def test_spaces_and_full_width_brackets_do_not_change_a_heading(tmp_path):
    headings = [*HEADINGS[:5], "消费量 （吨）", None]
    assert len(read(workbook(tmp_path, GOOD, headings=headings)).observations) == 1


def test_a_heading_that_stands_twice_is_not_chosen_between(tmp_path):
    reading = read(workbook(tmp_path, [*GOOD, 99], headings=[*HEADINGS, "消费量"]))
    assert said(reading) == [("heading-twice", "H3")]


def test_headings_that_moved_are_found_and_said(tmp_path):
    reading = read(workbook(tmp_path, GOOD, header_row=5))
    assert said(reading) == [("heading-row-moved", "A5")]
    assert len(reading.observations) == 1


def test_a_form_that_was_not_filled_in_is_noticed(tmp_path):
    assert [finding.code for finding in read(workbook(tmp_path)).findings] == ["sheet-empty"]


def test_data_published_before_their_period_ended_are_questioned(tmp_path):
    reading = read(workbook(tmp_path, GOOD), published=date(2024, 3, 15))
    assert [(finding.code, finding.severity) for finding in reading.findings] == [
        ("published-too-early", Severity.WARNING)
    ]


def test_a_layout_that_leaves_a_column_open_is_refused(tmp_path):
    columns = {field: names for field, names in LAYOUT.columns.items() if field != "unit"}
    with pytest.raises(Refusal, match="layout-incomplete"):
        read(workbook(tmp_path, GOOD), LAYOUT.model_copy(update={"columns": columns}))


def test_a_blob_is_called_by_the_name_it_was_sent_under(tmp_path):
    path = workbook(tmp_path, with_cell("D", "水"))
    blob = path.rename(tmp_path / "9f86d0")
    (finding,) = read(blob, name="三月.xlsx").findings
    assert finding.place == "三月.xlsx!能耗月报!D4"
