"""One paper as three files: Word to be worked on, PDF to be printed, the workbook behind both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import PackSet
from tanheng.papers import Paper, Table
from tanheng.papers.layout import layout_for
from tanheng.papers.pdf import pdf_bytes
from tanheng.papers.word import word_bytes
from tanheng.papers.workbook import workbook_bytes
from tanheng.store.atomic import write_bytes

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/:*?"<>|\s]+')
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Filed:
    """The files that were written, in their order, and what a page could not show."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]


def file_paper(
    folder: Path,
    name: str,
    paper: Paper,
    packs: PackSet,
    *,
    further: Sequence[Table] = (),
    use: Literal["document", "page"] = "document",
) -> Filed:
    """Writes a paper as Word, PDF and workbook: all three are made before the first is written.

    Reads    further: tables that only the workbook has; use: the layout, of a document or of a single page.
    Gives    the paths, and a finding for every sign that the PDF cannot show.
    Refuses  file-failed: the folder cannot be written; definition-missing: no pack has such a layout.
    """
    layout, stem = layout_for(packs, use), stem_of(name)
    pdf, findings = pdf_bytes(paper, layout)
    contents = {"docx": word_bytes(paper, layout), "pdf": pdf, "xlsx": workbook_bytes(paper, further)}
    paths = {folder / f"{stem}.{ending}": content for ending, content in contents.items()}
    try:
        for path, content in paths.items():
            write_bytes(path, content)
    except OSError as error:
        raise Refusal("file-failed", file=error.filename or folder, problem=error.strerror or str(error)) from error
    return Filed(tuple(paths), tuple(findings))


def stem_of(name: str) -> str:
    """A title as the name of a file on every system."""
    return _NOT_IN_NAMES.sub("_", name).strip("_. ")[:_LONGEST_NAME] or "paper"
