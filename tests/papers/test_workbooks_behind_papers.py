"""The workbook: exact numbers, formats and formulas that live, headings that stay, figures that name their origin."""

import io

import openpyxl
import pytest

from tanheng.papers import Column, Figure, Paper, Paragraph, Row, Table
from tanheng.papers.sheet_names import sheet_names
from tanheng.papers.workbook import sum_formula, workbook_bytes
from tests.papers.sample_paper import D, sample


def book_of(paper, tables=(), **options):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(paper, tables)), **options)


@pytest.fixture(scope="module")
def book():
    return book_of(sample())


def test_numbers_are_exact_and_only_shown_rounded(book):
    sheet = book["各区能耗"]
    assert (sheet["C5"].value, sheet["C5"].number_format) == (123.456, "#,##0.00")
    assert (sheet["E5"].value, sheet["E5"].number_format) == (2.794, "#,##0.0")


def test_a_sum_is_a_formula_that_stays_open_where_a_value_is_missing(book):
    assert book["各区能耗"]["C10"].value == '=IF(COUNT(C5:C8)=4,SUM(C5:C8),"—")'
    shown = book_of(sample(), data_only=True)
    assert shown["各区能耗"]["C10"].value == "—"
    assert shown["各区月度能耗"]["B10"].value == 35
    assert shown["各区月度能耗"]["C10"].value == pytest.approx(37)


def test_a_subtotal_in_the_middle_is_left_out_of_the_formula():
    rows = [("东", D(1)), Row(("小计", D(1)), strong=True), ("西", D(2))]
    sheet = book_of(Paper("题", [Table([Column("区"), Column("量", summed=True)], rows, name="表")]))["表"]
    assert sheet["B7"].value == '=IF(COUNT(B4,B6)=2,SUM(B4,B6),"—")'
    assert sum_formula([3, 5], 1) == '=IF(COUNT(B4,B6)=2,SUM(B4,B6),"—")'


def test_headings_and_names_stay_in_sight_and_come_again_on_every_printed_page(book):
    assert book["各区能耗"].freeze_panes == "C5"
    assert book["各区能耗"].print_title_rows == "$1:$4"
    assert book["各区月度能耗"].page_setup.orientation == "landscape"
    assert all(sheet.page_setup.paperSize == 9 for sheet in book)
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book)


def test_every_printed_sheet_leads_back_to_its_receipt(book):
    assert all("9f3ac2d1" in (sheet.oddFooter.left.text or "") for sheet in book)


def test_a_missing_value_is_a_dash_and_no_zero(book):
    sheet = book["各区能耗"]
    assert [sheet[f"{column}8"].value for column in "CE"] == ["—", "—"]
    assert "不按零计" in str([cell.value for cell in sheet["A"]])


def test_figures_name_what_they_are_explained_by(book):
    row = [cell.value for cell in book["出处"][4]]
    assert row == ["各区能耗", "C5", 123.456, "万吨标准煤", "energy@area/qingshi@2026Q3"]


def test_charts_are_charts_of_the_spreadsheet_over_their_numbers(book):
    assert len(book["图1　规模以上工业能耗"]._charts) == 1
    assert [cell.value for cell in book["图1　规模以上工业能耗"][12]][:3] == ["9月", "—", 104]


def test_the_first_sheet_says_what_the_workbook_is_and_leads_to_the_others(book):
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "前三季度能耗运行分析"
    links = [cell.hyperlink.location for (cell,) in sheet.iter_rows(max_col=1) if cell.hyperlink]
    assert links[2] == "'各区能耗'!A1"
    assert len(links) == len(book.worksheets) - 2


def test_text_is_never_taken_for_a_formula():
    table = Table([Column("=x")], [("=1+1",), ("@a",), ("+b",)], name="=表", note="=c")
    book = book_of(Paper("=题", [Paragraph("-文"), table]))
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in values if cell.data_type == "f"]


def test_further_tables_stand_in_the_workbook_only():
    long = Table([Column("企业"), Column("能耗", places=2)], [(f"企业{n}", D(n)) for n in range(300)], name="企业清单")
    assert book_of(Paper("题", [Paragraph("文")]), [long])["企业清单"].max_row == 303


def test_names_of_sheets_are_short_allowed_and_never_alike():
    names = sheet_names(["a/b:c", "A b c", "长" * 40, "长" * 40, "说明", ""], taken=("说明",))
    assert len({name.casefold() for name in names} | {"说明"}) == 7
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_a_table_without_rows_is_a_sheet_with_its_headings():
    sheet = book_of(Paper("题", [Table([Column("区"), Column("量", summed=True)], [], name="空")]))["空"]
    assert [cell.value for cell in sheet[3]] == ["区", "量"]


def test_the_same_paper_gives_the_same_bytes():
    assert workbook_bytes(sample()) == workbook_bytes(sample())


def test_a_missing_figure_that_names_its_origin_is_listed_with_a_dash():
    table = Table([Column("量", places=1)], [(Figure(None, "吨", 1, "a@b@2026"),)], name="表")
    assert [cell.value for cell in book_of(Paper("题", [table]))["出处"][4]][2:] == ["—", "吨", "a@b@2026"]
