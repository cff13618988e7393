"""The first page of the public site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.public.area_pages import area_lines
from tanheng.web.public.barometer_pages import published_quarters
from tanheng.web.public.bulletins import bulletins
from tanheng.web.public.indicator_pages import indicator_lines

_LATEST = 6


def public(request: HttpRequest) -> HttpResponse:
    """Indicators with their latest figure, areas, the barometer, what was published last."""
    context = {
        "indicators": indicator_lines(),
        "areas": area_lines(),
        "quarters": published_quarters()[:_LATEST],
        "bulletins": bulletins()[:_LATEST],
        "section": "public",
    }
    return render(request, "public/front.html", context)
