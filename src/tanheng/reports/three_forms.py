"""One paper in the three forms in which offices use it: Word to go on writing, PDF to print, the workbook behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.planning_shapes import OfficialLayout
from tanheng.papers import Paper, Table
from tanheng.papers.pdf import write_pdf
from tanheng.papers.word import write_word
from tanheng.papers.workbook import write_workbook_of

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True)
class Written:
    """The files that were written, in their order, and what the pages could not show."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]


def write_papers(
    folder: Path, papers: Mapping[str, Paper], packs: PackSet, tables: Mapping[str, Sequence[Table]] | None = None
) -> Written:
    """Writes each paper as .docx, .pdf and .xlsx under its name, one file whole after the other.

    Reads    tables: for a paper's name the further tables that only its workbook holds.
    Refuses  file-failed: the folder cannot be made or written.
    """
    layout, paths, findings = official_layout(packs), list[Path](), list[Finding]()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, paper in papers.items():
            stem = folder / _NOT_IN_NAMES.sub("_", name)
            word, pdf, book = (stem.with_name(f"{stem.name}.{ending}") for ending in ("docx", "pdf", "xlsx"))
            write_word(word, paper, layout)
            findings += write_pdf(pdf, paper, layout)
            write_workbook_of(book, paper, tables[name] if tables and name in tables else ())
            paths += [word, pdf, book]
    except OSError as error:
        raise Refusal("file-failed", file=str(folder), problem=str(error)) from error
    return Written(tuple(paths), tuple(findings))


def official_layout(packs: PackSet) -> OfficialLayout:
    """The layout of official documents of the packs in use; that of the last pack counts.

    Refuses  definition-missing: no pack has one.
    """
    return packs.all(OfficialLayout)[-1]
