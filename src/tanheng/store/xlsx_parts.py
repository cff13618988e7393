"""The parts inside an .xlsx: whether they are safe, and what a sheet's own text says that its values do not."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError

from tanheng.kernel.faults import Refusal
from tanheng.store.sheets import Place

_MB = 1024 * 1024
# What the readers and the libraries under them raise on files that are cut off, damaged or made to harm.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, InvalidFileException, SyntaxError, EOFError, OSError, RuntimeError,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, CalamineError, MemoryError,
)  # fmt: skip
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PERCENT_IDS = {"9", "10"}
_CELL = rb"<(?:\w+:)?c\b([^>]*)>"
_FORMULA = re.compile(
    _CELL + rb"\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v>([^<]*)</|<(?:\w+:)?v\s*/>)?"
)
_ERROR = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:\s*<(?:\w+:)?f\b.*?)?\s*<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b([^>]*\bhidden="(?:1|true)"[^>]*)>')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b([^>]*\bhidden="(?:1|true)"[^>]*)>')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\br="([0-9]+)"')
_FAR = re.compile(rb'\br="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])[0-9]')


def problem_of(error: BaseException) -> str:
    """What went wrong, in one line."""
    return (f"{type(error).__name__}: {error}".splitlines() or [""])[0][:200]


def check_parts(file: str, content: bytes, unpacked_mb: int) -> None:
    """Confirms that a workbook may be unpacked.

    Refuses  workbook-swells: its parts are larger than the limit; workbook-unreadable: no zip, or a part that declares
             a document type.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        infos = parts.infolist()
        size = sum(info.file_size for info in infos)
        if size > unpacked_mb * _MB:
            raise Refusal("workbook-swells", file=file, size=size // _MB, limit=unpacked_mb)
        for info in infos:
            if info.filename.endswith((".xml", ".rels")):
                _check_xml(file, parts, info)


def _check_xml(file: str, parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with parts.open(info) as part:
        head = part.read(2048)
    # no program that writes workbooks declares a document type; one is how a few bytes are made to swell
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refusal("workbook-unreadable", file=file, problem=f"{info.filename}: DOCTYPE")


@dataclass(frozen=True)
class XlsxParts:
    """The XML of a workbook's sheets by name."""

    content: bytes

    @cached_property
    def _zip(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.content))

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        links = ElementTree.fromstring(self._zip.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        book = ElementTree.fromstring(self._zip.read("xl/workbook.xml"))
        return {
            sheet.get("name", ""): _inside(targets[sheet.get(_LINK)])
            for sheet in book.iter(f"{_MAIN}sheet")
            if sheet.get(_LINK) in targets
        }

    def text(self, sheet: str) -> bytes:
        """The XML of a sheet; empty where the workbook keeps it elsewhere than others do."""
        found = sheet in self._paths and self._paths[sheet] in self._zip.namelist()
        return self._zip.read(self._paths[sheet]) if found else b""

    def has_pictures(self) -> bool:
        """Whether pictures are stored in it."""
        return any(name.startswith("xl/media/") for name in self._zip.namelist())

    @cached_property
    def _styles(self) -> ElementTree.Element:
        known = "xl/styles.xml" in self._zip.namelist()
        return ElementTree.fromstring(self._zip.read("xl/styles.xml")) if known else ElementTree.Element("none")

    @cached_property
    def _cell_styles(self) -> list[ElementTree.Element]:
        return [form for group in self._styles.iter(f"{_MAIN}cellXfs") for form in group]

    @cached_property
    def percent_styles(self) -> frozenset[bytes]:
        """The numbers of the cell styles that show a percentage."""
        formats = self._styles.iter(f"{_MAIN}numFmt")
        ids = {item.get("numFmtId", "") for item in formats if "%" in item.get("formatCode", "")} | _PERCENT_IDS
        found = (number for number, form in enumerate(self._cell_styles) if form.get("numFmtId") in ids)
        return frozenset(str(number).encode() for number in found)

    @cached_property
    def indented_styles(self) -> Mapping[bytes, int]:
        """The cell styles that push their text in, and how far."""
        found = ((number, form.find(f"{_MAIN}alignment")) for number, form in enumerate(self._cell_styles))
        texts = {number: item.get("indent", "") for number, item in found if item is not None}
        return {str(number).encode(): int(text) for number, text in texts.items() if text.isdigit() and text != "0"}


def _inside(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def errors_in(xml: bytes) -> dict[Place, str]:
    """The cells that hold an error, with its text."""
    if b't="e"' not in xml:
        return {}
    return {place: text.decode() for cell, text in _ERROR.findall(xml) for place in _places(cell)}


def bare_formulas_in(xml: bytes) -> frozenset[Place]:
    """The cells that hold a formula without a saved result."""
    if b"<f" not in xml and b":f" not in xml:
        return frozenset()
    found = ((cell, value) for cell, value in _FORMULA.findall(xml) if not value and b't="str"' not in cell)
    return frozenset(place for cell, _ in found for place in _places(cell))


def percents_in(xml: bytes, styles: frozenset[bytes]) -> frozenset[Place]:
    """The cells whose style shows a percentage."""
    if not styles or not any(b's="%s"' % style in xml for style in styles):
        return frozenset()
    cells = (cell for cell in _ANY_CELL.findall(xml) if (style := _STYLE.search(cell)) and style[1] in styles)
    return frozenset(place for cell in cells for place in _places(cell))


def indents_in(xml: bytes, styles: Mapping[bytes, int]) -> dict[Place, int]:
    """The cells whose text is pushed in by their style."""
    if not styles or not any(b's="%s"' % style in xml for style in styles):
        return {}
    cells = [(cell, style[1]) for cell in _ANY_CELL.findall(xml) if (style := _STYLE.search(cell))]
    return {place: styles[style] for cell, style in cells if style in styles for place in _places(cell)}


def hidden_rows_in(xml: bytes) -> frozenset[int]:
    """The rows that a reader does not see."""
    if b"hidden=" not in xml:
        return frozenset()
    return frozenset(_numbers(_HIDDEN_ROW.findall(xml), b"r"))


def hidden_columns_in(xml: bytes) -> frozenset[int]:
    """The columns that a reader does not see."""
    if b"hidden=" not in xml:
        return frozenset()
    columns = _HIDDEN_COLUMN.findall(xml)
    spans = zip(_numbers(columns, b"min"), _numbers(columns, b"max"), strict=True)
    return frozenset(column for first, last in spans for column in range(first, min(last, 256) + 1))


def is_sparse(xml: bytes) -> bool:
    """Whether the cells lie so far apart that a rectangle around them would not fit into memory."""
    last = _ROW.findall(xml, max(0, len(xml) - 65_536)) or _ROW.findall(xml)
    rows = xml.count(b"<row ") + xml.count(b":row ")
    far_down = bool(last) and max(int(number) for number in last) > 5 * rows + 5_000
    return far_down or _FAR.search(xml) is not None


def _places(attributes: bytes) -> Iterator[Place]:
    if found := _PLACE.search(attributes):
        yield int(found[2]), column_index_from_string(found[1].decode())


def _numbers(tags: list[bytes], name: bytes) -> Iterator[int]:
    for tag in tags:
        if found := re.search(rb'\b%s="([0-9]+)"' % name, tag):
            yield int(found[1])
