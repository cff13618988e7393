"""The data calendar: who owes which figure by when, and reminding whoever does."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.facts.data_calendar_page import asked_of, calendar_page
from tanheng.web.facts.data_reminding import remind_senders


@mandated
def data_calendar(request: HttpRequest) -> HttpResponse:
    """A month as a list or a calendar, or a year."""
    scope = scope_of(request)
    page = calendar_page(asked_of(request.GET, scope), scope)
    return render(request, "facts/data_calendar.html", {"page": page, "section": "facts"})


@mandated
@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Reminds one sender or all late ones, and says who was told; sent twice, it tells nobody twice."""
    scope = scope_of(request)
    asked = asked_of(request.POST, scope)
    told = remind_senders(month=asked.month, about=request.POST.get("about", ""), scope=scope)
    context = {"page": calendar_page(asked, scope), "told": told, "section": "facts"}
    return render(request, "facts/data_calendar.html", context)
