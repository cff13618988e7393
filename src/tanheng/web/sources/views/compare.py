"""Two documents side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.sources.comparison import comparison_page


@mandated
def compare(request: HttpRequest) -> HttpResponse:
    """Two years of a plan, or a district's plan against the city's."""
    asked, today = request.GET, timezone.localdate()
    page = comparison_page(
        scope_of(request),
        asked.get("first", ""),
        asked.get("second", ""),
        today,
        district=asked.get("kind") == "district",
    )
    return render(request, "sources/compare.html", {"page": page, "section": "library"})
