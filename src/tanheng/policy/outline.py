"""The tree of clauses: which numbered place each paragraph and each table belongs to, with a stable address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tanheng.policy.blocks import Block, Paragraph, TableBlock
from tanheng.policy.numerals import chinese_number
from tanheng.policy.proposals import Clause, Span
from tanheng.policy.spanned import Spanned
from tanheng.policy.words import Lexicon, any_of

_NUMERAL = "[一二三四五六七八九十百零]+"
_MARKERS = (
    re.compile(f"^(?P<all>第(?P<no>{_NUMERAL}|\\d+)[章篇])"),
    re.compile(f"^(?P<all>第(?P<no>{_NUMERAL}|\\d+)节)"),
    re.compile(f"^(?P<all>(?P<no>{_NUMERAL})[、.．])"),
    re.compile(f"^(?P<all>（(?P<no>{_NUMERAL})）)"),
    re.compile(r"^(?P<all>(?P<no>\d{1,3})[.．、](?!\d))"),
    re.compile(r"^(?P<all>（(?P<no>\d{1,3})）)"),
    re.compile(r"^(?P<all>(?P<no>[①-⑳]))"),
)
_FIGURE = re.compile(r"[0-9０-９]")
_ARTICLE = re.compile(f"^(?P<all>第(?P<no>{_NUMERAL}|\\d+)条)")
_ARTICLE_RANK = 4
_BOX = re.compile(r"^(?P<all>专栏(?P<no>[一二三四五六七八九十\d]*))")
_LONGEST_HEADING, _SHORTEST_PREAMBLE = 48, 30


@dataclass
class Section:
    """A numbered place: its address, its heading, the headings above it, and its paragraphs."""

    address: str
    heading: str
    above: tuple[str, ...]
    paragraphs: list[Spanned] = field(default_factory=list)
    is_note: bool = False
    has_parts: bool = False
    own_span: Span = (0, 0)
    line: Spanned | None = None
    heads_a_table: bool = False

    @property
    def span(self) -> Span:
        """From the heading to the end of the last paragraph."""
        spans = [self.own_span, *(part.span() for part in self.paragraphs if part.text)]
        spans = [span for span in spans if span != (0, 0)] or [self.own_span]
        return (min(start for start, _ in spans), max(end for _, end in spans))


@dataclass
class PlacedTable:
    """A table with its address, its title, and the notes under it."""

    address: str
    title: str
    block: TableBlock
    annex: str = ""
    notes: list[Spanned] = field(default_factory=list)


@dataclass
class Outline:
    """What a document is made of."""

    front: list[Spanned] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)
    annexes: list[Clause] = field(default_factory=list)
    back: list[Spanned] = field(default_factory=list)

    def texts(self) -> Iterator[Spanned]:
        """Every paragraph, note and cell."""
        yield from self.front
        yield from (text for section in self.sections if section.address != "前言" for text in section.paragraphs)
        yield from self.back
        yield from (cell for table in self.tables for row in table.block.rows for cell in row.cells if cell.text)

    def clauses(self) -> list[Clause]:
        """The sections, annexes and notes as clauses; rows of tables are added by those who read tables."""
        made = [Clause(section.address, section.heading, section.span) for section in self.sections if section.address]
        return [*made, *self.annexes]


class Outliner:
    """Walks through the blocks once and gives each its place."""

    def __init__(self, lexicon: Lexicon) -> None:
        annex = any_of(lexicon.furniture.annex)
        self._annex = re.compile(f"^(?P<word>{annex})(?P<no>[\\d一二三四五六七八九十]*)(?:[：:、.]?(?P<title>.*))?$")
        self._note = re.compile(f"^(?:{any_of(lexicon.furniture.note)})(?P<no>\\d*)[：:]?")
        self._outline = Outline()
        self._stack: list[tuple[int, Section]] = []
        self._base = ""
        self._listing = self._noting = False
        self._tables_in = Counter[str]()
        self._last_short: Spanned | None = None

    def outlined(self, blocks: Iterable[Block]) -> Outline:
        """The outline of a document."""
        for block in blocks:
            if isinstance(block, TableBlock):
                self._table(block)
            elif block.text.text:
                self._paragraph(block)
        for section in self._outline.sections:
            _read_as_text_if_alone(section)
        return self._outline

    def _table(self, block: TableBlock) -> None:
        self._tables_in[self._base] += 1
        count = self._tables_in[self._base]
        address = self._base if self._base and count == 1 else f"{self._base}表{count}"
        title = self._last_short.text if self._last_short else ""
        if self._stack:
            self._stack[-1][1].heads_a_table = True
        self._outline.tables.append(PlacedTable(address, title, block, self._base))
        self._listing, self._noting = False, False

    def _paragraph(self, block: Paragraph) -> None:
        text = block.text.text
        if self._annex_begins(block):
            return
        if self._listing and re.match(r"^\d{1,2}[.．、]", text):
            return
        self._listing = False
        if (note := self._note.match(text)) and len(note[0]) < len(text) + 1 and self._outline.tables:
            self._begin_notes(block.text, note.end())
            return
        if self._noting and (marker := _MARKERS[4].match(text)):
            self._add_note(marker["no"], block.text.cut(marker.end(), len(text)))
            return
        if marker_rank := self._marker(text):
            self._numbered(block.text, *marker_rank)
            return
        self._plain(block)

    def _annex_begins(self, block: Paragraph) -> bool:
        found = self._annex.match(block.text.text)
        if not found or len(block.text) > _LONGEST_HEADING + 10:
            return False
        number, title = found["no"], found["title"] or ""
        text = block.text.text
        if not number and re.match(r"^.{2}[：:]", text):
            self._listing = True
            return True
        if (
            number
            and text[len(found["word"] + number) :][:1] in "：:"
            and self._outline.sections
            and not self._outline.annexes
            and self._listing
        ):
            return True
        value = chinese_number(number) if number and not number.isdigit() else number
        self._base = f"{found['word']}{value}"
        self._outline.annexes.append(Clause(self._base, title, block.text.span()))
        self._stack, self._noting, self._last_short = (
            [],
            False,
            block.text.cut(found.start("title"), len(text)) if title else None,
        )
        return True

    def _marker(self, text: str) -> tuple[int, re.Match[str]] | None:
        if found := _ARTICLE.match(text):
            return _ARTICLE_RANK, found
        if found := _BOX.match(text):
            return 9, found
        for rank, pattern in enumerate(_MARKERS):
            if found := pattern.match(text):
                return rank, found
        return None

    def _numbered(self, text: Spanned, rank: int, marker: re.Match[str]) -> None:
        self._noting = False
        while self._stack and self._stack[-1][0] >= rank:
            self._stack.pop()
        parent = self._stack[-1][1] if self._stack else None
        if parent:
            parent.has_parts = True
        token = self._token(rank, marker)
        above = (*parent.above, parent.heading) if parent else ()
        body = text.cut(marker.end(), len(text))
        heading = _heading(body.text)
        section = Section(f"{parent.address if parent else self._base}{token}", heading, above, own_span=text.span())
        self._outline.sections.append(section)
        self._stack.append((rank, section))
        if len(body) > len(heading):
            section.paragraphs.append(body)
            self._last_short = None
        else:
            section.line, self._last_short = body, body

    @staticmethod
    def _token(rank: int, marker: re.Match[str]) -> str:
        number = marker["no"]
        if rank in {3, 5}:
            return f"（{number}）"
        return marker["all"] if rank in {0, 9} or marker["all"].startswith("第") else number

    def _plain(self, block: Paragraph) -> None:
        text = block.text
        closed = text.text.endswith("）") and (text.text.startswith("（") or "。" in text.text)
        short = len(text) <= _LONGEST_HEADING and not text.text.endswith(("。", "；")) and not closed
        self._last_short = text if short or block.level else None
        if self._noting and not short:
            self._noting = False
            self._add_note("", text)
            return
        if self._stack:
            self._stack[-1][1].paragraphs.append(text)
        elif self._base:
            self._outline.back.append(text)
        elif (
            len(text) >= _SHORTEST_PREAMBLE
            and text.text.endswith(("。", "："))
            and not text.text.endswith("部门：")
            and not block.level
        ):
            self._outline.front.append(text)
            section = Section("前言", "", (), [text])
            self._outline.sections.append(section)
        else:
            self._outline.front.append(text)

    def _begin_notes(self, text: Spanned, end: int) -> None:
        self._noting = True
        rest = text.cut(end, len(text))
        if rest.text:
            number = _MARKERS[4].match(rest.text)
            self._add_note(number["no"] if number else "", rest.cut(number.end() if number else 0, len(rest)))

    def _add_note(self, number: str, text: Spanned) -> None:
        table = self._outline.tables[-1]
        table.notes.append(text)
        address = f"{table.address}备注{number}"
        section = Section(address, _heading(text.text), (table.title,), [text], is_note=True, own_span=text.span())
        self._outline.sections.append(section)


def _heading(text: str) -> str:
    """The sentence that stands first, where it is short; the beginning of it otherwise."""
    first = re.split(r"[。：]", text)[0]
    return first if len(first) <= _LONGEST_HEADING else f"{first[:_LONGEST_HEADING]}"


def _read_as_text_if_alone(section: Section) -> None:
    """A numbered line that states a figure and heads nothing is an item of a list, whether or not it ends in a stop."""
    if section.line is None or section.paragraphs or section.has_parts or section.heads_a_table:
        return
    if _FIGURE.search(section.line.text):
        section.paragraphs.append(section.line)
