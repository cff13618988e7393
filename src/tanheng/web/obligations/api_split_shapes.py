"""What the API says of splits of targets."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from tanheng.web.ui.api_shapes import Asked, Day, FigureShape, Number, Shape, Text, Token


class SplitLineShape(Shape):
    """A split in the list."""

    id: str
    label: str
    target: str
    due: str
    stage: str
    number: int = Field(description="of the last round")
    answered: int | None
    asked: int
    waits: bool = Field(description="whether it waits for the reader")


class ValueShape(Shape):
    """A value of a subject in a round."""

    figure: FigureShape | None
    way: str


class RequestShape(Shape):
    """What a subject asked for, and what became of it."""

    who: str
    asked: str
    outcome: str
    reason: str
    round: int


class AnswerShape(Shape):
    """The answer of a subject that is not decided about yet."""

    asked: str
    why: str
    who: str
    at: datetime
    position: int
    agrees: bool


class SubjectShape(Shape):
    """A subject with its values in the rounds, what it asked for and its answer."""

    subject: str
    label: str
    values: list[ValueShape]
    now: str
    asked: list[RequestShape]
    answer: AnswerShape | None


class RoundShape(Shape):
    """A round."""

    number: int
    label: str
    who: str
    at: datetime
    note: str
    signed_by: str


class SplitShape(Shape):
    """A split: its rounds, and of each subject what the reader may see."""

    id: str
    label: str
    facts: list[tuple[str, str]]
    stage: str
    unit: str
    lines: list[SubjectShape]
    rounds: list[RoundShape]
    moves: list[str] = Field(description="what the reader may do now")
    expected: int = Field(description="send it with a move")


class AnswerAsked(Asked):
    """An answer: what is asked for (empty: agreed), and why."""

    subject: str = Field(max_length=200)
    asked: str = Field("", max_length=200)
    reason: Text = ""
    seen: Number
    token: Token = ""


class DecidedAsked(Asked):
    """What was decided about an answer: its outcome, why, and the position of the answer that was looked at."""

    outcome: str = Field(max_length=40)
    reason: Text = ""
    seen: Number


class SplitMoveAsked(Asked):
    """What a move of a split brings."""

    note: Text = ""
    values: dict[str, str] = Field(default_factory=dict, description="changed values by subject")
    decided: dict[str, DecidedAsked] = Field(default_factory=dict, description="answers by subject")
    signed_by: list[str] = Field(default_factory=list, max_length=40)
    title: str = Field("", max_length=300)
    number: str = Field("", max_length=100)
    issuer: str = Field("", max_length=200)
    issued: Day | None = None
    expected: int | None = Field(None, ge=0, le=10**9)
    token: Token = ""
