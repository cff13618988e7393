"""The stored results of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.results.result_lists import result_lines


@mandated
def results(request: HttpRequest) -> HttpResponse:
    """Every stored result, the latest first."""
    return render(request, "results/results.html", {"lines": result_lines(scope_of(request)), "section": "results"})
