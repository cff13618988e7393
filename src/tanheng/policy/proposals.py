"""What a reading of a document gives: proposals, each with its place in the source; nothing here is registered yet.

A `span` is a pair of character offsets into the text of the source (`SourceText.text`), the end not included. For a
plain text file that text is the decoded file itself, character for character.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

Span = tuple[int, int]


class Operator(StrEnum):
    """How the value of a target is meant. `threshold` limits to whom something applies and is not an outcome."""

    DOWN = "down"
    DOWN_AT_LEAST = "down_at_least"
    UP = "up"
    UP_TO = "up_to"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    REACH = "reach"
    ABOUT = "about"
    RANGE = "range"
    CHANGE = "change"
    NO_INCREASE = "no_increase"
    NO_DECREASE = "no_decrease"
    COVER_ALL = "cover_all"
    START = "start"
    COMPLETE = "complete"
    BEFORE = "before"
    FORBID = "forbid"
    MULTIPLY = "multiply"
    ASSIGNED = "assigned"
    FORMULA = "formula"
    THRESHOLD = "threshold"
    QUALITATIVE = "qualitative"


@dataclass(frozen=True)
class Instrument:
    """The document: `date` as 2024-03-26, `periods` as the kernel reads them (2024, 2021..2025)."""

    title: str
    number: str = ""
    issuer: str = ""
    date: str | None = None
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clause:
    """An addressable place: a numbered clause, a table row, a note, an annex."""

    address: str
    heading: str
    span: Span


@dataclass(frozen=True)
class TargetProposal:
    """A number or a state demanded of somebody.

    `value` and `value_high` are in `unit` as printed, `value_norm` in `unit_norm`. `target_period` is a period of the
    kernel, or `2022..` for a demand that holds from a year on. `proposer` names who proposed it: `grammar` is ours.
    `lead_inferred` says that the parties stand elsewhere in the document, beside the same target.
    """

    indicator: str
    operator: Operator
    clause: str
    quote: str
    span: Span
    indicator_id: str | None = None
    subject: str = ""
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    value_norm: Decimal | None = None
    unit_norm: str | None = None
    base_period: str | None = None
    target_period: str | None = None
    tier: str | None = None
    force: str | None = None
    kind: str = "numeric"
    condition: str = ""
    lead_parties: tuple[str, ...] = ()
    supporting_parties: tuple[str, ...] = ()
    lead_inferred: bool = False
    proposer: str = "grammar"


@dataclass(frozen=True)
class TaskProposal:
    """A deed demanded: `open_list` where the list of parties ends in 等 and is not complete."""

    number: str
    category: str
    text: str
    clause: str
    span: Span
    schedule: str = ""
    lead_parties: tuple[str, ...] = ()
    supporting_parties: tuple[str, ...] = ()
    open_list: bool = False
    proposer: str = "grammar"


@dataclass(frozen=True)
class DocumentFinding:
    """Something about the document itself: a slip, a contradiction, an implausible figure, a task without a lead.

    `code` is in the list of codes; `message` and `next_step` are its sentences in both languages. `suggestion` is the
    likely reading, empty where there is none.
    """

    code: str
    severity: str
    message: Mapping[str, str]
    next_step: Mapping[str, str]
    span: Span
    place: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Reading:
    """Everything read from one document, in the order of the document."""

    instrument: Instrument
    clauses: tuple[Clause, ...] = ()
    targets: tuple[TargetProposal, ...] = ()
    tasks: tuple[TaskProposal, ...] = ()
    findings: tuple[DocumentFinding, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The reading as `tanheng policy read --json` prints it."""
        return {
            "instrument": _written(self.instrument),
            "clauses": [_written(item) for item in self.clauses],
            "targets": [_written(item) for item in self.targets],
            "tasks": [_written(item) for item in self.tasks],
            "findings": [_written(item) for item in self.findings],
        }

    @staticmethod
    def of_json(document: Mapping[str, Any]) -> Reading:
        """The reading that `as_json` wrote.

        Refuses  KeyError, TypeError, ValueError: a document of another shape.
        """
        return Reading(
            _read(Instrument, document["instrument"]),
            tuple(_read(Clause, item) for item in document["clauses"]),
            tuple(_read(TargetProposal, item) for item in document["targets"]),
            tuple(_read(TaskProposal, item) for item in document["tasks"]),
            tuple(_read(DocumentFinding, item) for item in document["findings"]),
        )


def plain_number(value: Decimal) -> int | float:
    """A number as JSON has it: whole numbers without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


def _written(item: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(item, field.name)) for field in fields(item)}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value


def _read(shape: type[Any], data: Mapping[str, Any]) -> Any:
    return shape(**{name: _typed(name, value) for name, value in data.items()})


def _typed(name: str, value: object) -> object:
    if name.startswith("value") and isinstance(value, int | float):
        return Decimal(str(value))
    if name == "operator":
        return Operator(str(value))
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
