"""Where figures come in: workbooks are dropped here, and the other ways lead on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.web.cases.views.sent import fresh_token
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.facts.import_pages import import_list
from tanheng.web.facts.sending import ACT, send_workbooks
from tanheng.web.facts.views.sent import sending_of
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language


@mandated
@require_http_methods(["GET", "POST"])
def front(request: HttpRequest) -> HttpResponse:
    """The front page of the facts, and what its form sends."""
    scope_of(request).require(ACT)
    if request.method != "POST":
        return _page(request)
    try:
        batch = send_workbooks(sending_of(request, scope_of(request)), scope=scope_of(request))
    except Refusal as refusal:
        return _page(request, refusal)
    return redirect("sent_workbooks", batch.id)


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    scope = scope_of(request)
    context = {"page": import_list(0, scope=scope), "token": fresh_token(), "day": scope.day, "section": "facts"}
    if refusal is None:
        return render(request, "facts/front.html", context)
    context["refusal"] = {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
    return render(request, "facts/front.html", context, status=status_of(refusal))
