"""Which files an import takes in: those named, and the workbooks that lie in the folders named."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.period import read_date

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
LIST_OF_DAYS = "published.csv"
_HEADINGS = {"file": ("file", "文件"), "published": ("published", "发布日期"), "layout": ("layout", "版式")}


@dataclass(frozen=True)
class Incoming:
    """A file to take in: what messages call it, the day it was published and its layout, where they are known."""

    path: Path
    name: str
    published: date
    layout: str | None


@dataclass(frozen=True)
class Batch:
    """Files that are recorded together or not at all, and what was passed over while they were looked for."""

    files: tuple[Incoming, ...]
    from_folder: bool = False
    findings: tuple[Finding, ...] = ()


def batches_of(paths: Sequence[Path], published: date, layout: str | None) -> list[Batch]:
    """The batches of an import call: the files named are one, and each workbook of a folder is one of its own.

    Reads    in a folder `published.csv`, where it has one: file, published and, if wanted, layout of each workbook.
    Refuses  workbook-not-found; folder-without-workbooks; published-list-unreadable.
    """
    if missing := next((path for path in paths if not path.exists()), None):
        raise Refusal("workbook-not-found", file=missing)
    named = tuple(Incoming(path, path.name, published, layout) for path in paths if not path.is_dir())
    batches = [Batch(named)] if named else []
    for folder in (path for path in paths if path.is_dir()):
        batches += _of_folder(folder, published, layout)
    return batches


def _of_folder(folder: Path, published: date, layout: str | None) -> Iterator[Batch]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, folder))
    lists = {path.parent: _days(path) for path in files if path.name == LIST_OF_DAYS}
    books = [path for path in files if path.suffix.lower() in WORKBOOK_ENDINGS and path.name != LIST_OF_DAYS]
    if not books:
        raise Refusal("folder-without-workbooks", folder=folder, endings=", ".join(WORKBOOK_ENDINGS))
    others = [path for path in files if path not in books and path.name != LIST_OF_DAYS]
    yield Batch((), True, tuple(_passed_over(path, folder) for path in others))
    for path in books:
        day, own = _listed(path, folder, lists)
        name = path.relative_to(folder).as_posix()
        yield Batch((Incoming(path, name, day or published, own or layout),), True)


def _is_hidden(path: Path, folder: Path) -> bool:
    """Office programs put a file ~$name beside a workbook that is open."""
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def _passed_over(path: Path, folder: Path) -> Finding:
    fields = {"file": path.relative_to(folder).as_posix(), "endings": ", ".join(WORKBOOK_ENDINGS)}
    return Finding("file-passed-over", fields["file"], fields, Severity.WARNING)


def _listed(
    path: Path, folder: Path, lists: Mapping[Path, Mapping[str, tuple[date, str | None]]]
) -> tuple[date | None, str | None]:
    """What the nearest list of days says of a workbook; a list names files as seen from its own folder."""
    for parent in path.parents:
        name = path.relative_to(parent).as_posix()
        if parent in lists and name in lists[parent]:
            return lists[parent][name]
        if parent == folder:
            break
    return None, None


def _days(path: Path) -> dict[str, tuple[date, str | None]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        columns = _columns(path, rows.fieldnames or ())
        found = {}
        for row in rows:
            day, own = row[columns["published"]] or "", row[columns["layout"]] if "layout" in columns else None
            try:
                found[row[columns["file"]]] = (read_date(day), own or None)
            except Refusal as error:
                raise Refusal("published-list-unreadable", place=f"{path}:{rows.line_num}", text=day) from error
        return found


def _columns(path: Path, headings: Iterable[str]) -> dict[str, str]:
    known = set(headings)
    columns = {id: name for id, names in _HEADINGS.items() for name in names if name in known}
    if not {"file", "published"} <= set(columns):
        raise Refusal("published-list-unreadable", place=f"{path}:1", text=", ".join(known) or "-")
    return columns
