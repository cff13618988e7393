"""The source as paragraphs and tables: lines broken over a page are joined, rows keep their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanheng.policy.normal import normalised
from tanheng.policy.source_text import SourceText
from tanheng.policy.spanned import Spanned, joined

_MARKER = re.compile(
    r"^(第[一二三四五六七八九十百零\d]+[章节条篇]|[一二三四五六七八九十百]+[、.．]|（[一二三四五六七八九十百]+）"
    r"|\d{1,3}[.．、](?!\d)|（\d{1,3}）|[①-⑳]|附件|附表|附录|专栏|备注|注：|注释)"
)
_ENDS = tuple("。！？；：）”》.!?;:")
_SHORTEST_BROKEN = 55
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_WRAPPED_SHARE, _WIDEST_WRAP = 0.5, 60


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as the grammar reads it; `level` is the number of # in front of a heading, 0 without."""

    text: Spanned
    level: int = 0


@dataclass(frozen=True)
class Row:
    """The cells of one line of a table, as they stand there."""

    cells: tuple[Spanned, ...]
    start: int

    def texts(self) -> list[str]:
        """The cells as plain text."""
        return [cell.text for cell in self.cells]


@dataclass(frozen=True)
class TableBlock:
    """Rows that follow one another, with the blank lines of page breaks left out."""

    rows: tuple[Row, ...]


Block = Paragraph | TableBlock


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    raw: str


class _Gatherer:
    """Puts lines together until something else begins."""

    def __init__(self, source: SourceText, width: int | None) -> None:
        self._source, self._width = source, width
        self._rows, self._parts = list[Row](), list[Spanned]()
        self._last_raw, self._blank = "", False
        self.found = list[Block]()

    def take(self, line: _Line) -> None:
        """One more line: a row, the rest of a paragraph, or a new one."""
        if not line.raw.strip():
            self._blank = True
            return
        if cells := _cells(self._source.text, line):
            self._row(cells, line)
        else:
            self._line(normalised(self._source.text, line.start, line.end))
        self._last_raw, self._blank = line.raw, False

    def close(self) -> None:
        """Ends the table or the paragraph that is being gathered."""
        if self._rows:
            self.found.append(TableBlock(tuple(self._rows)))
        if self._parts:
            self.found.append(_paragraph(joined(self._parts)))
        self._rows, self._parts = [], []

    def _row(self, cells: list[Spanned], line: _Line) -> None:
        if self._parts:
            self.close()
        if cells is not _RULE:
            self._rows.append(Row(tuple(cells), line.start))

    def _line(self, text: Spanned) -> None:
        if not text.text:
            return
        if self._rows or not (self._parts and self._goes_on(text.text)):
            self.close()
        self._parts.append(text)

    def _goes_on(self, after: str) -> bool:
        """Whether a line is the rest of a paragraph that a page or a line broke."""
        first, last = self._parts[0].text, self._parts[-1].text
        if _MARKER.match(after) or after.startswith("#"):
            return False
        if not self._blank and self._width is not None:
            return len(self._last_raw.rstrip()) >= self._width and not first.startswith("#")
        if last.endswith(_ENDS) or first.startswith("#"):
            return after.startswith(("。", "，", "、", "；", "）"))
        size = sum(len(part) for part in self._parts)
        return size >= _SHORTEST_BROKEN or after.startswith(("。", "，", "、"))


def blocks_of(source: SourceText) -> list[Block]:
    """Paragraphs and tables in the order of the source."""
    lines = list(_lines(source.text))
    gatherer = _Gatherer(source, _wrapped_width(lines))
    for line in lines:
        gatherer.take(line)
    gatherer.close()
    return gatherer.found


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for raw in re.split(r"\r\n|[\n\r\f\u2028\u2029]", text):
        end = at + len(raw)
        yield _Line(at, end, raw)
        at = end + (2 if text.startswith("\r\n", end) else 1)


_RULE: list[Spanned] = [Spanned("-", (0,))]


def _cells(text: str, line: _Line) -> list[Spanned] | None:
    """The cells of a line with tabs or bars; `_RULE` for the line under the headings of a Markdown table."""
    if "\t" in line.raw.strip("\n") and line.raw.strip("\t "):
        return list(_split(text, line.start, line.raw, "\t"))
    bars = line.raw.strip()
    if bars.startswith("|") and bars.count("|") >= 2:
        if _PIPE_RULE.match(line.raw):
            return _RULE
        lead = line.raw.index("|") + 1
        tail = line.raw.rindex("|")
        return list(_split(text, line.start + lead, line.raw[lead:tail], "|"))
    return None


def _split(text: str, start: int, raw: str, sign: str) -> Iterator[Spanned]:
    at = start
    for part in raw.split(sign):
        yield normalised(text, at, at + len(part))
        at += len(part) + 1


def _wrapped_width(lines: list[_Line]) -> int | None:
    """The width at which a file breaks its lines by itself; None where a line is a paragraph."""
    widths = [len(line.raw.rstrip()) for line in lines if line.raw.strip() and "\t" not in line.raw]
    if len(widths) < 10 or max(widths) > _WIDEST_WRAP:
        return None
    full = [width for width in widths if width >= max(widths) - 4]
    return max(widths) - 4 if len(full) >= _WRAPPED_SHARE * len(widths) else None


def _paragraph(text: Spanned) -> Paragraph:
    level = len(text.text) - len(text.text.lstrip("#"))
    plain = text.cut(level, len(text)).stripped("# ")
    if plain.text.startswith(("-", "•", "·")) and len(plain) > 1:
        plain = plain.cut(1, len(plain))
    return Paragraph(plain, level)
