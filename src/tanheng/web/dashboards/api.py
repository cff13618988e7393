"""The API of targets, the barometer and the first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tanheng.web.dashboards import api_shapes as shapes
from tanheng.web.dashboards.demands import demand_of
from tanheng.web.dashboards.home_page import home_page, standing_page, waiting_page
from tanheng.web.dashboards.light_lists import light_rows, quarter_rows, target_rows
from tanheng.web.dashboards.target_pages import target_page
from tanheng.web.directory.api_access import reader_of
from tanheng.web.ui.api_answers import gives, gives_table, one, table
from tanheng.web.ui.api_shapes import Name, Paging

router = Router(tags=["targets"])


@router.get("/home", **gives(shapes.HomeShape, "api_home", "首页 · What waits, what changed"))
def home(request: HttpRequest) -> HttpResponse:
    """What waits this week for the mandate, what changed, and how many lights have which colour."""
    scope = reader_of(request)
    page, waits, standing = home_page(scope), waiting_page(scope), standing_page(scope)
    counts = {colour: count for colour, _, _, count in standing.counts}
    return one(request, shapes.HomeShape, {**vars(standing), **vars(waits), **vars(page), "counts": counts})


@router.get("/targets", **gives_table(shapes.TargetShape, "api_targets", "目标 · Targets in reach, with their lights"))
def targets(request: HttpRequest, asked: Query[shapes.TargetFilter], paging: Query[Paging]) -> HttpResponse:
    """The targets that count today: of a year, a subject, an indicator."""
    rows = target_rows(reader_of(request), year=asked.year, subject=asked.subject, indicator=asked.indicator)
    return table(request, shapes.TargetShape, rows, paging)


@router.get("/targets/{target}", **gives(shapes.TargetPageShape, "api_target", "一个目标 · One target"))
def target(request: HttpRequest, target: Name) -> HttpResponse:
    """A target: its demand, its light, its progress, the passage, and what the checks of decompositions found."""
    scope = reader_of(request)
    item, page = demand_of(scope, target), target_page(scope, target)
    row = next(row for row in target_rows(scope, year=item.year) if row["id"] == target)
    progress = [{"label": label, "figure": figure} for label, figure in page.progress]
    told = {"quote": page.quote, "progress": progress, "findings": page.findings, "is_checked": page.is_checked}
    return one(request, shapes.TargetPageShape, {"target": row, **told})


@router.get("/barometer", **gives_table(shapes.QuarterShape, "api_quarters", "晴雨表 · Quarters with a barometer"))
def quarters(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The quarters that have a barometer, the latest first."""
    return table(request, shapes.QuarterShape, quarter_rows(reader_of(request)), paging)


@router.get(
    "/barometer/{quarter}",
    **gives_table(shapes.LightRowShape, "api_barometer", "一个季度的预警 · The lights of a quarter"),
)
def barometer(
    request: HttpRequest, quarter: Name, asked: Query[shapes.LightFilter], paging: Query[Paging]
) -> HttpResponse:
    """The lights in reach: of a measure, a tier, a track; each with the figures and the quarters back."""
    rows = light_rows(quarter, reader_of(request), measure=asked.measure, tier=asked.tier, track=asked.track)
    return table(request, shapes.LightRowShape, rows, paging)
