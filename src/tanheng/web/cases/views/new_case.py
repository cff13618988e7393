"""Opening a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.records.cases import Matter
from tanheng.records.procedures import procedure_of
from tanheng.web.cases.diagram import diagram
from tanheng.web.cases.seats import addressees
from tanheng.web.cases.selectors import opening_for
from tanheng.web.cases.services import open_new
from tanheng.web.cases.views.sent import fresh_token, sent_by
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.ui.refusals import refusal_said, status_of


@mandated
@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest, procedure: str) -> HttpResponse:
    """The form of a new case; other pages may fill in what it is about."""
    if request.method != "POST":
        return _form(request, procedure)
    matter = Matter(*(request.POST.get(name, "").strip() for name in ("title", "about", "subject")))
    try:
        opened = open_new(procedure, matter=matter, sent=sent_by(request), scope=scope_of(request))
    except Refusal as refusal:
        if status_of(refusal) in (403, 404):
            raise
        return _form(request, procedure, refusal)
    return redirect("case", *opened.id.split("/", 1))


def _form(request: HttpRequest, procedure: str, refusal: Refusal | None = None) -> HttpResponse:
    scope, definition = scope_of(request), procedure_of(procedure)
    move = opening_for(definition, scope)
    if move is None:
        raise Refusal("not-permitted", act=procedure)
    typed = request.POST if refusal else request.GET
    context = {
        "procedure": definition,
        "move": move,
        "drawn": diagram(definition),
        "section": "inbox",
        "token": fresh_token(),
        "addressees": list(addressees(scope).values()),
        "typed": {name: text for name, text in typed.items() if name not in ("csrfmiddlewaretoken", "token")},
    }
    if refusal is None:
        return render(request, "cases/new_case.html", context)
    context["refusal"] = refusal_said(refusal)
    return render(request, "cases/new_case.html", context, status=status_of(refusal))
