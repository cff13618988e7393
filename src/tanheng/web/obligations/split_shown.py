"""What pages show of splits: values for templates, nothing is read here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tanheng.web.obligations.split_figures import Whole
from tanheng.web.ui.figure import Figure


@dataclass(frozen=True)
class SplitLine:
    """A split in the list: where it stands, and whether the reader has something to do; `problem` where its plan can
    no longer be read.
    """

    id: str
    href: str
    label: str
    target: str
    due: str
    stage: str
    state: str
    number: int
    answered: int | None
    asked: int
    waits: bool
    target_label: str = ""
    problem: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class StageShown:
    """A stage of the procedure: done, now or still to come."""

    label: str
    state: str


@dataclass(frozen=True)
class ValueShown:
    """A value of a round: how it is shown, and which way it went since the round before."""

    figure: Figure | None
    way: str


@dataclass(frozen=True)
class SubjectLine:
    """A subject through the rounds: its values side by side, and what was asked for about it."""

    subject: str
    label: str
    values: Sequence[ValueShown]
    now: str
    asked: Sequence[RequestShown]
    answer: AnswerShown | None
    target: str


@dataclass(frozen=True)
class RequestShown:
    """Who asked for what, what became of it and why; empty where nothing is decided."""

    who: str
    asked: str
    outcome: str
    word: str
    reason: str
    round: int


@dataclass(frozen=True)
class AnswerShown:
    """The answer of a subject that counts: what it asks for and why, who gave it, and when; `agrees` where nothing."""

    asked: str
    why: str
    who: str
    at: datetime
    position: int
    agrees: bool


@dataclass(frozen=True)
class RoundShown:
    """A round in the history: its stage, who made it, when, what was said with it."""

    number: int
    label: str
    who: str
    at: datetime
    note: str
    signed_by: str


@dataclass(frozen=True)
class SplitPage:
    """One split as its reader sees it: whole, or one subject of it."""

    id: str
    label: str
    facts: Sequence[tuple[str, str]]
    target: tuple[str, str]
    stage: str
    stage_label: str
    provisional: bool
    stages: Sequence[StageShown]
    heads: Sequence[tuple[int, str]]
    lines: Sequence[SubjectLine]
    others: Sequence[tuple[str, str, str]]
    rounds: Sequence[RoundShown]
    whole: Whole | None
    no_whole: str
    unit: str
    leads: bool
    reads_whole: bool
    may_answer: bool
    moves: Sequence[str]
    unasked: Sequence[RequestShown]
    expected: int
    token: str
    instrument: str
    result: str

    @property
    def last_answer(self) -> int:
        """The position of the last answer on the page: whoever enters one from paper has seen it."""
        return max((line.answer.position for line in self.lines if line.answer is not None), default=0)
