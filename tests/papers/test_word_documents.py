"""The Word form: in the layout of an official document, in the order of parts that Word insists on."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from tanheng.papers import Column, Light, Paper, Paragraph, RedHead, Table
from tanheng.papers.table import Table as PaperTable
from tanheng.papers.word import word_bytes
from tests.papers.sample_paper import D, layout, sample

# The order in which the schema of WordprocessingML wants the parts of a cell's, a paragraph's and a run's properties.
ORDERS = {
    "tcPr": ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "tcFitText", "vAlign"],
    "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs",
            "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs"],
    "sectPr": ["footerReference", "type", "pgSz", "pgMar", "cols", "titlePg", "docGrid"],
}  # fmt: skip


@pytest.fixture(scope="module")
def content():
    return word_bytes(sample(), layout())


@pytest.fixture(scope="module")
def document(content):
    return Document(io.BytesIO(content))


def test_properties_stand_in_the_order_that_word_insists_on(document):
    for kind, order in ORDERS.items():
        for part in document.element.iter(qn(f"w:{kind}")):
            names = [re.sub(r"\{.*\}", "", child.tag) for child in part]
            assert set(names) <= set(order), (kind, names)
            assert names == sorted(names, key=order.index), (kind, names)


def test_it_says_what_the_paper_says(document):
    text = "".join(part.text or "" for part in document.element.iter(qn("w:t")))
    for told in ("全市规模以上工业能耗1487.3万吨标准煤", "测发改〔2026〕12号", "注：“—”表示缺数", "内部资料",
                 "附件：1. 各区月度能耗", "图4　拉动前四位企业（百分点）"):  # fmt: skip
        assert told in text, told


def test_its_tables_hold_the_texts_of_the_tables_of_the_paper(document):
    wanted = [block for block in sample().all_blocks() if isinstance(block, PaperTable)]
    assert len(document.tables) == len(wanted)
    for made, table in zip(document.tables, wanted, strict=True):
        heads = 2 if table.is_grouped else 1
        rows = [[cell.text for cell in row.cells] for row in made.rows][heads:]
        assert rows == [table.texts(row) for row in table.printed_rows()]


def test_headings_of_a_group_stand_above_their_columns_and_come_again_on_every_page(document):
    table = document.tables[0]
    upper, lower = ([cell.text for cell in row.cells] for row in table.rows[:2])
    assert upper == ["序号", "区", "规上工业能耗", "规上工业能耗", "增速\n（%）", "评价"]
    assert lower == ["序号", "区", "本期\n（万吨标准煤）", "上年同期\n（万吨标准煤）", "增速\n（%）", "评价"]
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows[:2])
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_wide_annex_lies_on_its_side_with_its_margins_turned(document):
    sizes = [(round(section.page_width.mm), round(section.page_height.mm)) for section in document.sections]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    lying = document.sections[1]
    assert [
        round(side.mm) for side in (lying.top_margin, lying.right_margin, lying.bottom_margin, lying.left_margin)
    ] == [
        28,
        37,
        26,
        35,
    ]


def test_charts_are_pictures_that_tell_their_numbers_to_whoever_cannot_see_them(document):
    told = [part.get("descr") for part in document.element.iter(qn("wp:docPr"))]
    assert len(told) == 5
    assert "上年同期 | 88.0 | 90.0" in told[0]
    assert len(document.inline_shapes) == 5
    assert all(round(shape.width.mm) == 156 for shape in document.inline_shapes)


def test_every_run_names_an_east_asian_font(document):
    for run in document.element.iter(qn("w:r")):
        if "".join(part.text or "" for part in run.iter(qn("w:t"))):
            assert run.rPr.rFonts.get(qn("w:eastAsia"))


def test_the_red_head_is_one_line_of_red_above_a_red_rule():
    paper = Paper(
        "题", [Paragraph("文")], head=RedHead("某某市节能减排降碳和应对气候变化工作领导小组办公室文件", "某〔2026〕1号")
    )
    document = Document(io.BytesIO(word_bytes(paper, layout())))
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if run.text.startswith("某某市"))
    assert str(run.font.color.rgb) == "D7000F"
    assert run.font.size.pt * len(run.text) <= 156 / 25.4 * 72
    number = next(paragraph for paragraph in document.paragraphs if paragraph.text == "某〔2026〕1号")
    assert number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom")).get(qn("w:color")) == "D7000F"


def test_the_signature_stands_four_signs_from_the_edge_the_shorter_line_in_the_middle(document):
    office, day = (
        next(p for p in document.paragraphs if p.text == text) for text in ("临时测试办公室", "2026年10月25日")
    )
    assert day.paragraph_format.right_indent.pt == pytest.approx(4 * 16, abs=8.1)
    assert office.paragraph_format.right_indent.pt >= day.paragraph_format.right_indent.pt - 8.1


def test_the_foot_of_odd_and_even_pages_leads_back_to_the_receipt(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        feet = [archive.read(name).decode() for name in archive.namelist() if re.search(r"footer\d", name)]
    assert len(feet) == 2
    assert all("凭据 9f3ac2d1" in foot and " PAGE " in foot for foot in feet)


def test_a_short_table_is_kept_on_one_page_and_a_long_one_goes_on():
    short, long = (Table([Column("区")], [(f"区{n}",) for n in range(count)]) for count in (5, 40))
    document = Document(io.BytesIO(word_bytes(Paper("题", [short, long]), layout())))
    kept = [
        [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows] for table in document.tables
    ]
    assert kept[0] == [True] * 5 + [None]
    assert set(kept[1]) == {None}


def test_a_light_is_a_shaded_cell_with_its_sign_and_word():
    table = Table([Column("评价")], [(Light("red", "红"),)])
    document = Document(io.BytesIO(word_bytes(Paper("题", [table]), layout())))
    cell = document.tables[0].rows[1].cells[0]
    assert cell.text == "■红"
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "E9B3AE"


def test_the_same_paper_gives_the_same_bytes_and_control_signs_are_left_out(content):
    assert word_bytes(sample(), layout()) == content
    document = Document(
        io.BytesIO(word_bytes(Paper("题", [Paragraph("甲\x00\x0b乙"), Table([Column("值")], [(D(1),)])]), layout()))
    )
    assert "甲乙" in [paragraph.text for paragraph in document.paragraphs]
