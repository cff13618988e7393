"""Runs of text in Word, with a font named for every script."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt

from tanheng.kernel.pack.planning_shapes import OfficialFont

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def add_run(paragraph: Any, text: str, font: OfficialFont, size: float | None = None) -> Any:
    """A run at the end of a paragraph, in a font; `size` where it is not that of the font."""
    run = paragraph.add_run(writable(text))
    run.font.name, run.font.size, run.font.bold = font.name, Pt(float(font.size) if size is None else size), False
    name_fonts(run._r.get_or_add_rPr(), font)
    return run


def name_fonts(properties: Any, font: OfficialFont) -> None:
    """Names a font for signs of every script: what names no East Asian font is shown in whatever a program likes."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font.name)
    fonts.set(qn("w:hint"), "eastAsia")


def writable(text: str) -> str:
    """The text without the control signs that XML does not allow."""
    return _NOT_XML.sub("", text)
