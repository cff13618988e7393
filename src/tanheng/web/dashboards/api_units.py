"""The API of what is recorded about a unit beside its figures: lists, reports month by month, monitoring, tasks."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from tanheng.web.dashboards.unit_meters import hours_page, meters_of, readings_page
from tanheng.web.dashboards.unit_record import enrolled, monitored, sent_in, tasks_of
from tanheng.web.dashboards.unit_register import unit_in_reach
from tanheng.web.directory.api_access import reader_of
from tanheng.web.obligations.api_shapes import TaskShape
from tanheng.web.ui.api_answers import gives, gives_table, one, table
from tanheng.web.ui.api_shapes import Asked, FigureShape, Name, Paging, Shape

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


class MeterShape(Shape):
    """A meter of the unit; completeness is of the last month that was rolled up, in per cent."""

    meter: str
    label: str
    carrier: str
    place: str
    since: date
    until: date | None
    month: str
    completeness: str
    last_day: date | None
    marks: list[str]


class LoadRowShape(Shape):
    """A day of a month, or an hour of a day; no amount where nothing is known of it."""

    carrier: str
    period: str
    figure: FigureShape


class LoadFilter(Asked):
    """Of which meter (default: the whole unit), and of which month or day (default: the last month rolled up)."""

    meter: str = Field("", max_length=200)
    month: str = Field("", max_length=7, examples=["2025-01"])
    day: str = Field("", max_length=10, examples=["2025-01-10"])


class ReadingsFilter(Asked):
    """Which readings."""

    reference: str = Field(max_length=2000, examples=["readings:north/2025-01-01/2025-02-01@4f2a"])


class ReadingShape(Shape):
    """A part of an amount, or one reading of a register."""

    label: str
    figure: FigureShape


class ReadingsShape(Shape):
    """What a reference to readings holds: an amount, its parts, and of one day of one meter every reading."""

    reference: str
    total: FigureShape
    missing: int = Field(description="intervals of which nothing is known")
    as_then: bool = Field(description="whether the readings are still those that the reference names")
    parts: list[ReadingShape]
    readings: list[tuple[str, str, str]]
    files: list[tuple[str, str]]


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


@router.get("/units/{unit}/meters", **gives_table(MeterShape, "api_unit_meters", "计量点 · The meters of a unit"))
def meters(request: HttpRequest, unit: Name, paging: Query[Paging]) -> HttpResponse:
    """The meters registered for a unit; none where the site has no readings."""
    scope = reader_of(request)
    return table(request, MeterShape, meters_of(unit_in_reach(scope, f"facility/{unit}"), scope), paging)


@router.get("/units/{unit}/hours", **gives_table(LoadRowShape, "api_unit_hours", "负荷 · The load of a unit"))
def hours(request: HttpRequest, unit: Name, asked: Query[LoadFilter], paging: Query[Paging]) -> HttpResponse:
    """A unit or one of its meters by day of a month, or by hour of a day."""
    page = hours_page(f"facility/{unit}", asked.meter, asked.month, asked.day, reader_of(request))
    rows = [
        {"carrier": chart.series[0].name, "period": place, "figure": figure}
        for chart in page.charts
        for place, (figure,) in chart.rows
    ]
    return table(request, LoadRowShape, rows, paging)


@router.get("/readings", **gives(ReadingsShape, "api_readings", "读数 · What a reference to readings holds"))
def readings(request: HttpRequest, asked: Query[ReadingsFilter]) -> HttpResponse:
    """Meters, days, hours and single readings below a figure, one level at a time."""
    page = readings_page(asked.reference, reader_of(request))
    parts = [{"label": label, "figure": figure} for label, figure in page.parts]
    return one(request, ReadingsShape, {**vars(page), "parts": parts})
