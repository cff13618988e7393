"""The API of results: figures, why they are so, publications, and the cells that figures come from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tanheng.kernel.trace import Address
from tanheng.web.directory.api_access import actor_of, api_scope_of, reader_of, writer_of
from tanheng.web.results import api_shapes as shapes
from tanheng.web.results.comparisons import comparison_page
from tanheng.web.results.figure_lists import figure_rows, result_json
from tanheng.web.results.findings import FindingsAsked, findings_of
from tanheng.web.results.heads import open_results, result_head
from tanheng.web.results.publications import publication_json, publication_page, repetition
from tanheng.web.results.services import compute_afresh, publish_result
from tanheng.web.results.sight import sight_of
from tanheng.web.results.source_cells import source_cell_page, workbook_content
from tanheng.web.ui.api_answers import EVERYBODY, file, gives, gives_file, gives_table, one, raw, table, writes
from tanheng.web.ui.api_shapes import FindingShape, Name, Number, Paging

router = Router(tags=["results"])


@router.get(
    "/results", **gives_table(shapes.ResultShape, "results", "结果 · Stored results, the latest first", who=EVERYBODY)
)
def results(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The stored results that have figures for the reader."""
    found = [result_json(head.stored) for head in open_results(api_scope_of(request))]
    return table(request, shapes.ResultShape, found, paging)


@router.get("/results/{result}", **gives(shapes.ResultPageShape, "result", "一个结果 · One result", who=EVERYBODY))
def result(request: HttpRequest, result: Name) -> HttpResponse:
    """A result by its number, a unique beginning of it, or `latest`: receipt and findings."""
    stored = result_head(result, api_scope_of(request)).stored
    return one(request, shapes.ResultPageShape, {**result_json(stored), "findings": list(stored.findings)})


@router.get(
    "/results/{result}/findings",
    **gives_table(FindingShape, "result_findings", "数据问题 · What was found in the data of a result", who=EVERYBODY),
)
def found(
    request: HttpRequest, result: Name, asked: Query[shapes.FindingFilter], paging: Query[Paging]
) -> HttpResponse:
    """The findings that the reader is told of: what blocks first, then by code and place."""
    head = result_head(result, api_scope_of(request))
    narrowed = FindingsAsked(asked.severity or "", asked.code or "", asked.q or "")
    return table(request, FindingShape, findings_of(head, narrowed), paging)


@router.get(
    "/results/{result}/figures",
    **gives_table(shapes.FigureRowShape, "figures", "数值 · Figures of a result", who=EVERYBODY),
)
def figures(
    request: HttpRequest, result: Name, asked: Query[shapes.FigureFilter], paging: Query[Paging]
) -> HttpResponse:
    """The figures that the reader may see, of a level, of what lies in an area, of a period."""
    scope = api_scope_of(request)
    rows = figure_rows(result, level=asked.level, parent=asked.parent, period=asked.period, scope=scope)
    return table(request, shapes.FigureRowShape, rows, paging)


@router.get(
    "/results/{result}/explain", **gives(dict[str, Any], "explain", "由来 · Why a figure has its value", who=EVERYBODY)
)
def explain(request: HttpRequest, result: Name, asked: Query[shapes.ExplainFilter]) -> HttpResponse:
    """The explain contract (docs/reference/explain-contract.md): parts, steps, factors, gaps, receipt."""
    told = sight_of(result, api_scope_of(request)).explained(Address.parse(asked.address), asked.parts)
    return raw(request, told)


@router.post(
    "/results/{result}/publish", **writes(shapes.PublicationPageShape, "api_publish", "发布 · Publishes a result")
)
def publish(request: HttpRequest, result: Name, sent: shapes.PublishAsked) -> HttpResponse:
    """Freezes a result, or some of its figures, with everything that computing it again needs."""
    scope = writer_of(request)
    made = publish_result(
        result=result,
        title=sent.title.strip(),
        figures=sent.figures,
        accepted=sent.accepted,
        user=actor_of(scope).login or "",
        scope=scope,
    )
    return one(request, shapes.PublicationPageShape, publication_page(made.position, scope=scope))


@router.get(
    "/publications",
    **gives_table(shapes.PublicationShape, "publications", "发布 · Publications, the latest first", who=EVERYBODY),
)
def publications(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """What the office has published, with its hashes: open to everybody."""
    api_scope_of(request)  # a token that does not hold is told so all the same
    return table(request, shapes.PublicationShape, publication_json(), paging)


@router.get(
    "/publications/{position}",
    **gives(shapes.PublicationPageShape, "api_publication", "一次发布 · One publication", who=EVERYBODY),
)
def publication(request: HttpRequest, position: Number) -> HttpResponse:
    """A publication with the figures it quotes."""
    page = publication_page(position, scope=api_scope_of(request))
    return one(request, shapes.PublicationPageShape, page)


@router.get(
    "/publications/{position}/repeat",
    **gives(shapes.RepetitionShape, "api_repeat", "重算 · A publication computed again"),
)
def repeat(request: HttpRequest, position: Number) -> HttpResponse:
    """Computes a publication again from what it keeps; writes nothing."""
    reader_of(request)
    return one(request, shapes.RepetitionShape, repetition(position))


@router.post(
    "/publications/{position}/fresh",
    **writes(shapes.ResultShape, "api_fresh", "按最新数据重算 · The same question with what is known on a day"),
)
def fresh(request: HttpRequest, position: Number, sent: shapes.FreshAsked) -> HttpResponse:
    """Computes and stores what a publication asked for, from what is recorded now and known on a day."""
    found = compute_afresh(position=position, known_on=sent.known_on, scope=writer_of(request))
    return one(request, shapes.ResultShape, result_json(found))


@router.get(
    "/publications/{position}/compare/{result}",
    **gives(shapes.ComparisonShape, "api_compare", "比较 · A publication beside a result"),
)
def compare(request: HttpRequest, position: Number, result: Name) -> HttpResponse:
    """Which figures differ, and what in the question differs."""
    page = comparison_page(position, result, scope=reader_of(request))
    return one(request, shapes.ComparisonShape, page)


@router.get(
    "/sources/{digest}/cell",
    **gives(shapes.SourceCellShape, "api_source", "来源单元格 · A cell of a workbook", who=EVERYBODY),
)
def source_cell(request: HttpRequest, digest: Name, asked: Query[shapes.SourceFilter]) -> HttpResponse:
    """A cell that an observation names as its source."""
    page = source_cell_page(digest, asked.sheet, asked.cell, scope=api_scope_of(request))
    return one(request, shapes.SourceCellShape, page)


@router.get("/sources/{digest}", **gives_file("api_workbook", "来源文件 · An imported workbook", who=EVERYBODY))
def workbook(request: HttpRequest, digest: Name) -> HttpResponse:
    """A workbook as it was imported, for whoever sees all that it is about."""
    name, content = workbook_content(digest, scope=api_scope_of(request))
    return file(name, content)
