"""Which format a file is, by what is in it and not by its name."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.policy.formats.plain import decoded
from tanheng.policy.source_text import SourceText

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|table)[\s>]", re.IGNORECASE)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_HEAD = 4096


def open_source(path: Path) -> SourceText:
    """The text of a document file.

    Reads    .txt, .md, .html, .docx and .pdf with text, told apart by their content.
    Refuses  policy-file-empty, policy-file-not-document (a workbook, an image, an old .doc), policy-file-damaged,
             policy-pdf-scanned, policy-pdf-locked.
    """
    return opened(path.name, path.read_bytes())


def opened(name: str, content: bytes) -> SourceText:
    """As `open_source`, for bytes that are at hand."""
    if not content.strip():
        raise Refusal("policy-file-empty", file=name)
    if content.startswith(b"%PDF"):
        from tanheng.policy.formats.pdf import read_pdf

        return read_pdf(name, content)
    if content.startswith(b"PK\x03\x04"):
        return _zipped(name, content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal("policy-file-not-document", file=name, kind="Office 97-2003 (.doc/.xls)")
    if content.startswith(_IMAGES):
        raise Refusal("policy-file-not-document", file=name, kind="图像 image")
    return _text(name, content)


def source_of_text(name: str, text: str) -> SourceText:
    """A source made of text that is at hand."""
    return SourceText(name, "text/plain", text)


def _zipped(name: str, content: bytes) -> SourceText:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise Refusal("policy-file-damaged", file=name, problem=str(error)) from error
    if any(part.startswith("word/") for part in names):
        from tanheng.policy.formats.word import read_word

        return read_word(name, content)
    kinds = {"xl/": "工作簿 workbook", "ppt/": "演示文稿 presentation"}
    kind = next(
        (said for start, said in kinds.items() if any(part.startswith(start) for part in names)), "压缩包 archive"
    )
    raise Refusal("policy-file-not-document", file=name, kind=kind)


def _text(name: str, content: bytes) -> SourceText:
    text, findings = decoded(name, content)
    if not text.strip():
        raise Refusal("policy-file-empty", file=name)
    if name.lower().endswith((".html", ".htm")) or _HTML.search(text[:_HEAD]):
        from tanheng.policy.formats.web_page import read_page

        return read_page(name, text, findings)
    media = "text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain"
    return SourceText(name, media, text, findings=findings)
