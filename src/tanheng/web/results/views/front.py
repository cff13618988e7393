"""The first page: what is published, and how to log in. Whoever acts under a mandate is led to where that begins."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanheng.web.directory.scope import scope_of
from tanheng.web.results.publications import publication_lines

_LATEST = 10


def front(request: HttpRequest) -> HttpResponse:
    """The public page."""
    if not scope_of(request).is_public:
        return redirect(settings.TANHENG_START)
    return render(request, "results/front.html", {"lines": publication_lines()[:_LATEST], "section": "front"})
