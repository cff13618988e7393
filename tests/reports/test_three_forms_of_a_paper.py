"""What all documents share: three files or none, a foot that leads back, words that say the same thing everywhere."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import IndicatorShape
from tanheng.papers import Column, Figure, Paper, Paragraph, Table
from tanheng.papers.layout import layout_for
from tanheng.reports.three_forms import write_papers
from tanheng.reports.tracing import figure_of, findings_annex, mark_of, trace_of
from tanheng.reports.wording import change_said, day_said, points_said, signed, unit_said, with_made
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs
from tanheng.store.results import StoredResult

D = Decimal
RECEIPT = {
    "method": "barometer",
    "method_version": 2,
    "figures": "0123456789abcdef0123",
    "parameters": {"known_on": "2026-10-20", "log_position": 12, "period": "2026Q3"},
}


@pytest.fixture(scope="module")
def packs():
    return load_packs(["cn_national"], folders=[SHIPPED_PACKS])


def finding(code, severity, place="area/x"):
    said = {"zh": f"{code}的问题", "en": code}
    return {"code": code, "severity": severity, "place": place, "message": said, "next_step": said}


def result(*findings):
    return StoredResult("9f3ac2d100000000", RECEIPT, findings, None)


def paper(title="题"):
    return Paper(title, [Paragraph("文"), Table([Column("区"), Column("量", places=1)], [("东", D(1))])])


def test_a_paper_becomes_word_pdf_and_workbook_under_a_name_that_every_system_takes(packs, tmp_path):
    written = write_papers(tmp_path / "out", {"2026年3季度 a/b:c?": paper()}, packs)
    assert [path.name for path in written.paths] == [
        f"2026年3季度_a_b_c.{ending}" for ending in ("docx", "pdf", "xlsx")
    ]
    assert [path.read_bytes()[:4] for path in written.paths] == [b"PK\x03\x04", b"%PDF", b"PK\x03\x04"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in written.paths}


def test_two_papers_whose_names_come_to_the_same_do_not_replace_each_other(packs, tmp_path):
    written = write_papers(tmp_path, {"a/b": paper(), "a:b": paper()}, packs)
    assert len(set(written.paths)) == 6


def test_nothing_is_written_where_one_paper_cannot_be_made(packs, tmp_path):
    broken = Paper("题", [object()])
    with pytest.raises(RuntimeError, match="fields on type none"):
        write_papers(tmp_path, {"good": paper(), "broken": broken}, packs)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused(packs, tmp_path):
    (tmp_path / "out").write_text("a file", "utf-8")
    with pytest.raises(Refusal) as refused:
        write_papers(tmp_path / "out", {"a": paper()}, packs)
    assert refused.value.code == "file-failed"


def test_signs_that_a_pdf_cannot_show_come_back_with_the_files(packs, tmp_path):
    written = write_papers(tmp_path, {"a": paper("龘")}, packs)
    assert [item.code for item in written.findings] == ["paper-sign-unknown"]


def test_a_single_page_has_a_layout_of_its_own_and_policy_keeps_that_of_the_standard(packs):
    page, document = layout_for(packs, "page"), layout_for(packs, "document")
    assert document.fonts["body"].size == 16
    assert page.fonts["body"].size < document.fonts["body"].size


def test_the_foot_names_the_result_its_digest_and_what_was_known():
    assert trace_of(result()) == (
        "碳衡结果 9f3ac2d100000000　数值摘要 0123456789ab　数据截至 2026-10-20　记录至第 12 条"
    )


def test_what_blocks_a_result_stands_above_the_title(packs):
    assert mark_of(result(), packs) == "内部资料"
    blocked = mark_of(result(finding("gap", "blocker"), finding("a", "note")), packs)
    assert "1项" in blocked
    assert "不得发布" in blocked
    fictional = load_packs(folders=[SHIPPED_PACKS])
    assert mark_of(result(), fictional).startswith("虚构数据")


def test_the_problems_of_the_data_are_an_annex_with_the_blocking_ones_first():
    (annex,) = findings_annex(result(finding("b", "note"), finding("a", "blocker")))
    table = annex.blocks[-1]
    assert [row.cells[1] for row in table.all_rows] == ["阻断", "提示"]
    assert findings_annex(result()) == []


def test_many_findings_of_one_cause_are_one_line_that_says_how_many_and_whose():
    found = [finding("a", "blocker"), finding("a", "blocker"), *(finding("b", "note") for _ in range(40))]
    (annex,) = findings_annex(result(*found))
    rows = [row.cells for row in annex.blocks[-1].all_rows]
    assert [(row[1], row[3]) for row in rows] == [("阻断", 1), ("阻断", 1), ("提示", 40)]
    assert "同类另有39处" in rows[-1][2]


def test_a_stored_whole_number_is_read_in_the_unit_of_its_indicator(packs):
    indicator = next(one for one in packs.all(IndicatorShape) if one.on_grid.per_unit > 1)
    made = figure_of(indicator, 5 * indicator.on_grid.per_unit, unit="万吨", ref="a@b@2026")
    assert made == Figure(D(5), "万吨", indicator.on_grid.decimals, "a@b@2026")
    assert figure_of(indicator, None).value is None


@pytest.mark.parametrize(
    ("value", "said"),
    [("3.24", "增长3.2%"), ("-1.5", "下降1.5%"), ("0.04", "持平"), ("-0.04", "持平"), (None, "无可比数")],
)
def test_a_change_is_said_as_it_is_read_aloud(value, said):
    assert change_said(None if value is None else D(value)) == said


def test_a_distance_a_day_and_a_signature_are_said_the_same_everywhere():
    assert points_said(D("0.44")) == "高于0.4个百分点"
    assert points_said(D("-0.44"), above="快于", below="慢于") == "慢于0.4个百分点"
    assert points_said(D("0.01")) == "持平"
    assert points_said(None) == "无法比较"
    assert day_said(date(2026, 3, 5)) == "2026年3月5日"
    assert signed("某办", date(2026, 3, 5)).day == "2026年3月5日"
    assert with_made(Figure(D("1.25"), "万吨", 1), "estimated") == "1.2万吨（推算）"


def test_units_are_written_as_officials_write_them():
    assert unit_said("10^4 tce[coal_equivalent]") == "万吨标准煤（等价值）"
    assert unit_said("tCO2") == "吨二氧化碳"
    assert unit_said("%") == "%"
    assert unit_said("10^4 kWh") == "10^4 kWh"
