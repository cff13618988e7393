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


def blocks_of(source: SourceText) -> list[Block]:
    """Paragraphs and tables in the order of the source."""
    lines = list(_lines(source.text))
    width = _wrapped_width(lines)
    found = list[Block]()
    rows, parts = list[Row](), list[Spanned]()

    def close() -> None:
        if rows:
            found.append(TableBlock(tuple(rows)))
            rows.clear()
        if parts:
            found.append(_paragraph(joined(parts)))
            parts.clear()

    last_raw, blank_before = "", False
    for line in lines:
        if not line.raw.strip():
            blank_before = True
            continue
        if cells := _cells(source.text, line):
            if parts:
                close()
            if cells is not _RULE:
                rows.append(Row(tuple(cells), line.start))
        else:
            text = normalised(source.text, line.start, line.end)
            if not text.text:
                continue
            if rows or not (parts and _goes_on(joined(parts).text, text.text, last_raw, width, blank_before)):
                close()
            parts.append(text)
        last_raw, blank_before = line.raw, False
    close()
    return found


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


def _goes_on(before: str, after: str, last_raw: str, width: int | None, blank: bool) -> bool:
    """Whether a line is the rest of a paragraph that a page or a line broke."""
    if _MARKER.match(after) or after.startswith("#"):
        return False
    if not blank and width is not None:
        return len(last_raw.rstrip()) >= width and not before.startswith("#")
    if before.endswith(_ENDS) or before.startswith("#"):
        return after.startswith(("。", "，", "、", "；", "）"))
    return len(before) >= _SHORTEST_BROKEN or after.startswith(("。", "，", "、"))


def _paragraph(text: Spanned) -> Paragraph:
    level = len(text.text) - len(text.text.lstrip("#"))
    plain = text.cut(level, len(text)).stripped("# ")
    if plain.text.startswith(("-", "•", "·")) and len(plain) > 1:
        plain = plain.cut(1, len(plain))
    return Paragraph(plain, level)
