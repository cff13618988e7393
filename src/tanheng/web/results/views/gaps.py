"""The gaps of a figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.directory.scope import scope_of
from tanheng.web.results.gap_lists import gaps_page


def gaps(request: HttpRequest, result: str, address: str) -> HttpResponse:
    """Every gap below a figure, page by page."""
    page = gaps_page(result, address, request.GET.get("page", "1"), scope_of(request))
    return render(request, "results/gaps.html", {"page": page, "section": "areas"})
