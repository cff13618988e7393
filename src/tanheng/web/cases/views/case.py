"""One case: where it stands, what was done, and the moves that the reader may make."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.web.cases.seats import addressees
from tanheng.web.cases.selectors import case_page
from tanheng.web.cases.services import make_move
from tanheng.web.cases.views.sent import fresh_token, sent_by
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.ui.refusals import refusal_said, status_of

_MEANWHILE, _CONFLICT = "case-moved-meanwhile", 409
_HIDDEN = frozenset({"case-unknown", "no-mandate"})


@mandated
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, procedure: str, name: str) -> HttpResponse:
    """Shows a case; a move that is sent to it leads back to it. What was typed stays where the move is refused."""
    id, scope = f"{procedure}/{name}", scope_of(request)
    if request.method != "POST":
        return _page(request, id)
    try:
        make_move(id, request.POST.get("move", ""), sent=sent_by(request), scope=scope)
    except Refusal as refusal:
        if refusal.code in _HIDDEN:
            raise
        return _page(request, id, refusal)
    return redirect("case", procedure, name)


def _page(request: HttpRequest, id: str, refusal: Refusal | None = None) -> HttpResponse:
    scope = scope_of(request)
    page = case_page(id, scope)
    takes_addressee = any("addressee" in (*move.needs, *move.takes) for move in page.moves)
    context = {
        "page": page,
        "section": "inbox",
        "token": fresh_token(),
        "addressees": list(addressees(scope).values()) if takes_addressee else [],
        "typed": _typed(request) if refusal else {},
        "nothing": {},
    }
    if refusal is None:
        return render(request, "cases/case.html", context)
    context["typed_lost"] = context["typed"].get("move") not in [move.id for move in page.moves]
    context["refusal"] = refusal_said(refusal)
    status = _CONFLICT if refusal.code == _MEANWHILE else status_of(refusal)
    return render(request, "cases/case.html", context, status=status)


def _typed(request: HttpRequest) -> Mapping[str, str]:
    """What was typed, so that nobody types it again; files cannot be put back into a form."""
    return {name: text for name, text in request.POST.items() if name not in ("csrfmiddlewaretoken", "token")}
