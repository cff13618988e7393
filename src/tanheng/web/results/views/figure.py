"""The explanation of a figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.results.explanation import explanation_page


def figure(request: HttpRequest, result: str, address: str) -> HttpResponse:
    """Value, parts, steps, factors, gaps and receipt of one figure."""
    return render(request, "results/figure.html", {"page": explanation_page(result, address), "section": "areas"})
