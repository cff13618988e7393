"""Word documents: paragraphs with their printed numbers, tables with merged cells."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import count

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tanheng.kernel.faults import Refusal
from tanheng.policy.formats.making import Maker
from tanheng.policy.source_text import SourceText

# What the libraries below raise over a file that was cut or changed: archive, compression, XML, links between parts.
_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_word(name: str, content: bytes) -> SourceText:
    """The text of a .docx: paragraphs and tables in their order.

    Refuses  policy-file-damaged: the file does not open as a document; policy-file-empty: it holds no text.
    """
    maker = Maker(name, _MEDIA)
    try:
        _read(maker, docx.Document(io.BytesIO(content)))
    except _BROKEN as error:
        raise Refusal("policy-file-damaged", file=name, problem=str(error) or type(error).__name__) from error
    source = maker.made()
    if not source.text.strip():
        raise Refusal("policy-file-empty", file=name)
    return source


def _read(maker: Maker, document: Document) -> None:
    paragraphs, tables = count(1), count(1)
    for item in _items(document):
        if isinstance(item, Paragraph):
            _paragraph(maker, item, next(paragraphs))
        else:
            _table(maker, item, next(tables))


def _items(document: Document) -> Iterator[Paragraph | Table]:
    for child in document.element.body.iterchildren():
        if child.tag == qn("w:p"):
            yield Paragraph(child, document)
        elif child.tag == qn("w:tbl"):
            yield Table(child, document)


def _paragraph(maker: Maker, paragraph: Paragraph, number: int) -> None:
    text = paragraph.text
    if not text.strip():
        return
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style.startswith(("Title", "Heading", "标题")) and not text.strip().endswith(("。", "；")):
        maker.heading(text, f"paragraph {number}")
    else:
        maker.paragraph(text, f"paragraph {number}")


def _table(maker: Maker, table: Table, number: int) -> None:
    """Rows with a cell for every column: what a merged cell covers stands once and is empty elsewhere."""
    maker.gap()
    seen = set[object]()
    for order, row in enumerate(table.rows, 1):
        cells = list[str]()
        for cell in row.cells:
            cells.append("" if cell._tc in seen else cell.text)
            seen.add(cell._tc)
        if any(cell.strip() for cell in cells):
            maker.row(cells, f"table {number}, row {order}")
    maker.gap()
