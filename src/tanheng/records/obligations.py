"""Recording what a review of a document decided: its instrument and its obligations, under one event."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation import Target, Task, document_of
from tanheng.records.append_only import BatchRow
from tanheng.records.chain import append, lock_log
from tanheng.records.changes import Changes, Judged, Outcome
from tanheng.records.models import Person
from tanheng.records.obligation_models import ACCEPTED, CORRECTED, REJECTED, Instrument, Obligation
from tanheng.records.selecting import latest, log_position
from tanheng.records.site_files import blobs

REVIEW = "obligations"
_NAMED_AT_MOST = 20


@dataclass(frozen=True)
class ReviewedInstrument:
    """The document that was reviewed: its heading, the file itself, and the reading that was reviewed, as JSON."""

    id: str
    title: str
    file: str
    content: bytes
    reading: bytes
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What was decided about one proposal. `proposed` holds the earlier reading of each field that was corrected."""

    obligation: Target | Task
    span: tuple[int, int]
    proposer: str
    rejected: bool = False
    proposed: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""

    @property
    def name(self) -> str:
        """Accepted, corrected or rejected, as it is recorded."""
        if self.rejected:
            return REJECTED
        return CORRECTED if self.proposed else ACCEPTED


@dataclass(frozen=True)
class RecordedReview:
    """What came of a review: how many decisions were new, said something else, or nothing new; and where it stands.

    `position` is None where nothing was appended: there was nothing new, or it was a dry run.
    """

    new: int
    changed: int
    unchanged: int
    accepted: int
    corrected: int
    rejected: int
    position: int | None


def record_review(
    instrument: ReviewedInstrument, decisions: Sequence[Decision], actor: Person, note: str = "", dry_run: bool = False
) -> RecordedReview:
    """Appends an instrument and the decisions that say something new, under one event of kind `obligations`.

    Reads    decisions: those about proposals that were left open are not among them, and what was decided about these
             earlier stays as it is.
    Gives    the counts. The document and its reading are kept by hash, so that every span can be shown.
    Refuses  batch-states-twice: two decisions about one obligation; obligation-of-another-instrument: a clause of
             another document; instrument-is-another: the id belongs to another document. Nothing is written then.
    """
    _refuse_twice(decisions)
    _refuse_strangers(instrument, decisions)
    if dry_run:
        return _recorded(_changes(instrument, decisions), decisions, None)
    with transaction.atomic():
        lock_log()
        changes = _changes(instrument, decisions)
        if not changes.rows:
            return _recorded(changes, decisions, None)
        for content in (instrument.content, instrument.reading):
            blobs().put(content)
        payload = {"note": note, "instrument": instrument.id, **Counter(item.name for item in decisions)}
        position = append(REVIEW, payload, actor, changes.rows).position
    return _recorded(changes, decisions, position)


def _changes(instrument: ReviewedInstrument, decisions: Sequence[Decision]) -> Changes[BatchRow]:
    until = log_position()
    instruments, obligations = latest(Instrument, until), latest(Obligation, until)
    head = _instrument_row(instrument)
    known = instruments[head.identity()] if head.identity() in instruments else None
    if known is not None and known.source != head.source:
        raise Refusal("instrument-is-another", id=instrument.id, title=known.title, file=known.file)
    judged: list[Judged[BatchRow]] = [_judged(head, known)]
    for decision in decisions:
        row = _row(instrument, head.source, decision)
        judged.append(_judged(row, obligations[row.identity()] if row.identity() in obligations else None))
    return Changes(judged)


def _judged(row: BatchRow, earlier: BatchRow | None) -> Judged[BatchRow]:
    return Judged(row, earlier, earlier is not None and earlier.statement() == row.statement())


def _instrument_row(instrument: ReviewedInstrument) -> Instrument:
    return Instrument(
        instrument=instrument.id,
        title=instrument.title,
        number=instrument.number,
        issuer=instrument.issuer,
        issued=instrument.issued,
        periods=list(instrument.periods),
        file=instrument.file,
        source=hashlib.sha256(instrument.content).hexdigest(),
        reading=hashlib.sha256(instrument.reading).hexdigest(),
    )


def _row(instrument: ReviewedInstrument, source: str, decision: Decision) -> Obligation:
    return Obligation(
        obligation=decision.obligation.id,
        instrument=instrument.id,
        document=document_of(decision.obligation),
        span=list(decision.span),
        source=source,
        proposer=decision.proposer,
        decision=decision.name,
        proposed=dict(decision.proposed),
        reason=decision.reason,
    )


def _recorded(changes: Changes[BatchRow], decisions: Sequence[Decision], position: int | None) -> RecordedReview:
    about = Changes(changes.judged[1:])
    new, changed, unchanged = (about.count(outcome) for outcome in Outcome)
    names = [item.name for item in decisions]
    accepted, corrected, rejected = (names.count(name) for name in (ACCEPTED, CORRECTED, REJECTED))
    return RecordedReview(new, changed, unchanged, accepted, corrected, rejected, position)


def _refuse_twice(decisions: Sequence[Decision]) -> None:
    names = Counter(item.obligation.id for item in decisions)
    if twice := [name for name, count in names.items() if count > 1]:
        raise Refusal("batch-states-twice", count=len(twice), pairs="; ".join(twice[:_NAMED_AT_MOST]))


def _refuse_strangers(instrument: ReviewedInstrument, decisions: Sequence[Decision]) -> None:
    strangers = [item.obligation.id for item in decisions if item.obligation.instrument != instrument.id]
    if strangers:
        named = "; ".join(strangers[:_NAMED_AT_MOST])
        raise Refusal("obligation-of-another-instrument", instrument=instrument.id, obligations=named)
