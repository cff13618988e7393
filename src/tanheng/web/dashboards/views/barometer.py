"""The barometer of a quarter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanheng.web.dashboards.barometer_page import barometer_page, latest_quarter
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.kept_pages import kept_page
from tanheng.web.directory.scope import scope_of


@mandated
def barometers(request: HttpRequest) -> HttpResponse:
    """The latest barometer; where there is none yet, how to make one."""
    quarter = latest_quarter(scope_of(request))
    if quarter:
        return redirect("barometer", quarter)
    return render(request, "dashboards/no_barometer.html", {"section": "barometer"})


@mandated
def barometer(request: HttpRequest, quarter: str) -> HttpResponse:
    """The lights of a quarter for a measure and a tier: map and tables."""
    asked, scope = (quarter, request.GET.get("measure"), request.GET.get("tier")), scope_of(request)
    return kept_page(
        request, "dashboards/barometer.html", lambda: {"page": barometer_page(*asked, scope)}, section="barometer"
    )
