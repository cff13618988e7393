"""A paper before it is typeset: titles, headings, paragraphs, tables and annexes in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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
    """A paragraph; `indent` is false for the line of those it is addressed to, `right` for the signature."""

    text: str
    indent: bool = True
    right: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: its headings, its rows, and the width of each column as a share of the page."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    note: str = ""


@dataclass(frozen=True)
class Annex:
    """An annex, which begins on a page of its own; its number is given where it is typeset."""

    title: str
    blocks: Sequence[Title | Heading | Paragraph | Grid]


Block = Title | Heading | Paragraph | Grid


@dataclass(frozen=True)
class Paper:
    """A whole paper: its body, the lines below it, its annexes."""

    title: str
    blocks: Sequence[Block]
    closing: Sequence[Paragraph] = ()
    annexes: Sequence[Annex] = field(default_factory=tuple)

    def list_of_annexes(self) -> list[str]:
        """The lines that name the annexes behind the body: 附件：1. …"""
        if len(self.annexes) == 1:
            return [f"附件：{self.annexes[0].title}"]
        return [f"{'附件：' if n == 1 else '　　　'}{n}. {annex.title}" for n, annex in enumerate(self.annexes, 1)]


def numeral(number: int) -> str:
    """A number of a heading, from 1 to 99, as Chinese writes it: 十二."""
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"


def as_text(paper: Paper) -> str:
    """The paper as plain text; a table as lines with a bar between cells."""
    lines = [paper.title, ""]
    for block in paper.blocks:
        lines += _lines(block)
    lines += ["", *paper.list_of_annexes()] if paper.annexes else []
    lines += [line.text for line in paper.closing]
    for number, annex in enumerate(paper.annexes, 1):
        lines += ["", f"附件{number}", annex.title]
        for block in annex.blocks:
            lines += _lines(block)
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> list[str]:
    if isinstance(block, Grid):
        rows = [" | ".join(block.headings), *(" | ".join(row) for row in block.rows)]
        return [*rows, *([block.note] if block.note else [])]
    return [block.text]
