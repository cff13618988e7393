"""Small frames that other sites may put in: one figure with its trend, or the map of the barometer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.public.barometer_pages import public_barometer
from tanheng.web.public.indicator_pages import indicator_href, indicator_page
from tanheng.web.ui.framing import framable


@framable
def embed_indicator(request: HttpRequest, id: str) -> HttpResponse:
    """One indicator for a place, with its trend and where it comes from."""
    area, scheme = request.GET.get("area", ""), request.GET.get("scheme", "")
    page = indicator_page(id, area, scheme)
    href = indicator_href(id, area, scheme)
    return render(request, "public/embed_indicator.html", {"page": page, "href": href})


@framable
def embed_barometer(request: HttpRequest, quarter: str = "") -> HttpResponse:
    """The map of the barometer, or its tiles, of a quarter; of the latest without one."""
    page = public_barometer(quarter, request.GET.get("by", ""))
    return render(request, "public/embed_barometer.html", {"page": page})
