"""The rows of a review, wherever it is filled in: in a workbook or on pages; and a review read from rows on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tanheng.kernel.fact import plain_decimal
from tanheng.policy.proposals import Reading, TargetProposal
from tanheng.policy.registering import Proposal, keyed, label_of
from tanheng.policy.review_columns import (
    CLAUSE,
    DECISION,
    ID,
    LABEL,
    LABEL_EN,
    PLACE,
    PROPOSER,
    QUOTE,
    REASON,
    TARGET_COLUMNS,
    TASK_COLUMNS,
    Column,
)
from tanheng.policy.review_reading import Review
from tanheng.policy.review_rows import RowReader
from tanheng.policy.review_words import TARGETS, TASKS
from tanheng.policy.source_text import SourceText
from tanheng.records.obligations import Decision, ReviewedInstrument
from tanheng.store.sheets import Sheet

FRAME = (ID, CLAUSE, PLACE, QUOTE, DECISION, REASON, LABEL, LABEL_EN)
"""What stands before the fields of a proposal."""

COLUMNS: Mapping[str, Sequence[Column]] = {TARGETS: TARGET_COLUMNS, TASKS: TASK_COLUMNS}
"""The fields of each sheet of a review."""

Cells = Mapping[str, str]


def headings_of(columns: Sequence[Column]) -> list[str]:
    """The heading row of a sheet."""
    return [*FRAME, *(column.heading for column in columns), PROPOSER]


def cells_of(
    key: str, proposal: Proposal, columns: Sequence[Column], source: SourceText, english: Mapping[str, str]
) -> list[str | Decimal]:
    """The row of a proposal as it was made: nothing decided yet."""
    label = label_of(proposal, english)
    quote = proposal.quote if isinstance(proposal, TargetProposal) else proposal.text
    frame = [key, proposal.clause, source.place(proposal.span[0]), quote, "", "", label.zh, label.en]
    return [*frame, *(column.shown(getattr(proposal, column.name)) for column in columns), proposal.proposer]


def rows_of(reading: Reading, source: SourceText, english: Mapping[str, str]) -> dict[str, dict[str, Cells]]:
    """Every row of a review by sheet and key, each cell as text under its heading."""
    proposals: Mapping[str, Sequence[Proposal]] = {TARGETS: reading.targets, TASKS: reading.tasks}
    found: dict[str, dict[str, Cells]] = {}
    for sheet, columns in COLUMNS.items():
        headings, rows = headings_of(columns), keyed(proposals[sheet])
        found[sheet] = {
            key: dict(zip(headings, map(_text, cells_of(key, each, columns, source, english)), strict=True))
            for key, each in rows.items()
        }
    return found


def review_of_rows(
    rows: Mapping[str, Sequence[Cells]],
    reading: Reading,
    source: SourceText,
    instrument: ReviewedInstrument,
    english: Mapping[str, str],
) -> Review:
    """What rows filled in on pages decide; the same rules as for a workbook, whose places the findings name.

    Reads    rows: those of each sheet in their order; row 1 of a place is the heading, the first row is row 2.
    """
    decisions, undecided, findings = list[Decision](), list[str](), []
    proposals: Mapping[str, Sequence[Proposal]] = {TARGETS: reading.targets, TASKS: reading.tasks}
    for name, columns in COLUMNS.items():
        headings = headings_of(columns)
        values = [headings, *([row[heading] for heading in headings] for row in rows[name])]
        sheet = Sheet(instrument.file, name, [list(value) for value in values])
        reader = RowReader(sheet, columns, keyed(proposals[name]), reading, source, instrument.id, english)
        found, problems = reader.read()
        decisions += [item for item in found if isinstance(item, Decision)]
        undecided += [item for item in found if isinstance(item, str)]
        findings += problems
    return Review(instrument, tuple(decisions), tuple(undecided), tuple(findings))


def _text(cell: str | Decimal) -> str:
    return plain_decimal(cell) if isinstance(cell, Decimal) else cell
