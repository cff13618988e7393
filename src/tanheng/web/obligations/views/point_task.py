"""Making a task of an open point of a month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.web.cases.seats import addressees
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.obligations.point_tasks import TaskAsked, point_seen, task_from_point
from tanheng.web.ui.refusals import refusal_said, status_of

_FIELDS = ("label", "lead", "supporting", "due")


@mandated
@require_http_methods(["GET", "POST"])
def point_task(request: HttpRequest) -> HttpResponse:
    """The form, filled with what the point says; what was typed stays where it is refused."""
    scope_of(request).require("supervise")
    if request.method != "POST":
        return _form(request, request.GET.get("point", ""))
    key, typed = request.POST.get("point", ""), {name: request.POST.get(name, "") for name in _FIELDS}
    try:
        made = task_from_point(key, asked=TaskAsked(**typed), scope=scope_of(request))
    except Refusal as refusal:
        if status_of(refusal) in (403, 404):
            raise
        return _form(request, key, refusal)
    return redirect("task", made)


def _form(request: HttpRequest, key: str, refusal: Refusal | None = None) -> HttpResponse:
    scope = scope_of(request)
    point = point_seen(key, scope)
    due = max(point.due, scope.day).isoformat()
    usual = {"label": " ".join(point.text.split())[:200], "lead": point.party, "supporting": "", "due": due}
    given = {name: request.POST.get(name, "") for name in _FIELDS} if refusal else usual
    context = {"point": point, "given": given, "names": list(addressees(scope).values()), "section": "tasks"}
    if refusal is None:
        return render(request, "obligations/point_task.html", context)
    context["refusal"] = refusal_said(refusal)
    return render(request, "obligations/point_task.html", context, status=status_of(refusal))
