"""What a batch of sent workbooks would do, for its page. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.pack import Layout, LayoutProfile
from tanheng.records.changes import Outcome
from tanheng.records.disclosing import withheld_sources
from tanheng.store import load_packs
from tanheng.web.cases.jobs import job_of, state_said
from tanheng.web.cases.models import Job
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.models import Batch, BatchFile, FileFinding
from tanheng.web.facts.sending import batch_of, blocked_file, is_resting
from tanheng.web.facts.sheet_grid import SheetGrid, findings_by_sheet, sheet_grid
from tanheng.web.ui.words import said

LINES_AT_ONCE = 50
_FINDINGS_AT_ONCE = 50
SHARES = (str(Outcome.CHANGED), str(Outcome.NEW), str(Outcome.UNCHANGED), "problems")


@dataclass(frozen=True)
class Asked:
    """What a reader wants to look at: which workbook, which sheet from which row, which lines from which on."""

    file: int = 1
    sheet: str = ""
    first: int = 0
    share: str = ""
    begin: int = 0


@dataclass(frozen=True)
class Work:
    """How far the check or the recording is."""

    state: str
    words: str
    step: str
    done: int
    total: int
    refused: Mapping[str, Any] | None


@dataclass(frozen=True)
class SheetTab:
    """A sheet and how many problems and other findings it has."""

    name: str
    rows: int
    problems: int
    others: int
    chosen: bool


@dataclass(frozen=True)
class Lines:
    """A page of the statements, or of the problems, of one workbook."""

    share: str
    counts: Sequence[tuple[str, str, int]]
    lines: Sequence[Mapping[str, Any]]
    problems: Sequence[FileFinding]
    begin: int
    before: int | None
    after: int | None
    total: int


@dataclass(frozen=True)
class BatchPage:
    """A batch: its files, the one that is looked at with grid and lines, and what can be done."""

    batch: Batch
    files: Sequence[BatchFile]
    work: Work
    pending: bool
    may_record: bool
    may_check: bool
    chosen: BatchFile | None
    tabs: Sequence[SheetTab]
    grid: SheetGrid | None
    general: Sequence[FileFinding]
    lines: Lines | None
    learnable: bool

    @property
    def files_read(self) -> Sequence[tuple[BatchFile, str]]:
        """The files with the name of the layout each was read by; nothing for one that was not read."""
        named = {item.id: said(item.label) for shape in (Layout, LayoutProfile) for item in load_packs().all(shape)}
        return [(file, named[file.layout] if file.layout in named else file.layout) for file in self.files]

    @property
    def file_query(self) -> str:
        """What an address says of the workbook that is looked at."""
        return f"file={self.chosen.number if self.chosen else 1}"

    @property
    def lines_query(self) -> str:
        """What an address says of the list that is looked at."""
        return f"{self.file_query}&share={self.lines.share if self.lines else ''}&"


def batch_page(id: str, asked: Asked, lang: str, *, scope: Scope) -> BatchPage:
    """A batch of one's own.

    Refuses  import-unknown.
    """
    batch = batch_of(id, scope)
    files, work = list(batch.files.all()), _work(batch)
    pending = work.state in (Job.WAITING, Job.RUNNING)
    checked = not pending and batch.state in (Batch.CHECKED, Batch.RECORDED)
    chosen = next((file for file in files if file.number == asked.file), files[0]) if checked else None
    tabs = _tabs(chosen, asked.sheet) if chosen else []
    tab = next((item for item in tabs if item.chosen), None)
    blocked = blocked_file(batch) if checked else None
    return BatchPage(
        batch=batch,
        files=files,
        work=work,
        pending=pending,
        may_record=batch.state == Batch.CHECKED and checked and blocked is None,
        may_check=not pending and is_resting(batch),
        chosen=chosen,
        tabs=tabs,
        grid=sheet_grid(chosen, tab.name, asked.first, lang) if chosen and tab else None,
        general=list(chosen.findings.filter(row__isnull=True)[:_FINDINGS_AT_ONCE]) if chosen else [],
        lines=_lines(chosen, asked) if chosen else None,
        learnable=scope.sees_all and chosen is not None and not chosen.was_read and bool(chosen.sheets),
    )


def _work(batch: Batch) -> Work:
    job = job_of(str(batch.job), batch.person)
    refused = batch.refused or (job.outcome if job.state == Job.REFUSED else None)
    return Work(job.state, state_said(job), _step(job.step), job.done, job.total, refused)


def _step(step: str) -> str:
    name, _, which = step.partition(" ")
    words = {
        "opening": gettext("opening the files"),
        "reading": gettext("reading file %(which)s") % {"which": which},
        "comparing": gettext("comparing with what is recorded"),
        "recording": gettext("recording"),
    }
    return words[name] if name in words else ""


def _tabs(file: BatchFile, sheet: str) -> Sequence[SheetTab]:
    counted = findings_by_sheet(file)
    names = [name for name, _, _ in file.sheets]
    grave = next((name for name in names if name in counted and 0 in counted[name]), None)
    any_marked = next((name for name in names if name in counted), None)
    chosen = sheet if sheet in names else grave or any_marked or (names[0] if names else "")
    return [_tab(name, rows, counted[name] if name in counted else {}, name == chosen) for name, rows, _ in file.sheets]


def _tab(name: str, rows: int, counted: Mapping[int, int], chosen: bool) -> SheetTab:
    problems = counted[0] if 0 in counted else 0
    return SheetTab(name, rows, problems, sum(counted.values()) - problems, chosen)


def _lines(file: BatchFile, asked: Asked) -> Lines:
    problems = file.findings.filter(weight=0)
    words = {
        "changed": gettext("Changed"),
        "new": gettext("New"),
        "unchanged": gettext("Unchanged"),
        "problems": gettext("Rejected"),
    }
    sizes = {**file.counts, "problems": problems.count()}
    counts = [(share, words[share], sizes[share]) for share in SHARES if share in sizes]
    share = asked.share if asked.share in SHARES else next((name for name, _, size in counts if size), "new")
    rows = problems if share == "problems" else file.lines.filter(outcome=share)
    total = sizes[share] if share in sizes else 0
    begin = max(0, asked.begin)
    page = list(rows[begin : begin + LINES_AT_ONCE])
    return Lines(
        share=share,
        counts=counts,
        lines=[] if share == "problems" else _shown([item.line for item in page]),
        problems=page if share == "problems" else [],
        begin=begin,
        before=max(0, begin - LINES_AT_ONCE) if begin else None,
        after=begin + LINES_AT_ONCE if begin + LINES_AT_ONCE < total else None,
        total=total,
    )


def _shown(lines: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Lines with the page of the cell in which the earlier value stands; the sent file itself is no record yet."""
    closed = closed_files(line["earlier"]["source"] for line in lines if line["earlier"] is not None)
    return [
        line
        if line["earlier"] is None
        else {**line, "earlier": {**line["earlier"], "href": source_href(line["earlier"]["source"], closed)}}
        for line in lines
    ]


def closed_files(sources: Iterable[str]) -> frozenset[str]:
    """The files of some sources that are shown to nobody cell by cell, by their hashes."""
    return withheld_sources({source.partition("/")[0] for source in sources})


def source_href(source: str, closed: Collection[str] = ()) -> str:
    """The page of a source cell; empty where a source names no cell of a file, or one of a file that is closed."""
    place, _, cell = source.rpartition("!")
    place, _, sheet = place.rpartition("!")
    digest, mark, _ = place.partition("/")
    is_open = mark and sheet and cell and digest not in closed
    return reverse("source", args=[digest, sheet, cell]) + "#cell" if is_open else ""
