"""What the API says of tasks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from tanheng.web.ui.api_shapes import Asked, Day, Number, Shape, Text, Token


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


class SaidAsked(Asked):
    """What is said of a task."""

    progress: Text = Field(examples=["已完成三家企业节能诊断"])
    completion: str = Field("", max_length=12, description="in per cent", examples=["60"])
    status: str = Field("", max_length=60)
    problem: Text = ""
    next_step: Text = ""
    token: Token = ""


class ProgressAsked(SaidAsked):
    """What is said of one task or of several at once."""

    tasks: dict[str, Number] = Field(
        min_length=1, max_length=200, description="by id the `seen` of the task: 409 where somebody reported since"
    )


class OneReportAsked(SaidAsked):
    """What is said of one task; the files that prove it come with it as `evidence`."""

    seen: Number = Field(description="the `seen` of the task: 409 where somebody reported since")


class SavedFilterShape(Shape):
    """A filter of the list that the reader saved."""

    name: str
    query: str


class FilterAsked(Asked):
    """A filter to keep under a name."""

    name: str = Field(min_length=1, max_length=60)
    filter: TaskFilter = TaskFilter()


class PartyLineShape(Shape):
    """A party that would get a workbook."""

    party: str
    leads: int
    supports: int
    address: str


class MailingLineShape(Shape):
    """One mailing in the list."""

    number: int
    year: int
    day: date
    due: date
    sent: int
    back: int
    late: bool


class WorkbooksShape(Shape):
    """Who would get a workbook of tasks, and what was sent."""

    year: int
    lines: list[PartyLineShape]
    leads_only: bool
    due: date = Field(description="what departments are usually given")
    may_mail: bool
    mailings: list[MailingLineShape]


class WorkbooksFilter(Asked):
    """Of which year (default: the last that has tasks), and whether only tasks that a party leads."""

    year: int | None = Field(None, ge=1990, le=2100)
    leads_only: bool = False


class SendAsked(Asked):
    """Who gets a workbook, to be back by when."""

    year: int | None = Field(None, ge=1990, le=2100, description="default: this one")
    due: Day
    parties: list[str] = Field(min_length=1, max_length=500)
    addresses: dict[str, str] = Field(default_factory=dict, description="by party, for whoever is written to")
    leads_only: bool = False
    by_mail: bool = False
    token: Token = ""


class BackShape(Shape):
    """A workbook that came back."""

    party: str
    file: str
    digest: str


class FromPointAsked(Asked):
    """The open point of a month that becomes a task: what is to be done, by whom (several with 、 between), by when."""

    point: str = Field(min_length=1, max_length=200, examples=["monthly_cycle/1#14"])
    label: Text
    lead: str = Field(max_length=300)
    supporting: str = Field("", max_length=300)
    due: Day


class LetterShape(Shape):
    """What became of the last letter."""

    id: str
    state: Literal["waiting", "sending", "taken", "failed", "stopped", "unknown"]
    attempts: int
    problem: str
    next_at: datetime | None


class SheetShape(Shape):
    """A workbook that was sent, and what became of it."""

    party: str
    tasks: list[str]
    file: str
    mailed: date | None
    failed: str
    letter: LetterShape | None
    back: list[BackShape]
    late: bool
    acts_here: bool
    note: str = Field(description="the supervision note about it; empty: none")


class MailingShape(Shape):
    """One mailing: every workbook, who is late, the merges made of what came back."""

    number: int
    year: int
    day: date
    due: date
    sheets: list[SheetShape]
    missing: int
    is_late: bool
    may_mail: bool
    merges: list[str] = Field(description="one's own, by job, the latest first")


class PartyAsked(Asked):
    """Which party."""

    party: str = Field(min_length=1, max_length=200)


class ReturnedAsked(Asked):
    """What is said of the workbooks that came back."""

    token: Token = ""


class MergeShape(Shape):
    """A merge of workbooks that came back: differences, conflicts, findings, who is missing."""

    job: str
    number: int
    state: Literal["waiting", "running", "done", "refused", "failed"]
    recorded: bool
    outcome: dict[str, Any] = Field(description="rows with old and new, conflicts, findings, missing; or the refusal")
