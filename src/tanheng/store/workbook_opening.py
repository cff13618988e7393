"""Opening a workbook that somebody sent: what it is, whether it is safe to unpack, and the cells of its sheets."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from tanheng.kernel.faults import Refusal

_MB = 1024 * 1024
_OLE, _ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1"), "EncryptedPackage".encode("utf-16-le")
# What openpyxl and the libraries under it raise on files that are cut off, damaged or made to harm.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, InvalidFileException, SyntaxError, EOFError, OSError, RuntimeError,
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError,
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """How large a workbook may be: the file, what it unpacks to, and the rows and columns that are looked at."""

    file_mb: int = 50
    unpacked_mb: int = 500
    rows: int = 1_048_576
    columns: int = 256


@dataclass(frozen=True)
class Cell:
    """A cell with its place; `kind` is openpyxl's: n number, s text, b flag, d date, e error, f formula."""

    row: int
    column: int
    value: Any
    kind: str

    @property
    def address(self) -> str:
        """The place as Excel writes it: F12."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything here."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class OpenWorkbook:
    """A workbook that passed the checks of `open_workbook`."""

    file: str
    content: IO[bytes]
    limits: Limits

    def sheets(self) -> list[str]:
        """The names of its sheets, charts left out."""
        with self._loaded() as book:
            return [sheet.title for sheet in book.worksheets]

    def rows(self, sheet: str, last: int | None = None) -> list[Row]:
        """The cells of a sheet as its sender saw them: formulas by the results that were saved with them."""
        with self._loaded() as book:
            return list(self._rows(book[sheet], last or self.limits.rows))

    def formulas(self, sheet: str) -> set[str]:
        """The addresses of the cells that hold a formula."""
        with self._loaded(data_only=False) as book:
            rows = self._rows(book[sheet], self.limits.rows)
            return {cell.address for row in rows for cell in row if cell.kind == "f"}

    def _rows(self, sheet: Any, last: int) -> Iterator[Row]:
        # a sheet states its own size, and some programs state it wrong: read what is there instead
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=self.limits.columns), 1):
            if number > last:
                return
            found = (
                Cell(number, column, cell.value, cell.data_type)
                for column, cell in enumerate(cells, 1)
                if cell.value is not None
            )
            yield tuple(found)

    @contextmanager
    def _loaded(self, *, data_only: bool = True) -> Iterator[Any]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about drawings and validations, which are not read
            try:
                self.content.seek(0)
                yield openpyxl.load_workbook(self.content, read_only=True, data_only=data_only)
            except _BROKEN as error:
                raise Refusal("workbook-unreadable", file=self.file, problem=_problem(error)) from error


@contextmanager
def open_workbook(path: Path, *, name: str | None = None, limits: Limits | None = None) -> Iterator[OpenWorkbook]:
    """A workbook to read cells from; `name` is how messages call it.

    Refuses  workbook-not-found; workbook-too-large; workbook-swells: it unpacks to more than the limit;
             workbook-protected: it has a password; workbook-old-format: an .xls; workbook-unreadable: anything else
             that is no whole .xlsx.
    """
    file, limits = name or path.name, limits or Limits()
    if not path.is_file():
        raise Refusal("workbook-not-found", file=file)
    _check_size(file, path.stat().st_size, limits)
    with path.open("rb") as content:
        _check_kind(file, content)
        _check_parts(file, content, limits)
        yield OpenWorkbook(file, content, limits)


def _check_size(file: str, size: int, limits: Limits) -> None:
    if size > limits.file_mb * _MB:
        raise Refusal("workbook-too-large", file=file, size=-(-size // _MB), limit=limits.file_mb)


def _check_kind(file: str, content: IO[bytes]) -> None:
    if content.read(len(_OLE)) == _OLE:
        protected = _ENCRYPTED in content.read()
        raise Refusal("workbook-protected" if protected else "workbook-old-format", file=file)


def _check_parts(file: str, content: IO[bytes], limits: Limits) -> None:
    try:
        with zipfile.ZipFile(content) as parts:
            infos = parts.infolist()
            size = sum(info.file_size for info in infos)
            if size > limits.unpacked_mb * _MB:
                raise Refusal("workbook-swells", file=file, size=size // _MB, limit=limits.unpacked_mb)
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    _check_xml(file, parts, info)
    except _BROKEN as error:
        raise Refusal("workbook-unreadable", file=file, problem=_problem(error)) from error


def _check_xml(file: str, parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with parts.open(info) as part:
        head = part.read(2048)
    # no program that writes workbooks declares a document type; one is how a few bytes are made to swell
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refusal("workbook-unreadable", file=file, problem=f"{info.filename}: DOCTYPE")


def _problem(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]
