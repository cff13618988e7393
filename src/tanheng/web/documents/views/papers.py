"""The papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.documents.papers_page import paper_lines


@mandated
def papers(request: HttpRequest) -> HttpResponse:
    """Every paper that was drafted, as far as the reader sees its case."""
    return render(request, "documents/papers.html", {"lines": paper_lines(scope_of(request)), "section": "papers"})
