"""A document that takes the place of another."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tanheng.kernel.period import read_date
from tanheng.records.people import person_of_login
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.sources.services import succeed_document


@require_POST
@mandated
def succeed(request: HttpRequest, id: str) -> HttpResponse:
    """Records that another document takes the place of this one from a day on."""
    succeed_document(
        scope=scope_of(request),
        person=person_of_login(request.user.get_username()),
        earlier=id,
        later=request.POST.get("later", "").strip(),
        start=read_date(request.POST.get("start", "")),
        reason=request.POST.get("reason", ""),
    )
    return redirect("document", id)
