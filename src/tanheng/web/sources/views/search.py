"""Search in the library."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.sources.search import search_page


@mandated
def search(request: HttpRequest) -> HttpResponse:
    """Clauses, targets and tasks in which every word stands."""
    page = search_page(scope_of(request), request.GET.get("q", "")[:200], timezone.localdate())
    return render(request, "sources/search.html", {"page": page, "section": "library"})
