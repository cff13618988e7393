"""One task: what was said of it, and saying more."""

from collections.abc import Mapping
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tanheng.kernel.faults import Refusal
from tanheng.records.site_files import blobs
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.obligations.services import report_tasks
from tanheng.web.obligations.task_board import board_with
from tanheng.web.obligations.task_filters import Filter
from tanheng.web.obligations.task_pages import task_list_page, task_page
from tanheng.web.ui.refusals import refusal_said, status_of

_FIELDS = ("progress", "completion", "status", "problem", "next_step")


@mandated
def task(request: HttpRequest, task: str) -> HttpResponse:
    """The page of a task."""
    return render(request, "obligations/task.html", {"page": task_page(task, scope_of(request)), "section": "tasks"})


@mandated
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Records a report on the chosen tasks and leads back. A refusal is shown above what was typed, which stays."""
    scope = scope_of(request)
    said = {name: request.POST.get(name, "") for name in _FIELDS}
    chosen = _chosen(request.POST)
    alone = request.POST.get("alone", "")
    try:
        report_tasks(scope=scope, tasks=chosen, said=said, files=request.FILES.getlist("evidence"),
                     token=request.POST.get("token", "")[:64])  # fmt: skip
    except Refusal as refusal:
        told = refusal_said(refusal)
        context = {"refusal": told, "given": said, "section": "tasks", "chosen": list(chosen)}
        if alone:
            shown = {**context, "page": task_page(alone, scope)}
            return render(request, "obligations/task.html", shown, status=status_of(refusal))
        shown = {**context, "page": task_list_page(Filter.of(request.POST), scope)}
        return render(request, "obligations/tasks.html", shown, status=status_of(refusal))
    if alone:
        return redirect("task", alone)
    return redirect(f"{reverse('tasks')}?{Filter.of(request.POST).query()}")


@mandated
def evidence(request: HttpRequest, task: str, position: int, number: int) -> HttpResponse:
    """A file of evidence, to be saved: it is never shown inside the site."""
    board = board_with(scope_of(request), task)
    found = next((item for item in board.reports if (item.task, item.position) == (task, position)), None)
    pieces = found.said.evidence if found else ()
    if number >= len(pieces) or not pieces[number].digest:
        raise Http404
    response = HttpResponse(blobs().get(pieces[number].digest), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = _attachment(pieces[number].name)
    return response


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"


def _chosen(fields: Mapping[str, str]) -> dict[str, int]:
    """The tasks of the form, `id@seen`: with the position of the last report that the sender saw."""
    found = {}
    for text in fields.getlist("task"):
        id, _, seen = text.rpartition("@")
        if id and seen.isdecimal() and len(seen) < 12:
            found[id] = int(seen)
    return found
