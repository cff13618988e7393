"""Score cards and rules of lights."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.rules.judgements import lights_page, rules_of_lights, scorecard_page
from tanheng.web.rules.judgements import scorecards as known_scorecards


def scorecards(request: HttpRequest) -> HttpResponse:
    """Every score card and every rule of lights."""
    context = {"cards": known_scorecards(), "rules": rules_of_lights(), "section": "rules"}
    return render(request, "rules/scorecards.html", context)


def scorecard(request: HttpRequest, id: str) -> HttpResponse:
    """One score card."""
    return render(request, "rules/scorecard.html", {"page": scorecard_page(id), "section": "rules"})


def lights(request: HttpRequest, id: str) -> HttpResponse:
    """One rule of lights."""
    return render(request, "rules/lights.html", {"page": lights_page(id), "section": "rules"})
