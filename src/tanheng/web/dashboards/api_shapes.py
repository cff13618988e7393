"""What the API says of targets, lights and the first page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from tanheng.web.ui.api_shapes import Asked, FigureShape, FindingShape, Label, Shape


class LightShape(Shape):
    """A light: colour with its word, how its figure was made, and the figures."""

    colour: str = Field(description="red, orange, yellow, green, blue or grey")
    word: str
    level: str
    made: str = Field(description="推算, 核算 or 市反馈, with what sets it apart")
    href: str
    target: FigureShape | None
    actual: FigureShape | None
    gap: FigureShape | None
    distance: FigureShape | None


class TargetShape(Shape):
    """A target with its light."""

    id: str
    label: str
    indicator: str
    subject: str
    place: Label
    tier: str = Field(description="floor (确保) or stretch (力争)")
    tier_label: str
    force: str = Field(description="binding or anticipatory; empty: not said")
    demand: str = Field(description="in words", examples=["下降3%（确保）"])
    operator: str
    value: Decimal | None = Field(description="exact, as text")
    value_high: Decimal | None
    unit: str
    since: str
    by: str
    lead: str
    document: str
    clause: str
    light: LightShape | None


class TargetFilter(Asked):
    """Which targets."""

    year: str = Field("", pattern=r"^([0-9]{4})?$", description="due in this year")
    subject: str = Field("", max_length=200, examples=["area/t-north"])
    indicator: str = Field("", max_length=200)


class ProgressShape(Shape):
    """A figure of the progress of a target."""

    label: str
    figure: FigureShape


class TargetPageShape(Shape):
    """One target with its progress, its passage and what the checks found."""

    target: TargetShape
    quote: str
    progress: list[ProgressShape]
    findings: list[FindingShape]
    is_checked: bool


class RunShape(Shape):
    """A result that a barometer is shown from."""

    id: str
    scheme: str
    known_on: date


class QuarterShape(Shape):
    """A quarter that has a barometer."""

    quarter: str = Field(examples=["2025Q3"])
    label: str
    results: list[RunShape]


class PastLightShape(Shape):
    """The light of an earlier quarter."""

    quarter: str
    colour: str


class LightRowShape(Shape):
    """A target of a barometer with the light that counts and the quarters back."""

    track: str = Field(description="area (块), field (条) or unit")
    measure: str
    measure_label: Label
    subject: str
    place: Label
    target: str
    target_label: Label
    tier: str
    result: str
    address: str = Field(description="what /results/{result}/explain takes")
    light: LightShape
    quarters: list[PastLightShape]


class LightFilter(Asked):
    """Which lights."""

    measure: str = Field("", max_length=200)
    tier: str = Field("", max_length=60)
    track: str = Field("", max_length=60)


class WaitingShape(Shape):
    """Something to be done."""

    kind: str
    label: str
    href: str
    due: date | None
    due_words: str
    late: bool


class ChangeShape(Shape):
    """Something that changed."""

    at: datetime
    by: str
    said: str
    href: str


class HomeShape(Shape):
    """What waits, what changed, where one stands."""

    role: str
    place: str
    day: date
    waiting: list[WaitingShape]
    more_waiting: int
    changes: list[ChangeShape]
    quarter: str
    counts: dict[str, int] = Field(description="how many lights have which colour")
