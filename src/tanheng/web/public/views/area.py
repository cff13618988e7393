"""Areas with published figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.public.area_pages import area_lines, public_area


def areas(request: HttpRequest) -> HttpResponse:
    """Every area for which something was published."""
    return render(request, "public/areas.html", {"lines": area_lines(), "section": "public"})


def area(request: HttpRequest, area: str) -> HttpResponse:
    """One area with the latest of each of its published figures."""
    return render(request, "public/area.html", {"page": public_area(area), "section": "public"})
