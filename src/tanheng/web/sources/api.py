"""The API of the library: documents, clauses, passages, search, comparison."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from tanheng.records.obligation_models import Instrument
from tanheng.web.directory.api_access import actor_of, reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.sources import api_shapes as shapes
from tanheng.web.sources.comparison import comparison_page
from tanheng.web.sources.documents import document_lines, document_page, passage_page, text_page
from tanheng.web.sources.search import search_page
from tanheng.web.sources.services import succeed_document
from tanheng.web.ui.api_answers import gives, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Name, Paging

router = Router(tags=["library"])
_HEAD = ("title", "number", "issuer", "issued")


@router.get("/documents", **gives_table(shapes.DocumentShape, "api_documents", "文件 · Documents, the latest first"))
def documents(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every recorded document: how many targets and tasks stand in it, and what took its place."""
    lines = document_lines(reader_of(request), timezone.localdate())
    rows = [
        {**_head(line.instrument), "periods": line.instrument.periods, "targets": line.targets, "tasks": line.tasks}
        | {"replaced_by": [item.later for item in line.replaced_by]}
        for line in lines
    ]
    return table(request, shapes.DocumentShape, rows, paging)


@router.get("/documents/{document}", **gives(shapes.DocumentPageShape, "api_document", "一份文件 · One document"))
def document(request: HttpRequest, document: Name) -> HttpResponse:
    """A document: its clauses as a tree, what each demands, what it replaces and what replaces it."""
    return one(request, shapes.DocumentPageShape, _page(document, reader_of(request)))


@router.get("/documents/{document}/text", **gives(shapes.TextShape, "api_text", "全文 · The text of a document"))
def text(request: HttpRequest, document: Name) -> HttpResponse:
    """The text of a document as it was read when it was taken in."""
    page = text_page(reader_of(request), document, timezone.localdate())
    return one(request, shapes.TextShape, {"id": document, "text": "".join(piece.text for piece in page.pieces)})


@router.get(
    "/documents/{document}/obligations/{obligation}",
    **gives(shapes.PassageShape, "api_passage", "条款原文 · The passage of a target or task"),
)
def passage(request: HttpRequest, document: Name, obligation: Name) -> HttpResponse:
    """A target or task beside the passage that demands it, with every decision about it."""
    page = passage_page(reader_of(request), document, obligation, timezone.localdate())
    return one(request, shapes.PassageShape, page)


@router.post(
    "/documents/{document}/succeed",
    **writes(shapes.DocumentPageShape, "api_succeed", "废止替代 · Records that another takes its place"),
)
def succeed(request: HttpRequest, document: Name, sent: shapes.SucceedAsked) -> HttpResponse:
    """Records that another document takes the place of this one from a day on."""
    scope = writer_of(request)
    succeed_document(
        scope=scope,
        person=actor_of(scope),
        earlier=document,
        later=sent.later,
        start=sent.start,
        reason=sent.reason,
    )
    return one(request, shapes.DocumentPageShape, _page(document, scope))


@router.get("/search", **gives_table(shapes.HitShape, "api_search", "检索 · Search over clauses, targets and tasks"))
def search(request: HttpRequest, asked: Query[shapes.SearchFilter], paging: Query[Paging]) -> HttpResponse:
    """Clauses, targets and tasks in which every word stands; targets and tasks first, 200 at most."""
    page = search_page(reader_of(request), asked.q, timezone.localdate())
    hits = [{**vars(hit), "passage": "".join(piece.text for piece in hit.passage)} for hit in page.hits]
    return table(request, shapes.HitShape, hits, paging)


@router.get("/documents-compared", **gives(shapes.ComparedShape, "api_compared", "文件比较 · Two documents compared"))
def compared(request: HttpRequest, asked: Query[shapes.CompareFilter]) -> HttpResponse:
    """Two years of a plan, or a district's plan against the city's."""
    day = timezone.localdate()
    page = comparison_page(reader_of(request), asked.first, asked.second, day, district=asked.kind == "district")
    return one(request, shapes.ComparedShape, page)


def _head(instrument: Instrument) -> dict[str, Any]:
    return {"id": instrument.instrument, **{name: getattr(instrument, name) for name in _HEAD}}


def _page(id: str, scope: Scope) -> dict[str, Any]:
    page = document_page(scope, id, timezone.localdate())
    told = {"clauses": page.clauses, "elsewhere": page.elsewhere, "replaces": [item.earlier for item in page.earlier]}
    return {**_head(page.instrument), **told, "replaced_by": [item.later for item in page.later]}
