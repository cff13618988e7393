"""Keeping what the check of a workbook found: its pages are read from the database, and nothing is read twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from tanheng.kernel.fact import Observation, plain_decimal
from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import IndicatorShape, PackSet
from tanheng.kernel.subject import Directory
from tanheng.records.changes import Outcome
from tanheng.records.checking import CheckedWorkbook, layout_of
from tanheng.records.foreseeing import ForeseenLine
from tanheng.records.site_files import blobs
from tanheng.store.confidential_findings import is_confidential
from tanheng.store.workbook_opening import open_workbook
from tanheng.web.facts.breakdowns import breakdown_labels
from tanheng.web.facts.models import BatchFile, FileFinding, FileLine

WEIGHTS: Mapping[Severity, int] = {Severity.BLOCKER: 0, Severity.WARNING: 1, Severity.NOTE: 2}
MOST_FINDINGS = 5000
"""How many findings of one workbook are kept: nobody reads more, and a wrong column gives one for every row."""
_AT_ONCE = 2000


def keep_dry_run(file: BatchFile, checked: CheckedWorkbook, packs: PackSet, directory: Directory) -> None:
    """Puts what a check found in the place of what an earlier check of the same workbook found."""
    file.findings.all().delete()
    file.lines.all().delete()
    reading = checked.reading
    file.was_read, file.layout = reading is not None, reading.layout if reading else ""
    file.rows, file.kept = (reading.rows_read, len(reading.rows)) if reading else (0, 0)
    file.counts = {str(outcome): checked.count(outcome) for outcome in Outcome}
    file.counts |= {"rejected": len({item.place for item in checked.findings if item.severity is Severity.BLOCKER})}
    file.sheets, file.fingerprint = _sheets(file), checked.fingerprint
    layout = layout_of(packs, file.layout)
    file.confidential = layout is not None and is_confidential(layout, packs)
    file.save()
    FileFinding.objects.bulk_create(_findings(file, checked.findings), batch_size=_AT_ONCE)
    lines = checked.foreseen.lines if checked.foreseen else ()
    FileLine.objects.bulk_create(_lines(file, lines, packs, directory), batch_size=_AT_ONCE)


def _sheets(file: BatchFile) -> list[tuple[str, int, int]]:
    """The visible sheets with how large they are; none where the file cannot be opened."""
    try:
        with open_workbook(blobs().path(file.digest), name=file.name) as book:
            found = [book.sheet(name) for name in book.sheets()]
    except Refusal:
        return []
    return [(sheet.name, len(sheet.values), sheet.width) for sheet in found if sheet.visible and sheet.values]


def _findings(file: BatchFile, findings: Iterable[Finding]) -> Iterator[FileFinding]:
    ordered = sorted(findings, key=lambda item: WEIGHTS[item.severity])
    for number, item in enumerate(ordered[:MOST_FINDINGS]):
        sheet, row, column = place_in(item.place, file.name)
        yield FileFinding(
            file=file,
            number=number,
            weight=WEIGHTS[item.severity],
            sheet=sheet[:200],
            row=row,
            column=column,
            finding=item.as_json(),
        )


def place_in(place: str, file: str) -> tuple[str, int | None, int | None]:
    """Sheet, row and column of `file!sheet!F12` or `file!sheet!12`, as far as a place names them."""
    rest = place.removeprefix(f"{file}!")
    if rest == place:
        return "", None, None
    sheet, _, cell = rest.rpartition("!")
    if not sheet:
        return cell, None, None
    if cell.isdecimal():
        return sheet, int(cell), None
    try:
        letters, row = coordinate_from_string(cell)
        return sheet, row, column_index_from_string(letters)
    except (CellCoordinatesException, ValueError):
        return rest, None, None


def _lines(file: BatchFile, lines: Iterable[ForeseenLine], packs: PackSet, directory: Directory) -> Iterator[FileLine]:
    indicators = {item.id: dict(item.label) for item in packs.all(IndicatorShape)}
    breakdowns = breakdown_labels(packs)
    confidential = packs.suppression.use_classes if packs.suppression else ()
    for number, line in enumerate(lines):
        key = line.statement.key
        withheld = key.use_class in confidential
        told = {
            "file": file.name,
            "outcome": str(line.outcome),
            "subject": key.subject,
            "subject_label": {lang: directory.label_of(key.subject, lang) for lang in ("zh", "en")},
            "indicator": key.indicator,
            "indicator_label": indicators[key.indicator] if key.indicator in indicators else key.indicator,
            "dimensions": dict(key.dimensions),
            "dimension_labels": [breakdowns[item] if item in breakdowns else item for _, item in key.dimensions],
            "period": str(key.period),
            "accumulation": key.accumulation.value,
            "coverage": key.coverage,
            "use_class": key.use_class,
            **_side(line.statement, withheld=withheld),
            "earlier": None if line.earlier is None else _side(line.earlier, withheld=withheld),
        }
        yield FileLine(file=file, number=number, outcome=str(line.outcome), line=told)


def _side(statement: Observation, *, withheld: bool) -> dict[str, Any]:
    """Value and place; the values of a confidential use class are left out, as on every page and in every export."""
    return {
        "value": None if withheld else plain_decimal(statement.value),
        "unit": statement.unit,
        "published": statement.published.isoformat(),
        "cell": statement.source.partition("/")[2] or statement.source,
        "source": statement.source,
    }
