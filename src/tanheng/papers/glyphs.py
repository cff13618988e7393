"""Which signs the shipped fonts have, and what is said of a sign that they lack."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from tanheng.kernel.faults import Finding, Severity
from tanheng.papers.chart import Chart
from tanheng.papers.figure import plain
from tanheng.papers.paper import Block, Paper, Signature
from tanheng.papers.table import Table

INSTEAD = "〓"
# The page sets these as small figures; the fonts need not have them.
_SET_SMALL = frozenset("₀₁₂₃₄₅₆₇₈₉⁰⁴⁵⁶⁷⁸⁹")
_UNSEEN = frozenset("\n\t")


@cache
def covered() -> frozenset[str]:
    """Every sign that a PDF can show."""
    text = (files("tanheng.papers") / "fonts" / "covered.txt").read_text("utf-8")
    spans = [[int(end, 16) for end in line.split("-")] for line in text.split()]
    return frozenset(chr(code) for low, high in spans for code in range(low, high + 1)) | _SET_SMALL | _UNSEEN


def printable(text: str) -> str:
    """The text with the sign 〓 for every sign the fonts lack: a printer's mark that something is to be put there."""
    return text if covered().issuperset(text) else "".join(sign if sign in covered() else INSTEAD for sign in text)


def unprintable(paper: Paper) -> list[Finding]:
    """A finding for every sign of a paper that its PDF cannot show, with the first place where it stands."""
    first: dict[str, str] = {}
    for place, text in _texts(paper):
        for sign in set(text) - covered():
            first.setdefault(sign, f"{place}：{_around(text, sign)}")
    return [
        Finding(
            "paper-sign-unknown",
            paper.title,
            {"sign": sign, "code": f"U+{ord(sign):04X}", "where": first[sign]},
            Severity.WARNING,
        )
        for sign in sorted(first)
    ]


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "标题", paper.title
    for text in (paper.mark, paper.trace, *((paper.head.office, paper.head.number) if paper.head else ())):
        yield "页眉页脚", text
    for block in [*paper.blocks, *paper.closing]:
        yield from (("正文", text) for text in _of(block))
    for number, annex in enumerate(paper.annexes, 1):
        yield f"附件{number}", annex.title
        for block in annex.blocks:
            yield from ((f"附件{number}", text) for text in _of(block))


def _of(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [block.title, *block.lines(), *(column.group for column in block.columns)]
    if isinstance(block, Chart):
        return [*block.lines(), block.mark_name]
    if isinstance(block, Signature):
        return [block.office, block.day]
    return [plain(block.text)]


def _around(text: str, sign: str) -> str:
    at = text.index(sign)
    return text[max(0, at - 8) : at + 8].strip()
