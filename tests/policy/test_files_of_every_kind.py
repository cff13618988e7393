"""One document in every format reads the same; what is no document is refused with its name and a next step."""

import io
import random
import zipfile
from contextlib import suppress

import docx
import openpyxl
import pytest

from tanheng.kernel.faults import Refusal
from tanheng.policy.formats.opening import opened
from tanheng.policy.reading import read_source
from tests.policy.pdf_of_lines import pdf, table_page

PARAGRAPHS = [
    "青河市2026年节能降碳重点工作安排",
    "一、主要目标",
    "2026年，全市单位地区生产总值能耗下降3%，力争新增光伏装机60万千瓦以上。",
    "二、重点任务",
    "（一）实施节能改造项目12项。（责任单位：市经信局、市发展改革委）",
]
ROWS = [
    ["序号", "重点任务", "具体工作", "时间进度", "牵头部门", "配合部门"],
    ["1", "能源转型", "新增风电装机20万千瓦", "年内完成", "市能源局", "市发展改革委"],
    ["2", "", "建设充电桩300个", "全年推进", "市交通委", "市能源局等"],
]


def _word() -> bytes:
    document = docx.Document()
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    document.add_paragraph("附件1")
    document.add_paragraph("重点任务分工表")
    table = document.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _page() -> bytes:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "<p>附件1</p><p>重点任务分工表</p>"
    rows = "".join(f"<tr>{''.join(_cell(cell, i, j) for j, cell in enumerate(row))}</tr>" for i, row in enumerate(ROWS))
    head = "<html><head><style>p{color:red}</style></head><body><nav>首页 新闻 2024年下降9%</nav>"
    return f"{head}{body}<table>{rows}</table><script>var x=1</script></body></html>".encode()


def _cell(text: str, row: int, column: int) -> str:
    if (row, column) == (2, 1):
        return ""
    return f'<td rowspan="2">{text}</td>' if (row, column) == (1, 1) else f"<td>{text}</td>"


def _plain(encoding: str = "utf-8") -> bytes:
    rows = "\n".join("\t".join(row) for row in ROWS)
    return ("\n\n".join(PARAGRAPHS) + f"\n\n附件1\n\n重点任务分工表\n\n{rows}\n").encode(encoding)


def _markdown() -> bytes:
    rule = "|" + "---|" * len(ROWS[0])
    rows = [f"| {' | '.join(row)} |" for row in ROWS]
    return (
        "\n\n".join(PARAGRAPHS) + "\n\n附件1\n\n重点任务分工表\n\n" + "\n".join([rows[0], rule, *rows[1:]])
    ).encode()


FILES = {
    "plan.txt": _plain(),
    "old.txt": _plain("gb18030"),
    "wide.txt": _plain("utf-16"),
    "plan.docx": _word(),
    "page.html": _page(),
    "plan.md": _markdown(),
}


@pytest.mark.parametrize("name", FILES)
def test_a_document_reads_the_same_in_every_format(opened_as, name):
    reading = opened_as(name, FILES[name])
    assert [(target.indicator, str(target.value), target.unit) for target in reading.targets] == [
        ("单位地区生产总值能耗", "3", "%"),
        ("新增光伏装机", "60", "万千瓦"),
        ("节能改造项目", "12", "项"),
        ("新增风电装机", "20", "万千瓦"),
        ("充电桩", "300", "个"),
    ]
    tasks = [task for task in reading.tasks if task.clause.startswith("附件1")]
    shown = [(task.number, task.category, task.schedule, task.lead_parties, task.supporting_parties) for task in tasks]
    assert shown == [
        ("1", "能源转型", "年内完成", ("市能源局",), ("市发展改革委",)),
        ("2", "能源转型", "全年推进", ("市交通委",), ("市能源局",)),
    ]  # fmt: skip
    assert [task.open_list for task in tasks] == [False, True]


@pytest.mark.parametrize("name", FILES)
def test_every_span_shows_its_target_in_the_text_of_the_source(lexicon, name):
    source = opened(name, FILES[name])
    for target in read_source(source, lexicon).targets:
        shown = "".join(source.text[slice(*target.span)].split())
        assert shown == "".join(target.quote.split())
        assert str(target.value) in shown


def test_lines_of_a_pdf_become_paragraphs_again(opened_as):
    lines = [
        "青河市2026年节能降碳工作安排",
        "一、主要目标",
        "2026年，全市单位地区生产总值能耗下降3%，力争新增光伏装",
        "机60万千瓦以上，新建绿地1000公顷。（责任单位：市发展改革",
        "委、市能源局）",
    ]
    reading = opened_as("plan.pdf", pdf([lines]))
    assert [(target.indicator, str(target.value)) for target in reading.targets] == [
        ("单位地区生产总值能耗", "3"),
        ("新增光伏装机", "60"),
        ("新建绿地", "1000"),
    ]
    assert {target.lead_parties for target in reading.targets} == {("市发展改革委", "市能源局")}


def test_a_ruled_table_of_a_pdf_has_rows_and_cells(opened_as):
    rows = [
        ["序号", "具体工作", "牵头部门"],
        ["1", "新增光伏装机20万千瓦", "市能源局"],
        ["2", "建设充电桩300个", "市交通委"],
    ]
    reading = opened_as("table.pdf", table_page(rows, [50, 240, 120]))
    assert [(task.number, task.lead_parties) for task in reading.tasks] == [("1", ("市能源局",)), ("2", ("市交通委",))]


def test_the_place_of_a_finding_in_a_pdf_is_its_page(opened_as):
    pages = [["青河市2026年工作安排", "一、目标"], ["1.新增光伏装机60万千瓦，推进五花米草除治工作。"]]
    reading = opened_as("plan.pdf", pdf(pages))
    assert {finding.place for finding in reading.findings if finding.code == "policy-slip"} == {"plan.pdf!page 2"}


def test_pages_of_a_pdf_without_text_are_named(opened_as):
    reading = opened_as("plan.pdf", pdf([["一、目标：新增光伏装机60万千瓦。"], [], []]))
    (finding,) = [finding for finding in reading.findings if finding.code == "policy-page-without-text"]
    assert (finding.severity, finding.place) == ("blocker", "plan.pdf!page 2")
    assert "2, 3" in finding.message["en"]


def _workbook() -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.save(content)
    return content.getvalue()


def _archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "x")
    return content.getvalue()


REFUSED = {
    "policy-file-empty": ("empty.txt", b" \n\t\n"),
    "policy-pdf-scanned": ("scan.pdf", pdf([[], []])),
    "policy-file-damaged": ("broken.docx", b"PK\x03\x04 no archive at all"),
}
NO_DOCUMENTS = {
    "book.docx": _workbook(),
    "files.docx": _archive(),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "photo.pdf": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "noise.txt": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(code):
    with pytest.raises(Refusal) as refused:
        opened(*REFUSED[code])
    assert refused.value.code == code


@pytest.mark.parametrize("name", NO_DOCUMENTS)
def test_what_is_no_document_is_refused_whatever_it_is_called(name):
    with pytest.raises(Refusal) as refused:
        opened(name, NO_DOCUMENTS[name])
    assert refused.value.code == "policy-file-not-document"


@pytest.mark.parametrize("content", [b"%PDF-1.4\nnothing", b"%PDF-1.7\n1 0 obj\n<< /Type", _word()[:2000]])
def test_half_a_file_is_refused_and_never_crashes(content):
    with pytest.raises(Refusal) as refused:
        opened("half", content)
    assert refused.value.code in {"policy-file-damaged", "policy-pdf-scanned"}


def test_lines_of_another_encoding_are_read_and_reported(opened_as):
    lines = [
        line.encode() for line in ("青河市2026年工作安排", "一、目标", "新增光伏装机60万千瓦。", "新建绿地1000公顷。")
    ]
    lines.append("新增公园20座。".encode("gb18030"))
    reading = opened_as("mixed.txt", b"\n".join(lines))
    assert [str(target.value) for target in reading.targets] == ["60", "1000", "20"]
    (finding,) = [finding for finding in reading.findings if finding.code == "policy-encoding-mixed"]
    assert finding.place == "mixed.txt:5"


def test_line_noise_is_passed_over_and_reported(opened_as):
    text = (
        "青河市2026年工作安排\n\n一、目标\n\n新增光伏装\x00\x07机60万千瓦。\n%%@#$ ^&~ {x} <> ==\n新建绿地�1000公顷。\n"
    )
    reading = opened_as("noise.txt", text.encode())
    assert [(target.indicator, str(target.value)) for target in reading.targets] == [
        ("新增光伏装机", "60"),
        ("新建绿地", "1000"),
    ]
    assert "policy-noise" in {finding.code for finding in reading.findings}


def test_a_copy_in_traditional_signs_is_read_and_reported(opened_as):
    text = "青河市2026年節能降碳重點工作安排\n\n一、主要目標\n\n"
    text += "全市單位地區生產總值能耗下降3%，力爭新增光伏裝機60萬千瓦以上。\n"
    reading = opened_as("copy.txt", text.encode())
    assert [(target.indicator, str(target.value), target.unit) for target in reading.targets] == [
        ("单位地区生产总值能耗", "3", "%"),
        ("新增光伏装机", "60", "万千瓦"),
    ]
    assert "力爭" in reading.targets[1].quote
    assert "policy-traditional" in {finding.code for finding in reading.findings}


def test_a_yearbook_of_three_hundred_pages_proposes_nothing_and_says_why(opened_as):
    rows = "\n".join(f"{year}\t{year * 3 % 997}.{year % 10}\t{year * 7 % 991}" for year in range(1978, 2023))
    head = "年份\t能源消费总量（万吨标准煤）\t电力（亿千瓦时）"
    chapter = f"表 能源消费总量\n\n{head}\n{rows}\n\n"
    chapter += "2022年，全市能源消费总量下降1.2%。\n\n"
    text = "青河统计年鉴2023\n\n" + chapter * 300
    reading = opened_as("yearbook.txt", text.encode())
    assert (reading.targets, reading.tasks) == ((), ())
    assert [finding.code for finding in reading.findings if finding.severity == "blocker"] == ["policy-not-a-plan"]


def test_a_text_about_something_else_says_that_nothing_was_found(opened_as):
    reading = opened_as("letter.txt", "今天天气很好。\n我们去公园散步。\n".encode())
    assert [finding.code for finding in reading.findings] == ["policy-no-demands"]


def test_a_file_whose_bytes_changed_is_read_or_refused_and_never_crashes(lexicon):
    draw = random.Random(20260401)
    originals = {**FILES, "plan.pdf": pdf([PARAGRAPHS])}
    for name in sorted(originals) * 15:
        content = bytearray(originals[name])
        for _ in range(draw.randrange(1, 20)):
            content[draw.randrange(len(content))] = draw.randrange(256)
        with suppress(Refusal):
            read_source(opened(name, bytes(content)), lexicon)
