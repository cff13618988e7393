"""Targets: the matrix of a year, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.dashboards.target_pages import matrix_page, target_page
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.kept_pages import kept_page
from tanheng.web.directory.scope import scope_of


@mandated
def targets(request: HttpRequest) -> HttpResponse:
    """The targets of a year by subject and indicator, each with its light."""
    scope, asked = scope_of(request), (request.GET.get("year", ""), request.GET.get("track", ""))
    return kept_page(
        request, "dashboards/targets.html", lambda: {"page": matrix_page(scope, *asked)}, section="targets"
    )


@mandated
def target(request: HttpRequest, target: str) -> HttpResponse:
    """One target: its way, what it is made of, what the checks found, and where it is demanded."""
    return render(
        request, "dashboards/target.html", {"page": target_page(scope_of(request), target), "section": "targets"}
    )
