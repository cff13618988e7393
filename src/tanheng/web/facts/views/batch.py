"""Workbooks that were sent: how far their check is, what they would do, and recording them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.facts.batch_page import batch_page
from tanheng.web.facts.sending import ACT, check_again, discard_batch, record_batch
from tanheng.web.facts.views.sent import asked_of
from tanheng.web.ui.numbers import whole_number
from tanheng.web.ui.words import language


@mandated
def batch(request: HttpRequest, id: str) -> HttpResponse:
    """The page asks for itself again until the work has ended."""
    scope = scope_of(request)
    scope.require(ACT)
    page = batch_page(id, asked_of(request), language(), scope=scope)
    return render(request, "facts/batch.html", {"page": page, "section": "facts", "lang_id": language()})


@mandated
@require_POST
def record(request: HttpRequest, id: str) -> HttpResponse:
    """Records the whole batch."""
    record_batch(id, scope=scope_of(request))
    return redirect("sent_workbooks", id)


@mandated
@require_POST
def again(request: HttpRequest, id: str) -> HttpResponse:
    """Checks the batch once more, with another layout where one was chosen."""
    number, layout = whole_number(request.POST.get("file", "")), request.POST.get("layout", "")
    layouts = {} if number is None or "layout" not in request.POST else {number: layout}
    check_again(id, scope=scope_of(request), layouts=layouts)
    return redirect("sent_workbooks", id)


@mandated
@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    """Takes the batch off the desk."""
    scope_of(request).require(ACT)
    discard_batch(id, scope=scope_of(request))
    return redirect("facts")
