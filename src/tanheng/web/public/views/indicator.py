"""Published indicators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.public.indicator_pages import indicator_lines, indicator_page


def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator of which something was published."""
    return render(request, "public/indicators.html", {"lines": indicator_lines(), "section": "public"})


def indicator(request: HttpRequest, id: str) -> HttpResponse:
    """One indicator for a place: value, trend, meaning, origin; and how to put it into another site."""
    page = indicator_page(id, request.GET.get("area", ""), request.GET.get("scheme", ""))
    context = {"page": page, "snippet": request.build_absolute_uri(page.embed_path), "section": "public"}
    return render(request, "public/indicator.html", context)
