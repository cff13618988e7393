"""A sender's workbook as observations, through a layout: every problem at once, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.faults import Finding, Severity, blockers
from tanheng.kernel.pack import Layout, PackSet
from tanheng.kernel.subject import Directory
from tanheng.store.workbook_headings import check_layout, find_headings, find_sheet
from tanheng.store.workbook_opening import Limits, OpenWorkbook, Row, open_workbook
from tanheng.store.workbook_rows import RowReader, RowResult


@dataclass(frozen=True)
class Reading:
    """What a workbook says: its observations, what is wrong with it, and how many rows hold data.

    Where there are blockers the observations are only those of the rows without one: whoever imports takes nothing,
    unless the rest was asked for.
    """

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    rows_read: int

    @property
    def may_be_imported(self) -> bool:
        """Whether nothing in it blocks."""
        return not blockers(self.findings)


def read_workbook(
    path: Path,
    layout: Layout,
    pack_set: PackSet,
    directory: Directory,
    published: date,
    digest: str,
    *,
    name: str | None = None,
    limits: Limits | None = None,
) -> Reading:
    """Reads the rows of one sheet.

    Reads    the sheet and the headings that `layout` names; carriers of `pack_set`; codes of `directory`'s facilities.
             `digest` is the SHA-256 under which the file is kept, `name` what it is called where `path` is a blob.
    Gives    one observation per row with a value, source `<digest>/<file>!<sheet>!<cell>`; an empty value is a gap and
             a note. Values are the decimals that the sender typed.
    Refuses  workbook-…: the file cannot be read at all; layout-incomplete.
    """
    check_layout(layout)
    with open_workbook(path, name=name, limits=limits) as book:
        sheet, findings = find_sheet(book, layout)
        if sheet is None:
            return Reading((), tuple(findings), 0)
        rows = book.rows(sheet)
        headings, findings = find_headings(rows, layout, f"{book.file}!{sheet}")
        if headings is None:
            return Reading((), tuple(findings), 0)
        reader = RowReader(layout, headings, pack_set, directory, published, f"{book.file}!{sheet}", digest)
        body = [row for row in rows[headings.row :] if any(not cell.is_empty for cell in row)]
        return _reading(reader, body, findings, book, sheet)


def _reading(reader: RowReader, body: list[Row], findings: list[Finding], book: OpenWorkbook, sheet: str) -> Reading:
    # A formula without a saved result looks like an empty cell; a second look costs as much as the first,
    # so it is taken only where a needed cell is empty.
    if any(reader.has_empty_cell(row) for row in body):
        reader = replace(reader, formulas=frozenset(book.formulas(sheet)))
    results = [result for row in body if (result := reader.read(row)) is not None]
    gathered = _Gathered()
    for result in results:
        gathered.add(result)
    findings = [*findings, *gathered.findings, *_as_a_whole(reader, results)]
    return Reading(tuple(gathered.by_key.values()), tuple(findings), sum(result.is_data for result in results))


@dataclass
class _Gathered:
    """Observations by key, the first of each; a second row for one key is a finding that names both cells."""

    by_key: dict[ObservationKey, Observation] = field(default_factory=dict)
    cells: dict[ObservationKey, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, result: RowResult) -> None:
        self.findings += result.findings
        if result.key is None:
            return
        if result.key in self.cells:
            fields = {
                "subject": result.key.subject,
                "carrier": dict(result.key.dimensions)["carrier"],
                "period": str(result.key.period),
                "first": self.cells[result.key],
                "second": result.cell,
            }
            self.findings.append(Finding("row-twice", result.place, fields))
            return
        self.cells[result.key] = result.cell
        if result.observation is not None:
            self.by_key[result.key] = result.observation


def _as_a_whole(reader: RowReader, results: list[RowResult]) -> Iterator[Finding]:
    if not any(result.is_data for result in results):
        yield Finding("sheet-empty", reader.place, {"sheet": reader.place.partition("!")[2]}, Severity.WARNING)
    periods = [result.key.period for result in results if result.key is not None]
    last = max(periods, key=lambda period: period.end, default=None)
    if last and reader.published < last.end:
        fields = {"published": reader.published, "period": str(last)}
        yield Finding("published-too-early", reader.place, fields, Severity.WARNING)
