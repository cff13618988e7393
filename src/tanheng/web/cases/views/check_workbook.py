"""Having a workbook checked before it is sent in: in the background, without recording anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import read_date
from tanheng.records.evidence import LARGEST
from tanheng.web.cases.checks import begin_check
from tanheng.web.cases.jobs import jobs_of
from tanheng.web.cases.views.sent import fresh_token
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language


@mandated
@require_http_methods(["GET", "POST"])
def check_workbook(request: HttpRequest) -> HttpResponse:
    """The form, and the checks that the reader asked for lately."""
    scope_of(request).require("import")
    if request.method != "POST":
        return _page(request)
    try:
        job = begin_check(**_sent(request), scope=scope_of(request))
    except Refusal as refusal:
        return _page(request, refusal)
    return redirect("job", job.id)


def _sent(request: HttpRequest) -> dict[str, object]:
    file = request.FILES.get("workbook")
    if file is None:
        raise Refusal("evidence-empty", name="-")
    if file.size is not None and file.size > LARGEST:
        raise Refusal("evidence-too-large", name=file.name, limit=LARGEST // 1024 // 1024)
    day = request.POST.get("published", "").strip()
    published = read_date(day) if day else scope_of(request).day
    token = request.POST.get("token", "")[:64]
    return {"name": file.name, "content": file.read(), "published": published, "token": token}


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    scope = scope_of(request)
    context = {"jobs": jobs_of(scope.person), "token": fresh_token(), "day": scope.day, "section": "inbox"}
    if refusal is None:
        return render(request, "cases/check_workbook.html", context)
    context["refusal"] = {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
    return render(request, "cases/check_workbook.html", context, status=status_of(refusal))
