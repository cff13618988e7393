"""What the API says of results, their figures, publications and source cells."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from tanheng.web.ui.api_shapes import Asked, Day, FigureShape, FindingShape, Label, Name, Shape


class ResultShape(Shape):
    """A stored result with its receipt: everything that repeating it needs."""

    id: str
    receipt: dict[str, Any]


class ResultPageShape(ResultShape):
    """A stored result with what was found in its data."""

    findings: list[FindingShape]


class CellShape(Shape):
    """One figure of a row."""

    label: str
    value: int | None = Field(description="a whole number of `unit`: what is stored and summed; null: there is none")
    unit: str = Field(description="the step of the grid", examples=["g"])
    exact: str | None = Field(description="the same in `display_unit`, not rounded", examples=["12.345678"])
    display: str | None = Field(description="as pages show it", examples=["12.346"])
    display_unit: str = Field(examples=["tCO2"])
    missing: int = Field(description="how many rows below have no value")
    unverified: bool
    address: str = Field(description="what /explain takes", examples=["co2@area/t-north@2024-01"])


class FigureRowShape(Shape):
    """The figures of a subject in a period, by column."""

    level: str
    subject: str
    label: Label
    period: str
    rows: int = Field(description="how many rows were summed")
    withheld: bool = Field(description="whether there are values that this reader is not shown")
    figures: dict[str, CellShape]


class FigureFilter(Asked):
    """Which rows of a result."""

    level: str | None = Field(None, max_length=60, examples=["district"])
    parent: str | None = Field(None, max_length=200, description="an area: what lies in it", examples=["area/t-city"])
    period: str | None = Field(None, max_length=40, description="a period of the result; without it, the whole")


class FindingFilter(Asked):
    """Which findings of a result."""

    severity: str | None = Field(None, max_length=20, description="blocker, warning or note")
    code: str | None = Field(None, max_length=80, examples=["gap"])
    q: str | None = Field(None, max_length=200, description="words of the message, the place or the code")


class ExplainFilter(Asked):
    """Which figure to explain."""

    address: str = Field(
        max_length=400,
        description="column@subject@period, or with @line for one of them",
        examples=["co2@area/t-north@2024-01..2024-02"],
    )
    parts: int = Field(40, ge=1, le=10_000, description="how many parts at most before the rest")


class PublicationShape(Shape):
    """A publication: what was frozen, by its hashes."""

    reference: str = Field(examples=["publication/12"])
    position: int
    title: str
    result: str
    figures: list[str] = Field(description="addresses of what it quotes; empty: the whole result")
    figures_digest: str
    receipt_digest: str
    accepted: dict[str, str] = Field(description="blockers that were accepted, each with the reason")
    at: datetime


class PublicationLineShape(Shape):
    """A publication in one line."""

    position: int
    title: str
    at: datetime
    by: str
    known_on: date
    digest: str


class PublicationPageShape(Shape):
    """A publication with its figures and what is kept with it."""

    line: PublicationLineShape
    figures: list[FigureShape]
    accepted: list[tuple[str, str]]
    receipt: dict[str, Any]
    receipt_digest: str
    blobs: list[tuple[str, str]]


class RepetitionShape(Shape):
    """A publication computed again from what it keeps."""

    digest_then: str
    digest_now: str
    same: bool


class FigureChangeShape(Shape):
    """A figure then and now."""

    label: str
    then: FigureShape
    now: FigureShape
    difference: FigureShape | None


class ComparisonShape(Shape):
    """A publication beside a result."""

    line: PublicationLineShape
    figures: list[FigureChangeShape]
    inputs: list[tuple[str, str, str]] = Field(description="what differs in the question: name, then, now")


class SourceCellShape(Shape):
    """A cell of an imported workbook."""

    file: str
    digest: str
    sheet: str
    cell: str
    text: str
    published: list[str]


class SourceFilter(Asked):
    """Which cell."""

    sheet: Name
    cell: Name = Field(examples=["F5"])


class PublishAsked(Asked):
    """What to publish of a result."""

    title: str = Field(max_length=300, examples=["2024年1-2月能耗通报"])
    figures: list[str] = Field(default_factory=list, max_length=500, description="addresses; none: the whole result")
    accepted: dict[str, str] = Field(default_factory=dict, description="codes of blockers, each with the reason")


class FreshAsked(Asked):
    """As known on which day."""

    known_on: Day = Field(examples=["2026-06-30"])
