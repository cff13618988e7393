"""The page one begins with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.dashboards.home_page import home_page
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of


@mandated
def home(request: HttpRequest) -> HttpResponse:
    """What waits, what changed, where one stands; of a leader, one page to be read in a minute."""
    page = home_page(scope_of(request))
    template = "dashboards/leader.html" if page.is_leader else "dashboards/home.html"
    return render(request, template, {"page": page, "section": "home"})
