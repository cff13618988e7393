"""A paper before it is typeset: titles, headings, paragraphs, tables, charts and annexes in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tanheng.papers.chart import Chart
from tanheng.papers.figure import Text, plain
from tanheng.papers.table import Table

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Title:
    """The title of the paper, or of an annex."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading of the first (一、) or the second level (（一）)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `indent` is false for the line of those it is addressed to, `right` for a line at the right edge.

    Its text is a string, or strings, figures and strong words in their order.
    """

    text: Text
    indent: bool = True
    right: bool = False


@dataclass(frozen=True)
class Note:
    """A small line below a table or a chart, or a remark of the whole paper: sources, readings, what is missing."""

    text: Text


@dataclass(frozen=True)
class Signature:
    """Who signs, and the day in words, where an official document has them: at the right, the name above the day."""

    office: str
    day: str = ""


Block = Title | Heading | Paragraph | Note | Table | Chart | Signature


@dataclass(frozen=True)
class Annex:
    """An annex, which begins on a page of its own; its number is given where it is typeset. `wide` lies on its side."""

    title: str
    blocks: Sequence[Block]
    wide: bool = False


@dataclass(frozen=True)
class RedHead:
    """The red head of a document that is issued: the office, and the document's number below it."""

    office: str
    number: str = ""


@dataclass(frozen=True)
class Paper:
    """A whole paper: its head, its body, the lines below it, its annexes.

    `trace` stands small at the foot of every page, so that a printed page leads back to what it was computed from.
    `mark` stands above everything else, as 内部资料 or 征求意见稿. `use` is the layout it is set in: of a document,
    or that of a single page that has to hold everything.
    """

    title: str
    blocks: Sequence[Block]
    closing: Sequence[Paragraph | Signature | Note] = ()
    annexes: Sequence[Annex] = field(default_factory=tuple)
    head: RedHead | None = None
    trace: str = ""
    mark: str = ""
    use: Literal["document", "page"] = "document"

    def list_of_annexes(self) -> list[str]:
        """The lines that name the annexes behind the body: 附件：1. …"""
        if len(self.annexes) == 1:
            return [f"附件：{self.annexes[0].title}"]
        return [f"{'附件：' if n == 1 else '　　　'}{n}. {annex.title}" for n, annex in enumerate(self.annexes, 1)]

    def all_blocks(self) -> list[Block]:
        """Every block of the body, of the closing lines and of the annexes, in the order of the pages."""
        return [*self.blocks, *self.closing, *(block for annex in self.annexes for block in annex.blocks)]


def annex_mark(number: int, annexes: int) -> str:
    """What stands in the corner of an annex: 附件2, or 附件 where there is only one."""
    return f"附件{number if annexes > 1 else ''}"


def numeral(number: int) -> str:
    """A number of a heading, from 1 to 99, as Chinese writes it: 十二."""
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"


def as_text(paper: Paper) -> str:
    """The paper as plain text; a table as lines with a bar between cells, a chart as its numbers."""
    lines = [*([paper.mark] if paper.mark else []), paper.title, ""]
    for block in paper.blocks:
        lines += block_lines(block)
    lines += ["", *paper.list_of_annexes()] if paper.annexes else []
    for line in paper.closing:
        lines += block_lines(line)
    for number, annex in enumerate(paper.annexes, 1):
        lines += ["", f"附件{number}", annex.title]
        for block in annex.blocks:
            lines += block_lines(block)
    return "\n".join(lines) + "\n"


def block_lines(block: Block) -> list[str]:
    """One block as lines of plain text."""
    if isinstance(block, Table):
        return block.lines()
    if isinstance(block, Chart):
        return block.lines()
    if isinstance(block, Signature):
        return [block.office, *([block.day] if block.day else [])]
    return [plain(block.text)]
