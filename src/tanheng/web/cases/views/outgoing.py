"""What leaves the site: letters and messages, what became of each, and trying one again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tanheng.web.cases.outbox import outbox, send_again
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of


@mandated
def outgoing(request: HttpRequest) -> HttpResponse:
    """Everything that the mandate had sent, the newest first; it asks for itself again while something waits."""
    lines = outbox(scope_of(request))
    context = {"lines": lines, "under_way": any(line.is_open for line in lines), "section": "inbox"}
    return render(request, "cases/outgoing.html", context)


@mandated
@require_POST
def again(request: HttpRequest, id: str) -> HttpResponse:
    """Tries one again, and leads back to where the button was."""
    send_again(id, scope=scope_of(request))
    back = request.POST.get("back", "")
    known = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return redirect(back if known else "outgoing")
