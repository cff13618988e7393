"""Adopting the tables of packs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.documents.adopting_page import table_lines


@mandated
def adopting(request: HttpRequest) -> HttpResponse:
    """The tables, and where the adopting of each stands; the moves themselves are those of the case."""
    context = {"lines": table_lines(scope_of(request)), "section": "papers"}
    return render(request, "documents/adopting.html", context)
