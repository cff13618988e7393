"""Pages for what went wrong before a view could say so itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that no page has."""
    said = {"message": gettext("There is no page at this address."), "next_step": gettext("Start from the city.")}
    return render(request, "ui/refusal.html", {"refusal": said, "code": "404"}, status=404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: mostly one that stood open for too long."""
    message = gettext("This form has expired, and nothing was changed.")
    said = {"message": message, "next_step": gettext("Go back, load the page again and send the form once more.")}
    return render(request, "ui/refusal.html", {"refusal": said, "code": "403"}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A defect."""
    message = gettext("Something is wrong with the program, and nothing was changed.")
    said = {"message": message, "next_step": gettext("Tell whoever runs this site, with the time and the address.")}
    return render(request, "ui/refusal.html", {"refusal": said, "code": "500"}, status=500)
