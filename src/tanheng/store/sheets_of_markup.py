"""Sheets of a web page that a system saved under the name of a workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.store.sheets import Block, Sheet
from tanheng.store.sheets_of_calamine import Limits
from tanheng.store.sheets_of_text import decoded

_TABLE = re.compile(rb"<(?:!doctype\s+html|html|table|meta|body)\b", re.IGNORECASE)


def looks_like_markup(head: bytes) -> bool:
    """Whether a file begins as a web page does."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _TABLE.search(head) is not None


@dataclass(frozen=True)
class MarkupSheets:
    """Every table of a page as a sheet: table1, table2."""

    file: str
    content: bytes
    limits: Limits

    @cached_property
    def _tables(self) -> list[Sheet]:
        parser = _Tables()
        parser.feed(decoded(self.file, self.content))
        parser.close()
        found = [
            Sheet(self.file, f"table{number}", table.rows(self.limits), tuple(table.merged), typed=False)
            for number, table in enumerate((table for table in parser.tables if table.cells), 1)
        ]
        if not found:
            raise Refusal("workbook-unreadable", file=self.file, problem="no table")
        return found

    def names(self) -> list[str]:
        """The tables in their order."""
        return [sheet.name for sheet in self._tables]

    def sheet(self, name: str) -> Sheet:
        """The cells of one table, all of them text."""
        return next(sheet for sheet in self._tables if sheet.name == name)


@dataclass
class _Table:
    """A table as it is being read: the texts of its cells by place, and which places are taken."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Block] = field(default_factory=list)
    row: int = 0

    def add(self, text: str, down: int, right: int) -> None:
        column = 1
        while (self.row, column) in self.taken:
            column += 1
        self.cells[self.row, column] = text
        area = {(self.row + a, column + b) for a in range(down) for b in range(right)}
        self.taken |= area
        if len(area) > 1:
            self.merged.append(Block(self.row, column, self.row + down - 1, column + right - 1))

    def rows(self, limits: Limits) -> list[list[Any]]:
        height = min(max(row for row, _ in self.cells), limits.rows)
        width = min(max(column for _, column in self.cells), limits.columns)
        values: list[list[Any]] = [[None] * width for _ in range(height)]
        for (row, column), text in self.cells.items():
            if row <= height and column <= width:
                values[row - 1][column - 1] = text or None
        return values


class _Tables(HTMLParser):
    """Collects the tables of a page; one inside another counts by itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables = list[_Table]()
        self.open = list[_Table]()
        self.text: list[str] | None = None
        self.span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.open.append(_Table())
            self.tables.append(self.open[-1])
        elif tag == "tr" and self.open:
            self._end_cell()
            self.open[-1].row += 1
        elif tag in {"td", "th"} and self.open:
            self._end_cell()
            self.text, values = [], dict(attrs)
            self.span = (_span(values.get("rowspan")), _span(values.get("colspan")))
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        if tag == "table" and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def _end_cell(self) -> None:
        if self.text is not None and self.open:
            table = self.open[-1]
            table.row = max(table.row, 1)
            table.add("".join(self.text).strip("\r\n\t "), *self.span)
        self.text = None


def _span(text: str | None) -> int:
    return min(max(int(text), 1), 256) if text and text.isdigit() else 1
