"""What the API says of tasks."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from tanheng.web.ui.api_shapes import Asked, Number, Shape, Text, Token


class TaskFilter(Asked):
    """Which tasks."""

    year: str = Field("", pattern=r"^([0-9]{4})?$", description="without it this year, else the last that has any")
    stand: Literal["", "overdue", "unproved", "at_risk", "due_soon", "silent", "stale", "on_track", "done"] = Field(
        "", description="where it stands"
    )
    due: str = Field("", pattern=r"^([0-9]{1,4})?$", description="due in at most so many days", examples=["7"])
    party: str = Field("", max_length=100, description="who leads or supports it, by name")
    category: str = Field("", max_length=100)
    q: str = Field("", max_length=100, description="words of its name, number or id")


class StandShape(Shape):
    """Where a task stands, with a word and a sign."""

    id: str
    sign: str
    word: str


class TaskShape(Shape):
    """A task in one line."""

    id: str
    number: str
    label: str
    category: str
    lead: str
    supporting: str
    stand: StandShape
    due: date | None
    schedule: str
    days_left: int | None
    completion: str = Field(description="in per cent, as was said last; empty: nothing was", examples=["60"])
    expected: str = Field(description="in per cent, what would be in time; empty: not known")
    progress: str
    seen: int = Field(description="the position of the last report: send it back with the next one")
    href: str


class EvidenceShape(Shape):
    """A file that proves a report."""

    name: str
    href: str


class ReportShape(Shape):
    """What was said of a task."""

    day: date
    by: str
    progress: str
    completion: str
    status: str
    problem: str
    next_step: str
    evidence: list[EvidenceShape]
    source: str


class TaskPageShape(Shape):
    """A task with everything that was said of it."""

    line: TaskShape
    document: str
    clause: str
    target: str
    reports: list[ReportShape]
    may_report: bool


class ProgressAsked(Asked):
    """What is said of one task or of several at once."""

    tasks: dict[str, Number] = Field(
        min_length=1, max_length=200, description="by id the `seen` of the task: 409 where somebody reported since"
    )
    progress: Text = Field(examples=["已完成三家企业节能诊断"])
    completion: str = Field("", max_length=12, description="in per cent", examples=["60"])
    status: str = Field("", max_length=60)
    problem: Text = ""
    next_step: Text = ""
    token: Token = ""


class SavedFilterShape(Shape):
    """A filter of the list that the reader saved."""

    name: str
    query: str


class FilterAsked(Asked):
    """A filter to keep under a name."""

    name: str = Field(min_length=1, max_length=60)
    filter: TaskFilter = TaskFilter()
