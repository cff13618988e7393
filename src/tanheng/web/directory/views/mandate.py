"""Choosing the mandate to act under."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tanheng.kernel.faults import Refusal
from tanheng.web.directory.scope import CHOSEN, mandates_of_request


@require_POST
@login_required
def choose_mandate(request: HttpRequest) -> HttpResponse:
    """Acts under another of one's own mandates from here on, and leads to the start: the page before may be none of
    its own.

    Refuses  mandate-unknown: none of one's own, or one that has ended.
    """
    wanted = request.POST.get("mandate", "")
    if wanted not in [mandate.mandate for mandate in mandates_of_request(request)]:
        raise Refusal("mandate-unknown", mandate=wanted)
    request.session[CHOSEN] = wanted
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else "front")
