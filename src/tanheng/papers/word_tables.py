"""Tables in Word: headings repeated on every page, rows that do not break, numbers at the right edge of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from tanheng.kernel.pack.planning_shapes import OfficialFont
from tanheng.papers.figure import Light
from tanheng.papers.table import Row, Table, is_number_column
from tanheng.papers.word_runs import add_run

TIGHT = 1.4
SHADES = {
    "red": "E9B3AE",
    "orange": "F3CFA5",
    "yellow": "F6EBB0",
    "green": "CFE6CF",
    "blue": "CFDCF0",
    "grey": "E4E4E4",
}
_MANY_COLUMNS, _SMALLEST = 9, 8.0


def add_table(document: Any, table: Table, body: OfficialFont, head: OfficialFont, room: float) -> None:
    """Puts a table at the end of a document, as wide as `room` millimetres."""
    _Setter(document, table, body, head, room).add()


class _Setter:
    """One table while it is set."""

    def __init__(self, document: Any, table: Table, body: OfficialFont, head: OfficialFont, room: float) -> None:
        self.table, self.body, self.head = table, body, head
        self.made = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
        total = sum(column.width for column in table.columns)
        self.widths = [Mm(room * column.width / total) for column in table.columns]

    def add(self) -> None:
        made, table = self.made, self.table
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(made.columns, self.widths, strict=True):
            column.width = width
        if table.is_grouped:
            self._heads([text for text, span in table.groups() for text in (text, *[""] * (span - 1))])
        self._heads([f"{one.heading}\n（{one.unit}）" if one.unit else one.heading for one in table.columns])
        if table.is_grouped:
            self._join_heads()
        right = [is_number_column(table, at) for at in range(len(table.columns))]
        for row in table.printed_rows():
            self._row(row, right)

    def _heads(self, texts: Sequence[str]) -> None:
        row = self.made.add_row()
        self._cells(row, texts, self.head)
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell in row.cells:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _row(self, row: Row, right: Sequence[bool]) -> None:
        made = self.made.add_row()
        self._cells(made, self.table.texts(row), self.head if row.strong else self.body)
        for cell, content, at_right in zip(made.cells, row.cells, right, strict=True):
            if isinstance(content, Light):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                _shade(cell, SHADES[content.colour])
            elif at_right:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _cells(self, row: Any, texts: Sequence[str], font: OfficialFont) -> None:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        size = size_in_table(float(font.size), len(texts))
        for cell, text, width in zip(row.cells, texts, self.widths, strict=True):
            cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
            form = cell.paragraphs[0].paragraph_format
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size * TIGHT)
            add_run(cell.paragraphs[0], text, font, size)

    def _join_heads(self) -> None:
        """The heading of a group as one cell above its columns, a heading without a group as one cell of both rows."""
        at = 0
        for text, span in self.table.groups():
            if text:
                _merged(self.made.cell(0, at), self.made.cell(0, at + span - 1))
            else:
                _merged(self.made.cell(1, at), self.made.cell(0, at))
            at += span


def size_in_table(size: float, columns: int) -> float:
    """The size of the letters of a table: smaller where many columns share the page."""
    return size if columns <= _MANY_COLUMNS else max(_SMALLEST, round(size * _MANY_COLUMNS / columns * 2) / 2)


def _merged(kept: Any, other: Any) -> None:
    """Two cells as one, in which only the paragraph stands that says something."""
    if kept._tc is other._tc:
        return
    joined = kept.merge(other)._tc
    told = [paragraph for paragraph in joined.p_lst if "".join(paragraph.itertext()).strip()]
    for paragraph in list(joined.p_lst):
        if told and paragraph is not told[0]:
            joined.remove(paragraph)


def _shade(cell: Any, colour: str) -> None:
    """The shade stands before the vertical place: the order of a cell's properties is fixed, and Word insists on it."""
    fill = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    cell._tc.get_or_add_tcPr().insert_element_before(fill, "w:noWrap", "w:tcMar", "w:vAlign")
