"""Tables in Word: headings repeated on every page, rows that do not break, numbers at the right edge of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from tanheng.kernel.pack.planning_shapes import OfficialFont
from tanheng.papers.figure import Light
from tanheng.papers.table import Row, Table, is_number_column
from tanheng.papers.table_widths import measures
from tanheng.papers.word_runs import writable

TIGHT, SHORT = 1.4, 6
SHADES = {
    "red": "E9B3AE",
    "orange": "F3CFA5",
    "yellow": "F6EBB0",
    "green": "CFE6CF",
    "blue": "CFDCF0",
    "grey": "E4E4E4",
}
_INSET = 12.0  # the margins of a cell as Word has them, and its borders


def add_table(document: Any, table: Table, body: OfficialFont, head: OfficialFont, room: float) -> None:
    """Puts a table at the end of a document, as wide as `room` points."""
    _Setter(document, table, body, head, room).add()


@dataclass(frozen=True)
class _Look:
    """How a cell stands: on which side, in which shade, and whether it stays with the row below."""

    side: str
    shade: str = ""
    kept: bool = False


class _Setter:
    """One table while it is set. Rows are written as XML: the library takes a millisecond for each cell."""

    def __init__(self, document: Any, table: Table, body: OfficialFont, head: OfficialFont, room: float) -> None:
        self.table, self.body, self.head = table, body, head
        self.made = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
        found = measures(table, room, float(body.size), _INSET)
        self.size, self.widths = found.size, [Pt(width) for width in found.widths]

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
        sides = ["right" if is_number_column(table, at) else "left" for at in range(len(table.columns))]
        rows = table.printed_rows()
        for at, row in enumerate(rows, 1):
            self._row(row, sides, kept=len(rows) <= SHORT and at < len(rows))

    def _heads(self, texts: Sequence[str]) -> None:
        looks = [_Look("center", kept=len(self.table.printed_rows()) <= SHORT)] * len(texts)
        self._put(texts, looks, self.head, heading=True)

    def _row(self, row: Row, sides: Sequence[str], *, kept: bool) -> None:
        looks = [
            _Look("center", SHADES[content.colour], kept) if isinstance(content, Light) else _Look(side, "", kept)
            for content, side in zip(row.cells, sides, strict=True)
        ]
        self._put(self.table.texts(row), looks, self.head if row.strong else self.body)

    def _put(self, texts: Sequence[str], looks: Sequence[_Look], font: OfficialFont, *, heading: bool = False) -> None:
        """A row that does not break across pages; the headings come again on every page."""
        cells = "".join(_cell(*one, font.name, self.size) for one in zip(texts, looks, self.widths, strict=True))
        repeated = "<w:tblHeader/>" if heading else ""
        row = f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"
        self.made._tbl.append(parse_xml(row))

    def _join_heads(self) -> None:
        """The heading of a group as one cell above its columns, a heading without a group as one cell of both rows."""
        at = 0
        for text, span in self.table.groups():
            if text:
                _merged(self.made.cell(0, at), self.made.cell(0, at + span - 1))
            else:
                _merged(self.made.cell(1, at), self.made.cell(0, at))
            at += span


def _merged(kept: Any, other: Any) -> None:
    """Two cells as one, in which only the paragraph stands that says something."""
    if kept._tc is other._tc:
        return
    joined = kept.merge(other)._tc
    told = [paragraph for paragraph in joined.p_lst if "".join(paragraph.itertext()).strip()]
    for paragraph in list(joined.p_lst):
        if told and paragraph is not told[0]:
            joined.remove(paragraph)


def _cell(text: str, look: _Look, width: Any, font: str, size: float) -> str:
    """A cell as XML. The order of its properties is fixed, and Word insists on it."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.shade}"/>' if look.shade else ""
    name = quoteattr(font)
    fonts = " ".join(f"w:{script}={name}" for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in writable(text).split("\n"))
    run = f'<w:rPr><w:rFonts {fonts} w:hint="eastAsia"/><w:b w:val="0"/><w:sz w:val="{round(size * 2)}"/></w:rPr>{said}'
    kept = "<w:keepNext/>" if look.kept else ""
    spacing = f'<w:spacing w:lineRule="exact" w:line="{round(size * TIGHT * 20)}"/><w:jc w:val="{look.side}"/>'
    place = f'<w:tcW w:type="dxa" w:w="{round(width.pt * 20)}"/>{shade}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{place}</w:tcPr><w:p><w:pPr>{kept}{spacing}</w:pPr><w:r>{run}</w:r></w:p></w:tc>"
