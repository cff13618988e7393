"""The API of open data: what the office has published, with its metadata. Open to everybody, and the same for all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from tanheng.web.directory.api_access import api_scope_of
from tanheng.web.public.data_tables import about, data_rows
from tanheng.web.public.published import published_table, published_tables
from tanheng.web.ui.api_answers import EVERYBODY, gives_table, table
from tanheng.web.ui.api_shapes import Number, Paging, Shape

router = Router(tags=["open data"])


class TableShape(Shape):
    """A published table, and what a reader must know of it."""

    publication: str
    title: str
    published: str
    period: str
    known_on: date
    scheme: str
    method: str
    method_version: int
    result: str
    figures_digest: str
    fictional: bool
    publisher: str | None
    licence: str | None
    contact: str | None


class OpenFigureShape(Shape):
    """A published figure."""

    subject: str
    name_zh: str
    name_en: str
    level: str
    period: str
    start: date
    end: date
    indicator: str
    indicator_zh: str
    indicator_en: str
    value: Decimal | None = Field(description="exact, as text; null: missing or not shown, never zero")
    unit: str
    status: str
    gaps: int
    filled: int
    unverified: bool
    explanation: str


@router.get("/open-data", **gives_table(TableShape, "api_open_data", "开放数据 · Published tables", who=EVERYBODY))
def tables(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The tables that the office has published, with method, licence and digest."""
    api_scope_of(request)
    return table(request, TableShape, [about(item) for item in published_tables()], paging)


@router.get(
    "/open-data/{position}",
    **gives_table(OpenFigureShape, "api_open_table", "公开数值 · The figures of a published table", who=EVERYBODY),
)
def figures(request: HttpRequest, position: Number, paging: Query[Paging]) -> HttpResponse:
    """The figures of a published table."""
    api_scope_of(request)
    site = request.build_absolute_uri("/").rstrip("/")
    return table(request, OpenFigureShape, data_rows(published_table(position), site), paging)
