"""A form that came when nobody was logged in any longer, or with a token that is good no longer: kept, offered again.

What was typed is shown to whoever typed it and stands in the page alone; nothing of it is written down here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

_TOKENS = frozenset({"csrfmiddlewaretoken", "token", "expected", "password"})
_SHOWN = 2


@dataclass(frozen=True)
class KeptForm:
    """The fields of a form, what of it people would miss, files that have to be chosen again, the page it stood on."""

    fields: Sequence[tuple[str, str]]
    typed: Sequence[str]
    files: Sequence[str]
    page: str


def may_be_kept(request: HttpRequest) -> bool:
    """Whether a form came from a page of this site: one of another site is offered to nobody."""
    origin = request.headers.get("Origin", "") or request.headers.get("Referer", "")
    return request.method == "POST" and urlsplit(origin).netloc == request.get_host()


def was_logged_in(request: HttpRequest) -> bool:
    """Whether the browser was here before: somebody whose session has ended, and no stranger."""
    return any(name in request.COOKIES for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME))


def page_of_form(request: HttpRequest) -> str:
    """The page on which a form stood, as far as the browser says; else its own address."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host() or not referer.path:
        return request.get_full_path()
    return f"{referer.path}?{referer.query}" if referer.query else referer.path


def kept_form(request: HttpRequest, *, login: str = "") -> HttpResponse:
    """The page that offers a form again: after logging in elsewhere where `login` leads there, else at once.

    A password that was typed is not among what is kept.
    """
    secret = any("password" in name for name in request.POST)
    fields = [
        (name, text)
        for name in request.POST
        if name != "csrfmiddlewaretoken"
        for text in ([] if secret else request.POST.getlist(name))
    ]
    typed = [text for name, text in fields if name not in _TOKENS and len(text.strip()) > _SHOWN]
    files = [file.name or "-" for each in request.FILES for file in request.FILES.getlist(each)]
    kept = KeptForm(fields, typed, files, page_of_form(request))
    message = gettext("Your session has ended.") if login else gettext("The page was older than your session.")
    context = {"kept": kept, "message": message, "login": login, "action": request.get_full_path()}
    return render(request, "ui/kept_form.html", context, status=403)
