"""Proposals as a workbook that people review: what they read is fixed, what they may change has its own columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from tanheng.papers.sheets import LONGEST_CELL
from tanheng.policy.proposals import Reading, TargetProposal
from tanheng.policy.registering import Proposal, keyed
from tanheng.policy.review_columns import (
    CLAUSE,
    DECISION,
    ID,
    LABEL,
    LABEL_EN,
    PLACE,
    PROPOSER,
    QUOTE,
    REASON,
    TARGET_COLUMNS,
    TASK_COLUMNS,
    Column,
)
from tanheng.policy.review_sheet import FRAME, cells_of, headings_of
from tanheng.policy.review_words import (
    ABOUT,
    CLAUSES,
    DECISIONS,
    FINDINGS,
    HOW_TO,
    PROPOSALS,
    TARGETS,
    TASKS,
)
from tanheng.policy.source_text import SourceText
from tanheng.store.atomic import replacing
from tanheng.store.plain_text import inert

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same proposals give the same file)
_PIECE = 30_000  # a cell holds 32767 signs
_WIDTHS = {ID: 11, CLAUSE: 12, PLACE: 20, QUOTE: 60, DECISION: 8, REASON: 20, LABEL: 24, LABEL_EN: 24, PROPOSER: 12}
_SEVERITIES = {"blocker": "阻断", "warning": "警告", "note": "提示"}


def write_review(path: Path, reading: Reading, source: SourceText, content: bytes, english: Mapping[str, str]) -> None:
    """Writes the workbook of a reading: targets, tasks, findings on the document, clauses, and what it is about.

    Reads    content: the file itself, whose digest binds the workbook to it; english: names of indicators by id.
    Gives    the same bytes for the same reading. No text is computed by the spreadsheet.
    """
    reading = Reading.of_json(reading.as_json())  # as it will be read back: the digits of a number are those of JSON
    with replacing(path) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": reading.instrument.title[:200], "created": _MADE})
        sheets = _Sheets(book, source, english)
        kept = json.dumps(reading.as_json(), ensure_ascii=False, sort_keys=True)
        sheets.about(reading, content, kept)
        sheets.proposals(TARGETS, reading.targets, TARGET_COLUMNS)
        sheets.proposals(TASKS, reading.tasks, TASK_COLUMNS)
        sheets.findings(reading)
        sheets.clauses(reading)
        sheets.kept(kept)
        book.close()


def default_instrument(content: bytes) -> str:
    """The id of a document that nobody has named yet."""
    return f"doc-{hashlib.sha256(content).hexdigest()[:8]}"


class _Sheets:
    """The sheets of one workbook, with the formats they share."""

    def __init__(self, book: Any, source: SourceText, english: Mapping[str, str]) -> None:
        self.book, self.source, self.english = book, source, english
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4"}
        )
        self.fixed = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#555555"})
        self.open = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFFBE6"})

    def about(self, reading: Reading, content: bytes, kept: str) -> None:
        """What the workbook is about, and how to fill it in."""
        instrument, sheet = reading.instrument, self.book.add_worksheet(ABOUT)
        rows = [
            ("文件编号", default_instrument(content)),
            ("标题", instrument.title),
            ("文号", instrument.number),
            ("发文机关", instrument.issuer),
            ("日期", instrument.date or ""),
            ("适用期", "、".join(instrument.periods)),
            ("原文件", self.source.name),
            ("原文件摘要", hashlib.sha256(content).hexdigest()),
            ("提议摘要", hashlib.sha256(kept.encode()).hexdigest()),
        ]
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 90)
        self._rows(sheet, 0, [(name, value) for name, value in rows], {0: self.head, 1: self.open})
        self._rows(sheet, len(rows) + 1, [("怎样填", text) for text in HOW_TO], {0: self.head, 1: self.fixed})

    def proposals(self, name: str, proposals: Sequence[Proposal], columns: Sequence[Column]) -> None:
        """One row for each proposal: what stands in the document, the decision, the fields."""
        headings = headings_of(columns)
        widths = [_WIDTHS[heading] for heading in FRAME] + [column.width for column in columns] + [_WIDTHS[PROPOSER]]
        sheet, found = self._sheet(name, headings, widths, frozen=len(FRAME) - 4), keyed(proposals)
        for row, (key, proposal) in enumerate(found.items(), 1):
            formats = [self.fixed] * 4 + [self.open] * (len(headings) - 5) + [self.fixed]
            self._row(sheet, row, cells_of(key, proposal, columns, self.source, self.english), formats)
            sheet.set_row(row, 30 if isinstance(proposal, TargetProposal) else 60)
        self._choices(sheet, headings, columns, len(found) + 200)  # rows that a reviewer adds are offered them too
        sheet.autofilter(0, 0, max(1, len(found)), len(headings) - 1)

    def findings(self, reading: Reading) -> None:
        """What stands out in the document itself."""
        sheet = self._sheet(FINDINGS, ["程度", "位置", "问题", "疑为", "下一步", "代码"], [8, 22, 60, 24, 40, 24])
        rows = [
            (
                _SEVERITIES[item.severity],
                item.place,
                item.message["zh"],
                item.suggestion,
                item.next_step["zh"],
                item.code,
            )
            for item in reading.findings
        ]
        self._rows(sheet, 1, rows, dict.fromkeys(range(6), self.fixed))

    def clauses(self, reading: Reading) -> None:
        """The addresses of the document."""
        sheet = self._sheet(CLAUSES, [CLAUSE, PLACE, "标题", "起", "止"], [14, 24, 60, 8, 8])
        rows = [
            (c.address, self.source.place(c.span[0]), c.heading, Decimal(c.span[0]), Decimal(c.span[1]))
            for c in reading.clauses
        ]
        self._rows(sheet, 1, rows, dict.fromkeys(range(5), self.fixed))

    def kept(self, text: str) -> None:
        """The reading as it was made, in pieces, on a sheet that is not shown."""
        sheet = self.book.add_worksheet(PROPOSALS)
        for row, start in enumerate(range(0, len(text), _PIECE)):
            sheet.write_string(row, 0, text[start : start + _PIECE])
        sheet.very_hidden()

    def _sheet(self, name: str, headings: Sequence[str], widths: Sequence[int], frozen: int = 1) -> Any:
        sheet = self.book.add_worksheet(name)
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, self.head)
        sheet.freeze_panes(1, frozen)
        return sheet

    def _choices(self, sheet: Any, headings: Sequence[str], columns: Sequence[Column], last: int) -> None:
        lists = {DECISION: list(DECISIONS)}
        lists |= {column.heading: list(column.choices.values()) for column in columns if column.choices}
        for heading, choices in lists.items():
            column = headings.index(heading)
            sheet.data_validation(1, column, last, column, {"validate": "list", "source": choices})

    def _rows(
        self, sheet: Any, first: int, rows: Iterable[Sequence[str | Decimal]], formats: Mapping[int, Any]
    ) -> None:
        for row, cells in enumerate(rows, first):
            self._row(sheet, row, cells, [formats[column] for column in range(len(cells))])

    def _row(self, sheet: Any, row: int, cells: Sequence[str | Decimal], formats: Sequence[Any]) -> None:
        for column, (cell, style) in enumerate(zip(cells, formats, strict=True)):
            if isinstance(cell, Decimal):
                sheet.write_number(row, column, float(cell), style)
            else:
                sheet.write_string(row, column, inert(cell)[:LONGEST_CELL], style)
