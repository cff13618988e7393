"""The API of what is recorded about a unit beside its figures: lists, reports month by month, monitoring, tasks."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from tanheng.web.dashboards.unit_record import enrolled, monitored, sent_in, tasks_of
from tanheng.web.dashboards.unit_register import unit_in_reach
from tanheng.web.directory.api_access import reader_of
from tanheng.web.obligations.api_shapes import TaskShape
from tanheng.web.ui.api_answers import gives, one
from tanheng.web.ui.api_shapes import Asked, Name, Shape

router = Router(tags=["directory"])


class EnrolledShape(Shape):
    """A list that the unit stands on, or somebody it belongs to."""

    kind: str
    label: str
    start: str
    end: str
    source: str


class SentShape(Shape):
    """A month of reports: in, not_in or to_come; when it came first and last."""

    label: str
    state: str
    first: date | None
    last: date | None
    statements: int


class MonitoredShape(Shape):
    """What the monitoring platform said of the unit."""

    label: str
    connected: str
    uploaded: str
    anomalies: str
    source: str


class RecordShape(Shape):
    """What is recorded about a unit."""

    id: str
    enrolled: list[EnrolledShape]
    sent: list[SentShape]
    monitored: list[MonitoredShape]
    tasks: list[TaskShape]


class RecordFilter(Asked):
    """Of which year the reports are listed (default: this one)."""

    year: int | None = Field(None, ge=1990, le=2100)


@router.get("/units/{unit}/record", **gives(RecordShape, "api_unit_record", "单位档案 · What is recorded about a unit"))
def record(request: HttpRequest, unit: Name, asked: Query[RecordFilter]) -> HttpResponse:
    """The lists it stands on, its reports month by month, its monitoring, the tasks about it."""
    scope = reader_of(request)
    found = unit_in_reach(scope, f"facility/{unit}")
    told = {"id": found.id, "enrolled": enrolled(found, scope), "monitored": monitored(found)}
    year = asked.year or scope.day.year
    sent = {"sent": sent_in(found, year, scope), "tasks": tasks_of(found, scope)}
    return one(request, RecordShape, told | sent)
