"""One paper in the three forms in which offices use it: Word to go on writing, PDF to print, the workbook behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import PackSet
from tanheng.papers import Paper, Table
from tanheng.papers.layout import layout_for
from tanheng.papers.pdf import pdf_bytes
from tanheng.papers.word import word_bytes
from tanheng.papers.workbook import workbook_bytes
from tanheng.store.atomic import write_bytes

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/:*?"<>|\s]+')
_LONGEST_NAME = 70  # letters: a name of Chinese takes three bytes each, and most systems stop at 255


@dataclass(frozen=True)
class Written:
    """The files that were written, in their order, and what the pages could not show."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]


def write_papers(
    folder: Path, papers: Mapping[str, Paper], packs: PackSet, tables: Mapping[str, Sequence[Table]] | None = None
) -> Written:
    """Writes each paper as .docx, .pdf and .xlsx under its name; all are made before the first file is written.

    Reads    tables: for a paper's name the further tables that only its workbook holds.
    Gives    the files, and a finding for every sign that a PDF cannot show.
    Refuses  file-failed: the folder cannot be made or written; definition-missing: no pack has the layout of a paper.
    """
    contents, findings = files_of(papers, packs, tables)
    paths = {folder / name: content for name, content in contents.items()}
    try:
        for path, content in paths.items():
            write_bytes(path, content)
    except OSError as error:
        raise Refusal("file-failed", file=error.filename or folder, problem=error.strerror or str(error)) from error
    return Written(tuple(paths), findings)


def files_of(
    papers: Mapping[str, Paper], packs: PackSet, tables: Mapping[str, Sequence[Table]] | None = None
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Each paper as .docx, .pdf and .xlsx by the name of its file, nothing written; and what a PDF cannot show.

    Refuses  definition-missing: no pack has the layout of a paper.
    """
    contents, findings = dict[str, bytes](), list[Finding]()
    for name, paper in papers.items():
        further = tables[name] if tables and name in tables else ()
        made, found = _three(paper, packs, further)
        contents |= {_free(name, ending, contents): content for ending, content in made.items()}
        findings += found
    return contents, tuple(findings)


def _three(paper: Paper, packs: PackSet, further: Sequence[Table]) -> tuple[dict[str, bytes], list[Finding]]:
    layout = layout_for(packs, paper.use)
    pdf, findings = pdf_bytes(paper, layout)
    return {"docx": word_bytes(paper, layout), "pdf": pdf, "xlsx": workbook_bytes(paper, further)}, findings


def _free(name: str, ending: str, taken: Mapping[str, bytes]) -> str:
    """The name of a file on every system; a number behind it where two titles would come to the same."""
    stem = _NOT_IN_NAMES.sub("_", name).strip("_. ")[:_LONGEST_NAME] or "paper"
    file, number = f"{stem}.{ending}", 1
    while file in taken:
        number += 1
        file = f"{stem}_{number}.{ending}"
    return file
