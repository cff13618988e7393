"""Pages that any site may put into a frame: those alone that say so here, without a form or a script."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
_MARK = "is_framable"


def framable(view: View) -> View:
    """A view whose page any site may frame. It is drawn for the public, so that nobody's mandate shows through."""

    @wraps(view)
    def open_to_frames(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.xframe_options_exempt = True
        setattr(response, _MARK, True)
        return response

    return open_to_frames


def is_framable(response: HttpResponse) -> bool:
    """Whether a page was made to stand in the frame of another site."""
    return getattr(response, _MARK, False)
