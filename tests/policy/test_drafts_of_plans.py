"""A district's draft: what it takes from the city, from last year and from this year's figures, what it leaves open."""

import io
import re
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from tanheng.kernel.faults import Refusal
from tanheng.papers.paper import numeral
from tanheng.papers.word import word_bytes
from tanheng.policy.drafting_figures import Figures, reached, read_figures
from tanheng.policy.drafting_files import ANNEXES, DATA, MISSING, PAPER, draft_json, read_draft, write_draft
from tanheng.policy.drafting_paper import draft_paper
from tanheng.policy.drafting_plan import area_named, drafted
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import plan_of
from tanheng.policy.reading import read_source
from tanheng.policy.source_text import SourceText
from tanheng.store.packs import load_packs

CITY = """青河市2026年节能降碳重点工作安排

一、主要目标

单位地区生产总值能耗下降3.5%，新增光伏装机60万千瓦，建成加氢站8座。

二、重点任务

指导各区推进公共建筑空调系统调适，改造面积不少于200万平方米。（牵头单位：市住建委；配合单位：各区人民政府）

出台航运燃料加注管理办法。（牵头单位：市交通委）
"""
LAST = """青石区2025年节能降碳重点工作安排

附件1

区级节能降碳主要目标

全区及各领域\t节能减排降碳工作目标\t责任单位
综合\t单位地区生产总值能耗比上年下降3%\t区发改委
新增光伏装机\t3万千瓦\t区发改委
氮氧化物重点工程减排量\t完成市级要求\t区生态环境局

附件2

各镇规上工业节能目标

单 位\t单位产值能耗变化率目标（%）
云台镇\t-1.0
梅溪镇\t-2.0

附件4

重点任务分工表

序号\t工作内容\t牵头单位\t配合单位
1\t编制2024年度区级温室气体排放清单\t区生态环境局\t区发改委
2\t推进绿色工厂创建，新创绿色工厂5家\t区经委\t区建管委
"""


@pytest.fixture(scope="module")
def words():
    return PlanWords.of(load_packs(["cn_national"]))


@pytest.fixture
def plan(words):
    def make(text):
        return plan_of("plan.txt", read_source(SourceText("plan.txt", "text/plain", text), words.lexicon), text, words)

    return make


@pytest.fixture
def figures(tmp_path, words):
    def make(*rows, heads=("附件", "对象", "指标", "要求", "本年目标", "计量单位", "数据来源")):
        book = Workbook()
        book.active.append(heads)
        for row in rows:
            book.active.append(row)
        path = tmp_path / "figures.xlsx"
        book.save(path)
        return read_figures(path, words, "青石区")

    return make


@pytest.fixture
def draft(plan, words):
    def make(given=None):
        return drafted(plan(CITY), plan(LAST), given or Figures(), "青石区", 2026, words)

    return make


def _by_name(made):
    return {(target.subject, target.indicator): target for target in made.targets}


def test_a_share_of_the_city_holds_below_and_an_amount_is_left_open_with_its_reason(draft):
    found = _by_name(draft())
    assert found["青石区", "单位地区生产总值能耗"].demand == "下降3.5%"
    solar = found["青石区", "新增光伏装机"]
    assert solar.demand.startswith("〔待补：市级为") and "60万千瓦，未分解到区" in solar.demand
    assert "3万千瓦" in solar.demand


def test_what_needs_no_figure_is_carried_on_in_last_years_words(draft):
    target = _by_name(draft())["青石区", "氮氧化物重点工程减排量"]
    assert (target.demand, target.open) == ("完成市级要求", None)


def test_towns_have_an_annex_of_their_own_and_no_figure_of_last_year_becomes_one_of_this_year(draft):
    towns = draft().of_annex("towns")
    assert [target.subject for target in towns] == ["云台镇", "梅溪镇"]
    assert all(target.open and target.demand.startswith("〔待补：上年为") for target in towns)


def test_a_figure_of_this_year_fills_its_place_and_names_its_row(draft, figures):
    given = figures(("附件2", "云台镇", "单位产值能耗变化率", "变化", -1.5, "%", "镇上报"))
    target = _by_name(draft(given))["云台镇", "单位产值能耗变化率"]
    assert (target.demand, target.open) == ("变化-1.5%", None)
    assert "figures.xlsx!Sheet!2" in target.basis and "镇上报" in target.basis


def test_a_figure_of_another_unit_and_two_figures_on_one_thing_are_findings_and_not_used(draft, figures):
    given = figures(
        ("附件1", "全区", "新增光伏装机", "", 3, "座", ""),
        ("附件2", "云台镇", "单位产值能耗变化率", "", -1, "%", ""),
        ("附件2", "云台镇", "单位产值能耗变化率", "", -3, "%", ""),
        ("附件2", "梅溪镇", "单位产值能耗变化率", "", "约两成", "%", ""),
    )
    made = draft(given)
    assert {"draft-figure-unit", "draft-figure-twice", "draft-figure-not-number"} <= {f.code for f in made.findings}
    found = _by_name(made)
    assert found["青石区", "新增光伏装机"].open and found["云台镇", "单位产值能耗变化率"].open


def test_what_a_result_says_was_reached_is_shown_and_never_becomes_a_target(draft, words):
    own = [("单位地区生产总值能耗", {"value": "0.312", "unit": "tce/万元"}, "energy_intensity@area@2025")]
    target = _by_name(draft(reached(own, "r1", "青石区", words)))["青石区", "单位地区生产总值能耗"]
    assert (target.actual, target.demand) == ("单位地区生产总值能耗 0.312 tce/万元", "下降3.5%")


def test_a_workbook_without_the_columns_is_refused(figures):
    with pytest.raises(Refusal) as refused:
        figures(("x",), heads=("名称",))
    assert refused.value.code == "draft-figures-unreadable"


def test_tasks_move_a_year_on_and_their_figures_are_opened(draft):
    first, second, *_ = draft().tasks
    assert first.text == "编制2025年度区级温室气体排放清单" and first.changes == ("2024年改为2025年",)
    assert second.text == "推进绿色工厂创建，新创绿色工厂〔待补：上年为5家，本年数据未提供〕"
    assert second.lead_parties == ("区经委",)


def test_a_task_of_the_city_that_names_the_districts_goes_to_the_department_of_its_kind(draft):
    task = draft().tasks[2]
    assert task.lead_parties == ("区建管委",)
    assert "〔待补：市级为200万平方米，未分解到区〕" in task.text and "〔待核：由市级" in task.text


def test_what_the_city_asks_and_nobody_takes_on_is_listed(draft):
    made = draft()
    left = {item.what for item in made.unanswered}
    assert any("航运燃料" in what for what in left) and "加氢站" in left
    assert "draft-city-unanswered" in {finding.code for finding in made.findings}


def test_a_draft_for_no_later_year_and_an_area_that_nobody_knows_are_refused(plan, words):
    with pytest.raises(Refusal) as refused:
        drafted(plan(CITY), plan(LAST), Figures(), "青石区", 2025, words)
    assert refused.value.code == "draft-year-not-later"
    with pytest.raises(Refusal) as refused:
        area_named("月球区", plan(LAST), load_packs(["cn_national"]))
    assert refused.value.code == "draft-area-unknown"
    assert area_named("青石区", plan(LAST), load_packs(["cn_national"])) == "青石区"


def test_the_workbook_of_missing_figures_filled_in_is_the_workbook_of_figures(draft, words, tmp_path):
    made = draft()
    write_draft(tmp_path, made, words)
    book = load_workbook(tmp_path / MISSING)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[heads.index("本年目标")].value = 7
    book.save(tmp_path / MISSING)
    again = draft(read_figures(tmp_path / MISSING, words, "青石区"))
    assert made.of_annex("towns")[0].open and not [target for target in again.targets if target.open]
    assert "新创绿色工厂7家" in again.tasks[1].text
    assert {file.name for file in tmp_path.iterdir()} >= {PAPER, ANNEXES, MISSING, DATA}


def test_the_paper_is_laid_out_as_an_official_document(draft, words):
    document = Document(io.BytesIO(word_bytes(draft_paper(draft(), words), words.layout)))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]
    texts = {paragraph.text: paragraph for paragraph in document.paragraphs}
    heading, body = texts["一、主要目标"], next(p for p in document.paragraphs if p.text.startswith("为落实"))
    assert heading.style.name == "Heading 1" and _east_asian(heading) == "黑体"
    assert _east_asian(body) == "仿宋_GB2312" and body.runs[0].font.size.pt == 16
    assert body._p.pPr.ind.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}firstLineChars") == "200"
    assert round(body.style.paragraph_format.line_spacing.pt) == 29
    assert _east_asian(document.paragraphs[0]) == "方正小标宋简体"
    assert _east_asian(next(p for p in document.paragraphs if p.text.startswith("（一）"))) == "楷体_GB2312"
    assert [text for text in texts if re.fullmatch(r"附件\d", text)] == ["附件1", "附件2", "附件3", "附件4", "附件5"]
    assert "附件：1. 2026年区级节能减排降碳主要指标" in texts
    assert [cell.text for cell in document.tables[0].rows[0].cells][:4] == ["序号", "指标", "对象", "2026年目标"]
    assert document.tables[0].rows[0]._tr.trPr.xpath("w:tblHeader")


def test_every_font_of_the_paper_names_one_that_stands_in_for_it(draft, words):
    content = word_bytes(draft_paper(draft(), words), words.layout)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        table = archive.read("word/fontTable.xml").decode()
        footer = "".join(archive.read(name).decode() for name in archive.namelist() if "footer" in name)
    assert re.search(r'w:name="方正小标宋简体"><w:altName w:val="宋体"/>', table)
    assert " PAGE " in footer and "— " in footer


def test_the_same_draft_gives_the_same_bytes_and_a_draft_changed_by_hand_is_refused(draft, words, tmp_path):
    paper = draft_paper(draft(), words)
    assert word_bytes(paper, words.layout) == word_bytes(paper, words.layout)
    write_draft(tmp_path, draft(), words)
    assert read_draft(tmp_path)["digest"] == draft_json(draft(), words)["digest"]
    data = tmp_path / DATA
    data.write_text(data.read_text("utf-8").replace("下降3.5%", "下降2%"), "utf-8")
    with pytest.raises(Refusal) as refused:
        read_draft(tmp_path)
    assert refused.value.code == "consult-draft-unreadable"


def test_headings_are_numbered_as_chinese_writes_numbers():
    assert [numeral(n) for n in (1, 10, 11, 20, 21, 34)] == ["一", "十", "十一", "二十", "二十一", "三十四"]


def _east_asian(paragraph):
    return paragraph.runs[0]._r.rPr.rFonts.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia")
