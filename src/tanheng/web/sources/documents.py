"""The documents of the library, and one of them with its clauses, its text and what it demands. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation import Target
from tanheng.policy.proposals import Clause, Reading
from tanheng.records.obligation_models import Instrument, Succession
from tanheng.records.selecting import latest, log_position
from tanheng.records.standing_obligations import (
    RecordedObligation,
    instruments_as_of,
    kept_reading,
    obligations_as_of,
    revisions_of,
)
from tanheng.reports.demand_words import demand_said
from tanheng.web.directory.scope import Scope
from tanheng.web.sources.marked_text import Mark, Piece, around, pieces
from tanheng.web.ui.words import language, said

READ = "read_library"
_AROUND = 400


@dataclass(frozen=True)
class DocumentLine:
    """A document in the list: how many targets and tasks stand in it, and what has taken its place."""

    instrument: Instrument
    targets: int
    tasks: int
    replaced_by: Sequence[Succession]


@dataclass(frozen=True)
class ObligationLine:
    """A target or task as a list shows it."""

    id: str
    label: str
    is_target: bool
    clause: str
    lead: str
    due: str
    ended_by: str
    demand: str = ""


@dataclass(frozen=True)
class ClauseLine:
    """A clause with its depth in the tree and what it demands."""

    address: str
    heading: str
    depth: int
    obligations: Sequence[ObligationLine]


@dataclass(frozen=True)
class DocumentPage:
    """A document: its head, its clauses as a tree, what it demands, and what replaces what."""

    instrument: Instrument
    clauses: Sequence[ClauseLine]
    elsewhere: Sequence[ObligationLine]
    earlier: Sequence[Succession]
    later: Sequence[Succession]
    targets: int
    tasks: int


@dataclass(frozen=True)
class TextPage:
    """The text of a document in pieces, what it demands marked."""

    instrument: Instrument
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Decided:
    """One decision of a review about an obligation."""

    position: int
    day: date
    decision: str
    reason: str
    proposed: Mapping[str, object]


@dataclass(frozen=True)
class PassagePage:
    """One obligation and the passage that demands it."""

    instrument: Instrument
    line: ObligationLine
    before: str
    marked: str
    after: str
    decisions: Sequence[Decided]


def document_lines(scope: Scope, day: date) -> list[DocumentLine]:
    """Every recorded document, the latest issued first.

    Refuses  not-permitted.
    """
    scope.require(READ)
    obligations, replaced = obligations_as_of(day), _successions()
    lines = []
    for instrument in instruments_as_of():
        own = [item for item in obligations if item.row.instrument == instrument.instrument]
        targets = sum(isinstance(item.obligation, Target) for item in own)
        later = [item for item in replaced if item.earlier == instrument.instrument]
        lines.append(DocumentLine(instrument, targets, len(own) - targets, later))
    return sorted(lines, key=lambda line: (line.instrument.issued or date.min, line.instrument.title), reverse=True)


def document_page(scope: Scope, id: str, day: date) -> DocumentPage:
    """One document.

    Refuses  not-permitted, instrument-unknown.
    """
    scope.require(READ)
    instrument, replaced = instrument_of(id), _successions()
    own = obligations_as_of(day, instrument=id)
    clauses = clauses_of(instrument)
    lines = [_clause(clause, depth, own) for clause, depth in _nested(clauses)]
    placed = {line.id for clause in lines for line in clause.obligations}
    elsewhere = [line for line in map(obligation_line, own) if line.id not in placed]
    targets = sum(isinstance(item.obligation, Target) for item in own)
    return DocumentPage(
        instrument,
        lines,
        elsewhere,
        [item for item in replaced if item.later == id],
        [item for item in replaced if item.earlier == id],
        targets,
        len(own) - targets,
    )


def text_page(scope: Scope, id: str, day: date) -> TextPage:
    """The text of a document, with every passage that demands something marked.

    Refuses  not-permitted, instrument-unknown.
    """
    scope.require(READ)
    instrument = instrument_of(id)
    marks = [Mark(_span(item), obligation_line(item)) for item in obligations_as_of(day, instrument=id)]
    first = {clause.address: clause.span[0] for clause in reversed(clauses_of(instrument))}
    anchors = [(start, address) for address, start in first.items()]
    return TextPage(instrument, pieces(str(kept_reading(instrument)["text"]), marks, anchors))


def passage_page(scope: Scope, id: str, obligation: str, day: date) -> PassagePage:
    """One obligation with the passage around it and every decision about it.

    Refuses  not-permitted, instrument-unknown, obligation-unknown.
    """
    scope.require(READ)
    instrument = instrument_of(id)
    own = obligations_as_of(day, instrument=id)
    found = next((item for item in own if item.obligation.id == obligation), None)
    if found is None:
        raise Refusal("obligation-unknown", id=obligation)
    before, marked, after = around(str(kept_reading(instrument)["text"]), _span(found), _AROUND)
    decisions = [
        Decided(row.position, row.event.at.date(), row.decision, row.reason, row.proposed)
        for row in revisions_of(obligation)
    ]
    return PassagePage(instrument, obligation_line(found), before, marked, after, decisions)


def instrument_of(id: str) -> Instrument:
    """A recorded document.

    Refuses  instrument-unknown.
    """
    known = {item.instrument: item for item in instruments_as_of()}
    if id not in known:
        raise Refusal("instrument-unknown", id=id, known=", ".join(known) or "-")
    return known[id]


def clauses_of(instrument: Instrument) -> tuple[Clause, ...]:
    """The clauses of a document; none where it was recorded without them, such as a table of targets."""
    kept = kept_reading(instrument)
    return Reading.of_json(kept["reading"]).clauses if "reading" in kept else ()


def obligation_line(item: RecordedObligation) -> ObligationLine:
    """An obligation as lists show it."""
    obligation = item.obligation
    is_target = isinstance(obligation, Target)
    due = obligation.demand.by if isinstance(obligation, Target) else obligation.schedule
    ended = item.ended_by.later if item.ended_by else ""
    lead = "、".join(obligation.lead_parties)
    demand = demand_said(obligation, language()) if isinstance(obligation, Target) else ""
    return ObligationLine(obligation.id, said(obligation.label), is_target, obligation.clause, lead, due, ended, demand)


def _nested(clauses: Sequence[Clause]) -> list[tuple[Clause, int]]:
    """Clauses in the order of the document, each with how deep its address lies: 二（一）1 in 二（一）, that in 二."""
    addresses = {clause.address for clause in clauses}
    return [(clause, sum(_within(clause.address, other) for other in addresses)) for clause in clauses]


def _within(address: str, other: str) -> bool:
    return address != other and address.startswith(other)


def _clause(clause: Clause, depth: int, own: Sequence[RecordedObligation]) -> ClauseLine:
    lines = [obligation_line(item) for item in own if item.obligation.clause.partition("#")[2] == clause.address]
    return ClauseLine(clause.address, clause.heading, depth, lines)


def _span(item: RecordedObligation) -> tuple[int, int]:
    start, end = item.row.span
    return int(start), int(end)


def _successions() -> list[Succession]:
    return list(latest(Succession, log_position()).values())
