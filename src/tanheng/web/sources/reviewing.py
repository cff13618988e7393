"""What the pages of a review show. Reads only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tanheng.kernel.faults import Finding, Refusal
from tanheng.policy.proposals import Reading
from tanheng.policy.registering import english_names, keyed
from tanheng.policy.review_columns import CLAUSE, DECISION, LABEL, LABEL_EN, PLACE, PROPOSER, QUOTE, REASON, Column
from tanheng.policy.review_reading import Review, kept_text
from tanheng.policy.review_sheet import COLUMNS, headings_of, review_of_rows
from tanheng.policy.review_words import ACCEPT, CORRECT, DECISIONS, REJECT, TARGETS, TASKS
from tanheng.policy.review_words import OPEN as OPEN_WORD
from tanheng.policy.source_text import Place, SourceText
from tanheng.policy.words import Lexicon
from tanheng.records.obligations import ReviewedInstrument
from tanheng.records.people import names_of
from tanheng.records.site_files import blobs
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope
from tanheng.web.sources.marked_text import around
from tanheng.web.sources.models import OPEN, REGISTERED, Draft, DraftRow
from tanheng.web.ui.words import language

ADOPT = "adopt"
_AROUND = 600


@dataclass(frozen=True)
class Line:
    """A row of a review in the list."""

    key: str
    clause: str
    quote: str
    label: str
    decision: str
    problems: Sequence[Finding]


@dataclass(frozen=True)
class ReviewPage:
    """A review: its document, its rows by sheet, how far it has come, and what keeps it from being registered."""

    draft: Draft
    begun_by: str
    sheets: Sequence[tuple[str, Sequence[Line]]]
    """By the name of the sheet in the language of the page."""
    counts: Mapping[str, int]
    decided: int
    total: int
    findings: Sequence[Finding]
    about: Sequence[Finding]


@dataclass(frozen=True)
class Field:
    """A field of the form of a proposal."""

    heading: str
    name: str
    text: str
    proposed: str
    choices: Sequence[tuple[str, str]]
    problem: str = ""
    theirs: str | None = None
    long: bool = False


@dataclass(frozen=True)
class ProposalPage:
    """One proposal beside its passage: what was read, what stands in the form, and the rows before and after it."""

    draft: Draft
    row: DraftRow
    before: str
    marked: str
    after: str
    fields: Sequence[Field]
    decision: str
    reason: str
    decisions: Sequence[tuple[str, str]] = ()
    problems: Sequence[Finding] = ()
    previous: str = ""
    following: str = ""
    place: int = 0
    total: int = 0
    sheet: str = ""
    stands_at: str = ""
    changed_meanwhile: str = field(default="")


@dataclass(frozen=True)
class Kept:
    """The document of a review as it was read."""

    source: SourceText
    reading: Reading


def open_drafts(scope: Scope) -> list[Draft]:
    """The reviews in work, the latest first; none for whoever may not adopt."""
    return list(Draft.objects.filter(state=OPEN).order_by("-begun_at")) if scope.may(ADOPT) else []


def draft_of(scope: Scope, id: UUID) -> Draft:
    """A review in work.

    Refuses  not-permitted; review-unknown: none of that number, or it is registered or discarded.
    """
    scope.require(ADOPT)
    found = Draft.objects.filter(id=id, state=OPEN).first()
    if found is None:
        raise Refusal("review-unknown", id=str(id)[:8])
    return found


def registered_instrument(scope: Scope, id: UUID) -> str:
    """The document that a review was registered as.

    Refuses  not-permitted; review-unknown: none of that number, or it is not registered.
    """
    scope.require(ADOPT)
    found = Draft.objects.filter(id=id, state=REGISTERED).first()
    if found is None:
        raise Refusal("review-unknown", id=str(id)[:8])
    return found.instrument


def review_page(scope: Scope, id: UUID) -> ReviewPage:
    """A review with every row and everything that keeps it from being registered.

    Refuses  not-permitted, review-unknown.
    """
    draft = draft_of(scope, id)
    rows, review = _rows(draft), review_of(draft)
    problems = _by_key(rows, review.findings)
    sheets = [(sheet_said(name), [_line(row, problems) for row in rows[name]]) for name in (TARGETS, TASKS)]
    decisions = [line.decision for _, lines in sheets for line in lines]
    told = {id for found in problems.values() for id in map(_place, found)}
    return ReviewPage(
        draft=draft,
        begun_by=names_of([draft.begun_by]).get(draft.begun_by, ""),
        sheets=sheets,
        counts=Counter(decisions),
        decided=sum(bool(decision) for decision in decisions),
        total=len(decisions),
        findings=[item for item in review.findings if _place(item) not in told],
        about=_document_findings(draft),
    )


def proposal_page(
    scope: Scope, id: UUID, key: str, typed: Mapping[str, str] | None = None, problems: Sequence[Finding] = ()
) -> ProposalPage:
    """One proposal beside its passage.

    Reads    typed: what the form held, where it could not be saved; it is shown again beside what stands there now.
    Refuses  not-permitted, review-unknown, review-proposal-unknown.
    """
    draft = draft_of(scope, id)
    row = row_of(draft, key)
    keys = [each.key for each in draft.rows.all()]
    at = keys.index(key)
    kept, columns = kept_of(draft), COLUMNS[row.sheet]
    proposal = _proposals(kept.reading)[key]
    before, marked, after = around(kept.source.text, proposal.span, _AROUND)
    cells = {**row.cells, **typed} if typed else row.cells
    proposed = {column.heading: str(column.shown(getattr(proposal, column.name))) for column in columns}
    said = {item.fields["heading"]: item for item in problems if "heading" in item.fields}
    fields = [_field(row, cells, heading, columns, proposed, said, typed) for heading in _editable(columns)]
    return ProposalPage(
        draft,
        row,
        before,
        marked,
        after,
        fields,
        cells[DECISION],
        cells[REASON],
        decisions=[(word, decision_said(word)) for word in DECISIONS],
        problems=problems,
        previous=keys[at - 1] if at else "",
        following=keys[at + 1] if at + 1 < len(keys) else "",
        place=at + 1,
        total=len(keys),
        sheet=sheet_said(row.sheet),
        stands_at=row.cells[PLACE],
        changed_meanwhile=names_of([row.changed_by]).get(row.changed_by, "?") if typed and row.changed_by else "",
    )


def row_of(draft: Draft, key: str) -> DraftRow:
    """A row of a review.

    Refuses  review-proposal-unknown.
    """
    row = draft.rows.filter(key=key).first()
    if row is None:
        raise Refusal("review-proposal-unknown", key=key)
    return row


def review_of(draft: Draft) -> Review:
    """What the rows of a review decide, with everything that is wrong with them."""
    kept, rows = kept_of(draft), _rows(draft)
    cells = {name: [row.cells for row in found] for name, found in rows.items()}
    head = instrument_of_draft(draft, kept)
    return review_of_rows(cells, kept.reading, kept.source, head, english())


def kept_of(draft: Draft) -> Kept:
    """The document of a review as it was read when it was uploaded."""
    kept = json.loads(blobs().get(draft.reading))
    places = tuple(Place(start, name) for start, name in kept["places"])
    source = SourceText(draft.file, kept["media"], kept["text"], places)
    return Kept(source, Reading.of_json(kept["reading"]))


def instrument_of_draft(draft: Draft, kept: Kept) -> ReviewedInstrument:
    """The document as its reviewers left its head.

    Refuses  review-day-unreadable: the day of the document is none.
    """
    return ReviewedInstrument(
        id=draft.instrument,
        title=draft.title,
        file=draft.file,
        content=blobs().get(draft.source),
        reading=kept_text(kept.source, kept.reading),
        number=draft.number,
        issuer=draft.issuer,
        issued=day_of(draft.issued),
        periods=tuple(part for part in draft.periods.split("、") if part),
    )


def day_of(text: str) -> date | None:
    """A day as it was typed; None where nothing was.

    Refuses  review-day-unreadable.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refusal("review-day-unreadable", text=text) from error


def lexicon() -> Lexicon:
    """The words by which documents are read."""
    return Lexicon.of(packs_in_use())


def english() -> Mapping[str, str]:
    """The English names of indicators."""
    return english_names(lexicon())


def name_of(word: str, code: str) -> str:
    """A word of the workbook in the language of the page: the workbook itself is Chinese, its codes are English."""
    return word if language() == "zh" or not code else code.replace("_", " ")


def decision_said(word: str) -> str:
    """A decision in the language of the page; nothing for an open one."""
    codes = {ACCEPT: "accept", CORRECT: "correct", REJECT: "reject", OPEN_WORD: "open"}
    return name_of(word, codes[word]) if word in codes else word


def sheet_said(name: str) -> str:
    """The name of a sheet in the language of the page."""
    return name_of(name, {TARGETS: "Targets", TASKS: "Tasks"}[name])


def _rows(draft: Draft) -> dict[str, list[DraftRow]]:
    found: dict[str, list[DraftRow]] = {TARGETS: [], TASKS: []}
    for row in draft.rows.all():
        found[row.sheet].append(row)
    return found


def _line(row: DraftRow, problems: Mapping[str, Sequence[Finding]]) -> Line:
    cells = row.cells
    found = problems[row.key] if row.key in problems else ()
    label = cells[LABEL] if language() == "zh" else cells[LABEL_EN]
    return Line(row.key, cells[CLAUSE], cells[QUOTE], label, decision_said(cells[DECISION]), found)


def _by_key(rows: Mapping[str, Sequence[DraftRow]], findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Findings by the row they are about: a place ends in sheet and cell, as `plan.docx!目标!D5`."""
    found: dict[str, list[Finding]] = {}
    for item in findings:
        sheet, _, cell = item.place.rpartition("!")
        name, number = sheet.rpartition("!")[2], "".join(sign for sign in cell if sign.isdigit())
        if name in rows and number and 2 <= int(number) < len(rows[name]) + 2:
            found.setdefault(rows[name][int(number) - 2].key, []).append(item)
    return found


def problems_of(draft: Draft, key: str) -> list[Finding]:
    """What is wrong with one row."""
    found = _by_key(_rows(draft), review_of(draft).findings)
    return found[key] if key in found else []


def _place(item: Finding) -> str:
    return f"{item.code} {item.place}"


def _document_findings(draft: Draft) -> list[Finding]:
    return list(kept_of(draft).reading.findings)


def _proposals(reading: Reading) -> Mapping[str, object]:
    return {**keyed(reading.targets), **keyed(reading.tasks)}


def _editable(columns: Sequence[Column]) -> list[str]:
    shown = [heading for heading in headings_of(columns) if heading != PROPOSER]
    return [LABEL, LABEL_EN, *(heading for heading in shown if heading in {column.heading for column in columns})]


def _field(
    row: DraftRow,
    cells: Mapping[str, str],
    heading: str,
    columns: Sequence[Column],
    proposed: Mapping[str, str],
    said: Mapping[str, Finding],
    typed: Mapping[str, str] | None,
) -> Field:
    column = next((each for each in columns if each.heading == heading), None)
    theirs = row.cells[heading] if typed and row.cells[heading] != cells[heading] else None
    return Field(
        heading,
        name_of(heading, column.name if column else ""),
        cells[heading],
        proposed[heading] if heading in proposed else "",
        [(word, name_of(word, code)) for code, word in column.choices.items()] if column else (),
        said[heading].code if heading in said else "",
        theirs,
        long=column is not None and column.width >= 20,
    )
