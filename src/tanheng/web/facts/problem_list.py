"""What a check found, as a workbook to keep or to send back: problems, statements, and the sheets with their marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tanheng.kernel.faults import Refusal
from tanheng.records.site_files import blobs
from tanheng.store.import_list import MarkedSheet, write_import_list
from tanheng.store.workbook_opening import OpenWorkbook, open_workbook
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.models import Batch, BatchFile, FileLine
from tanheng.web.facts.sending import ACT, batch_of
from tanheng.web.facts.sheet_grid import MARKS, masked_text


def problem_list(id: str, lang: str, *, scope: Scope) -> tuple[str, bytes]:
    """The name and the content of the workbook.

    Refuses  not-permitted, import-unknown; import-not-checked.
    """
    scope.require(ACT)
    batch = batch_of(id, scope)
    if batch.state == Batch.CHECKING:
        raise Refusal("import-not-checked")
    files = list(batch.files.all())
    found = (item.finding for file in files for item in file.findings.all())
    lines = (item.line for item in FileLine.objects.filter(file__batch=batch).order_by("file__number", "number"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_import_list(path, found, lines, lang, (sheet for file in files for sheet in _marked(file, lang)))
        name = {"zh": "核查结果", "en": "check"}[lang]
        return f"{name} {batch.made_at:%Y-%m-%d}.xlsx", path.read_bytes()


def _marked(file: BatchFile, lang: str) -> Iterator[MarkedSheet]:
    if not file.sheets:
        return
    with open_workbook(blobs().path(file.digest), name=file.name) as book:
        for name, _, _ in file.sheets:
            yield _sheet(file, book, name, lang)


def _sheet(file: BatchFile, book: OpenWorkbook, name: str, lang: str) -> MarkedSheet:
    sheet, marks = book.sheet(name), dict[tuple[int, int], tuple[str, str]]()
    for item in file.findings.filter(sheet=name, row__isnull=False).order_by("-weight"):
        place = (item.row or 1, item.column or 1)
        said = f"{marks[place][1]}\n" if place in marks else ""
        marks[place] = MARKS[item.weight], said + str(item.finding["message"][lang])
    width = sheet.width
    rows = [
        [masked_text(sheet, row, column, hidden=file.confidential) for column in range(1, width + 1)]
        for row in range(1, len(sheet.values) + 1)
    ]
    return MarkedSheet(name, rows, marks)
