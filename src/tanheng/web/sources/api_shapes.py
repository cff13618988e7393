"""What the API says of the library: documents, clauses, passages, search, comparison, reviews."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from tanheng.web.ui.api_shapes import Asked, Day, FindingShape, Number, Shape, Text


class DocumentShape(Shape):
    """A recorded document."""

    id: str
    title: str
    number: str
    issuer: str
    issued: date | None
    periods: list[str]
    targets: int
    tasks: int
    replaced_by: list[str]


class ObligationShape(Shape):
    """A target or task that stands in a document."""

    id: str
    label: str
    is_target: bool
    clause: str
    lead: str
    due: str
    ended_by: str = Field(description="the document that took its place; empty: it counts")
    demand: str = Field(description="what a target demands, in words; empty for a task")


class ClauseShape(Shape):
    """A clause with what it demands."""

    address: str = Field(examples=["二（一）"])
    heading: str
    depth: int
    obligations: list[ObligationShape]


class DocumentPageShape(Shape):
    """A document with its clauses as a tree in their order."""

    id: str
    title: str
    number: str
    issuer: str
    issued: date | None
    clauses: list[ClauseShape]
    elsewhere: list[ObligationShape] = Field(description="what stands in none of the clauses")
    replaces: list[str]
    replaced_by: list[str]


class TextShape(Shape):
    """The text of a document as it was read."""

    id: str
    text: str


class DecisionShape(Shape):
    """A decision of a review."""

    position: int
    day: date
    decision: str
    reason: str


class PassageShape(Shape):
    """A target or task with the passage around it."""

    line: ObligationShape
    before: str
    marked: str
    after: str
    decisions: list[DecisionShape]


class HitShape(Shape):
    """Something found."""

    kind: str
    document: str
    heading: str
    passage: str
    href: str


class SearchFilter(Asked):
    """What to look for."""

    q: str = Field(max_length=200, description="words with blanks between them: all have to stand in it")


class CompareFilter(Asked):
    """Which documents."""

    first: str = Field(min_length=1, max_length=200)
    second: str = Field(min_length=1, max_length=200)
    kind: Literal["years", "district"] = Field("years", description="two years, or a district with the city")


class DifferenceShape(Shape):
    """What became of a target or task."""

    verdict: str
    verdict_said: str
    about: str
    first: str
    second: str
    why: str


class ComparedShape(Shape):
    """Two documents side by side."""

    counts: str
    targets: list[DifferenceShape]
    tasks: list[DifferenceShape]


class SucceedAsked(Asked):
    """Which document takes its place, and from when on."""

    later: str = Field(max_length=200)
    start: Day
    reason: Text


class ReviewLineShape(Shape):
    """A review in work."""

    id: UUID
    instrument: str
    title: str
    file: str
    version: int


class ProposalLineShape(Shape):
    """A proposal in the list of a review."""

    key: str
    clause: str
    quote: str
    label: str
    decision: str
    problems: list[FindingShape]


class ReviewShape(ReviewLineShape):
    """A review with its proposals."""

    decided: int
    total: int
    proposals: list[ProposalLineShape]
    findings: list[FindingShape]


class ProposalShape(Shape):
    """A proposal with its cells by heading, and the number to send with a change."""

    key: str
    version: int
    cells: dict[str, str]
    before: str
    marked: str
    after: str
    problems: list[FindingShape]


class ProposalAsked(Asked):
    """Cells of a proposal; 采纳, 修改 or 不采纳 in the cell of the decision."""

    version: Number
    cells: dict[str, Text] = Field(max_length=60)


class HeadAsked(Asked):
    """The head of the document of a review."""

    version: Number
    instrument: str = Field("", max_length=200)
    title: str = Field("", max_length=300)
    number: str = Field("", max_length=100)
    issuer: str = Field("", max_length=200)
    issued: str = Field("", max_length=10)
    periods: str = Field("", max_length=200)


class KeysAsked(Asked):
    """Which proposals."""

    keys: list[str] = Field(max_length=1000)


class RegisteredShape(Shape):
    """What registering recorded."""

    position: int
    instrument: str


class DoneShape(Shape):
    """How many were changed."""

    count: int
