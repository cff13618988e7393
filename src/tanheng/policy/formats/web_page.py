"""Web pages: the main text, with tables; menus, scripts and styles left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tanheng.kernel.faults import Finding, Refusal
from tanheng.policy.formats.making import Maker
from tanheng.policy.source_text import SourceText

_LEFT_OUT = "script, style, nav, footer, noscript, form, iframe, header nav, button, select"
_BLOCKS = {
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "td",
    "th",
    "tr",
    "center",
    "blockquote",
    "dd",
    "dt",
    "ul",
    "ol",
    "main",
    "body",
    "html",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def read_page(name: str, text: str, findings: Sequence[Finding] = ()) -> SourceText:
    """The text of a page.

    Refuses  policy-file-empty: nothing is left when menus and scripts are taken away.
    """
    tree = LexborHTMLParser(text)
    for node in tree.css(_LEFT_OUT):
        node.decompose()
    maker = Maker(name, "text/html")
    body = tree.body
    if body is not None:
        _walk(maker, body)
    source = maker.made(findings)
    if not source.text.strip():
        raise Refusal("policy-file-empty", file=name)
    return source


def _walk(maker: Maker, node: LexborNode) -> None:
    run = list[str]()
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "table":
            _flush(maker, run, node)
            _table(maker, child)
        elif tag in _HEADINGS:
            _flush(maker, run, node)
            maker.heading(child.text(), tag)
        elif tag == "br":
            _flush(maker, run, node)
        elif tag in _BLOCKS or child.css_first("table, p, div") is not None:
            _flush(maker, run, node)
            _walk(maker, child)
        else:
            run.append(child.text() or "")
    _flush(maker, run, node)


def _flush(maker: Maker, run: list[str], node: LexborNode) -> None:
    text = " ".join("".join(run).split())
    if text:
        maker.paragraph(text, node.tag or "body")
    run.clear()


def _table(maker: Maker, table: LexborNode) -> None:
    maker.gap()
    held = dict[int, int]()
    for number, row in enumerate(table.css("tr"), 1):
        cells = list(_cells(row, held))
        if any(cells):
            maker.row(cells, f"table row {number}")
    maker.gap()


def _cells(row: LexborNode, held: dict[int, int]) -> Iterator[str]:
    """The cells of a row; an empty one stands where a cell from above reaches down or one from the left reaches on."""
    column = 0
    for cell in row.css("td, th"):
        while held.get(column):
            held[column] -= 1
            yield ""
            column += 1
        down, right = _reach(cell, "rowspan"), _reach(cell, "colspan")
        for i in range(right):
            yield "".join(cell.text().split("\n")).strip() if i == 0 else ""
            if down > 1:
                held[column] = down - 1
            column += 1
    while held.get(column):
        held[column] -= 1
        yield ""
        column += 1


def _reach(cell: LexborNode, name: str) -> int:
    text = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(text), 60)) if text.isdigit() else 1
