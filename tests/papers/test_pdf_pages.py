"""The PDF: its words, its fonts, the signs it lacks, the same bytes for the same paper."""

import io
import re

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from tanheng.kernel.faults import Severity
from tanheng.papers import Annex, Column, Figure, Heading, Light, Paper, Paragraph, Series, Table, line_chart
from tanheng.papers.glyphs import covered
from tanheng.papers.pdf import pdf_bytes, pictures
from tests.house.source_tree import ROOT
from tests.papers.sample_paper import D, layout, sample

FONTS = ROOT / "src/tanheng/papers/fonts"


def read(paper):
    content, findings = pdf_bytes(paper, layout())
    return PdfReader(io.BytesIO(content)), findings


def words(reader):
    """The text of all pages, without the spaces and breaks of lines."""
    return re.sub(r"[\s\u200b]", "", "".join(page.extract_text() for page in reader.pages))


def test_the_pages_say_what_the_paper_says():
    reader, findings = read(sample())
    text = words(reader)
    assert findings == []
    for told in ("测试市发展和改革委员会文件", "测发改〔2026〕12号", "1487.3万吨标准煤", "1,045.50", "■红", "附件1",
                 "注：“—”表示缺数", "临时测试办公室", "2026年10月25日", "青石精细化工有限公司"):  # fmt: skip
        assert told in text, told
    assert "〓" not in text


def test_every_page_leads_back_to_its_receipt_and_bears_its_number():
    reader, _ = read(sample())
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert "凭据 9f3ac2d1" in text
        assert re.search(rf"—\s*{number}\s*—", text)


def test_only_the_shipped_fonts_are_used_and_all_are_inside_the_file():
    reader, _ = read(sample())
    fonts = {font["/BaseFont"]: font for page in reader.pages for font in _fonts(page)}
    assert fonts
    assert all(re.match(r"/[A-Z]{6}\+Tanheng(Song|Hei)-", name) for name in fonts)


def _fonts(page):
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


def test_a_wide_annex_lies_on_its_side_and_the_others_stand():
    reader, _ = read(sample())
    shapes = ["wide" if page.mediabox.width > page.mediabox.height else "upright" for page in reader.pages]
    assert shapes[-2:] == ["wide", "upright"]
    assert set(shapes[:-2]) == {"upright"}


def test_the_page_is_that_of_the_standard():
    reader, _ = read(sample())
    box = reader.pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (210, 297)


def test_the_same_paper_gives_the_same_bytes():
    assert pdf_bytes(sample(), layout()) == pdf_bytes(sample(), layout())


def test_a_sign_the_font_lacks_is_named_with_its_place_and_marked_on_the_page():
    paper = Paper("题", [Paragraph("王𠮷龘同志")], annexes=[Annex("附", [Table([Column("名")], [("麤",)])])])
    reader, findings = read(paper)
    told = {finding.fields["sign"]: finding for finding in findings}
    assert set(told) == {"𠮷", "龘", "麤"}
    assert all(finding.severity is Severity.WARNING and finding.code == "paper-sign-unknown" for finding in findings)
    assert told["龘"].fields["code"] == "U+9F98"
    assert "王" in str(told["龘"].fields["where"])
    assert str(told["麤"].fields["where"]).startswith("附件1")
    assert "王〓〓同志" in words(reader)


def test_signs_in_every_part_of_a_paper_are_looked_at():
    chart = line_chart("图麤", ["龘"], [Series("𠮷", [D(1)])], note="鱻")
    light = Table([Column("厵")], [(Light("red", "飝"),), (Figure(D(1), "𥊍"),)], title="爩", note="灪")
    paper = Paper("驫", [Heading("羴"), chart, light], trace="猋", mark="掱")
    _, findings = read(paper)
    found = {finding.fields["sign"] for finding in findings}
    assert found >= set("麤龘𠮷鱻厵飝爩灪驫羴猋") - covered()


def test_text_is_never_taken_for_code_of_the_typesetter():
    nasty = '#panic("x") $a$ *b* _c_ @d <e> \\ // // /* */ `f` = g'
    reader, _ = read(Paper("题#1", [Paragraph(nasty), Table([Column("#a")], [(nasty,)])]))
    assert words(reader).count(re.sub(r"\s", "", nasty)) == 2


def test_small_figures_of_formulas_are_set_although_the_fonts_lack_them():
    reader, findings = read(Paper("题", [Paragraph("CO₂、N₂O、m³、10⁴")]))
    assert findings == []
    assert "CO2、N2O、m³、104" in words(reader)


def test_the_list_of_signs_is_what_all_the_fonts_have():
    for path in FONTS.glob("*.otf"):
        assert {ord(sign) for sign in covered() if ord(sign) >= 0x20} - set(TTFont(path).getBestCmap()) <= {
            ord(sign) for sign in "₀₁₂₃₄₅₆₇₈₉⁰⁴⁵⁶⁷⁸⁹"
        }


def test_every_sign_of_gb_2312_can_be_printed():
    rows = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    signs = {pair.decode("gb2312", "ignore") for pair in rows} - {""}
    assert len(signs) == 6763
    assert signs <= covered()


@pytest.mark.parametrize("name", ["TanhengSong-Regular", "TanhengSong-Bold", "TanhengHei-Regular"])
def test_the_fonts_keep_their_notice_and_bear_no_reserved_name(name):
    font = TTFont(FONTS / f"{name}.otf")
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "Adobe" in font["name"].getDebugName(0)
    assert not any("Noto" in str(font["name"].getDebugName(number)) for number in (1, 3, 4, 6))


def test_the_fonts_fit_a_wheel_and_carry_their_licence():
    assert sum(path.stat().st_size for path in FONTS.glob("*.otf")) < 6_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "LICENSE").read_text("utf-8")


def test_charts_become_pictures_fit_for_print():
    from PIL import Image

    made = pictures([line_chart("图", ["1", "2"], [Series("能耗", [D(1), D(2)])])])
    picture = Image.open(io.BytesIO(made[0]))
    assert picture.width >= 1800
    assert picture.convert("L").getextrema()[0] < 60
