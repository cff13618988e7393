"""The rows of one sheet of a review: each a decision about a proposal, an open one, or a finding with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.obligation import Target, Task, document_of, obligation_of
from tanheng.kernel.pack.shape import Label
from tanheng.papers.sheets import LONGEST_CELL
from tanheng.policy.proposals import Operator, Reading, Span, TargetProposal, TaskProposal
from tanheng.policy.registering import Proposal, in_step, label_of, obligation_from, proposal_key
from tanheng.policy.review_columns import (
    CLAUSE,
    DECISION,
    FIXED,
    ID,
    LABEL,
    LABEL_EN,
    PLACE,
    QUOTE,
    REASON,
    TARGET_COLUMNS,
    Column,
    written,
)
from tanheng.policy.review_words import ACCEPT, CORRECT, DECISIONS, OPEN, REJECT
from tanheng.policy.source_text import SourceText
from tanheng.records.obligations import Decision
from tanheng.store.plain_text import inert
from tanheng.store.sheets import Sheet

REVIEWER = "reviewer"
_BLANK = re.compile(r"\s+")
_SHOWN = 24
_MEANT = {"": OPEN, "accept": ACCEPT, "correct": CORRECT, "reject": REJECT, "open": OPEN}


class RowReader:
    """Reads one sheet. Nothing is raised: every problem of every row is a finding."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Sequence[Column],
        proposals: Mapping[str, Proposal],
        reading: Reading,
        source: SourceText,
        instrument: str,
        english: Mapping[str, str],
    ) -> None:
        self.sheet, self.columns, self.proposals, self.instrument = sheet, columns, proposals, instrument
        self.reading, self.source, self.english = reading, source, english
        width = range(1, sheet.width + 1)
        self.at = {written(sheet.value(1, column)): column for column in width if sheet.value(1, column) is not None}
        self.findings = list[Finding]()

    def read(self) -> tuple[list[Decision | str], list[Finding]]:
        """The decisions, the keys of proposals that are left open, and the findings."""
        needed = [*FIXED, DECISION, REASON, LABEL, LABEL_EN, *(column.heading for column in self.columns)]
        missing = [heading for heading in needed if heading not in self.at]
        if missing:
            return [], [Finding("review-heading-missing", self.sheet.place, {"heading": name}) for name in missing]
        found = [item for row in self._rows() for item in self._row(row)]
        self._told_rows_are_there()
        return found, self.findings

    def _rows(self) -> Iterator[int]:
        for row in range(2, len(self.sheet.values) + 1):
            if any(not cell.is_empty for cell in self.sheet.row(row)):
                yield row

    def _row(self, row: int) -> Iterator[Decision | str]:
        key = self._text(row, ID)
        before = len(self.findings)
        proposal = self._proposal(row, key)
        decision = self._decision(row, key)
        if proposal is None or decision is None:
            return
        read = self._corrected(row, proposal)
        if any(item.severity is Severity.BLOCKER for item in self.findings[before:]):
            return
        changed = self._changes(proposal, read) if key else {}
        if decision == OPEN:
            if changed:
                self._warn("review-open-with-changes", row, key=key, fields=self._headings(changed))
            yield key
            return
        yield from self._decided(row, key or proposal_key(read), decision, read, changed, added=not key)

    def _decided(
        self, row: int, key: str, decision: str, read: Proposal, changed: Mapping[str, object], *, added: bool
    ) -> Iterator[Decision]:
        reason = self._text(row, REASON)
        if decision == REJECT and not reason:
            self._find("review-reason-missing", row, REASON, key=key)
            return
        if decision == ACCEPT and changed:
            self._warn("review-accepted-with-changes", row, key=key, fields=self._headings(changed))
        if decision == CORRECT and not changed and not added:
            self._warn("review-corrected-without-changes", row, key=key)
        obligation = self._obligation(row, key, read)
        if obligation is not None:
            rejected = decision == REJECT
            kept = {} if rejected else changed
            yield Decision(obligation, read.span, read.proposer, rejected=rejected, proposed=kept, reason=reason)

    def _obligation(self, row: int, key: str, read: Proposal) -> Target | Task | None:
        """The obligation, checked by its exchange form."""
        label = self._label(row, self.proposals[key] if key in self.proposals else read, read)
        made = obligation_from(read, f"{self.instrument}.{key}", self.instrument, label)
        try:
            return obligation_of(document_of(made))
        except Refusal as refusal:
            heading = "要求" if "要求" in self.at else ID
            self._find("review-cell-unreadable", row, heading, heading=heading, text=self._text(row, heading),
                       problem=refusal.fields["problem"])  # fmt: skip
            return None

    def _label(self, row: int, before: Proposal, after: Proposal) -> Label:
        """The label in the cells; one that nobody touched follows the correction."""
        first, now = label_of(before, self.english), label_of(after, self.english)
        zh, en = self._text(row, LABEL), self._text(row, LABEL_EN)
        return Label(zh=now.zh if zh in ("", first.zh) else zh, en=now.en if en in ("", first.en) else en)

    def _proposal(self, row: int, key: str) -> Proposal | None:
        """The proposal that a row is about; an added row is one of the reviewer."""
        if not key:
            return self._added(row)
        if key not in self.proposals:
            self._find("review-row-unknown", row, ID, key=key)
            return None
        proposal = self.proposals[key]
        quote = proposal.quote if isinstance(proposal, TargetProposal) else proposal.text
        stood = {CLAUSE: proposal.clause, PLACE: self.source.place(proposal.span[0]), QUOTE: quote}
        for heading, expected in stood.items():
            actual = self._text(row, heading)
            if _bare(actual) != _bare(written(inert(expected)[:LONGEST_CELL])):
                shown = {"expected": expected[:_SHOWN], "actual": actual[:_SHOWN]}
                self._find("review-fixed-changed", row, heading, heading=heading, **shown)
        return proposal

    def _added(self, row: int) -> Proposal | None:
        quote = self._text(row, QUOTE)
        span = _found_once(quote, self.source.text)
        if span is None:
            self._find("review-quote-nowhere", row, QUOTE, quote=quote[:_SHOWN])
            return None
        clause = self._text(row, CLAUSE) or self._clause_at(span)
        if self.columns is TARGET_COLUMNS:
            return TargetProposal("", Operator.QUALITATIVE, clause, quote, span, proposer=REVIEWER)
        return TaskProposal("", "", quote, clause, span, proposer=REVIEWER)

    def _clause_at(self, span: Span) -> str:
        """The narrowest clause around a place of the document."""
        around = [item for item in self.reading.clauses if item.span[0] <= span[0] < item.span[1]]
        return min(around, key=lambda item: item.span[1] - item.span[0]).address if around else ""

    def _decision(self, row: int, key: str) -> str | None:
        text = self._text(row, DECISION)
        if not key and not text:
            return ACCEPT if self._text(row, QUOTE) else OPEN
        meant = _MEANT.get(text.lower(), text)
        if meant not in DECISIONS:
            self._find("review-decision-unknown", row, DECISION, text=text, choices="、".join(DECISIONS))
            return None
        return meant

    def _corrected(self, row: int, proposal: Proposal) -> Proposal:
        """The proposal with what stands in the cells; one that cannot be read is a finding."""
        changes = dict[str, Any]()
        for column in self.columns:
            text = self._text(row, column.heading)
            try:
                changes[column.name] = column.read(text)
            except ValueError as error:
                self._find("review-cell-unreadable", row, column.heading, heading=column.heading, text=text,
                           problem=str(error))  # fmt: skip
        if "operator" in changes and changes["operator"] is None:
            del changes["operator"]  # an empty cell leaves the demand as it was proposed
        if "kind" in changes and changes["kind"] is None:
            changes["kind"] = "numeric"
        if isinstance(proposal, TargetProposal):
            return in_step(proposal, replace(proposal, **changes))
        return replace(proposal, **changes)

    def _changes(self, before: Proposal, after: Proposal) -> dict[str, object]:
        """What was proposed, for each field that now says something else."""
        return {
            column.name: _plain(getattr(before, column.name))
            for column in self.columns
            if _compared(getattr(before, column.name)) != _compared(getattr(after, column.name))
        }

    def _told_rows_are_there(self) -> None:
        places = dict[str, int]()
        for row in self._rows():
            key = self._text(row, ID)
            if key and key in places:
                self._find("review-row-twice", row, ID, key=key, first=self.sheet.at(places[key], self.at[ID]))
            elif key:
                places[key] = row
        for key, proposal in self.proposals.items():
            if key not in places:
                quote = proposal.quote if isinstance(proposal, TargetProposal) else proposal.text
                fields = {"key": key, "quote": quote[:_SHOWN]}
                self.findings.append(Finding("review-row-missing", self.sheet.place, fields))

    def _text(self, row: int, heading: str) -> str:
        return written(self.sheet.value(row, self.at[heading]))

    def _headings(self, fields: Mapping[str, object]) -> str:
        return "、".join(column.heading for column in self.columns if column.name in fields)

    def _find(self, code: str, row: int, column: str, **fields: object) -> None:
        self.findings.append(Finding(code, self.sheet.at(row, self.at[column]), fields))

    def _warn(self, code: str, row: int, **fields: object) -> None:
        self.findings.append(Finding(code, self.sheet.at(row, self.at[DECISION]), fields, Severity.WARNING))


def _bare(text: str) -> str:
    """A text without its blanks: a spreadsheet may break lines."""
    return _BLANK.sub("", text)


def _found_once(quote: str, text: str) -> Span | None:
    """Where a quote stands in the source, blanks ignored; None where it stands nowhere or more than once."""
    letters = _bare(quote)
    if not letters:
        return None
    found = [match.span() for match in re.finditer(r"\s*".join(map(re.escape, letters)), text)]
    return found[0] if len(found) == 1 else None


def _compared(value: Any) -> Any:
    """Fields that say the same: nothing is nothing, a number is its value."""
    return None if value in (None, "", (), False) and not isinstance(value, Decimal) else value


def _plain(value: Any) -> object:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return list(value) if isinstance(value, tuple) else value
