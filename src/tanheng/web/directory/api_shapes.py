"""What the API says of mandates, areas, units and tokens."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from tanheng.web.ui.api_shapes import Asked, FindingShape, Label, Shape


class MandateShape(Shape):
    """Under which mandate a token or a session acts today."""

    role: str = Field(examples=["office"])
    label: Label
    party: str = Field(description="the party that is acted for; empty: none", examples=["party/t-office"])
    area: str = Field(description="the area that is acted for; empty: none", examples=["area/t-city"])
    scheme: str = Field(description="the one scheme that is open; empty: all")
    reach: str = Field(description="what is seen: site, area, party, facility or published")
    acts: list[str] = Field(description="what may be done")
    day: date


class AreaShape(Shape):
    """An area of the directory."""

    id: str = Field(examples=["area/t-north"])
    label: Label
    level: str = Field(examples=["district"])
    parent: str = Field(description="the area it lies in today; empty: none")


class UnitShape(Shape):
    """A unit of the directory."""

    id: str = Field(examples=["facility/t-mill"])
    label: Label
    codes: dict[str, str] = Field(description="numbers it is registered under, by kind")
    area: str = Field(description="the area it lies in today; empty: none")


class StayShape(Shape):
    """Where a unit lay from a day on, up to a day that no longer counts; empty: it still does."""

    start: str
    end: str
    areas: dict[str, str] = Field(description="areas by level")


class UnitPageShape(UnitShape):
    """A unit with where it lay when."""

    stays: list[StayShape]


class PartyShape(Shape):
    """A party of the directory."""

    id: str
    label: Label


class TokenShape(Shape):
    """A token by its name; its text is shown once, on the page where it is made."""

    id: str
    name: str
    role: str
    where: str
    made: datetime
    holds: bool = Field(description="whether it lets anybody in today")


class UnitFilter(Asked):
    """Which units."""

    area: str = Field(
        "", max_length=200, description="only those that lie in this area today", examples=["area/t-city"]
    )


class EventShape(Shape):
    """An entry of the log; what it says stands with its subject."""

    position: int
    at: datetime
    by: str
    kind: str = Field(examples=["observations"])
    hash: str
    previous_hash: str


class EventFilter(Asked):
    """Which entries."""

    kind: str = Field("", max_length=64)


class LogCheckShape(Shape):
    """What reading the whole log found."""

    entries: int
    whole: bool
    findings: list[FindingShape] = Field(description="the first link that does not hold, and events whose rows differ")
