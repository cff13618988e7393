"""What came of reading and comparing workbooks, as a workbook that a clerk can mail back to the sender."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tanheng.store.atomic import replacing
from tanheng.store.plain_text import inert

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same list gives the same file, whenever it is written)
_SHEETS: Mapping[str, tuple[str, str]] = {"zh": ("问题", "数据"), "en": ("Problems", "Statements")}
_PROBLEMS = {
    "zh": ("文件", "工作表", "单元格", "程度", "问题", "下一步"),
    "en": ("File", "Sheet", "Cell", "Severity", "Problem", "Next step"),
}
_STATEMENTS = {
    "zh": ("文件", "结果", "对象", "指标", "分项", "报告期", "原值", "原单元格", "现值", "单位", "单元格"),
    "en": ("File", "Outcome", "Subject", "Indicator", "Breakdown", "Period", "Earlier value", "Earlier cell", "Value",
           "Unit", "Cell"),
}  # fmt: skip
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "blocker": "阻断", "warning": "警告", "note": "提示",
        "new": "新增", "changed": "变更", "unchanged": "未变", "withheld": "（个体统计数据，不显示）",
    },
    "en": {
        "blocker": "blocker", "warning": "warning", "note": "note",
        "new": "new", "changed": "changed", "unchanged": "unchanged", "withheld": "(individual statistics, not shown)",
    },
}  # fmt: skip
_COLOURS = {"blocker": "#F4B6AF", "warning": "#FBDDB5", "note": "#DCE6F4"}
_LONGEST, _LONGEST_COMMENT, _LONGEST_NAME = 32_000, 1000, 25
_WIDTHS = (24, 14, 14, 16, 28, 28)


@dataclass(frozen=True)
class MarkedSheet:
    """A sheet as it was sent: its rows as text, and by row and column what was found there, with how grave it is."""

    name: str
    rows: Sequence[Sequence[str]]
    marks: Mapping[tuple[int, int], tuple[str, str]]


def write_import_list(
    path: Path,
    findings: Iterable[Mapping[str, Any]],
    lines: Iterable[Mapping[str, Any]],
    lang: str,
    marked: Iterable[MarkedSheet] = (),
) -> None:
    """Writes two sheets: every finding with file, sheet and cell of its own, and every statement with what it would be.

    Reads    findings: as results keep them; lines: as `tanheng import --dry-run --json` lists them; marked: sheets as
             they were sent, which come behind, each cell with a finding coloured and commented.
    """
    words = _WORDS[lang]
    with replacing(path) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"created": _MADE})
        _write_sheet(book, _SHEETS[lang][0], _PROBLEMS[lang], (_problem(item, words, lang) for item in findings))
        _write_sheet(book, _SHEETS[lang][1], _STATEMENTS[lang], (_statement(line, words) for line in lines))
        for sheet in marked:
            _write_marked(book, sheet)
        book.close()


def _write_marked(book: Any, marked: MarkedSheet) -> None:
    """Every cell is text: what a sender wrote is shown, not calculated once more."""
    sheet = book.add_worksheet(_free_name(book, marked.name))
    looks = {mark: book.add_format({"bg_color": colour, "border": 1}) for mark, colour in _COLOURS.items()}
    for number, row in enumerate(marked.rows, 1):
        for column, text in enumerate(row, 1):
            mark, message = marked.marks[number, column] if (number, column) in marked.marks else ("", "")
            if mark or text:
                sheet.write_string(number - 1, column - 1, inert(text)[:_LONGEST], looks[mark] if mark else None)
            if message:
                sheet.write_comment(number - 1, column - 1, message[:_LONGEST_COMMENT])


def _free_name(book: Any, name: str) -> str:
    """The name of the sheet as Excel takes it, numbered where it is there already."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:_LONGEST_NAME] or "-"
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    names = (plain, *(f"{plain} ({number})" for number in range(2, 100)))
    return next((item for item in names if item.lower() not in taken), plain)


def place_parts(place: str) -> tuple[str, str, str]:
    """File, sheet and cell of `file!sheet!cell`; what is missing is empty."""
    file, sheet, cell = (*place.split("!"), "", "")[:3]
    return file, sheet, cell


def _problem(finding: Mapping[str, Any], words: Mapping[str, str], lang: str) -> tuple[str, ...]:
    said = (words[finding["severity"]], finding["message"][lang], finding["next_step"][lang])
    return (*place_parts(finding["place"]), *said)


def _statement(line: Mapping[str, Any], words: Mapping[str, str]) -> tuple[str, ...]:
    earlier = line["earlier"] or {"value": "", "unit": "", "cell": ""}
    breakdown = ", ".join(f"{name}={value}" for name, value in line["dimensions"].items())
    before = f"{_value(earlier, words)} {earlier['unit']}" if earlier["cell"] else ""
    about = (line["subject"], line["indicator"], breakdown, line["period"])
    return (
        line["file"], words[line["outcome"]], *about,
        before, earlier["cell"], _value(line, words), line["unit"], line["cell"],
    )  # fmt: skip


def _value(side: Mapping[str, Any], words: Mapping[str, str]) -> str:
    return words["withheld"] if side["value"] is None else str(side["value"])


def _write_sheet(book: Any, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, _WIDTHS[min(column, len(_WIDTHS) - 1)])
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, inert(text), wrapped)
