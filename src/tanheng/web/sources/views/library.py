"""The list of documents, and the reviews in work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.sources.documents import document_lines
from tanheng.web.sources.reviewing import open_drafts


@mandated
def library(request: HttpRequest) -> HttpResponse:
    """Every recorded document; for whoever adopts, the reviews in work and the way to a new one."""
    scope = scope_of(request)
    lines, drafts = document_lines(scope, timezone.localdate()), open_drafts(scope)
    return render(request, "sources/library.html", {"lines": lines, "drafts": drafts, "section": "library"})
