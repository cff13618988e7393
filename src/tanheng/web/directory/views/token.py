"""Making and ending tokens of the API."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.directory.selectors import mandates_shown, tokens_shown
from tanheng.web.directory.tokens import end_token, make_token


@require_POST
@mandated
@never_cache
def new_token(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows it, this once."""
    made = make_token(name=request.POST.get("name", ""), scope=scope_of(request))
    context = {"mandates": mandates_shown(request), "tokens": tokens_shown(request), "made": made}
    return render(request, "directory/account.html", context, status=201)


@require_POST
@mandated
def revoke_token(request: HttpRequest, token: str) -> HttpResponse:
    """Ends one of one's own tokens."""
    end_token(token=token, scope=scope_of(request))
    return redirect("account")
