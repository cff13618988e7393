"""Pages for what went wrong before a view could say so itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tanheng.kernel.faults import Refusal
from tanheng.web.site.api import api
from tanheng.web.ui.kept_form import kept_form, may_be_kept
from tanheng.web.ui.words import language

_API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that nobody can read, or that brings more than one may: the API says it as it says everything."""
    refusal = Refusal("request-unreadable", fields=type(exception).__name__)
    if request.path.startswith(_API):
        answer = api.on_exception(request, refusal)
        answer.status_code = 400
        return answer
    said = {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
    return render(request, "ui/refusal.html", {"refusal": said, "code": refusal.code}, status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that no page has."""
    said = {"message": gettext("There is no page at this address."), "next_step": gettext("Start from the city.")}
    return render(request, "ui/refusal.html", {"refusal": said, "code": "404"}, status=404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: mostly one that stood open for too long, or while its sender logged in elsewhere.

    One from a page of this site, sent by somebody who is logged in, is offered again with what was typed; where it came
    from is what is looked at here, so that another site gains nothing by it.
    """
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and may_be_kept(request):
        return kept_form(request)
    message = gettext("This form has expired, and nothing was changed.")
    said = {"message": message, "next_step": gettext("Go back, load the page again and send the form once more.")}
    return render(request, "ui/refusal.html", {"refusal": said, "code": "403"}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A defect."""
    message = gettext("Something is wrong with the program, and nothing was changed.")
    said = {"message": message, "next_step": gettext("Tell whoever runs this site, with the time and the address.")}
    return render(request, "ui/refusal.html", {"refusal": said, "code": "500"}, status=500)
