"""Lending one's mandate for some days."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import read_date
from tanheng.records.delegating import delegated_from, delegations_of
from tanheng.records.people import names_of
from tanheng.web.cases.services import lend_mandate, take_back_mandate
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.ui.refusals import refusal_said, status_of


@mandated
@require_http_methods(["GET", "POST"])
def delegation(request: HttpRequest) -> HttpResponse:
    """Who else acts under the reader's mandate, and a form to let somebody."""
    if request.method != "POST":
        return _page(request)
    field = request.POST.get
    try:
        start, end = read_date(field("start", "").strip()), read_date(field("end", "").strip())
        lend_mandate(login=field("login", ""), start=start, end=end, scope=scope_of(request))
    except Refusal as refusal:
        return _page(request, refusal)
    return redirect("delegation")


@mandated
@require_POST
def end_delegation(request: HttpRequest) -> HttpResponse:
    """Ends a delegation today, and leads back to the page."""
    try:
        take_back_mandate(lent=request.POST.get("mandate", ""), scope=scope_of(request))
    except Refusal as refusal:
        return _page(request, refusal)
    return redirect("delegation")


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    scope = scope_of(request)
    lent = delegations_of(scope.mandate)
    names = names_of(item.person for item in lent)
    rows = [
        {
            "who": names[item.person] if item.person in names else "",
            "lent": item,
            "is_open": item.end is None or item.end > scope.day,
        }
        for item in lent
    ]
    context = {"rows": rows, "borrowed": bool(delegated_from(scope.mandate)), "typed": request.POST, "section": "inbox"}
    if refusal is None:
        return render(request, "cases/delegation.html", context)
    context["refusal"] = refusal_said(refusal)
    return render(request, "cases/delegation.html", context, status=status_of(refusal))
