"""What the API says of facts: observations, imports, workbooks on the desk, and who owes which figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tanheng.kernel.faults import Refusal
from tanheng.web.facts.models import Batch, BatchFile
from tanheng.web.facts.typed import Entered, OneGrid
from tanheng.web.ui.api_shapes import Asked, Day, FindingShape, Label, Shape, Token


class ObservationShape(Shape):
    """A statement of somebody about a subject and a period."""

    position: int = Field(description="where in the log")
    indicator: str = Field(examples=["energy_consumption"])
    subject: str
    subject_label: Label
    dimensions: dict[str, str] = Field(examples=[{"carrier": "diesel"}])
    period: str
    accumulation: str = Field(description="month, year to date, January and February as one")
    coverage: str
    use_class: str
    value: Decimal = Field(description="exact, as text")
    unit: str
    status: str
    published: date = Field(description="since when it could be known")
    source: str = Field(description="file hash/name!sheet!cell")
    counts: bool = Field(description="whether nothing that was recorded later took its place")


class ObservationFilter(Asked):
    """Which statements; at least a subject, an indicator or a period keeps the answer small."""

    subject: str = Field("", max_length=200, examples=["facility/t-mill"])
    indicator: str = Field("", max_length=200)
    period: str = Field("", max_length=40, description="those within it", examples=["2024"])
    revisions: Literal["last", "all"] = Field("last", description="what counts, or everything that was ever stated")


class ImportShape(Shape):
    """An import of the log."""

    position: int
    at: datetime
    who: str
    file: str
    new: int
    changed: int
    unchanged: int
    kept: int
    undone_by: int | None


class ImportPageShape(Shape):
    """An import with what its undoing would take back."""

    line: ImportShape
    layout: str
    total: int = Field(description="its statements")
    vanish: int = Field(description="of which nothing would be left")
    revert: int = Field(description="in whose place an earlier one would count again")
    superseded: int


class ReasonAsked(Asked):
    """Why."""

    reason: str = Field("", max_length=500)


class BatchFileShape(Shape):
    """A workbook on the desk: how it was read, and what its dry run gave."""

    number: int
    name: str
    digest: str
    layout: str
    was_read: bool
    rows: int
    kept: int
    counts: dict[str, int] = Field(description="statements by what they would be: new, changed, unchanged, …")
    position: int | None = Field(description="where in the log, once recorded")
    findings: list[FindingShape] = Field(description="at most 500, the blocking ones first")


class BatchShape(Shape):
    """Workbooks that were sent together, and are recorded together or not at all."""

    id: str
    state: Literal["checking", "checked", "recording", "recorded"]
    published: date
    job: str = Field(description="what is at them, or was last: /jobs/{job}")
    made_at: datetime
    files: list[BatchFileShape]


class SendingAsked(Asked):
    """What is said of the workbooks that are sent."""

    published: Day = Field(examples=["2025-02-20"])
    layout: str = Field("", max_length=200, description="the layout, where it is not to be found by the headings")
    token: Token = ""


class MonthFilter(Asked):
    """Which month."""

    period: str = Field(min_length=4, max_length=40, examples=["2025-12"])


class ArrivalShape(Shape):
    """A file that came."""

    position: int
    file: str
    layout: str
    published: date


class OwedShape(Shape):
    """A figure that somebody owes."""

    form: str
    label: str
    sender: str
    subject: str
    subject_label: str
    month: str
    due: date
    state: str = Field(description="in, owed, late or not_yet")
    came_late: bool
    about: str = Field(description="what reminding of it is told")
    files: list[ArrivalShape]


class RemindAsked(Asked):
    """Of which month, and of what; without `about` of everything that is late."""

    month: str = Field(min_length=4, max_length=40, examples=["2025-12"])
    about: str = Field("", max_length=300)


class RemindedShape(Shape):
    """Who was reminded."""

    told: list[tuple[str, str]]
    told_before: int
    without_login: list[str]
    channels: list[str]


_FINDINGS = 500


def batch_shown(batch: Batch) -> dict[str, Any]:
    """Workbooks as the API says them."""
    files = [_file(item) for item in batch.files.all()]
    told = {"id": str(batch.id), "state": batch.state, "published": batch.published, "made_at": batch.made_at}
    return {**told, "job": str(batch.job or ""), "files": files}


def _file(file: BatchFile) -> dict[str, Any]:
    names = ("number", "name", "digest", "layout", "was_read", "rows", "kept", "counts", "position")
    findings = [item.finding for item in file.findings.all()[:_FINDINGS]]
    return {**{name: getattr(file, name) for name in names}, "findings": findings}


def entered_shown(done: Entered[OneGrid], grid_shown: Callable[[OneGrid], dict[str, Any]]) -> dict[str, Any]:
    """What came of figures that were put in: the batch that is checked, or the grid with what stands in the way."""
    if done.batch is not None:
        return {"outcome": "checking", "batch": batch_shown(done.batch), "grid": None}
    outcome = "changed_meanwhile" if done.meanwhile else "wrong"
    return {"outcome": outcome, "batch": None, "grid": grid_shown(done.grid)}


def figure_put_in(text: str) -> tuple[str, str, str]:
    """Row, column and value of `row@column=value`.

    Refuses  request-unreadable.
    """
    place, equals, value = text.partition("=")
    row, at, column = place.partition("@")
    if not (equals and at):
        raise figure_unreadable(text)
    return row, column.strip(), value


def figure_unreadable(text: str) -> Refusal:
    """What is said of a figure whose place cannot be read."""
    return Refusal("request-unreadable", fields=f"figures: {text[:60]}")
