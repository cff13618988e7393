"""The published barometer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tanheng.web.public.barometer_pages import public_barometer, published_quarters


def barometer(request: HttpRequest, quarter: str = "") -> HttpResponse:
    """The lights of areas and fields in a quarter, the latest without one; where none was published, that."""
    if not quarter and not published_quarters():
        return render(request, "public/no_barometer.html", {"section": "public"})
    page = public_barometer(quarter, request.GET.get("by", ""))
    snippet = request.build_absolute_uri(reverse("embed-barometer", args=[page.quarter]))
    return render(request, "public/barometer.html", {"page": page, "snippet": snippet, "section": "public"})
