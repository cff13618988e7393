"""All that was ever said of one figure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.kernel.period import read_date
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.facts.revisions import revisions_page


@mandated
def revisions(request: HttpRequest, key: str) -> HttpResponse:
    """The statements side by side; `?on=` asks which one was in force on a day."""
    text = request.GET.get("on", "").strip()
    page = revisions_page(key, read_date(text) if text else None, scope=scope_of(request))
    return render(request, "facts/revisions.html", {"page": page, "section": "facts"})
