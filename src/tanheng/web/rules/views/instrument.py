"""Documents and their clauses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.rules.clauses import instrument_lines, instrument_page


def instruments(request: HttpRequest) -> HttpResponse:
    """Every document that a definition may rest on."""
    return render(request, "rules/instruments.html", {"lines": instrument_lines(), "section": "rules"})


def instrument(request: HttpRequest, id: str) -> HttpResponse:
    """One document with its clauses and what rests on each."""
    return render(request, "rules/instrument.html", {"page": instrument_page(id), "section": "rules"})
