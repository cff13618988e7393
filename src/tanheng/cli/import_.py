"""`tanheng import`: senders' workbooks into the records; every problem at once, and a file is taken whole or not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.import_files import Batch, Incoming, batches_of
from tanheng.cli.import_said import file_json, outcome_said, show_files, write_list
from tanheng.cli.options import actor_option, as_json_option, day_option, today
from tanheng.cli.output import as_json, emit, has_blocker, say, show_findings
from tanheng.cli.progress import FileProgress, over_files
from tanheng.cli.site import acting, nobody, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Finding, Refusal, Severity, blockers

if TYPE_CHECKING:
    from tanheng.kernel.pack import Layout, LayoutProfile, PackSet
    from tanheng.kernel.subject import Directory
    from tanheng.records.foreseeing import Foreseen, Foresight
    from tanheng.records.recording import Recorded
    from tanheng.records.suspecting import Suspicion
    from tanheng.store import Reading


@dataclass(frozen=True)
class Book:
    """A workbook that was read: its content and hash, and what it says."""

    path: Path
    content: bytes
    digest: str
    reading: Reading
    published: date


@dataclass(frozen=True)
class Taken:
    """What became of one file: its findings; what it would add, or what was recorded; nothing where it was rejected."""

    file: Incoming
    book: Book | None
    findings: tuple[Finding, ...]
    foreseen: Foreseen | None = None
    recorded: Recorded | None = None
    rejected: bool = False


@verb(
    "import",
    "导入报送工作簿或整个文件夹。\n\n"
    "所有问题一次列出，写明文件、工作表和单元格。逐个点名的文件，有一个有阻断性问题就都不导入；\n"
    "文件夹里的文件各自独立，有问题的整份退回，其余照常导入（退出码 1）。\n"
    "文件夹里可放 published.csv，写明每个文件的发布日期（列：file、published、layout）。\n"
    "同一文件再次导入不会重复；导入错了用 tanheng undo 撤销。",
    "Import senders' workbooks, or whole folders of them.\n\n"
    "Lists all problems at once, with file, sheet and cell. Files named one by one are imported together or not at\n"
    "all; in a folder each file stands by itself, one with a blocking problem is rejected whole (exit code 1).\n"
    "A folder may hold published.csv with the day each file was published (columns: file, published, layout).\n"
    "A file imported twice adds nothing; a mistaken import is taken back by tanheng undo.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER...")
@day_option("--published", zh="数据发布（报送）日期，默认今天。", en="When the data were published; today by default.")
@option("--layout", zh="版式编号；省略时自动识别。", en="Id of the layout; recognised where it is left out.")
@option(
    "--dry-run",
    is_flag=True,
    zh="只检查：逐条列出新增、变更、未变和退回，不写入。",
    en="Only check: list what is new, changed, unchanged and rejected; write nothing.",
)
@option(
    "--xlsx",
    "out",
    type=click.Path(path_type=Path),
    zh="把问题和逐条结果写成工作簿，可发回报送单位。",
    en="Write problems and outcomes to a workbook that can be mailed back.",
)
@actor_option
@as_json_option
def import_(
    files: tuple[Path, ...],
    published: date | None,
    layout: str | None,
    dry_run: bool,
    out: Path | None,
    actor: str | None,
    as_document: bool,
) -> int:
    """Reads batch after batch and records each that nothing blocks, one event a file."""
    open_site()  # before anything that sees the models
    from tanheng.store import load_packs

    packs, day = load_packs(), published or today()
    batches = batches_of(files, day, layout)
    if out is not None and out.suffix.lower() != ".xlsx":
        raise Refusal("import-list-kind-unknown", suffix=out.suffix or out.name)
    done = take_in(batches, packs, actor, dry_run=dry_run)
    of_calls = [*_of_the_day(day), *(finding for batch in batches for finding in batch.findings)]
    findings = as_json([*of_calls, *(finding for item in done for finding in item.findings)])
    if out is not None:
        write_list(out, done, packs)
    blocked = has_blocker(findings)
    if as_document:
        files_json = [file_json(item, packs, listed=dry_run) for item in done]
        emit({"imported": not (blocked or dry_run), "dry_run": dry_run, "files": files_json, "findings": findings})
        return int(blocked)
    show_findings(findings)
    show_files(done, packs, listed=dry_run)
    say(outcome_said(done, dry_run=dry_run))
    return int(blocked)


def take_in(batches: Sequence[Batch], packs: PackSet, actor: str | None, *, dry_run: bool = False) -> list[Taken]:
    """Reads batch after batch against the directory as it stands, and records each that nothing blocks."""
    from tanheng.records.foreseeing import Foresight
    from tanheng.records.selecting import directory_as_of
    from tanheng.records.suspecting import Suspicion

    with over_files(sum(len(batch.files) for batch in batches)) as progress:
        call = _Call(packs, directory_as_of(), actor, dry_run, progress, Foresight(Suspicion.of_packs(packs)))
        return [item for batch in batches for item in _taken(batch, call)]


@dataclass(frozen=True)
class _Call:
    """What all files of one call share."""

    packs: PackSet
    directory: Directory
    actor: str | None
    dry_run: bool
    progress: FileProgress
    ahead: Foresight


def _taken(batch: Batch, call: _Call) -> Iterator[Taken]:
    """Reads a batch and records it, unless something in it blocks or nothing is to be written."""
    read = [_read(file, batch, call) for file in batch.files]
    rejected = any(blockers(item.findings) for item in read)
    for item in read:
        call.progress.begins(item.file.name, words("写入", "recording"))
        yield _finished(item, call, rejected=rejected)
        call.progress.is_done()


def _finished(item: Taken, call: _Call, *, rejected: bool) -> Taken:
    if item.book is None:
        return replace(item, rejected=True)
    if rejected or call.dry_run:
        foreseen = call.ahead.of(item.book.reading.observations, comes_about=not rejected)
        findings = (*item.findings, *foreseen.findings)
        return replace(item, foreseen=foreseen, rejected=rejected, findings=findings)
    recorded = record_book(item.book, call.actor, note=item.file.name, suspicion=call.ahead.suspicion)
    return replace(item, recorded=recorded, findings=(*item.findings, *recorded.findings))


def _read(file: Incoming, batch: Batch, call: _Call) -> Taken:
    """Reads one file; what is refused is a finding where the file was not named but found in a folder."""
    call.progress.begins(file.name, words("读取", "reading"))
    try:
        layout = chosen_layout(call.packs, file.layout)
        book = _read_book(file.path, layout, call.packs, call.directory, file.published)
    except Refusal as refusal:
        if not batch.from_folder:
            raise
        return Taken(file, None, (Finding(refusal.code, file.name, refusal.fields),))
    call.progress.has_read(book.reading.rows_read)
    folder = file.name.removesuffix(file.path.name)
    findings = (replace(finding, place=folder + finding.place) for finding in book.reading.findings)
    return Taken(file, book, tuple(findings))


def _of_the_day(published: date) -> Iterator[Finding]:
    if published > today():
        fields = {"published": published, "today": today()}
        yield Finding("published-in-future", "--published", fields, Severity.WARNING)


def chosen_layout(packs: PackSet, id: str | None) -> Layout | LayoutProfile | None:
    """The layout of that id; None where it is to be recognised from the workbook.

    Refuses  definition-missing.
    """
    from tanheng.kernel.pack import Layout, LayoutProfile

    if id is None:
        return None
    simple = any(layout.id == id for layout in packs.all(Layout))
    return packs.get(Layout, id) if simple else packs.get(LayoutProfile, id)


def read_books(
    paths: Sequence[Path], layout: Layout | LayoutProfile | None, packs: PackSet, published: date
) -> Iterator[Book]:
    """Reads workbooks one after the other, against the directory as it stands.

    Refuses  workbook-not-found, and whatever reading a workbook refuses.
    """
    from tanheng.records.selecting import directory_as_of

    directory = directory_as_of()
    for path in paths:
        yield _read_book(path, layout, packs, directory, published)


def _read_book(
    path: Path, layout: Layout | LayoutProfile | None, packs: PackSet, directory: Directory, published: date
) -> Book:
    from tanheng.store import read_workbook

    if not path.is_file():
        raise Refusal("workbook-not-found", file=path)
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return Book(path, content, digest, read_workbook(path, layout, packs, directory, published, digest), published)


def record_book(
    book: Book, actor: str | None, *, note: str = "", dry_run: bool = False, suspicion: Suspicion | None = None
) -> Recorded:
    """Keeps the workbook, then records what it says under its name or `note`; a dry run only counts."""
    from tanheng.records.recording import record_observations
    from tanheng.records.registers import Origin
    from tanheng.records.site_files import blobs

    if not dry_run:
        blobs().put(book.content)
    person = nobody() if dry_run else acting(actor)
    reading, named = book.reading, note or book.path.name
    origin = Origin(book.digest, book.published, reading.layout)
    return record_observations(reading.observations, person, named, dry_run, reading.rows, suspicion, origin)
