"""Methods."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.rules.methods import method_lines, method_page


def methods(request: HttpRequest) -> HttpResponse:
    """Every method."""
    return render(request, "rules/methods.html", {"lines": method_lines(), "section": "rules"})


def method(request: HttpRequest, id: str) -> HttpResponse:
    """One method with its text and its uses."""
    return render(request, "rules/method.html", {"page": method_page(id), "section": "rules"})
