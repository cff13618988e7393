"""One document: its clauses, its text, and the passage of one of its demands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.sources.documents import document_page, passage_page, text_page


@mandated
def document(request: HttpRequest, id: str) -> HttpResponse:
    """The clauses of a document as a tree, with what each demands."""
    page = document_page(scope_of(request), id, timezone.localdate())
    return render(request, "sources/document.html", {"page": page, "section": "library"})


@mandated
def document_text(request: HttpRequest, id: str) -> HttpResponse:
    """The text of a document, its demands marked."""
    page = text_page(scope_of(request), id, timezone.localdate())
    return render(request, "sources/text.html", {"page": page, "section": "library"})


@mandated
def passage(request: HttpRequest, id: str, obligation: str) -> HttpResponse:
    """A target or task beside the passage that demands it."""
    page = passage_page(scope_of(request), id, obligation, timezone.localdate())
    return render(request, "sources/passage.html", {"page": page, "section": "library"})
