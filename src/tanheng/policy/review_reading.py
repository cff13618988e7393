"""A reviewed workbook read back: every decision, or everything that is wrong with it, cell by cell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tanheng.kernel.faults import Finding, Refusal
from tanheng.policy.proposals import Reading
from tanheng.policy.reading import lexicon_of_packs, source_of
from tanheng.policy.registering import english_names, keyed
from tanheng.policy.review_columns import TARGET_COLUMNS, TASK_COLUMNS, written
from tanheng.policy.review_rows import RowReader
from tanheng.policy.review_words import ABOUT, PROPOSALS, TARGETS, TASKS
from tanheng.policy.source_text import SourceText
from tanheng.records.obligations import Decision, ReviewedInstrument
from tanheng.store.sheets import Sheet
from tanheng.store.workbook_opening import OpenWorkbook, open_workbook


@dataclass(frozen=True)
class Review:
    """What a reviewed workbook says: the document, the decisions, the proposals left open, and what is wrong."""

    instrument: ReviewedInstrument
    decisions: tuple[Decision, ...]
    undecided: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_review(path: Path, document: Path | None = None, instrument: str | None = None) -> Review:
    """Reads a workbook that `write_review` made and people filled in.

    Reads    document: the file that was reviewed (default: the one of that name beside the workbook); its digest must
             be the one that the workbook names. instrument: the id to record it under (default: the workbook's).
    Gives    findings for every cell that cannot be used; none of them is a decision.
    Refuses  review-workbook-foreign, review-document-missing, review-document-differs, and as `open_workbook`.
    """
    with open_workbook(path) as book:
        about, kept = _about(book), _kept(book)
        reading = _reading(path.name, about, kept)
        file = document or path.with_name(about["原文件"])
        content = _content(file, about["原文件摘要"])
        source = source_of(file)
        id = instrument or about["文件编号"]
        targets, tasks = _sheet(book, TARGETS), _sheet(book, TASKS)
    english = english_names(lexicon_of_packs())
    readers = (
        RowReader(targets, TARGET_COLUMNS, keyed(reading.targets), reading, source, id, english),
        RowReader(tasks, TASK_COLUMNS, keyed(reading.tasks), reading, source, id, english),
    )
    decisions, undecided, findings = list[Decision](), list[str](), list[Finding]()
    for reader in readers:
        found, problems = reader.read()
        decisions += [item for item in found if isinstance(item, Decision)]
        undecided += [item for item in found if isinstance(item, str)]
        findings += problems
    head = _instrument(id, about, reading, file.name, content, source)
    return Review(head, tuple(decisions), tuple(undecided), tuple(findings))


def _about(book: OpenWorkbook) -> Mapping[str, str]:
    sheet = _sheet(book, ABOUT)
    rows = {written(sheet.value(row, 1)): written(sheet.value(row, 2)) for row in range(1, len(sheet.values) + 1)}
    for name in ("文件编号", "原文件", "原文件摘要", "提议摘要"):
        if name not in rows or not rows[name]:
            raise Refusal("review-workbook-foreign", file=book.file, problem=f"{ABOUT}：{name}")
    return rows


def _kept(book: OpenWorkbook) -> str:
    sheet = _sheet(book, PROPOSALS)
    return "".join(str(sheet.value(row, 1)) for row in range(1, len(sheet.values) + 1))


def _sheet(book: OpenWorkbook, name: str) -> Sheet:
    if name not in book.sheets():
        raise Refusal("review-workbook-foreign", file=book.file, problem=name)
    return book.sheet(name)


def _reading(file: str, about: Mapping[str, str], kept: str) -> Reading:
    """The proposals as they were made: a workbook whose hidden sheet was changed cannot say what was corrected."""
    if hashlib.sha256(kept.encode()).hexdigest() != about["提议摘要"]:
        raise Refusal("review-workbook-foreign", file=file, problem=PROPOSALS)
    return Reading.of_json(json.loads(kept))


def _content(file: Path, expected: str) -> bytes:
    if not file.is_file():
        raise Refusal("review-document-missing", file=file)
    content = file.read_bytes()
    actual = hashlib.sha256(content).hexdigest()
    if actual != expected:
        raise Refusal("review-document-differs", file=file.name, expected=expected[:12], actual=actual[:12])
    return content


def _instrument(
    id: str, about: Mapping[str, str], reading: Reading, file: str, content: bytes, source: SourceText
) -> ReviewedInstrument:
    """The document as its reviewer left its heading; the text is kept, so that spans can be shown at any time."""
    return ReviewedInstrument(
        id=id,
        title=about["标题"] if "标题" in about else reading.instrument.title,
        file=file,
        content=content,
        reading=kept_text(source, reading),
        number=about["文号"] if "文号" in about else reading.instrument.number,
        issuer=about["发文机关"] if "发文机关" in about else reading.instrument.issuer,
        issued=next(_days(about), None),
        periods=tuple(part for part in about["适用期"].split("、") if part) if "适用期" in about else (),
    )


def kept_text(source: SourceText, reading: Reading) -> bytes:
    """The reading of a document as it is kept beside it: the text, in which spans count, and what was proposed."""
    kept = {"text": source.text, "media": source.media, "reading": reading.as_json()}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()


def _days(about: Mapping[str, str]) -> Iterator[date]:
    """The day of the document, where one is written."""
    if about.get("日期"):
        try:
            yield date.fromisoformat(about["日期"][:10])
        except ValueError as error:
            raise Refusal("review-workbook-foreign", file=ABOUT, problem=f"日期 {about['日期']}") from error
