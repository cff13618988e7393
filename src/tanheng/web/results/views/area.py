"""The page of an area, and the way there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.results.selectors import area_page, city_href


@mandated
def city(request: HttpRequest) -> HttpResponse:
    """Where a reader begins in the latest result that says something about it."""
    return result_start(request)


def result_start(request: HttpRequest, result: str = "") -> HttpResponse:
    """The city in a result, or in the latest; where there is none yet, what to do first."""
    href = city_href(result, scope=scope_of(request))
    return redirect(href) if href else render(request, "results/empty.html", {"section": "areas"})


def area(request: HttpRequest, result: str, area: str) -> HttpResponse:
    """An area with its figures, its months, the areas inside and its units."""
    page = area_page(result, area, request.GET.get("period"), request.GET.get("column"), scope=scope_of(request))
    return render(request, "results/area.html", {"page": page, "section": "areas"})
