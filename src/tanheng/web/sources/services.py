"""What the pages of the library do."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from tanheng.kernel.faults import Refusal, blockers
from tanheng.policy.proposals import Reading
from tanheng.policy.reading import read_source, source_of
from tanheng.policy.review_columns import DECISION, REASON
from tanheng.policy.review_sheet import rows_of
from tanheng.policy.review_words import ACCEPT
from tanheng.policy.review_writing import default_instrument
from tanheng.policy.source_text import SourceText
from tanheng.records.chain import lock_log
from tanheng.records.models import Person
from tanheng.records.obligation_models import Succession
from tanheng.records.obligations import RecordedReview, record_review
from tanheng.records.site_files import blobs
from tanheng.records.succeeding import succeed_instrument
from tanheng.web.directory.scope import Scope
from tanheng.web.sources.models import DISCARDED, OPEN, REGISTERED, Draft, DraftRow
from tanheng.web.sources.reviewing import ADOPT, draft_of, english, lexicon, review_of, row_of

LARGEST = 30 * 1024 * 1024
"""The size in bytes up to which a document is taken: a scanned plan has some ten megabytes."""
TAKEN = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
_LONGEST_NAME = 80  # a file system takes 255 bytes, and a Chinese sign is three
_HEAD = ("instrument", "title", "number", "issuer", "issued", "periods")


def begin_review(*, scope: Scope, person: Person, file: UploadedFile) -> Draft:
    """Reads an uploaded document and opens its review; where one of the very file is open, that one.

    Refuses  not-permitted; document-too-large, document-kind-unknown; as reading a document refuses.
    """
    scope.require(ADOPT)
    name = Path(str(file.name).replace("\\", "/")).name[-_LONGEST_NAME:]
    if file.size is None or file.size > LARGEST:
        raise Refusal("document-too-large", file=name, most=LARGEST // 1024**2)
    if Path(name).suffix.lower() not in TAKEN:
        raise Refusal("document-kind-unknown", file=name, kinds="、".join(TAKEN))
    content = file.read()
    source = blobs().put(content)
    return _open_review(source) or _begun(name, content, source, person)


def _open_review(source: str) -> Draft | None:
    return Draft.objects.filter(source=source, state=OPEN).first()


def _begun(name: str, content: bytes, source: str, person: Person) -> Draft:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        read = source_of(path)
    words = lexicon()
    reading = read_source(read, words)
    places = [[place.start, place.name] for place in read.places]
    kept = {"text": read.text, "media": read.media, "places": places, "reading": reading.as_json()}
    head = reading.instrument
    with transaction.atomic():
        lock_log()  # two who upload one file at once go through one review
        if (known := _open_review(source)) is not None:
            return known
        draft = Draft.objects.create(
            instrument=default_instrument(content),
            title=head.title,
            number=head.number,
            issuer=head.issuer,
            issued=head.date or "",
            periods="、".join(head.periods),
            file=name,
            source=source,
            reading=blobs().put(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()),
            begun_by=person.id,
        )
        DraftRow.objects.bulk_create(
            DraftRow(draft=draft, sheet=sheet, key=key, place=place, cells=dict(cells))
            for place, (sheet, key, cells) in enumerate(_rows(Reading.of_json(reading.as_json()), read), 1)
        )
    return draft


def _rows(reading: Reading, source: SourceText) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Targets first, then tasks, each in the order of the document."""
    for sheet, rows in rows_of(reading, source, english()).items():
        for key, cells in rows.items():
            yield sheet, key, cells


def save_proposal(
    *, scope: Scope, person: Person, draft: UUID, key: str, version: int, cells: Mapping[str, str]
) -> DraftRow:
    """Saves the form of one proposal. What cannot be used is kept and said; registering asks for it again.

    Refuses  not-permitted, review-unknown, review-proposal-unknown; review-row-changed: somebody saved it meanwhile.
    """
    found = draft_of(scope, draft)
    with transaction.atomic():
        row = row_of(found, key)
        known = {heading: text.strip() for heading, text in cells.items() if heading in row.cells}
        merged = {**row.cells, **known}
        if merged == row.cells:
            return row
        changed = {"cells": merged, "changed_by": person.id, "changed_at": timezone.now(), "version": version + 1}
        if not DraftRow.objects.filter(pk=row.pk, version=version).update(**changed):
            raise Refusal("review-row-changed", key=key)
    return row_of(found, key)


def accept_proposals(*, scope: Scope, person: Person, draft: UUID, keys: Sequence[str]) -> int:
    """Accepts those of the named proposals that nobody has decided about; how many there were.

    Refuses  not-permitted, review-unknown.
    """
    found, accepted = draft_of(scope, draft), 0
    with transaction.atomic():
        for row in found.rows.filter(key__in=keys):
            if not row.cells[DECISION]:
                save_proposal(
                    scope=scope,
                    person=person,
                    draft=draft,
                    key=row.key,
                    version=row.version,
                    cells={DECISION: ACCEPT, REASON: row.cells[REASON]},
                )
                accepted += 1
    return accepted


def save_head(*, scope: Scope, draft: UUID, version: int, head: Mapping[str, str]) -> Draft:
    """Saves the head of the document of a review.

    Refuses  not-permitted, review-unknown; review-row-changed: somebody saved it meanwhile.
    """
    found = draft_of(scope, draft)
    said = {name: head[name].strip() for name in _HEAD if name in head}
    if not Draft.objects.filter(pk=found.pk, version=version).update(**said, version=version + 1):
        raise Refusal("review-row-changed", key=found.instrument)
    return draft_of(scope, draft)


def register_review(*, scope: Scope, person: Person, draft: UUID) -> RecordedReview:
    """Records every decision of a review, and the document with it: one event, or nothing.

    Refuses  not-permitted, review-unknown; review-not-ready: a row cannot be used, or nothing is decided; whatever
             recording a review refuses.
    """
    with transaction.atomic():
        lock_log()  # whoever registers at the same moment finds it registered
        found = draft_of(scope, draft)
        review = review_of(found)
        wrong = blockers(review.findings)
        if wrong or not review.decisions:
            raise Refusal("review-not-ready", wrong=len(wrong), decided=len(review.decisions))
        done = record_review(review.instrument, review.decisions, person, note=found.file)
        Draft.objects.filter(pk=found.pk).update(state=REGISTERED, position=done.position)
    return done


def discard_review(*, scope: Scope, draft: UUID) -> None:
    """Ends a review without recording anything; the file stays among the kept ones.

    Refuses  not-permitted, review-unknown.
    """
    with transaction.atomic():
        lock_log()  # what is being registered at the same moment is not discarded
        found = draft_of(scope, draft)
        Draft.objects.filter(pk=found.pk).update(state=DISCARDED)


def succeed_document(*, scope: Scope, person: Person, earlier: str, later: str, start: date, reason: str) -> Succession:
    """Records that a document takes the place of another from a day on.

    Refuses  not-permitted; as `succeed_instrument` refuses.
    """
    scope.require(ADOPT)
    return succeed_instrument(earlier, later, start, person, reason=reason)
