"""A paper typeset as Word in the layout of an official document: page, fonts, spacing, annexes, page numbers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from tanheng.kernel.pack.planning_shapes import OfficialFont, OfficialLayout
from tanheng.policy.paper import Annex, Block, Grid, Heading, Paper, Paragraph, Title
from tanheng.store.atomic import write_bytes

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same paper gives the same file)
_ZIPPED = (2000, 1, 1, 0, 0, 0)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ROW_TWIPS = 20


def write_official(path: Path, paper: Paper, layout: OfficialLayout) -> None:
    """Writes a paper as .docx, whole or not at all.

    Reads    layout: page, lines and fonts; every font names the one that stands in where a machine lacks it.
    Gives    the same bytes for the same paper.
    """
    write_bytes(path, official_bytes(paper, layout))


def official_bytes(paper: Paper, layout: OfficialLayout) -> bytes:
    """The paper as the content of a .docx file."""
    made = _Typesetter(layout).document(paper)
    stream = io.BytesIO()
    made.save(stream)
    return _steady(stream.getvalue())


class _Typesetter:
    """One document while it is typeset."""

    def __init__(self, layout: OfficialLayout) -> None:
        self.layout = layout
        self.document_: Any = Document()

    def document(self, paper: Paper) -> Any:
        """The whole document."""
        document = self.document_
        document.core_properties.title, document.core_properties.author = paper.title[:200], ""
        document.core_properties.created = document.core_properties.modified = _MADE
        self._styles()
        self._fonts()
        self._page(document.sections[0])
        self._block(Title(paper.title))
        for block in paper.blocks:
            self._block(block)
        if paper.annexes:
            self._line("", "body")
            for text in paper.list_of_annexes():
                self._line(text, "body", indent=True)
        for line in paper.closing:
            self._block(line)
        for number, annex in enumerate(paper.annexes, 1):
            self._annex(number if len(paper.annexes) > 1 else None, annex)
        return document

    def _styles(self) -> None:
        """The body style, and the headings of Word so that its outline and contents know them."""
        names = {"Normal": "body", "Title": "title", "Heading 1": "heading_1", "Heading 2": "heading_2"}
        for style, role in names.items():
            made, font = self.document_.styles[style], self._font(role)
            made.font.name, made.font.size = font.name, Pt(float(font.size))
            made.font.bold, made.font.italic = False, False
            made.font.color.rgb = None
            _name_fonts(made.element.get_or_add_rPr(), font)
            form = made.paragraph_format
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(float(self.layout.line_spacing))
            form.space_before = form.space_after = Pt(0)
            form.widow_control = False
        borders = self.document_.styles["Title"].element.pPr.find(qn("w:pBdr"))
        if borders is not None:
            borders.getparent().remove(borders)

    def _fonts(self) -> None:
        """Every font with the one that stands in for it, in the table of fonts: Word and WPS both look there."""
        table = next(
            part for part in self.document_.part.package.iter_parts() if part.partname == "/word/fontTable.xml"
        )
        fonts = {font.name: font for font in self.layout.fonts.values()}
        told = "".join(
            f'<w:font w:name="{font.name}"><w:altName w:val="{font.fallback}"/><w:charset w:val="86"/></w:font>'
            for font in fonts.values()
        )
        table._blob = table.blob.replace(b"</w:fonts>", told.encode() + b"</w:fonts>")

    def _page(self, section: Any) -> None:
        page, document = self.layout.page, self.document_
        section.page_width, section.page_height = Mm(float(page["width"])), Mm(float(page["height"]))
        section.top_margin, section.bottom_margin = Mm(float(page["top"])), Mm(float(page["bottom"]))
        section.left_margin, section.right_margin = Mm(float(page["left"])), Mm(float(page["right"]))
        section.footer_distance = Mm(float(page["footer"]))
        grid = section._sectPr.find(qn("w:docGrid"))
        grid = grid if grid is not None else section._sectPr.makeelement(qn("w:docGrid"), {})
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(float(self.layout.line_spacing) * _ROW_TWIPS)))
        section._sectPr.append(grid)
        document.settings.odd_and_even_pages_header_footer = True
        self._number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, right=True)
        self._number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, right=False)

    def _number(self, footer: Any, side: Any, *, right: bool) -> None:
        """— 1 —, on the outer side of the page and one sign off its edge."""
        paragraph, font = footer.paragraphs[0], self._font("page_number")
        paragraph.alignment = side
        edge = Pt(float(font.size))
        if right:
            paragraph.paragraph_format.right_indent = edge
        else:
            paragraph.paragraph_format.left_indent = edge
        self._run(paragraph, "— ", font)
        run = self._run(paragraph, "", font)
        for kind, text in (("begin", None), (None, " PAGE "), ("end", None)):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.set(qn("xml:space"), "preserve")
                part.text = text
            run._r.append(part)
        self._run(paragraph, " —", font)

    def _annex(self, number: int | None, annex: Annex) -> None:
        """An annex on a new page: 附件1 in the upper left corner, its title two lines below."""
        self._line("", "body").add_run().add_break(WD_BREAK.PAGE)
        self._line(f"附件{number or ''}", "annex")
        self._line("", "body")
        self._line(annex.title, "title", side=WD_ALIGN_PARAGRAPH.CENTER, style="Title")
        for block in annex.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Title):
            self._line(block.text, "title", side=WD_ALIGN_PARAGRAPH.CENTER, style="Title")
            self._line("", "body")
        elif isinstance(block, Heading):
            role = "heading_1" if block.level == 1 else "heading_2"
            self._line(block.text, role, indent=True, style=f"Heading {block.level}")
        elif isinstance(block, Paragraph):
            side = WD_ALIGN_PARAGRAPH.RIGHT if block.right else WD_ALIGN_PARAGRAPH.JUSTIFY
            self._line(block.text, "body", indent=block.indent and not block.right, side=side)
        else:
            self._grid(block)

    def _line(self, text: str, role: str, *, indent: bool = False, side: Any = None, style: str = "Normal") -> Any:
        paragraph = self.document_.add_paragraph(style=style)
        if side is not None:
            paragraph.alignment = side
        if indent:
            _indent(paragraph, self._font(role))
        if text:
            self._run(paragraph, text, self._font(role))
        return paragraph

    def _grid(self, grid: Grid) -> None:
        table = self.document_.add_table(rows=1, cols=len(grid.headings), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        page, total = self.layout.page, sum(grid.widths)
        room = float(page["width"] - page["left"] - page["right"])
        widths = [Mm(room * share / total) for share in grid.widths]
        self._cells(table.rows[0], grid.headings, widths, "table_head")
        mark = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
        for row in grid.rows:
            self._cells(table.add_row(), row, widths, "table")
        if grid.note:
            self._line(grid.note, "table")

    def _cells(self, row: Any, texts: Sequence[str], widths: Sequence[Any], role: str) -> None:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            paragraph, font = cell.paragraphs[0], self._font(role)
            form = paragraph.paragraph_format
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(float(font.size) * 1.4)
            if role == "table_head":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._run(paragraph, text, font)

    def _run(self, paragraph: Any, text: str, font: OfficialFont) -> Any:
        run = paragraph.add_run(_NOT_XML.sub("", text))
        run.font.name, run.font.size, run.font.bold = font.name, Pt(float(font.size)), False
        _name_fonts(run._r.get_or_add_rPr(), font)
        return run

    def _font(self, role: Any) -> OfficialFont:
        return self.layout.fonts[role]


def _name_fonts(properties: Any, font: OfficialFont) -> None:
    """Names a font for signs of every script: what names no East Asian font is shown in whatever a program likes."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font.name)
    fonts.set(qn("w:hint"), "eastAsia")


def _indent(paragraph: Any, font: OfficialFont) -> None:
    """Two signs, said in signs for Word and WPS and in points for whoever does not know signs."""
    paragraph.paragraph_format.first_line_indent = Pt(2 * float(font.size))
    paragraph._p.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def _steady(content: bytes) -> bytes:
    """The same archive with one date on every part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in read.namelist():
            made.writestr(zipfile.ZipInfo(name, _ZIPPED), read.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
