"""The API of the rules: definitions, which everybody may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from tanheng.web.directory.api_access import api_scope_of
from tanheng.web.rules import api_shapes as shapes
from tanheng.web.rules.clauses import instrument_lines, instrument_page
from tanheng.web.rules.factors import factor_lines, factor_page
from tanheng.web.rules.indicators import indicator_lines
from tanheng.web.rules.judgements import lights_page, rules_of_lights, scorecard_page, scorecards
from tanheng.web.rules.methods import method_lines, method_page
from tanheng.web.rules.overview import overview, unverified_values
from tanheng.web.ui.api_answers import EVERYBODY, gives, gives_table, one, table
from tanheng.web.ui.api_shapes import Name, Paging
from tanheng.web.ui.words import said

router = Router(tags=["rules"])


@router.get("/rules/packs", **gives_table(shapes.PackShape, "api_packs", "规则包 · Packs in use", who=EVERYBODY))
def packs(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The packs that this site computes with, with the hash that receipts name."""
    api_scope_of(request)
    lines = [
        {"id": line.manifest.id, "label": line.label, "version": str(line.manifest.version), "hash": line.hash}
        for line in overview().packs
    ]
    return table(request, shapes.PackShape, lines, paging)


@router.get("/rules/factors", **gives_table(shapes.FactorLineShape, "api_factors", "因子 · Factors", who=EVERYBODY))
def factors(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every factor of the packs in use, by name."""
    api_scope_of(request)
    return table(request, shapes.FactorLineShape, factor_lines(), paging)


@router.get(
    "/rules/factors/{factor}", **gives(shapes.FactorShape, "api_factor", "一个因子 · One factor", who=EVERYBODY)
)
def factor(request: HttpRequest, factor: Name) -> HttpResponse:
    """A factor with every value: what it governs, when it could first be known, its clause, how far it is checked."""
    api_scope_of(request)
    found = factor_page(factor, timezone.localdate()).factor
    unit = {"unit": found.unit.text, "entries": found.entries, "straddle": str(found.straddle)}
    named = {"id": found.id, "label": found.label, "keys": list(found.keys), "schemes": list(found.schemes)}
    return one(request, shapes.FactorShape, named | unit)


@router.get(
    "/rules/indicators", **gives_table(shapes.IndicatorShapeShown, "api_indicators", "指标 · Indicators", who=EVERYBODY)
)
def indicators(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every indicator of the packs in use: unit with basis, grid, and how it adds up."""
    api_scope_of(request)
    return table(request, shapes.IndicatorShapeShown, indicator_lines(), paging)


@router.get("/rules/methods", **gives_table(shapes.MethodLineShape, "api_methods", "方法 · Methods", who=EVERYBODY))
def methods(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every method of the packs in use, by name."""
    api_scope_of(request)
    return table(request, shapes.MethodLineShape, method_lines(), paging)


@router.get(
    "/rules/methods/{method}", **gives(shapes.MethodShape, "api_method", "一个方法 · One method", who=EVERYBODY)
)
def method(request: HttpRequest, method: Name) -> HttpResponse:
    """A method with its text, and how each scheme uses it."""
    api_scope_of(request)
    return one(request, shapes.MethodShape, method_page(method))


@router.get(
    "/rules/scorecards", **gives_table(shapes.CardShape, "api_scorecards", "评分表 · Score cards", who=EVERYBODY)
)
def cards(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every score card with its items."""
    api_scope_of(request)
    return table(request, shapes.CardShape, [_card(card.id) for card in scorecards()], paging)


@router.get(
    "/rules/lights", **gives_table(shapes.LightsShape, "api_lights", "预警规则 · Rules of lights", who=EVERYBODY)
)
def lights(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every rule of lights with its levels from the best down."""
    api_scope_of(request)
    return table(request, shapes.LightsShape, [_lights(rule.id) for rule in rules_of_lights()], paging)


@router.get(
    "/rules/documents",
    **gives_table(shapes.InstrumentLineShape, "api_instruments", "依据文件 · Documents", who=EVERYBODY),
)
def instruments(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every document of the packs, those that most rests on first."""
    api_scope_of(request)
    lines = [
        {**vars(line), "id": line.instrument.id, "number": line.instrument.number or ""} for line in instrument_lines()
    ]
    return table(request, shapes.InstrumentLineShape, lines, paging)


@router.get(
    "/rules/documents/{document}",
    **gives(shapes.InstrumentPageShape, "api_instrument", "一份依据文件 · One document of the packs", who=EVERYBODY),
)
def instrument(request: HttpRequest, document: Name) -> HttpResponse:
    """A document with its clauses and the definitions that rest on each."""
    api_scope_of(request)
    page = instrument_page(document)
    clauses = [{**vars(line), "mentions": [each.label for each in line.mentions]} for line in page.clauses]
    told = {"id": page.instrument.id, "label": page.label, "number": page.instrument.number or "", "clauses": clauses}
    return one(request, shapes.InstrumentPageShape, told)


@router.get(
    "/rules/unverified",
    **gives_table(shapes.UncheckedShape, "api_unverified", "未核实值 · Unverified values", who=EVERYBODY),
)
def unverified(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every value of the packs in use that nobody has read in its source."""
    api_scope_of(request)
    return table(request, shapes.UncheckedShape, unverified_values(), paging)


def _card(id: str) -> dict[str, object]:
    page = scorecard_page(id)
    items = [
        {"id": line.item.id, "label": line.label, "group": line.item.group, "points": line.item.points}
        | {"measure": line.measure, "status": str(line.item.status)}
        for line in page.items
    ]
    card = page.card
    told = {"id": card.id, "label": page.label, "status": str(card.status), "total": card.total, "items": items}
    return told | {"not_expressed": list(page.not_expressed)}


def _lights(id: str) -> dict[str, object]:
    page = lights_page(id)
    told = {"id": id, "label": page.label, "status": str(page.rule.status), "levels": page.rule.levels}
    return told | {"not_expressed": [said(text) for text in page.not_expressed]}
