"""The load of a unit, and the readings that a figure rests on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.dashboards.unit_list import unit_id
from tanheng.web.dashboards.unit_meters import hours_page, readings_page
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of


@mandated
def unit_hours(request: HttpRequest, unit: str) -> HttpResponse:
    """A unit or one of its meters by day of a month, or by hour of a day."""
    asked = request.GET
    told = (asked.get("meter", ""), asked.get("month", ""), asked.get("day", ""))
    page = hours_page(unit_id(unit), *told, scope_of(request))
    return render(request, "dashboards/unit_hours.html", {"page": page, "section": "units"})


@mandated
def readings(request: HttpRequest, reference: str) -> HttpResponse:
    """What a reference to readings holds."""
    page = readings_page(reference, scope_of(request))
    return render(request, "dashboards/readings.html", {"page": page, "section": "units"})
