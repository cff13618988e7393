"""What is wrong in a sender's sheet is said all at once, each with file, sheet and cell, and nothing is guessed."""
# ruff: noqa: E501  (a case stands on one line)

import struct
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

from tanheng.kernel.faults import Refusal, Severity
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory, Facility
from tanheng.store import read_workbook
from tanheng.store.workbook_opening import Limits
from tests.store.sample_world import DIGEST, DIRECTORY, PUBLISHED, SAMPLES, figures, packs, profile, read, said

FIRMS = "规上工业汇总表_2024年3月.xlsx"
FORM = "205-1_东岸化工厂_2024年3月.xlsx"


def changed(folder: Path, sample: str, cells: dict, *, name: str | None = None, split: bool = False) -> Path:
    """A sample with some cells changed, formulas as their results."""
    book = openpyxl.load_workbook(SAMPLES / sample, data_only=True)
    page = book.worksheets[0]
    for block in list(page.merged_cells.ranges) if split else ():
        page.unmerge_cells(str(block))
    for cell, value in cells.items():
        page[cell] = value
    path = folder / (name or sample)
    book.save(path)
    return path


def refusal_of(path: Path, **options) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(path, **options)
    assert caught.value.message("zh") != caught.value.message("en") and caught.value.next_step("zh")
    return caught.value


@pytest.mark.parametrize(
    ("sample", "cells", "code", "place"),
    [
        (FIRMS, {"C6": "91TH00000000000009"}, "facility-unknown", "C6"),
        (FIRMS, {"C7": "91TH00000000000001"}, "code-of-two-units", "C7"),
        (FIRMS, {"C7": "91TH00000000000001", "B7": "东岸化工厂"}, "row-again", "B7"),
        (FIRMS, {"B7": "东岸水泥有限公司"}, "facility-name-differs", "B7"),
        (FIRMS, {"G6": -3500.25, "G5": -2150.25, "I6": None, "I5": None}, "number-negative", "G5"),
        (FIRMS, {"G6": "约3500"}, "number-expected", "G6"),
        (FIRMS, {"G6": "3500.25"}, "number-as-text", "G6"),
        (FIRMS, {"G6": "#REF!"}, "cell-error", "G6"),
        (FIRMS, {"G6": 3600.25}, "total-differs", "G5"),
        (FIRMS, {"I7": 4.3}, "growth-differs", "I7"),
        (FIRMS, {"B5": None, "F5": None, "G5": None, "H5": None, "I5": None, "J5": None, "K5": None, "L5": None}, "total-missing", "规上"),
        (FIRMS, {"J2": "单位：吨、万元、%"}, "unit-not-for-indicator", "J2"),
        (FIRMS, {"J2": "单位：吨标准煤、百万元、%"}, "unit-unknown", "J2"),
        (FIRMS, {"A1": "东岸区规模以上工业企业能源消费与产值汇总表（2024年1-4月）"}, "period-disagrees", "A1"),
        (FIRMS, {"G4": "期末"}, "heading-changed", "G4"),
        (FIRMS, {"I4": "1-本月"}, "heading-twice", "I4"),
        (FORM, {"A8": "煤矸炭"}, "code-names-another", "A8"),
        (FORM, {"A8": "煤矸炭", "C8": None}, "carrier-unknown", "A8"),
        (FORM, {"A8": "柴油"}, "code-names-another", "A8"),
        (FORM, {"B8": "吨油当量"}, "unit-unknown", "B8"),
        (FORM, {"B8": "万千瓦时"}, "unit-not-for-carrier", "B8"),
        (FORM, {"A11": "天然气", "C11": "15", "B11": "万立方米"}, "row-again", "A11"),
        (FORM, {"H12": 1645.5}, "total-differs", "H12"),
        (FORM, {"H9": 1950}, "of-which-exceeds", "H8"),
        (FORM, {"H8": 1e14}, "amount-too-large", "H8"),
        (FORM, {"F3": None}, "period-not-found", None),
        ("205-2_东岸化工厂_2024年3月.xlsx", {"D7": 400}, "column-sum-differs", "D7"),
        ("B204-1_东岸化工厂_2024年3月.xlsx", {"B7": "吨"}, "unit-not-for-indicator", "B7"),
        ("B204-1_东岸化工厂_2024年3月.xlsx", {"A2": "统一社会信用代码：91TH0000000000000X"}, "facility-unknown", "A2"),
        ("分区能耗反馈表_2024年一季度.xlsx", {"B5": "东岸新区"}, "subject-unknown", "B5"),
        ("地区生产总值_东岸区_2024年一季度.xlsx", {"A5": "第四产业"}, "item-unknown", "A5"),
        ("考核自查表_2023年.xlsx", {"E6": 67.5}, "total-differs", "E6"),
        ("任务进展表_2024年3月.xlsx", {"G5": "过半"}, "number-expected", "G5"),
    ],
)  # fmt: skip
def test_one_thing_that_is_wrong_in_a_sheet_is_named_with_its_cell(tmp_path, sample, cells, code, place):
    name = "送.xlsx" if code == "period-not-found" else sample
    reading = read(changed(tmp_path, sample, cells, name=name), published=PUBLISHED)
    found = [finding for finding in reading.findings if finding.code == code]
    assert found, said(reading)
    assert place is None or found[0].place.rpartition("!")[2] == place
    assert found[0].message("zh") != found[0].message("en")


def test_what_is_wrong_in_a_sheet_of_confidential_returns_names_the_cell_and_not_its_value(tmp_path):
    cells = {"G6": "约3500.25", "H6": "3333.25", "G7": -1234.5, "H7": 7777777, "I8": 45.67}
    reading = read(changed(tmp_path, FIRMS, cells))
    messages = [finding.message(lang) for finding in reading.findings for lang in ("zh", "en")]
    quoted = [text for item in reading.findings for text in (*map(str, item.fields.values()), *messages)]
    assert {"number-expected", "number-as-text", "number-negative", "total-differs", "growth-differs"} <= {
        finding.code for finding in reading.findings
    }
    assert not any(value in text for text in quoted for value in ("3500", "3333.25", "1234.5", "7777777", "45.67"))
    assert any(finding.place.endswith("!G6") for finding in reading.findings)


def test_a_sheet_that_does_not_say_its_unit_is_read_with_a_warning(tmp_path):
    reading = read(changed(tmp_path, FIRMS, {"J2": None}))
    assumed = {finding.place.rpartition("!")[2] for finding in reading.findings if finding.code == "unit-assumed"}
    assert assumed == {"F4", "G4", "H4", "J4", "K4"}
    assert reading.may_be_imported and len(reading.observations) == len(read(SAMPLES / FIRMS).observations)


def test_a_number_with_more_digits_than_anybody_reads_is_a_finding(tmp_path):
    reading = read(changed(tmp_path, FIRMS, {"G6": 1e300}))
    assert {"amount-too-large", "growth-differs"} <= {finding.code for finding in reading.findings}


def test_all_that_is_wrong_comes_at_once(tmp_path):
    reading = read(changed(tmp_path, FIRMS, {"C6": "91TH00000000000009", "G7": "千余", "H8": -1, "I5": 99}))
    assert {code for code, _ in said(reading)} >= {
        "facility-unknown",
        "number-expected",
        "number-negative",
        "growth-differs",
    }
    assert not reading.may_be_imported


def test_a_heading_that_changed_stops_the_whole_sheet_and_tells_what_to_do(tmp_path):
    reading = read(changed(tmp_path, FIRMS, {"G4": "累计完成"}))
    (finding,) = [finding for finding in reading.findings if finding.severity is Severity.BLOCKER]
    assert (finding.code, reading.observations) == ("heading-changed", ())
    assert "G列“综合能源消费量/累计完成”" in finding.message()
    assert "tanheng layout learn" in finding.next_step()


def test_cells_that_were_shifted_are_one_finding_and_not_one_for_every_row(tmp_path):
    cells = {}
    for row, name, code in ((6, "东岸化工厂", 1), (7, "东岸水泥厂", 2), (8, "东岸电子厂", 3)):
        cells |= {f"B{row}": f"91TH{code:014d}", f"C{row}": name}
    codes = [code for code, _ in said(read(changed(tmp_path, FIRMS, cells)))]
    assert codes.count("column-shifted") == 1
    assert "facility-unknown" not in codes


def test_a_column_that_was_put_in_does_not_confuse_the_others(tmp_path):
    book = openpyxl.load_workbook(SAMPLES / FIRMS, data_only=True)
    page = book.worksheets[0]
    for block in list(page.merged_cells.ranges):
        page.unmerge_cells(str(block))
    page.insert_cols(5)
    page["E3"] = "是否新增"
    page.merge_cells("G3:J3")
    page.merge_cells("K3:M3")
    book.save(tmp_path / FIRMS)
    moved, before = read(tmp_path / FIRMS), read(SAMPLES / FIRMS)
    assert [row[:6] for row in figures(moved)] == [row[:6] for row in figures(before)]


def test_a_table_of_another_month_than_the_one_asked_for_is_stopped():
    reading = read(SAMPLES / FIRMS, period=Period.month(2024, 4))
    assert ("period-not-asked", "A1") in said(reading)
    assert not reading.may_be_imported
    assert read(SAMPLES / FIRMS, period=Period.month(2024, 3)).may_be_imported


def test_a_share_in_place_of_a_percentage_is_questioned_where_no_format_tells(tmp_path):
    cells = {"D3": 0.985, "D4": 0.9}
    assert ("percent-unclear", "D2") in said(read(changed(tmp_path, "在线监测接入表_2024年3月.xlsx", cells)))


def test_one_figure_for_several_rows_is_not_divided(tmp_path):
    path = changed(tmp_path, FIRMS, {"F7": 510})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("F7:F8")
    book.save(path)
    assert ("value-merged", "F7") in said(read(path))


def test_hidden_rows_and_columns_are_read_and_said(tmp_path):
    path = changed(tmp_path, FIRMS, {})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].row_dimensions[7].hidden = True
    book.worksheets[0].column_dimensions["H"].hidden = True
    book.save(path)
    (finding,) = [finding for finding in read(path).findings if finding.code == "hidden-cells-read"]
    assert finding.fields["hidden"] == "7、H4"


def test_a_hidden_sheet_is_not_read_and_that_is_said(tmp_path):
    path = changed(tmp_path, FIRMS, {})
    book = openpyxl.load_workbook(path)
    copy = book.copy_worksheet(book.worksheets[0])
    copy.title, copy.sheet_state = "旧", "hidden"
    book.save(path)
    reading = read(path)
    assert (len(reading.observations), ("sheet-hidden", "旧") in said(reading, notes=True)) == (20, True)


def test_two_sheets_that_fit_are_not_chosen_between(tmp_path):
    path = changed(tmp_path, FIRMS, {})
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.worksheets[0])
    book.save(path)
    assert "sheet-twice" in [code for code, _ in said(read(path))]


def test_a_formula_that_was_saved_without_its_result_is_no_gap(tmp_path):
    book = openpyxl.load_workbook(SAMPLES / FIRMS)
    book.worksheets[0]["G6"] = "=1+1"
    book.save(tmp_path / FIRMS)
    assert ("formula-without-value", "G6") in said(read(tmp_path / FIRMS))


def test_a_gap_stays_a_gap_and_a_total_over_it_is_not_blamed(tmp_path):
    reading = read(changed(tmp_path, FIRMS, {"F8": None}))
    assert said(reading) == []
    assert ("values-empty", "F8") in said(reading, notes=True)
    assert len(reading.observations) == 19


def test_two_units_of_the_directory_with_one_code_are_not_chosen_between():
    twin = Facility(
        "facility/twin", {"zh": "东岸化工二厂", "en": "Twin"}, {"unified_social_credit": "91TH00000000000001"}
    )
    directory = Directory(DIRECTORY.parties, DIRECTORY.areas, (*DIRECTORY.facilities, twin), DIRECTORY.relations)
    reading = read_workbook(SAMPLES / FIRMS, None, packs(), directory, PUBLISHED, DIGEST)
    assert ("code-of-two-units", "C6") in said(reading)


def test_a_unit_without_a_code_is_found_by_its_name(tmp_path):
    reading = read(changed(tmp_path, FIRMS, {"C6": None}))
    assert [row[0] for row in figures(reading) if row[0] != "east"][:1] == ["1"]


def test_a_name_that_the_layout_lists_as_an_alias_is_the_same_area(tmp_path):
    path = changed(tmp_path, "分区能耗反馈表_2024年一季度.xlsx", {"B4": "全市"})
    form = profile("district_feedback")
    subject = form.subject.model_copy(update={"aliases": {"全市": "area/river"}})
    assert said(read(path, form.model_copy(update={"subject": subject}))) == []


# ---- files
def test_a_file_that_no_layout_fits_is_refused_with_the_nearest(tmp_path):
    book = openpyxl.Workbook()
    for row in (["花名册"], ["姓名", "电话"], ["甲", 1]):
        book.active.append(row)
    book.save(tmp_path / "花名册.xlsx")
    assert refusal_of(tmp_path / "花名册.xlsx").code == "layout-not-recognised"


def test_a_picture_in_place_of_a_table_is_refused(tmp_path):
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    (tmp_path / "规上工业.xlsx").write_bytes(png)
    assert refusal_of(tmp_path / "规上工业.xlsx").code == "workbook-is-picture"
    (tmp_path / "scan.png").write_bytes(png)
    book = xlsxwriter.Workbook(str(tmp_path / "规上能耗.xlsx"))
    book.add_worksheet("扫描").insert_image("A1", str(tmp_path / "scan.png"))
    book.close()
    assert refusal_of(tmp_path / "规上能耗.xlsx").code == "workbook-is-picture"


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "大.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    refusal = refusal_of(path)
    assert (refusal.code, refusal.fields["size"]) == ("workbook-too-large", 200)


def test_lines_in_another_encoding_are_named(tmp_path):
    lines = (SAMPLES / "燃气表_东岸区_2024年3月.csv").read_bytes().split(b"\r\n")
    lines[4] = lines[4].decode("gbk").encode("utf-8")
    (tmp_path / "燃气表_2024年3月.csv").write_bytes(b"\r\n".join(lines))
    (finding,) = read(tmp_path / "燃气表_2024年3月.csv").findings
    assert (finding.code, finding.place) == ("encoding-mixed", "燃气表_2024年3月.csv:5")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_table_of_text_says_the_same_in_every_encoding(tmp_path, encoding):
    text = (SAMPLES / "燃气表_东岸区_2024年3月.csv").read_bytes().decode("gbk")
    (tmp_path / "燃气表_东岸区_2024年3月.csv").write_bytes(text.encode(encoding))
    assert figures(read(tmp_path / "燃气表_东岸区_2024年3月.csv")) == figures(
        read(SAMPLES / "燃气表_东岸区_2024年3月.csv")
    )


def test_bytes_that_are_text_in_no_encoding_are_named_with_their_line(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"a,b\n1,2\n\xff\xff,3\n")
    (finding,) = read(tmp_path / "x.csv").findings
    assert (finding.code, finding.place) == ("text-unreadable", "x.csv:3")


def test_an_xls_that_was_cut_off_is_refused(tmp_path):
    whole = (SAMPLES / "用电分类表_东岸区_2024年3月.xls").read_bytes()
    for size in (600, 2000, len(whole) // 2):
        (tmp_path / "cut.xls").write_bytes(whole[:size])
        assert refusal_of(tmp_path / "cut.xls").code in {"workbook-unreadable", "workbook-old-format"}


def test_an_xls_with_a_password_is_refused(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, "行业")
    stream = book.get_biff_data()
    first = 4 + struct.unpack("<H", stream[2:4])[0]
    protected = stream[:first] + struct.pack("<HHHHH", 0x2F, 6, 0, 0x1234, 0x5678) + stream[first:]
    XlsDoc().save(str(tmp_path / "locked.xls"), protected)
    assert refusal_of(tmp_path / "locked.xls").code == "workbook-protected"


def test_a_wps_table_is_read_like_the_xls_that_it_is(tmp_path):
    (tmp_path / "用电分类表_东岸区_2024年3月.et").write_bytes(
        (SAMPLES / "用电分类表_东岸区_2024年3月.xls").read_bytes()
    )
    assert len(read(tmp_path / "用电分类表_东岸区_2024年3月.et").observations) == 32


def test_a_workbook_of_before_1993_is_refused(tmp_path):
    (tmp_path / "old.xls").write_bytes(b"\x09\x04\x06\x00" + b"\0" * 200)
    assert refusal_of(tmp_path / "old.xls").code == "workbook-old-format"


def test_a_cell_far_away_from_all_others_costs_nothing(tmp_path):
    book = openpyxl.load_workbook(SAMPLES / FIRMS, data_only=True)
    book.worksheets[0]["XFD2"] = 1
    book.worksheets[0]["A900000"] = "备注：远"
    book.save(tmp_path / FIRMS)
    assert len(read(tmp_path / FIRMS, limits=Limits(rows=1000)).observations) == 20


def test_the_same_file_read_twice_says_the_same(tmp_path):
    first, second = (read(SAMPLES / FIRMS, published=date(2024, 4, 20)) for _ in range(2))
    assert first == second
