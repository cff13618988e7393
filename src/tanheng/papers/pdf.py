"""A paper as PDF: typst sets it with the fonts that are shipped along, so that every machine gives the same pages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst

from tanheng.kernel.faults import Finding
from tanheng.kernel.pack.planning_shapes import OfficialLayout
from tanheng.papers.chart import Chart
from tanheng.papers.drawing import drawn
from tanheng.papers.figure import Light, Run, Strong, runs
from tanheng.papers.glyphs import printable, unprintable
from tanheng.papers.layout import width_between
from tanheng.papers.paper import Annex, Block, Heading, Note, Paper, Paragraph, Signature, Title, annex_mark
from tanheng.papers.signs import size_that_fits, title_lines
from tanheng.papers.table import Row, Table, is_number_column
from tanheng.papers.table_widths import measures
from tanheng.store.atomic import write_bytes

_MADE = 946684800  # the first day of 2000: the same paper gives the same file
_PICTURE_PPI, _HEAD_SIZE, _INSET = 300.0, 36.0, 7.0
_LONG_WORD, _STROKE = re.compile(r"[\x21-\x7e]{9,}"), re.compile(r"([/#@_.:-]|[^/#@_.:-]{8})(?=.)")


def write_pdf(path: Path, paper: Paper, layout: OfficialLayout) -> list[Finding]:
    """Writes a paper as PDF, whole or not at all.

    Reads    layout: page, spacing and sizes; the faces are the shipped ones.
    Gives    a finding for every sign that the fonts lack; 〓 stands in its place.
    """
    content, findings = pdf_bytes(paper, layout)
    write_bytes(path, content)
    return findings


def pdf_bytes(paper: Paper, layout: OfficialLayout) -> tuple[bytes, list[Finding]]:
    """The paper as the content of a PDF/A file, and a finding for every sign it cannot show."""
    data = json.dumps({"layout": _layout(layout), "paper": _paper(paper, layout)}, ensure_ascii=False)
    return _set(data, format="pdf", pdf_standards=["a-2b"], timestamp=_MADE), unprintable(paper)


def pictures(charts: list[Chart]) -> list[bytes]:
    """Charts as PNG pictures, for programs that read no drawings."""
    if not charts:
        return []
    data = json.dumps({"pictures": [printable(drawn(chart)) for chart in charts]}, ensure_ascii=False)
    made = _set(data, format="png", ppi=_PICTURE_PPI)
    return made if isinstance(made, list) else [made]


@cache
def _fonts() -> Any:
    """The shipped fonts and no others: what a machine happens to have must not change a page."""
    with as_file(files("tanheng.papers") / "fonts") as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _set(data: str, **options: Any) -> Any:
    """Has typst set the data by our template; what a paper says is data there and never code."""
    template = (files("tanheng.papers") / "official.typ").read_bytes()
    compiler = typst.Compiler(font_paths=_fonts(), sys_inputs={"data": data})
    return compiler.compile(template, **options)


def _layout(layout: OfficialLayout) -> Mapping[str, Any]:
    return {
        "page": {side: float(length) for side, length in layout.page.items()},
        "pitch": float(layout.line_spacing),
        "sizes": {role: float(font.size) for role, font in layout.fonts.items()},
    }


def _paper(paper: Paper, layout: OfficialLayout) -> Mapping[str, Any]:
    head, room = paper.head, width_between(layout)
    marks = [annex_mark(number, len(paper.annexes)) for number in range(1, len(paper.annexes) + 1)]
    annexes = [_annex(annex, mark, layout) for annex, mark in zip(paper.annexes, marks, strict=True)]
    size = size_that_fits(head.office, room, _HEAD_SIZE) if head else 0.0
    mark_size = size_that_fits(paper.mark, room, float(layout.fonts["annex"].size))
    return {
        "title": printable(paper.title),
        "headline": _headline(paper.title, room, layout),
        "mark": {"text": printable(paper.mark), "size": mark_size},
        "trace": printable(paper.trace),
        "head": {"office": printable(head.office), "number": printable(head.number), "size": size} if head else None,
        "blocks": [_block(block, room, layout) for block in paper.blocks],
        "listed": [printable(line) for line in paper.list_of_annexes()] if paper.annexes else [],
        "closing": [_block(block, room, layout) for block in paper.closing],
        "annexes": annexes,
    }


def _annex(annex: Annex, mark: str, layout: OfficialLayout) -> Mapping[str, Any]:
    room = width_between(layout, wide=annex.wide)
    blocks = [_block(block, room, layout) for block in annex.blocks]
    return {"mark": mark, "title": _headline(annex.title, room, layout), "wide": annex.wide, "blocks": blocks}


def _headline(title: str, room: float, layout: OfficialLayout) -> str:
    """A title with its breaks, for a width of `room` points."""
    return "\n".join(title_lines(printable(title), room / float(layout.fonts["title"].size)))


def _block(block: Block, room: float, layout: OfficialLayout) -> Mapping[str, Any]:
    match block:
        case Table():
            return _table(block, room, layout)
        case Chart():
            told = {"caption": printable(block.caption), "note": printable(block.note)}
            return {
                "kind": "chart",
                "svg": printable(drawn(block)),
                "spoken": printable("；".join(block.lines())),
                **told,
            }
        case Signature():
            return {"kind": "signature", "office": printable(block.office), "day": printable(block.day)}
        case Title():
            return {"kind": "title", "text": printable(block.text)}
        case Heading():
            return {"kind": "heading", "text": printable(block.text), "level": block.level}
        case Note():
            return {"kind": "note", "runs": [_run(run) for run in runs(block.text)]}
        case Paragraph():
            told_runs = [_run(run) for run in runs(block.text)]
            return {"kind": "paragraph", "runs": told_runs, "indent": block.indent, "right": block.right}


def _run(run: Run) -> Mapping[str, Any]:
    return {"text": _softened(printable(str(run))), "strong": isinstance(run, Strong)}


def _table(table: Table, room: float, layout: OfficialLayout) -> Mapping[str, Any]:
    found = measures(table, room, float(layout.fonts["table"].size), _INSET)
    return {
        "kind": "table",
        "size": found.size,
        "title": printable(table.title),
        "widths": found.widths,
        "heads": [[printable(column.heading), printable(column.unit)] for column in table.columns],
        "groups": [[printable(text), span] for text, span in table.groups()] if table.is_grouped else [],
        "right": [is_number_column(table, at) for at in range(len(table.columns))],
        "rows": [_row(table, row) for row in table.printed_rows()],
        "notes": [printable(note) for note in table.notes()],
    }


def _row(table: Table, row: Row) -> Mapping[str, Any]:
    lights = [cell.colour if isinstance(cell, Light) else "" for cell in row.cells]
    return {"cells": [_softened(printable(text)) for text in table.texts(row)], "lights": lights, "strong": row.strong}


def _softened(text: str) -> str:
    """A text whose long words of Latin letters may break, after a stroke or after so many letters: addresses do."""
    return _LONG_WORD.sub(lambda word: _STROKE.sub("\\1\u200b", word[0]), text)
