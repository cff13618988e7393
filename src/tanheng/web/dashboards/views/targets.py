"""Targets: the matrix of a year, on a page and as a workbook, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.dashboards.target_matrix import Asked, matrix_page, matrix_workbook
from tanheng.web.dashboards.target_pages import target_page
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.kept_pages import kept_page
from tanheng.web.directory.scope import scope_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@mandated
def targets(request: HttpRequest) -> HttpResponse:
    """The targets of a year by subject and indicator, each with its light."""
    scope, asked = scope_of(request), Asked.of(request.GET)
    return kept_page(request, "dashboards/targets.html", lambda: {"page": matrix_page(scope, asked)}, section="targets")


@mandated
def targets_workbook(request: HttpRequest) -> HttpResponse:
    """The targets that the filters of the page let through as a workbook."""
    content = matrix_workbook(scope_of(request), Asked.of(request.GET))
    headers = {"Content-Disposition": 'attachment; filename="targets.xlsx"'}
    return HttpResponse(content, content_type=_XLSX, headers=headers)


@mandated
def target(request: HttpRequest, target: str) -> HttpResponse:
    """One target: its way, what it is made of, what the checks found, and where it is demanded."""
    return render(
        request, "dashboards/target.html", {"page": target_page(scope_of(request), target), "section": "targets"}
    )
