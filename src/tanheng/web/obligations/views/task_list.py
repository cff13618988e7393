"""The list of tasks: table, board, calendar; the filters that a reader saves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tanheng.kernel.faults import Refusal
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.obligations.task_filters import Filter, drop_filter, save_filter
from tanheng.web.obligations.task_pages import task_list_page
from tanheng.web.ui.refusals import refusal_said, status_of


@mandated
def task_list(request: HttpRequest) -> HttpResponse:
    """The tasks of a year; where none is recorded, how to record them."""
    try:
        page = task_list_page(Filter.of(request.GET), scope_of(request))
    except Refusal as refusal:
        if refusal.code != "tasks-of-no-year":
            raise
        return render(request, "obligations/no_tasks.html", {"section": "tasks"})
    return render(request, "obligations/tasks.html", {"page": page, "section": "tasks"})


@mandated
@require_POST
def filters(request: HttpRequest) -> HttpResponse:
    """Saves the filter of the list under a name, or forgets one; back to the list."""
    scope = scope_of(request)
    asked, name = Filter.of(request.POST), request.POST.get("name", "").strip()
    if scope.person and name and "drop" in request.POST:
        drop_filter(person=scope.person, name=name)
    elif scope.person and name:
        try:
            save_filter(person=scope.person, name=name, asked=asked)
        except Refusal as refusal:
            told = refusal_said(refusal)
            context = {"page": task_list_page(asked, scope), "refusal": told, "section": "tasks"}
            return render(request, "obligations/tasks.html", context, status=status_of(refusal))
    return redirect(f"{reverse('tasks')}?{asked.query()}")
