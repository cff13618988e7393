"""The API: the same JSON as the command line, under /api/."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from tanheng import __version__
from tanheng.kernel.faults import Refusal
from tanheng.kernel.trace import Address
from tanheng.web.directory.api_access import api_scope_of
from tanheng.web.results.figure_lists import figure_rows, result_json
from tanheng.web.results.heads import open_results, result_head
from tanheng.web.results.publications import publication_json
from tanheng.web.results.sight import sight_of
from tanheng.web.ui.refusals import status_of

Json = dict[str, Any]

# The interactive page of the library loads scripts from elsewhere, which our policy forbids; the description stays.
api = NinjaAPI(title="Tanheng", version=__version__, docs_url=None, urls_namespace="api")


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return api.create_response(request, refusal.as_json(), status=status_of(refusal))


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = ", ".join(".".join(map(str, item["loc"][1:])) for item in error.errors)
    return _refused(request, Refusal("request-unreadable", fields=fields))


@api.get("/results", url_name="results", summary="Stored results, the latest first")
def results(request: HttpRequest) -> list[Json]:
    return [result_json(head.stored) for head in open_results(api_scope_of(request))]


@api.get("/results/{result}", url_name="result", summary="One result: receipt and findings")
def result(request: HttpRequest, result: str) -> Json:
    stored = result_head(result, api_scope_of(request)).stored
    return {**result_json(stored), "findings": list(stored.findings)}


@api.get("/results/{result}/figures", url_name="figures", summary="Figures of a level, of a parent, of a period")
def figures(
    request: HttpRequest, result: str, level: str | None = None, parent: str | None = None, period: str | None = None
) -> list[Json]:
    return figure_rows(result, level=level, parent=parent, period=period, scope=api_scope_of(request))


@api.get("/results/{result}/explain", url_name="explain", summary="Why a figure has its value")
def explain(request: HttpRequest, result: str, address: str, parts: int = 40) -> Json:
    return sight_of(result, api_scope_of(request)).explained(Address.parse(address), parts)


@api.get("/publications", url_name="publications", summary="Publications, the latest first")
def publications(request: HttpRequest) -> list[Json]:
    api_scope_of(request)  # what is published is for everybody, and a token that does not hold is told so all the same
    return publication_json()
