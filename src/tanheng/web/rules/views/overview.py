"""The first page of the rules, and what in them is unverified."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.rules.overview import overview, unverified_values


def rules(request: HttpRequest) -> HttpResponse:
    """What there is, and the packs it comes from."""
    return render(request, "rules/rules.html", {"page": overview(), "section": "rules"})


def unverified(request: HttpRequest) -> HttpResponse:
    """Every value that nobody has read in its source."""
    return render(request, "rules/unverified.html", {"lines": unverified_values(), "section": "rules"})
