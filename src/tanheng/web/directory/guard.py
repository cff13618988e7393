"""Pages that nobody reads without a mandate."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from tanheng.kernel.faults import Refusal
from tanheng.web.directory.scope import scope_of

View = Callable[..., HttpResponse]


def mandated(view: View) -> View:
    """A view for whoever acts under a mandate. Who is not logged in is asked to, and comes back to the page; a form
    that was sent is not: it leads to the page it stood on.

    Refuses  no-mandate: logged in, and nothing was granted or everything has ended.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if scope_of(request).is_public:
            raise Refusal("no-mandate")
        return view(request, *args, **kwargs)

    return guarded
