"""Pages that nobody reads without a mandate."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from tanheng.kernel.faults import Refusal
from tanheng.web.directory.scope import scope_of
from tanheng.web.ui.kept_form import kept_form, may_be_kept, page_of_form, was_logged_in

View = Callable[..., HttpResponse]


def mandated(view: View) -> View:
    """A view for whoever acts under a mandate. Who is not logged in is asked to, and comes back to the page; a form
    that somebody sent whose session has ended is kept in the page and can be sent again.

    Refuses  no-mandate: logged in, and nothing was granted or everything has ended.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _asked_to_log_in(request)
        if scope_of(request).is_public:
            raise Refusal("no-mandate")
        return view(request, *args, **kwargs)

    return guarded


def _asked_to_log_in(request: HttpRequest) -> HttpResponse:
    back = page_of_form(request) if request.method == "POST" else request.get_full_path()
    to_login = redirect_to_login(back)
    if may_be_kept(request) and was_logged_in(request):
        return kept_form(request, login=to_login.url)
    return to_login
