"""A regional energy balance in one CSV, one figure a row: `year,process,fuel,value_Mtce`."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from tanheng.kernel.faults import Finding, Refusal, Worded
from tanheng.kernel.pack import BalanceLayout, PackSet
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.run import OBSERVATION_COLUMNS, Inputs
from tanheng.kernel.subject import Area, Directory
from tanheng.kernel.table import Table
from tanheng.store.sheets_of_calamine import Limits
from tanheng.store.sheets_of_text import decoded

AREA = "area/balance"
_COLUMNS = ("year", "process", "fuel", "value_Mtce")
_UNIT = "10^6 tce[calorific_value]"
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_YEAR = re.compile(r"[0-9]{4}")
_PROCESS, _FUEL = Worded("平衡表的行", "process"), Worded("能源品种", "fuel")
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class BalanceRow:
    """One figure of the file, with the line it stands in."""

    line: int
    year: str
    process: str
    fuel: str
    value: float


@dataclass(frozen=True)
class BalanceFile:
    """What a file says, and what is wrong with it; `written` gives the name of each fuel as the file writes it."""

    name: str
    digest: str
    rows: tuple[BalanceRow, ...]
    findings: tuple[Finding, ...]
    written: Mapping[str, str]

    @property
    def years(self) -> tuple[str, ...]:
        """The years the file has figures for."""
        return tuple(sorted({row.year for row in self.rows}))

    def period(self, asked: Period | None) -> Period:
        """The year that is meant: the one asked for, or the only one there is.

        Refuses  data-several-years; data-year-missing.
        """
        years = ", ".join(self.years)
        if asked is None and len(self.years) > 1:
            raise Refusal("data-several-years", file=self.name, years=years)
        period = asked or Period.parse(self.years[0])
        if str(period) not in self.years:
            raise Refusal("data-year-missing", file=self.name, period=str(period), years=years)
        return period

    def inputs(self, known_on: date, *, coverage: str, use_class: str) -> Inputs:
        """The file as the inputs of a run: one area, its balance published on the knowledge date."""
        label = {"zh": self.name, "en": self.name}
        common = {"indicator": "energy_balance", "subject": AREA, "accumulation": Accumulation.YEAR.value}
        common |= {"coverage": coverage, "use_class": use_class, "unit": _UNIT, "status": "final"}
        known = {"published": known_on, "position": 1, "known_from": known_on, "known_to": None}
        told = [common | known | self._fields(row) for row in self.rows]
        table = Table.of_rows(told, OBSERVATION_COLUMNS, keys=("source",))
        digests = {"observations": self.digest}
        return Inputs(table, Directory(areas=(Area(AREA, label, "city"),)), digests)

    def _fields(self, row: BalanceRow) -> dict[str, object]:
        period = Period.parse(row.year)
        return {
            "carrier": row.fuel,
            "item": row.process,
            "period_start": period.start,
            "period_end": period.end,
            "stated_amount": row.value,
            "source": f"{self.digest}/{self.name}!csv!D{row.line}",
        }


def read_balance_file(path: Path, packs: PackSet, layout: BalanceLayout) -> BalanceFile:
    """Reads a balance in the long layout; further columns are passed over.

    Gives    every figure that can be read, and a finding with `file:line` for each that cannot: data-row-short,
             data-value-unreadable, data-name-unknown, data-row-twice.
    Refuses  data-file-not-found, workbook-too-large, data-file-unreadable, data-file-empty, data-column-missing,
             data-column-twice; encoding-mixed, text-unreadable.
    """
    if not path.is_file():
        raise Refusal("data-file-not-found", file=path)
    if (size := path.stat().st_size) > Limits().file_mb * _MEGABYTE:
        raise Refusal("workbook-too-large", file=path.name, size=size // _MEGABYTE, limit=Limits().file_mb)
    content = path.read_bytes()
    reading = _Reading(path.name, packs, layout)
    reading.read(decoded(path.name, content))
    digest = hashlib.sha256(content).hexdigest()
    return BalanceFile(path.name, digest, tuple(reading.rows), tuple(reading.findings), reading.written)


class _Reading:
    """The lines of one file on their way to figures."""

    def __init__(self, name: str, packs: PackSet, layout: BalanceLayout) -> None:
        self.name = name
        self.processes = {name: row.id for row in layout.processes for name in _names(row.id, row.aliases, row.label)}
        whole = layout.whole
        carriers = packs.carriers.values()
        self.fuels = {name: row.id for row in carriers for name in _names(row.id, row.aliases, row.label)}
        self.fuels |= dict.fromkeys((_plain(name) for name in (whole.id, *whole.aliases)), whole.id)
        self.rows: list[BalanceRow] = []
        self.findings: list[Finding] = []
        self.written: dict[str, str] = {}
        self.first: dict[tuple[str, str, str], int] = {}

    def read(self, text: str) -> None:
        lines = _lines(self.name, text)
        heads = next(lines, None)
        if heads is None:
            raise Refusal("data-file-empty", file=self.name, columns=", ".join(_COLUMNS))
        places = self._places(heads[1])
        for line, cells in lines:
            self._row(line, cells, places, len(heads[1]))
        if not (self.rows or self.findings):
            raise Refusal("data-file-empty", file=self.name, columns=", ".join(_COLUMNS))

    def _places(self, heads: Sequence[str]) -> dict[str, int]:
        found = [head.strip().lower() for head in heads]
        for column in _COLUMNS:
            count = found.count(column.lower())
            if not count:
                fields = {"column": column, "found": ", ".join(heads) or "-", "columns": ", ".join(_COLUMNS)}
                raise Refusal("data-column-missing", file=self.name, **fields)
            if count > 1:
                raise Refusal("data-column-twice", file=self.name, column=column, count=count)
        return {column: found.index(column.lower()) for column in _COLUMNS}

    def _row(self, line: int, cells: Sequence[str], places: Mapping[str, int], width: int) -> None:
        if len(cells) <= max(places.values()):
            self._say("data-row-short", line, count=len(cells), columns=width)
            return
        year, process, fuel, value = (cells[places[column]].strip() for column in _COLUMNS)
        known = self._known(line, self.processes, process, _PROCESS), self._known(line, self.fuels, fuel, _FUEL)
        for column, text, form in (("year", year, _YEAR), ("value_Mtce", value, _NUMBER)):
            if not form.fullmatch(text):
                self._say("data-value-unreadable", line, column=column, value=text)
        process_id, fuel_id = known
        if process_id is None or fuel_id is None or not (_YEAR.fullmatch(year) and _NUMBER.fullmatch(value)):
            return
        key = (year, process_id, fuel_id)
        if key in self.first:
            self._say("data-row-twice", line, key=f"{year} {process} {fuel}", first=self.first[key])
            return
        self.first[key] = line
        self.written.setdefault(fuel_id, fuel)
        self.rows.append(BalanceRow(line, year, process_id, fuel_id, float(value)))

    def _known(self, line: int, names: Mapping[str, str], text: str, kind: Worded) -> str | None:
        plain = _plain(text)
        if plain in names:
            return names[plain]
        nearest = ", ".join(get_close_matches(plain, names, 3, 0.5)) or "-"
        self._say("data-name-unknown", line, kind=kind, value=text, nearest=nearest)
        return None

    def _say(self, code: str, line: int, **fields: object) -> None:
        self.findings.append(Finding(code, f"{self.name}:{line}", fields))


def _names(id: str, aliases: Sequence[str], label: object) -> Iterator[str]:
    yield _plain(id)
    yield from (_plain(alias) for alias in aliases)
    yield from (_plain(str(getattr(label, lang))) for lang in ("zh", "en"))


def _plain(text: str) -> str:
    """A name without the blanks of its layout; letters of either case are the same."""
    return "".join(text.split()).lower()


def _lines(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refusal("data-file-unreadable", file=file, line=rows.line_num, problem=error) from error
        if any(cell.strip() for cell in cells):
            yield rows.line_num, cells
