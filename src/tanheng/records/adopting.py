"""Adopting targets that stand in a table already: each row is a target, and whoever adopts it answers for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tanheng.kernel.demand import target_of, task_of
from tanheng.kernel.obligation import Target, Task, document_of
from tanheng.kernel.pack import InstrumentShape, PackSet
from tanheng.kernel.pack.obligation_shapes import TargetTable, TaskTable
from tanheng.records.canonical import canonical
from tanheng.records.models import Person
from tanheng.records.obligations import Decision, RecordedReview, ReviewedInstrument, record_review

PROPOSER = "table"


@dataclass(frozen=True)
class AdoptedDocument:
    """The document whose table is adopted: its id, title, number, issuer, the day it was issued, and its file.

    `holds` is everything that is known of it where that is more than the table: its targets and its tasks are of one
    document, whichever are adopted first.
    """

    id: str
    title: str
    file: str
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    holds: tuple[Target | Task, ...] = ()


def adopt(
    document: AdoptedDocument, obligations: Sequence[Target | Task], actor: Person, *, dry_run: bool = False
) -> RecordedReview:
    """Records the rows of a table as accepted obligations of a document, under one event.

    The table itself is kept as the document's file, so that every target can be shown where it stands.

    Gives    the counts; a row that says nothing new makes no record.
    Refuses  whatever `record_review` refuses: another document's id, a clause of another document, a row twice.
    """
    held = document.holds or obligations
    lines = [f"{item.id} {item.label.zh}" for item in held]
    text = "\n".join(lines)
    spans = dict(zip((item.id for item in held), _spans(lines), strict=True))
    content = canonical([document_of(item) for item in held]).encode("utf-8")
    instrument = ReviewedInstrument(
        id=document.id,
        title=document.title,
        file=document.file,
        content=content,
        reading=json.dumps({"text": text}, ensure_ascii=False).encode("utf-8"),
        number=document.number,
        issuer=document.issuer,
        issued=document.issued,
    )
    decisions = [Decision(item, spans[item.id], PROPOSER) for item in obligations]
    return record_review(instrument, decisions, actor, note=document.file, dry_run=dry_run)


def table_of_pack(packs: PackSet, table: str) -> tuple[AdoptedDocument, Sequence[Target | Task]]:
    """The document and the obligations of a table in the packs in use.

    Refuses  definition-missing.
    """
    tasks = {item.id: item for item in packs.all(TaskTable)}
    found = tasks[table] if table in tasks else packs.get(TargetTable, table)
    head = packs.get(InstrumentShape, found.instrument)
    by_table: dict[str, list[Target | Task]] = {}
    for one in packs.all(TargetTable):
        if one.instrument == head.id:
            by_table[one.id] = [target_of(entry) for entry in one.entries]
    for other in packs.all(TaskTable):
        if other.instrument == head.id:
            by_table[other.id] = [task_of(entry) for entry in other.entries]
    held = tuple(item for items in by_table.values() for item in items)
    file = ", ".join(by_table)
    document = AdoptedDocument(head.id, head.label.zh, file, head.number, head.issuer, head.issued, held)
    return document, by_table[table]


def _spans(lines: Sequence[str]) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in lines:
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found
