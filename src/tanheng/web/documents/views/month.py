"""The month of an area: its page, and everything that is done on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, read_date
from tanheng.web.cases.services import Sent
from tanheng.web.cases.views.sent import fresh_token, sent_by
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import Scope, scope_of
from tanheng.web.documents import month_services as services
from tanheng.web.documents.month_case import AREA, MonthCase, month_case
from tanheng.web.documents.month_jobs import CHECK, COMPUTE, DRAFT, REVISE
from tanheng.web.documents.month_page import month_page
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language

_MEANWHILE, _CONFLICT = "case-moved-meanwhile", 409
Act = Callable[[MonthCase, QueryDict, Sent, Scope], object]


@mandated
@require_http_methods(["GET", "POST"])
def month(request: HttpRequest, area: str, period: str) -> HttpResponse:
    """Shows the month; a form that is sent to it leads back to it. What was typed stays where it is refused."""
    about, scope = (f"{AREA}{area}", Period.parse(period)), scope_of(request)
    if request.method != "POST":
        return _page(request, *about)
    found = month_case(*about, scope)
    try:
        _act_of(request.POST)(found, request.POST, _sent(request), scope)
    except Refusal as refusal:
        if status_of(refusal) == 404:
            raise
        return _page(request, *about, refusal)
    return redirect(found.href)


def _page(request: HttpRequest, area: str, period: Period, refusal: Refusal | None = None) -> HttpResponse:
    context = {"page": month_page(area, period, scope_of(request)), "section": "month", "token": fresh_token()}
    context |= {"today": scope_of(request).day, "typed": request.POST if refusal else {}, "nothing": {}}
    if refusal is None:
        return render(request, "documents/month.html", context)
    context["refusal"] = {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
    status = _CONFLICT if refusal.code == _MEANWHILE else status_of(refusal)
    return render(request, "documents/month.html", context, status=status)


def _act_of(fields: QueryDict) -> Act:
    """What a form asks for.

    Refuses  not-permitted: nothing that this page does.
    """
    asked = fields.get("act", "")
    if asked not in _ACTS:
        raise Refusal("not-permitted", act=asked[:40] or "-")
    return _ACTS[asked]


def _sent(request: HttpRequest) -> Sent:
    """The fields that every form has; a token is of one act, whatever else the page sends with it."""
    sent = sent_by(request)
    act = request.POST.get("act", "")
    return replace(sent, token=f"{sent.token[:40]}-{act[:20]}" if sent.token else "", addressee="", due=None)


def _moved(name: str) -> Act:
    def act(month: MonthCase, fields: QueryDict, sent: Sent, scope: Scope) -> None:
        services.move_month(month, name, sent=sent, scope=scope)

    return act


def _work(kind: str) -> Act:
    def act(month: MonthCase, fields: QueryDict, sent: Sent, scope: Scope) -> None:
        day = fields.get("known_on", "").strip()
        known_on = read_date(day) if day else scope.day
        services.begin_work(kind, month, known_on=known_on, sent=sent, scope=scope)

    return act


def _accept(month: MonthCase, fields: QueryDict, sent: Sent, scope: Scope) -> None:
    reasons = {code: fields.get(f"reason-{code}", "") for code in fields.getlist("accept")}
    services.accept_blockers(month, reasons, sent=sent, scope=scope)


def _comment(month: MonthCase, fields: QueryDict, sent: Sent, scope: Scope) -> None:
    services.comment_on(month, fields.get("area", ""), sent=sent, scope=scope)


def _upload(month: MonthCase, fields: QueryDict, sent: Sent, scope: Scope) -> None:
    services.upload_draft(month, sent=sent, scope=scope)


def _send(month: MonthCase, fields: QueryDict, sent: Sent, scope: Scope) -> None:
    services.send_for_signing(month, sent=sent, scope=scope)


def _sign(month: MonthCase, fields: QueryDict, sent: Sent, scope: Scope) -> None:
    services.begin_signing(month, sent=sent, scope=scope)


def _point(month: MonthCase, fields: QueryDict, sent: Sent, scope: Scope) -> None:
    told = {name: fields.get(name, "") for name in ("kind", "party", "due")}
    services.add_point(month, **told, sent=sent, scope=scope)


def _settle(month: MonthCase, fields: QueryDict, sent: Sent, scope: Scope) -> None:
    services.settle(month, fields.get("point", ""), sent=sent, scope=scope)


_ACTS: Mapping[str, Act] = {
    **{name: _moved(name) for name in ("check", "collect_again", "ask", "draft", "redraft", "follow_up", "withdraw")},
    "compute": _work(COMPUTE),
    "checked": _work(CHECK),
    "drafted": _work(DRAFT),
    "revise": _work(REVISE),
    "accept": _accept,
    "comment": _comment,
    "upload": _upload,
    "send": _send,
    "sign": _sign,
    "point": _point,
    "settle": _settle,
}
