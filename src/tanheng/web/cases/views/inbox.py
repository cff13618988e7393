"""The inbox: what waits for the reader, what else is open, what has ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.cases import selectors
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of


@mandated
def inbox(request: HttpRequest) -> HttpResponse:
    """The cases of a share: mine, ours, ended."""
    page = selectors.inbox(scope_of(request), request.GET.get("share", ""))
    return render(request, "cases/inbox.html", {"page": page, "section": "inbox"})
