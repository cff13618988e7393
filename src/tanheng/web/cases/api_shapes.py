"""What the API says of cases, procedures, jobs and delegations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from tanheng.web.ui.api_shapes import Asked, Day, Label, Shape, Text, Token


class InboxFilter(Asked):
    """Which cases."""

    share: Literal["mine", "ours", "ended"] = Field("mine", description="whose turn is mine, all open ones, the ended")


class CaseLineShape(Shape):
    """A case in one line."""

    href: str
    title: str
    procedure: str
    state: str
    holder: str = Field(description="whose turn it is; empty: it has ended")
    due: date | None
    due_words: str
    overdue: bool


class PieceShape(Shape):
    """A piece of evidence: its name and its size in bytes."""

    name: str
    size: int
    href: str


class StepShape(Shape):
    """A move that was made."""

    number: int
    label: str
    state: str
    who: str
    role: str
    party: str
    at: datetime
    said: str
    given: list[tuple[str, str]]
    addressee: str
    pieces: list[PieceShape]


class MoveShape(Shape):
    """A move that the reader may make now."""

    id: str = Field(examples=["return"])
    label: Label
    needs: list[str] = Field(description="what it needs: text, evidence, addressee, due, …")
    takes: list[str] = Field(description="what it may bring beside that")


class CaseShape(Shape):
    """A case with its history."""

    id: str = Field(examples=["supervision_note/1"])
    number: int = Field(description="of its last move: send it as `expected`, so that nobody's move is overtaken")
    line: CaseLineShape
    about: str
    subject: str
    opener: str
    steps: list[StepShape]
    moves: list[MoveShape]


class StateShape(Shape):
    """A state of a procedure."""

    id: str
    label: Label


class ProcedureMoveShape(MoveShape):
    """A move of a procedure: from where, to where, in which roles."""

    sources: list[str]
    to: str | None
    roles: list[str]


class ProcedureShape(Shape):
    """A procedure: its states and moves."""

    id: str = Field(examples=["supervision_note"])
    label: Label
    states: list[StateShape]
    moves: list[ProcedureMoveShape]


class MoveAsked(Asked):
    """A move, with what it needs."""

    said: Text = ""
    addressee: str = Field("", max_length=200, description="a party or an area by id or by name")
    due: Day | None = None
    given: dict[str, str] = Field(default_factory=dict, description="document_number, signer, signed_on, result")
    expected: int | None = Field(None, ge=0, le=10**9, description="the number of the last move that was seen")
    token: Token = ""


class OpeningAsked(MoveAsked):
    """A new case."""

    title: str = Field(max_length=200, examples=["督促北区报送一季度数据"])
    about: str = Field("", max_length=200)
    subject: str = Field("", max_length=200, examples=["area/t-north"])


class JobShape(Shape):
    """A piece of work in the background."""

    id: str
    kind: str
    title: str
    state: Literal["waiting", "running", "done", "refused", "failed"]
    step: str
    done: int
    total: int
    outcome: dict[str, Any] = Field(description="what came of it, or the refusal")
    made_at: datetime
    ended_at: datetime | None


class OutgoingShape(Shape):
    """A letter or a message that leaves the site."""

    id: str
    title: str
    to: str
    made_at: datetime
    state: Literal["waiting", "sending", "taken", "failed", "stopped", "unknown"]
    attempts: int
    problem: str = Field(description="what went wrong at the last try; empty: nothing")
    next_at: datetime | None = Field(description="when it is tried again")
    ended_at: datetime | None
    may_again: bool


class DelegationShape(Shape):
    """Somebody who acts under one's own mandate for some days."""

    person: str
    start: date
    end: date | None


class DelegationAsked(Asked):
    """To whom, from when until when."""

    login: str = Field(max_length=150)
    start: Day
    end: Day
