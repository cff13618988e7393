"""`tanheng import`: senders' workbooks into the records; every problem at once, and all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.init import counted
from tanheng.cli.options import actor_option, as_json_option, day_option, today
from tanheng.cli.output import as_json, emit, has_blocker, say, show_findings, working
from tanheng.cli.site import acting, nobody, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Finding, Refusal, Severity

if TYPE_CHECKING:
    from tanheng.kernel.pack import Layout, PackSet
    from tanheng.records.recording import Recorded
    from tanheng.store import Reading


@dataclass(frozen=True)
class Book:
    """A workbook that was read: its content and hash, and what it says."""

    path: Path
    content: bytes
    digest: str
    reading: Reading


@verb(
    "import",
    "导入报送工作簿。\n\n所有问题一次列出；有阻断性问题时一条也不导入（退出码 1）。同一文件再次导入不会重复。",
    "Import senders' workbooks.\n\n"
    "Lists all problems at once; with a blocking one nothing is imported (exit code 1).\n"
    "A file imported twice adds nothing.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@day_option("--published", zh="数据发布（报送）日期，默认今天。", en="When the data were published; today by default.")
@option(
    "--layout", zh="版式编号；只有一个版式时可省略。", en="Id of the layout; may be left out where there is only one."
)
@option("--dry-run", is_flag=True, zh="只检查和计数，不写入。", en="Check and count, write nothing.")
@actor_option
@as_json_option
def import_(
    files: tuple[Path, ...],
    published: date | None,
    layout: str | None,
    dry_run: bool,
    actor: str | None,
    as_document: bool,
) -> int:
    """Reads all files, then records them in the order given, one event each, unless anything blocks."""
    from tanheng.store import load_packs

    open_site()
    packs = load_packs()
    day = published or today()
    books = list(read_books(files, chosen_layout(packs, layout), packs, day))
    findings = as_json([*_of_the_day(day), *(finding for book in books for finding in book.reading.findings)])
    blocked = has_blocker(findings)
    done = not (blocked or dry_run)
    recorded = [record_book(book, actor, dry_run=not done) for book in books]
    if as_document:
        files_json = [_book_json(book, counts) for book, counts in zip(books, recorded, strict=True)]
        emit({"imported": done, "dry_run": dry_run, "files": files_json, "findings": findings})
    else:
        show_findings(findings)
        for book, counts in zip(books, recorded, strict=True):
            say(f"{book.path.name}: {counted(counts)}")
        say(_outcome(blocked=blocked, dry_run=dry_run))
    return int(blocked)


def _of_the_day(published: date) -> Iterator[Finding]:
    if published > today():
        fields = {"published": published, "today": today()}
        yield Finding("published-in-future", "--published", fields, Severity.WARNING)


def chosen_layout(packs: PackSet, id: str | None) -> Layout:
    """The layout of that id, or the only one there is.

    Refuses  definition-missing; layout-needed: there are several.
    """
    from tanheng.kernel.pack import Layout

    known = packs.all(Layout)
    if id is None and len(known) == 1:
        return known[0]
    if id is None:
        raise Refusal("layout-needed", layouts=", ".join(layout.id for layout in known) or "-")
    return packs.get(Layout, id)


def read_books(paths: Sequence[Path], layout: Layout, packs: PackSet, published: date) -> Iterator[Book]:
    """Reads workbooks one after the other, against the directory as it stands.

    Refuses  workbook-not-found, and whatever reading a workbook refuses.
    """
    from tanheng.records.selecting import directory_as_of
    from tanheng.store import read_workbook

    directory = directory_as_of()
    for number, path in enumerate(paths, 1):
        if not path.is_file():
            raise Refusal("workbook-not-found", file=path)
        with working(words(f"读取 {number}/{len(paths)}：{path.name}", f"Reading {number}/{len(paths)}: {path.name}")):
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            yield Book(path, content, digest, read_workbook(path, layout, packs, directory, published, digest))


def record_book(book: Book, actor: str | None, *, dry_run: bool = False) -> Recorded:
    """Keeps the workbook, then records what it says; a dry run only counts."""
    from tanheng.records.recording import record_observations
    from tanheng.records.site_files import blobs

    if not dry_run:
        blobs().put(book.content)
    person = nobody() if dry_run else acting(actor)
    with working(words(f"写入 {book.path.name}", f"Recording {book.path.name}")):
        return record_observations(book.reading.observations, person, note=book.path.name, dry_run=dry_run)


def _book_json(book: Book, counts: Recorded) -> dict[str, Any]:
    return {
        "file": book.path.name,
        "sha256": book.digest,
        "rows": book.reading.rows_read,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "position": counts.position,
    }


def _outcome(*, blocked: bool, dry_run: bool) -> str:
    if blocked:
        return words("有阻断性问题：一条也没有导入。", "There are blocking problems: nothing was imported.")
    if dry_run:
        return words("试运行：没有写入。", "Dry run: nothing was written.")
    return words("已导入。", "Imported.")
