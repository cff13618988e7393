"""A sender's workbook as observations, through a layout: every problem at once, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.faults import Finding, Refusal, Severity, blockers
from tanheng.kernel.pack import Layout, LayoutProfile, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.store.confidential_findings import is_confidential, without_values
from tanheng.store.counting import Told, counted
from tanheng.store.layout_choice import chosen, sheets_for
from tanheng.store.layout_headings import HeadingMatcher
from tanheng.store.layout_known import Known, known
from tanheng.store.layout_reading import SheetReader
from tanheng.store.layout_registers import RegisterRow
from tanheng.store.sheets import Row, address
from tanheng.store.workbook_headings import check_layout, find_headings, find_sheet
from tanheng.store.workbook_opening import Limits, OpenWorkbook, open_workbook
from tanheng.store.workbook_rows import RowReader, RowResult

AnyLayout = Layout | LayoutProfile
_OF_ONE_LINE = {"encoding-mixed", "text-unreadable"}  # a problem of the data, with its place, not of the request


@dataclass(frozen=True)
class Reading:
    """What a workbook says: its observations, what is wrong with it, and how many rows hold data.

    `layout` is the id of the one that was used; `rows` are those kept as they stand, for registers.
    Where there are blockers the observations are only those of the rows without one: whoever imports takes nothing,
    unless the rest was asked for.
    """

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    rows_read: int
    layout: str = ""
    rows: tuple[RegisterRow, ...] = ()

    @property
    def may_be_imported(self) -> bool:
        """Whether nothing in it blocks."""
        return not blockers(self.findings)


def read_workbook(  # noqa: PLR0913  (what a reading depends on: nothing of it is guessed)
    path: Path,
    layout: AnyLayout | None,
    pack_set: PackSet,
    directory: Directory,
    published: date,
    digest: str,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    period: Period | None = None,
    told: Told | None = None,
) -> Reading:
    """Reads a file that somebody sent.

    Reads    the sheets and headings that `layout` names, or the one layout of `pack_set` that fits; carriers, items and
             words of `pack_set`; subjects of `directory`. `digest` is the SHA-256 under which the file is kept, `name`
             what it is called where `path` is a blob, `period` the one that is expected, if any; `told` hears how
             far the reading is.
    Gives    one observation per figure, source `<digest>/<file>!<sheet>!<cell>`; an empty cell is a gap and a note.
             Values are the decimals that the sender typed. Totals, subtotals and growth are checked and left out.
             Findings of a sheet of confidential returns name cells and quote no value.
    Refuses  workbook-…: the file cannot be read at all; layout-incomplete; layout-ambiguous; layout-not-recognised.
    """
    try:
        with open_workbook(path, name=name, limits=limits) as book:
            chosen = layout or chosen_layout(book, pack_set, directory)
            if isinstance(chosen, Layout):
                read = _read_long_form(book, chosen, pack_set, directory, published, digest, told)
            else:
                read = _read_sheets(book, chosen, known(pack_set, directory), published, digest, period, told)
            return replace(read, findings=without_values(read.findings)) if is_confidential(chosen, pack_set) else read
    except Refusal as refusal:
        if refusal.code not in _OF_ONE_LINE:
            raise
        place = f"{refusal.fields['file']}:{refusal.fields['line']}"
        return Reading((), (Finding(refusal.code, place, refusal.fields),), 0)


def chosen_layout(book: OpenWorkbook, pack_set: PackSet, directory: Directory) -> AnyLayout:
    """The layout of a file, by its titles and headings.

    Refuses  layout-ambiguous; layout-not-recognised.
    """
    return chosen(book, known(pack_set, directory), pack_set.all(Layout))


def _read_sheets(
    book: OpenWorkbook,
    profile: LayoutProfile,
    known: Known,
    published: date,
    digest: str,
    period: Period | None,
    told: Told | None,
) -> Reading:
    found, findings = sheets_for(book, known.matchers.get(profile.id) or HeadingMatcher(profile))
    read = [
        SheetReader(candidate.sheet, profile, known, published, digest, period, told).read(candidate.head)
        for candidate in found
    ]
    observations = [observation for sheet in read for observation in sheet.observations]
    findings += [finding for sheet in read for finding in sheet.findings]
    findings += _said_twice(observations) if len(read) > 1 else []
    rows = tuple(row for sheet in read for row in sheet.rows)
    return Reading(tuple(observations), tuple(findings), sum(sheet.rows_read for sheet in read), profile.id, rows)


def _said_twice(observations: list[Observation]) -> Iterator[Finding]:
    """Two sheets of one file that state the same."""
    first = dict[ObservationKey, str]()
    for item in observations:
        place = item.source.partition("/")[2]
        if item.key in first:
            yield Finding("row-again", place, {"label": str(item.key), "first": first[item.key], "second": place})
        first.setdefault(item.key, place)


def _read_long_form(
    book: OpenWorkbook,
    layout: Layout,
    pack_set: PackSet,
    directory: Directory,
    published: date,
    digest: str,
    told: Told | None,
) -> Reading:
    check_layout(layout)
    sheet, findings = find_sheet(book, layout)
    if sheet is None:
        return Reading((), tuple(findings), 0, layout.id)
    rows = book.rows(sheet)
    headings, findings = find_headings(rows, layout, f"{book.file}!{sheet}")
    if headings is None:
        return Reading((), tuple(findings), 0, layout.id)
    reader = RowReader(layout, headings, pack_set, directory, published, f"{book.file}!{sheet}", digest)
    body = [row for row in rows[headings.row :] if any(not cell.is_empty for cell in row)]
    return replace(_reading(reader, body, findings, book, sheet, told), layout=layout.id)


def _reading(
    reader: RowReader, body: list[Row], findings: list[Finding], book: OpenWorkbook, sheet: str, told: Told | None
) -> Reading:
    bare = book.sheet(sheet).bare_formulas  # a formula without a saved result looks like an empty cell
    reader = replace(reader, formulas=frozenset(address(row, column) for row, column in bare))
    results = [result for row in counted(body, told) if (result := reader.read(row)) is not None]
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
                "carrier": result.about,
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
