"""A paper typeset as Word in the layout of an official document: page, fonts, spacing, annexes, page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from tanheng.kernel.pack.planning_shapes import OfficialFont, OfficialLayout
from tanheng.papers.chart import Chart
from tanheng.papers.figure import Strong, Text, plain, runs
from tanheng.papers.layout import width_between
from tanheng.papers.paper import Annex, Block, Heading, Note, Paper, Paragraph, RedHead, Signature, Title, annex_mark
from tanheng.papers.signs import size_that_fits, title_lines, width_in_signs
from tanheng.papers.table import Table
from tanheng.papers.word_runs import add_run, name_fonts, writable
from tanheng.papers.word_tables import TIGHT, add_table
from tanheng.store.atomic import write_bytes

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same paper gives the same file)
_ZIPPED = (2000, 1, 1, 0, 0, 0)
_ROW_TWIPS = 20
_HEAD_SIZE, _NOTE_SIZE, _TRACE_SIZE, _LONGEST_SPOKEN = 36.0, 10.5, 7.0, 2000
# what may follow the borders in the properties of a paragraph: their order is fixed, and Word insists on it
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
_RED = (0xD7, 0x00, 0x0F)


def write_word(path: Path, paper: Paper, layout: OfficialLayout) -> None:
    """Writes a paper as .docx, whole or not at all.

    Reads    layout: page, lines and fonts; every font names the one that stands in where a machine lacks it.
    Gives    the same bytes for the same paper.
    """
    write_bytes(path, word_bytes(paper, layout))


def word_bytes(paper: Paper, layout: OfficialLayout) -> bytes:
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
        self.pictures: dict[int, bytes] = {}
        self.wide = False

    def document(self, paper: Paper) -> Any:
        """The whole document."""
        document = self.document_
        document.core_properties.title, document.core_properties.author = paper.title[:200], ""
        document.core_properties.created = document.core_properties.modified = _MADE
        charts = [block for block in paper.all_blocks() if isinstance(block, Chart)]
        self.pictures = dict(zip(map(id, charts), _pictures(charts), strict=True))
        self._styles()
        self._fonts()
        self._page(document.sections[0], paper.trace)
        if paper.mark:
            font = self._font("annex")
            size = size_that_fits(paper.mark, self._room(), float(font.size))
            add_run(self._line("", "annex"), paper.mark, font, size)
        if paper.head is not None:
            self._red_head(paper.head)
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
            self._annex(annex_mark(number, len(paper.annexes)), annex)
        return document

    def _red_head(self, head: RedHead) -> None:
        """The office in red, the number of the document, the red line below them."""
        office = self._line("", "title", side=WD_ALIGN_PARAGRAPH.CENTER)
        size = size_that_fits(head.office, self._room(), _HEAD_SIZE)
        add_run(office, head.office, self._font("title"), size).font.color.rgb = RGBColor(*_RED)
        office.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        self._line("", "body")
        number = self._line(head.number, "body", side=WD_ALIGN_PARAGRAPH.CENTER)
        colour = "".join(f"{part:02X}" for part in _RED)
        line = f'<w:bottom w:val="single" w:sz="12" w:space="11" w:color="{colour}"/>'
        border = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
        number._p.get_or_add_pPr().insert_element_before(border, *_AFTER_BORDERS)
        self._line("", "body")

    def _styles(self) -> None:
        """The body style, and the headings of Word so that its outline and contents know them."""
        names = {"Normal": "body", "Title": "title", "Heading 1": "heading_1", "Heading 2": "heading_2"}
        for style, role in names.items():
            made, font = self.document_.styles[style], self._font(role)
            made.font.name, made.font.size = font.name, Pt(float(font.size))
            made.font.bold, made.font.italic = False, False
            made.font.color.rgb = None
            name_fonts(made.element.get_or_add_rPr(), font)
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

    def _page(self, section: Any, trace: str) -> None:
        page, document = self.layout.page, self.document_
        section.page_width, section.page_height = Mm(float(page["width"])), Mm(float(page["height"]))
        section.top_margin, section.bottom_margin = Mm(float(page["top"])), Mm(float(page["bottom"]))
        section.left_margin, section.right_margin = Mm(float(page["left"])), Mm(float(page["right"]))
        section.footer_distance = Mm(float(page["footer"]))
        self._grid_of_lines(section)
        document.settings.odd_and_even_pages_header_footer = True
        for footer, right in ((section.footer, True), (section.even_page_footer, False)):
            self._number(footer, WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT, right=right)
            if trace:
                self._trace(footer, trace)

    def _grid_of_lines(self, section: Any) -> None:
        grid = section._sectPr.find(qn("w:docGrid"))
        grid = grid if grid is not None else section._sectPr.makeelement(qn("w:docGrid"), {})
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(float(self.layout.line_spacing) * _ROW_TWIPS)))
        section._sectPr.append(grid)

    def _turn(self, wide: bool) -> bool:
        """A new section where the page lies on its other side; the margins turn with it."""
        if wide == self.wide:
            return False
        section, page = self.document_.add_section(WD_SECTION.NEW_PAGE), self.layout.page
        width, height = Mm(float(page["width"])), Mm(float(page["height"]))
        top, bottom, left, right = (Mm(float(page[side])) for side in ("top", "bottom", "left", "right"))
        if wide:
            section.orientation, (width, height) = WD_ORIENT.LANDSCAPE, (height, width)
            top, bottom, left, right = left, right, bottom, top
        else:
            section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = width, height
        section.top_margin, section.bottom_margin = top, bottom
        section.left_margin, section.right_margin = left, right
        section.footer_distance = Mm(min(float(page["footer"]), bottom.mm / 2))
        self.wide = wide
        return True

    def _trace(self, footer: Any, trace: str) -> None:
        """The line that leads a printed page back to its figures."""
        add_run(footer.add_paragraph(), trace, self._font("page_number"), _TRACE_SIZE)

    def _number(self, footer: Any, side: Any, *, right: bool) -> None:
        """— 1 —, on the outer side of the page and one sign off its edge."""
        paragraph, font = footer.paragraphs[0], self._font("page_number")
        paragraph.alignment = side
        edge = Pt(float(font.size))
        if right:
            paragraph.paragraph_format.right_indent = edge
        else:
            paragraph.paragraph_format.left_indent = edge
        add_run(paragraph, "— ", font)
        run = add_run(paragraph, "", font)
        for kind, text in (("begin", None), (None, " PAGE "), ("end", None)):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.set(qn("xml:space"), "preserve")
                part.text = text
            run._r.append(part)
        add_run(paragraph, " —", font)

    def _annex(self, mark: str, annex: Annex) -> None:
        """An annex on a new page: 附件1 in the upper left corner, its title two lines below."""
        if not self._turn(annex.wide):
            self._line("", "body").add_run().add_break(WD_BREAK.PAGE)
        self._line(mark, "annex")
        self._line("", "body")
        self._headline(annex.title)
        for block in annex.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Title():
                self._headline(block.text)
                self._line("", "body")
            case Heading():
                role = "heading_1" if block.level == 1 else "heading_2"
                self._line(block.text, role, indent=True, style=f"Heading {block.level}")
            case Paragraph():
                side = WD_ALIGN_PARAGRAPH.RIGHT if block.right else WD_ALIGN_PARAGRAPH.JUSTIFY
                self._line(block.text, "body", indent=block.indent and not block.right, side=side)
            case Note():
                self._small(plain(block.text))
            case Signature():
                self._signature(block)
            case Chart():
                self._chart(block)
            case Table():
                self._table(block)

    def _line(self, text: Text, role: str, *, indent: bool = False, side: Any = None, style: str = "Normal") -> Any:
        paragraph = self.document_.add_paragraph(style=style)
        if side is not None:
            paragraph.alignment = side
        if indent:
            _indent(paragraph, self._font(role))
        for run in runs(text) if text else ():
            font = self._font("heading_1" if isinstance(run, Strong) else role)
            add_run(paragraph, str(run), font, float(self._font(role).size))
        return paragraph

    def _headline(self, text: str) -> None:
        """A title in lines of about the same width."""
        room = self._room() / float(self._font("title").size)
        lines = "\n".join(title_lines(text, room))
        self._line(lines, "title", side=WD_ALIGN_PARAGRAPH.CENTER, style="Title")

    def _small(self, text: str, *, side: Any = None) -> None:
        """A line below a table or a chart."""
        paragraph = self._line("", "table", side=side)
        size = min(_NOTE_SIZE, float(self._font("table").size))
        paragraph.paragraph_format.line_spacing = Pt(size * TIGHT)
        add_run(paragraph, text, self._font("table"), size)

    def _signature(self, block: Signature) -> None:
        """The office above the day, both four signs from the edge and the shorter in the middle of the longer."""
        widest = max(width_in_signs(block.office), width_in_signs(block.day))
        for text in (block.office, block.day):
            if text:
                paragraph = self._line(text, "body", side=WD_ALIGN_PARAGRAPH.RIGHT)
                signs = 4 + (widest - width_in_signs(text)) / 2
                paragraph.paragraph_format.right_indent = Pt(signs * float(self._font("body").size))

    def _chart(self, chart: Chart) -> None:
        """The chart as a picture as wide as the page, its title above and its numbers told to whoever cannot see it."""
        caption = self._line(chart.caption, "table_head", side=WD_ALIGN_PARAGRAPH.CENTER)
        caption.paragraph_format.keep_with_next = True
        paragraph = self.document_.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shape = paragraph.add_run().add_picture(io.BytesIO(self.pictures[id(chart)]), width=Pt(self._room()))
        shape._inline.docPr.set("descr", writable("；".join(chart.lines()))[:_LONGEST_SPOKEN])
        if chart.note:
            self._small(chart.note)

    def _room(self) -> float:
        """The width between the margins of the page as it lies, in points."""
        return width_between(self.layout, wide=self.wide)

    def _table(self, table: Table) -> None:
        if table.title:
            title = self._line(table.title, "table_head", side=WD_ALIGN_PARAGRAPH.CENTER)
            title.paragraph_format.keep_with_next = True
        add_table(
            self.document_,
            table,
            self._font("table"),
            self._font("table_head"),
            width_between(self.layout, wide=self.wide),
        )
        for note in table.notes():
            self._small(note)

    def _font(self, role: Any) -> OfficialFont:
        return self.layout.fonts[role]


def _pictures(charts: Sequence[Chart]) -> list[bytes]:
    """The charts as pictures. A paper without charts does without the typesetter that draws them."""
    if not charts:
        return []
    from tanheng.papers.pdf import pictures

    return pictures(list(charts))


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
