"""The page of one's own account: under which mandates one may act, and how one is let in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.directory.selectors import mandates_shown, tokens_shown


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Mandates, tokens, password, second factor."""
    return render(
        request, "directory/account.html", {"mandates": mandates_shown(request), "tokens": tokens_shown(request)}
    )
