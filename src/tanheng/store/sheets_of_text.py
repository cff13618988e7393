"""Sheets of plain text: CSV in UTF-8, GB18030 (GBK) or UTF-16, as systems and WPS export it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.store.sheets import Sheet
from tanheng.store.sheets_of_calamine import Limits

SHEET = "csv"
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", "\t", ";", "，")
_CHINESE = "\u0800"  # from here on UTF-8 takes three bytes: GBK pairs hardly ever look like that


@dataclass(frozen=True)
class TextSheets:
    """One table of text; it has one sheet, called csv."""

    file: str
    content: bytes
    limits: Limits

    def names(self) -> list[str]:
        """The one sheet."""
        return [SHEET]

    def sheet(self, name: str) -> Sheet:
        """The cells of the table, all of them text."""
        return self._sheet

    @cached_property
    def _sheet(self) -> Sheet:
        text = decoded(self.file, self.content)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        values = [[value or None for value in row[: self.limits.columns]] for row in _all_rows(rows)]
        if not any(len(row) > 1 for row in values):
            raise Refusal("workbook-unreadable", file=self.file, problem="no columns")
        return Sheet(self.file, SHEET, values[: self.limits.rows], typed=False)


def _all_rows(rows: Iterator[list[str]]) -> list[list[Any]]:
    try:
        return list(rows)
    except csv.Error as error:
        raise ValueError(str(error)) from error


def _delimiter(text: str) -> str:
    head = "\n".join(text.splitlines()[:50])
    return max(_DELIMITERS, key=head.count)


def decoded(file: str, content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030; which one is worked out, never guessed line by line.

    Refuses  encoding-mixed: some lines are in one encoding and some in the other; text-unreadable: in neither.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _in(file, content, encoding)
    if b"\0" in content[:4096]:
        raise Refusal("text-unreadable", file=file, line=1)
    lines = [(number, line) for number, line in enumerate(content.split(b"\n"), 1) if not line.isascii()]
    unicode = {number for number, line in lines if _is_utf8(line)}
    others = [number for number, line in lines if number not in unicode]
    if unicode and others:
        raise Refusal("encoding-mixed", file=file, line=_rarer(sorted(unicode), others)[0], lines=_shown(others))
    return _in(file, content, "gb18030" if others else "utf-8")


def _in(file: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal("text-unreadable", file=file, line=line) from error


def _is_utf8(line: bytes) -> bool:
    try:
        return any(sign >= _CHINESE for sign in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _rarer(first: Sequence[int], second: Sequence[int]) -> Sequence[int]:
    return first if len(first) < len(second) else second


def _shown(lines: Sequence[int]) -> str:
    return "、".join(str(line) for line in lines[:5]) + ("…" if len(lines) > 5 else "")
