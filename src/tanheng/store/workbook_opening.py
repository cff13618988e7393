"""Opening a file that somebody sent: what it is, whether it is safe to unpack, and the cells of its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol

from tanheng.kernel.faults import Refusal
from tanheng.store.sheets import Row, Sheet
from tanheng.store.sheets_of_calamine import CalamineSheets, Limits
from tanheng.store.sheets_of_markup import MarkupSheets, looks_like_markup
from tanheng.store.sheets_of_text import TextSheets
from tanheng.store.xlsx_parts import BROKEN, check_parts, problem_of

__all__ = ["Limits", "OpenWorkbook", "open_workbook"]

_MB = 1024 * 1024
_OLE, _ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1"), "EncryptedPackage".encode("utf-16-le")
_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
# the beginning of an .xls whose next record says how it is encrypted
_FILE_PASS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
# Excel 2 to 4 wrote their records without any container around them
_BEFORE_CONTAINERS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"%PDF", b"II*\x00", b"MM\x00*")
_TEXT_NAMES, _MARKUP_NAMES = (".csv", ".txt", ".tsv"), (".xls", ".et", ".htm", ".html")


class Sheets(Protocol):
    """What every kind of file gives: the names of its sheets, and each sheet."""

    def names(self) -> list[str]:
        """The sheets in their order, charts left out."""
        ...

    def sheet(self, name: str) -> Sheet:
        """The cells of one sheet."""
        ...


@dataclass(frozen=True)
class OpenWorkbook:
    """A file that passed the checks of `open_workbook`."""

    file: str
    content: Sheets

    @cached_property
    def _read(self) -> dict[str, Sheet]:
        return {}

    def sheets(self) -> list[str]:
        """The names of its sheets, charts left out."""
        with _Answering(self.file):
            return self.content.names()

    def sheet(self, name: str) -> Sheet:
        """The cells of one sheet; read once."""
        if name not in self._read:
            with _Answering(self.file):
                self._read[name] = self.content.sheet(name)
        return self._read[name]

    def rows(self, sheet: str, last: int | None = None) -> list[Row]:
        """The rows of a sheet, each as the cells that hold something."""
        found = self.sheet(sheet)
        return [found.row(number) for number in range(1, min(last or len(found.values), len(found.values)) + 1)]


class _Answering:
    """Turns what a damaged file raises into a refusal; calamine's own panic is no ordinary exception."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if kind is None or error is None or issubclass(kind, Refusal):
            return
        if issubclass(kind, BROKEN) or kind.__module__ == "pyo3_runtime":
            raise Refusal("workbook-unreadable", file=self.file, problem=problem_of(error)) from error


@contextmanager
def open_workbook(path: Path, *, name: str | None = None, limits: Limits | None = None) -> Iterator[OpenWorkbook]:
    """A file to read cells from; `name` is how messages call it, and where it says whether it is plain text.

    Reads    .xlsx; .xls and .et by what is in them; .csv, .txt and .tsv as text; a web page saved as .xls.
    Refuses  workbook-not-found; workbook-too-large; workbook-swells: it unpacks to more than the limit;
             workbook-protected: it has a password; workbook-old-format: older than Excel 5; workbook-is-picture;
             text-unreadable: text in no encoding we know; workbook-unreadable: anything else that is no whole workbook.
    """
    file, limits = name or path.name, limits or Limits()
    if not path.is_file():
        raise Refusal("workbook-not-found", file=file)
    size = path.stat().st_size
    if size > limits.file_mb * _MB:
        raise Refusal("workbook-too-large", file=file, size=-(-size // _MB), limit=limits.file_mb)
    with path.open("rb") as content, _Answering(file):
        sheets = _sheets(file, content, limits)
    yield OpenWorkbook(file, sheets)


def _sheets(file: str, stream: IO[bytes], limits: Limits) -> Sheets:
    content = stream.read()
    head, lower = content[:2048], file.lower()
    if any(head.startswith(mark) for mark in _PICTURES):
        raise Refusal("workbook-is-picture", file=file)
    if lower.endswith(_TEXT_NAMES):
        return TextSheets(file, content, limits)
    if lower.endswith(_MARKUP_NAMES) and looks_like_markup(head):
        return MarkupSheets(file, content, limits)
    if head.startswith(_OLE):
        _check_container(file, content)
    elif head.startswith(_BEFORE_CONTAINERS):
        raise Refusal("workbook-old-format", file=file)
    else:
        check_parts(file, content, limits.unpacked_mb)
    return CalamineSheets(file, content, limits)


def _check_container(file: str, content: bytes) -> None:
    if _ENCRYPTED in content or _FILE_PASS.search(content):
        raise Refusal("workbook-protected", file=file)
    if not _holds_any(content, _STREAMS):
        raise Refusal("workbook-old-format", file=file)


def _holds_any(content: bytes, words: Sequence[bytes]) -> bool:
    return any(word in content for word in words)
