"""What the API says of splits of targets."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from tanheng.web.obligations.split_form import LEFT_OUT
from tanheng.web.ui.api_shapes import Asked, Day, FigureShape, FindingShape, Number, Shape, Text, Token

Typed = Annotated[str, Field(max_length=300)]
SPLIT_FIELDS = (
    *("label", "target", "demand", "parent", "indicator", "base", "by", "method", "kind", "goal", "years_left"),
    *("least", "bands", "steps", "direction", "origin", "benchmarks", "level", "places"),
)
"""The fields of a new split that are one text each, by the names of the form."""


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
    target_label: str = Field(description="the target in words")
    problem: dict[str, Any] | None = Field(description="where its plan can no longer be read: the finding")


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


class SubjectAsked(Asked):
    """A subject of a new split; numbers are texts, and an empty one is not known and never zero."""

    id: Typed = Field(examples=["area/example-east"])
    label: Typed = ""
    standing: Literal["split", "exempt", "municipal", "left_out"] = LEFT_OUT
    reason: Typed = ""
    growth: Typed = ""
    goal: Typed = ""
    last: Typed = Field("", description="what it was told a year before")
    expects: Typed = ""
    done: Typed = ""
    benchmark: Typed = ""
    members: Typed = ""
    stated: dict[str, Typed] = Field(default_factory=dict, description="figures by name: amount, basis, …")


class SplitAsked(Asked):
    """A new split: what is split among whom, by which method."""

    label: Typed
    parent: Typed = Field(description="the area whose target is split")
    base: Typed = Field(examples=["2025"])
    by: Typed = Field(examples=["2026"])
    method: Literal["equal_rate", "remaining_task", "structure", "potential", "weights"] = "equal_rate"
    kind: Literal["intensity", "total", "increment"] = "intensity"
    target: Typed = ""
    demand: Typed = Field("", description="in place of a target")
    indicator: Typed = ""
    goal: Typed = ""
    years_left: Typed = ""
    least: Typed = ""
    bands: Typed = Field("none", description="none, own (with steps), or the key of one of the packs")
    steps: Typed = Field("", examples=["-1 -1.5 -2"])
    direction: Literal["up", "nearest", "down"] = "nearest"
    calibrated: bool = False
    places: Typed = "2"
    origin: Typed = Field("", description="the plan to begin with: what its figures are, sectors and criteria")
    benchmarks: Typed = ""
    level: Typed = ""
    units: dict[str, Typed] = Field(default_factory=dict, description="of the figures, where no origin says them")
    sectors: dict[str, Typed] = Field(default_factory=dict)
    weights: dict[str, Typed] = Field(default_factory=dict)
    subjects: list[SubjectAsked] = Field(min_length=1, max_length=200)


class DraftAsked(SplitAsked):
    """A new split that is to be drafted."""

    note: Text = ""
    token: Token = ""


class ProposedShape(Shape):
    """What a subject would be told, and which way that moves it."""

    subject: str
    label: str
    standing: str
    reason: str
    figures: dict[str, FigureShape]
    way: str


class SplitProposalShape(Shape):
    """What a split would come to."""

    lines: list[ProposedShape]
    total: dict[str, FigureShape]
    falls_short: bool
    is_blocked: bool
    findings: list[FindingShape]
    unit: str


class IssueAsked(Asked):
    """The document by which a split is issued; the file comes with it as `document`."""

    title: str = Field(min_length=1, max_length=300)
    number: str = Field("", max_length=100)
    issuer: str = Field("", max_length=100)
    issued: Day
    leads: list[str] = Field(default_factory=list, max_length=40, description="who leads, by name")
    note: str = Field("", max_length=1000)
    expected: int | None = Field(None, ge=0, le=10**9)
    token: Token = ""


class FilledShape(Shape):
    """What the table of a round says of a subject."""

    subject: str
    outcome: str
    reason: str
    value: Decimal | None
