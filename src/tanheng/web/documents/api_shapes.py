"""What the API says of the month of an area."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from tanheng.web.ui.api_shapes import Asked, Day, Shape, Text, Token


class MonthLineShape(Shape):
    """A month in the list."""

    area: str = Field(examples=["area/t-north"])
    period: str = Field(examples=["2025-12"])
    label: str
    state: str
    holder: str
    due: date | None
    overdue: bool


class StageShape(Shape):
    """A stage of the month, and how it stands."""

    label: str
    standing: str


class CommentShape(Shape):
    """What somebody said of the month."""

    name: str
    at: datetime
    text: str


class PartShape(Shape):
    """An area within, with what was said for it."""

    area: str
    label: str
    comments: list[CommentShape]
    silent: bool


class PointTaskShape(Shape):
    """The task that an open point became."""

    label: str
    href: str
    stand: str


class PointShape(Shape):
    """An open point."""

    key: str
    kind: str
    text: str
    party: str
    due: date
    late: bool
    task: PointTaskShape | None = Field(None, description="the task that it became")


class MonthShape(Shape):
    """The month of an area: where it stands, what was said, what is open."""

    id: str
    area: str
    period: str
    state: str
    number: int = Field(description="of its last move: send it as `expected`")
    title: str
    stages: list[StageShape]
    moves: list[str] = Field(description="what the reader may do now")
    counts: dict[str, int] = Field(description="figures that are owed, by how they stand")
    result: str = Field(description="the result of the month; empty: none yet")
    known_on: str
    accepted: dict[str, str]
    parts: list[PartShape]
    points: list[PointShape]
    carried: list[PointShape] = Field(description="open points of months before")


class OpenMonthAsked(Asked):
    """Which month of which area."""

    area: str = Field(min_length=1, max_length=200)
    period: str = Field(min_length=7, max_length=7, examples=["2025-12"])
    token: Token = ""


class StepAsked(Asked):
    """What every step of the month may bring."""

    said: Text = ""
    expected: int | None = Field(None, ge=0, le=10**9)
    token: Token = ""


class WorkAsked(StepAsked):
    """Which work is to be done in the background, and as known on which day (default: today)."""

    kind: Literal["compute", "checked", "drafted", "revise"]
    known_on: Day | None = None


class AcceptedAsked(StepAsked):
    """Blocking findings by code, each with the reason why the month goes on with it."""

    accepted: dict[str, str]


class CommentAsked(StepAsked):
    """A comment: of one's own area or department, or for an area within from whoever sees all."""

    area: str = Field("", max_length=200)


class PointAsked(StepAsked):
    """An open point."""

    kind: str = Field(max_length=60)
    party: str = Field(max_length=200)
    due: str = Field(max_length=10)


class SettledAsked(StepAsked):
    """Which open point is settled, by its key."""

    point: str = Field(min_length=1, max_length=200)


class SignatureAsked(StepAsked):
    """The signature as the office's own document system has it; the scan comes with it as `evidence`."""

    document_number: str = Field(min_length=1, max_length=100, examples=["双碳办〔2025〕2号"])
    signer: str = Field(min_length=1, max_length=100)
    signed_on: Day


class DraftShape(Shape):
    """A draft of a paper."""

    number: str
    who: str
    at: datetime
    said: str
    is_sent: bool


class PaperShape(Shape):
    """The paper of a quarter's barometer: its drafts, and what the reader may do now."""

    id: str = Field(description="of its case; empty: none was begun")
    quarter: str
    state: str
    number: int = Field(description="of its last move: send it as `expected`")
    results: list[str] = Field(description="the barometers that it rests on")
    blockers: list[str] = Field(description="codes of findings that are to be accepted")
    moves: list[str]
    may_begin: bool
    may_compute: bool
    drafts: list[DraftShape]


class PaperWorkAsked(StepAsked):
    """What is to be done in the background: the quarter graded as known on a day, or a draft written."""

    kind: Literal["compute", "write"]
    known_on: Day | None = None
