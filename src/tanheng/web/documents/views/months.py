"""The list of months, and opening one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.web.cases.views.sent import fresh_token
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.documents.month_services import open_month
from tanheng.web.documents.months_page import months_page
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language


@mandated
@require_http_methods(["GET", "POST"])
def months(request: HttpRequest) -> HttpResponse:
    """The months in reach; the form opens one and leads to it."""
    if request.method != "POST":
        return _page(request)
    field = request.POST.get
    try:
        period = Period.parse(field("period", "").strip())
        opened = open_month(area=field("area", ""), period=period, token=field("token", ""), scope=scope_of(request))
    except Refusal as refusal:
        if status_of(refusal) in (403, 404):
            raise
        return _page(request, refusal)
    return redirect(opened.href)


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    context = {"page": months_page(scope_of(request)), "section": "month", "token": fresh_token()}
    if refusal is None:
        return render(request, "documents/months.html", context)
    context["refusal"] = {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
    context["typed"] = request.POST
    return render(request, "documents/months.html", context, status=status_of(refusal))
