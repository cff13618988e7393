"""PDF files that carry text: lines joined to paragraphs by their place on the page, ruled tables as rows."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psparser import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.policy.formats.making import Maker
from tanheng.policy.source_text import SourceText

# What the libraries below raise over a file that was cut or changed.
_BROKEN = (
    PSException,
    MalformedPDFException,
    zlib.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
_MEDIA = "application/pdf"
_FULL_LINE = 0.93
_FEWEST_RULES = 4
_LISTED = 8
_ENDS = ("。", "；", "：", "！", "？")


def read_pdf(name: str, content: bytes) -> SourceText:
    """The text of a PDF.

    Gives    paragraphs and tables in reading order; a finding for each page without text.
    Refuses  policy-pdf-scanned: no page has text; policy-pdf-locked; policy-file-damaged.
    """
    maker, empty, count = Maker(name, _MEDIA), list[int](), 0
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            for number, page in enumerate(document.pages, 1):
                count = number
                if not _page(maker, page, number):
                    empty.append(number)
                page.close()
    except PDFPasswordIncorrect as error:
        raise Refusal("policy-pdf-locked", file=name) from error
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Refusal("policy-pdf-locked", file=name) from error
        raise Refusal("policy-file-damaged", file=name, problem=str(error)) from error
    except _BROKEN as error:
        raise Refusal("policy-file-damaged", file=name, problem=str(error) or type(error).__name__) from error
    if len(empty) == count:
        raise Refusal("policy-pdf-scanned", file=name, pages=count)
    return maker.made(list(_missing(name, empty)))


def _missing(name: str, empty: Sequence[int]) -> Iterator[Finding]:
    if empty:
        shown = ", ".join(str(number) for number in empty[:_LISTED]) + (", …" if len(empty) > _LISTED else "")
        yield Finding(
            "policy-page-without-text",
            f"{name}!page {empty[0]}",
            {"pages": shown, "count": len(empty)},
            Severity.BLOCKER,
        )


def _page(maker: Maker, page: Page, number: int) -> bool:
    """Adds a page; whether it had any text."""
    if not page.chars:
        return False
    tables = page.find_tables() if len(page.lines) + len(page.rects) >= _FEWEST_RULES else []
    boxes = [table.bbox for table in tables]
    words = [line for line in page.extract_text_lines(return_chars=False) if not _inside(line, boxes)]
    items: list[tuple[float, Any]] = [(line["top"], line) for line in words] + [
        (table.bbox[1], table) for table in tables
    ]
    right = max((line["x1"] for line in words), default=page.width)
    run = list[str]()
    for _, item in sorted(items, key=lambda pair: pair[0]):
        if isinstance(item, dict):
            if _is_page_number(item["text"], item["top"], page):
                continue
            run.append(item["text"])
            if item["x1"] < _FULL_LINE * right or (item["text"].endswith(_ENDS) and item["x1"] < right - 6):
                _flush(maker, run, number)
        else:
            _flush(maker, run, number)
            for order, row in enumerate(item.extract(), 1):
                maker.row([cell or "" for cell in row], f"page {number}, table row {order}")
    _flush(maker, run, number)
    maker.gap()
    return True


def _flush(maker: Maker, run: list[str], number: int) -> None:
    if run:
        maker.paragraph("".join(run), f"page {number}")
        run.clear()


def _inside(line: dict[str, Any], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    middle = (line["top"] + line["bottom"]) / 2
    return any(
        top <= middle <= bottom and left <= (line["x0"] + line["x1"]) / 2 <= right for left, top, right, bottom in boxes
    )


def _is_page_number(text: str, top: float, page: Page) -> bool:
    plain = text.strip("-—– 第页共/")
    return plain.isdigit() and len(plain) <= 4 and (top > 0.9 * page.height or top < 0.08 * page.height)
