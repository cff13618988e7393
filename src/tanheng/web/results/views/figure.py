"""The explanation of a figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.directory.scope import scope_of
from tanheng.web.results.explanation import explanation_page


def figure(request: HttpRequest, result: str, address: str) -> HttpResponse:
    """Value, parts, steps, factors, gaps and receipt of one figure."""
    page = explanation_page(result, address, scope=scope_of(request))
    return render(request, "results/figure.html", {"page": page, "section": "areas"})
