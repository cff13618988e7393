"""Where figures come in: the ways that the reader may go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of


@mandated
def front(request: HttpRequest) -> HttpResponse:
    """The front page of the facts."""
    scope_of(request).require("import")
    return render(request, "facts/front.html", {"section": "facts"})
