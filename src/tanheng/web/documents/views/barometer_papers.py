"""The paper of a quarter's barometer: its page, and everything that is done on it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, read_date, year_to_date
from tanheng.web.cases.views.sent import fresh_token, sent_by
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.documents import barometer_services as services
from tanheng.web.documents import paper_services
from tanheng.web.documents.barometer_case import barometer_case
from tanheng.web.documents.barometer_page import barometer_paper_page
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language

_MEANWHILE, _CONFLICT = "case-moved-meanwhile", 409
_PLAIN = ("redraft", "withdraw", "drafted")


@mandated
@require_http_methods(["GET", "POST"])
def barometer_papers(request: HttpRequest, quarter: str) -> HttpResponse:
    """Shows the paper; a form that is sent to it leads back to it."""
    period = _to_date(Period.parse(quarter))
    if request.method != "POST":
        return _page(request, quarter, period)
    barometer_paper_page(quarter, period, scope_of(request))
    try:
        _done(request, quarter, period)
    except Refusal as refusal:
        if status_of(refusal) == 404:
            raise
        return _page(request, quarter, period, refusal)
    return redirect("barometer_papers", quarter)


def _done(request: HttpRequest, quarter: str, period: Period) -> None:
    """Does what the form asks for.

    Refuses  not-permitted: nothing that this page does.
    """
    scope, field, act = scope_of(request), request.POST.get, request.POST.get("act", "")
    sent = sent_by(request)
    sent = replace(sent, token=f"{sent.token[:40]}-{act[:20]}" if sent.token else "", addressee="", due=None)
    paper = barometer_case(quarter, period)
    if act == "compute":
        known_on = read_date(field("known_on", "")) if field("known_on", "") else scope.day
        services.begin_computing(paper, known_on=known_on, sent=sent, scope=scope)
    elif act == "begin":
        reasons = {code: field(f"reason-{code}", "") for code in request.POST.getlist("accept")}
        services.begin_paper(paper, reasons, sent=sent, scope=scope)
    elif act == "write":
        paper_services.begin_draft(paper, sent=sent, scope=scope)
    elif act == "send":
        paper_services.send_paper(paper, sent=sent, scope=scope)
    elif act == "sign":
        paper_services.begin_signing(paper, sent=sent, scope=scope)
    elif act in _PLAIN:
        paper_services.move_paper(paper, act, sent=sent, scope=scope)
    else:
        raise Refusal("not-permitted", act=act[:40] or "-")


def _to_date(period: Period) -> Period:
    """A quarter as the period from January to its end."""
    return year_to_date(period.start.year, period.months()[-1].start.month)


def _page(request: HttpRequest, quarter: str, period: Period, refusal: Refusal | None = None) -> HttpResponse:
    page = barometer_paper_page(quarter, period, scope_of(request))
    context = {"page": page, "section": "barometer", "token": fresh_token(), "today": scope_of(request).day}
    context["typed"] = request.POST if refusal else {}
    if refusal is None:
        return render(request, "documents/barometer_papers.html", context)
    context["refusal"] = {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
    status = _CONFLICT if refusal.code == _MEANWHILE else status_of(refusal)
    return render(request, "documents/barometer_papers.html", context, status=status)
