"""What every answer carries: the language the reader chose, strict headers, and refusals as readable pages."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext

from tanheng.kernel.faults import Refusal
from tanheng.web.ui.framing import is_framable
from tanheng.web.ui.refusals import refusal_said, status_of

Answer = Callable[[HttpRequest], HttpResponse]

# No inline script or style anywhere; Tabler draws its small icons from data: images.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


# A page that another site may frame has no form and no script.
_FRAMED = {"script-src": "'none'", "connect-src": "'none'", "form-action": "'none'", "frame-ancestors": "*"}


def policy(*, framed: bool = False) -> str:
    """The content security policy: forms lead nowhere but here and to the identity provider of the city."""
    targets = " ".join(("'self'", *settings.TANHENG_FORM_TARGETS))
    own = _FRAMED if framed else {"form-action": targets}
    return "; ".join(f"{name} {value}" for name, value in (_POLICY | own).items())


def reader_language(get_response: Answer) -> Answer:
    """Chinese unless the reader, or a program in its address (`?lang=en`), has chosen otherwise: what the browser
    prefers does not decide.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES[_cookie()] if _cookie() in request.COOKIES else settings.LANGUAGE_CODE
        asked = request.GET["lang"] if "lang" in request.GET else chosen
        known = next((each for each in (asked, chosen) if each in dict(settings.LANGUAGES)), settings.LANGUAGE_CODE)
        with translation.override(known):
            request.LANGUAGE_CODE = known
            response = get_response(request)
        response.headers.setdefault("Content-Language", known)
        if "lang" in request.GET and "Location" in response.headers:
            response.headers["Location"] = _in_language(response.headers["Location"], known)
        return response

    return answer


def _in_language(address: str, chosen: str) -> str:
    """Where a reader is led on, in the language that the address asked for; another site is left alone."""
    parts = urlsplit(address)
    if parts.netloc or "lang" in parse_qs(parts.query):
        return address
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, f"lang={chosen}")))))


def strict_headers(get_response: Answer) -> Answer:
    """A content security policy without exceptions, no access to the devices of the reader, and nothing that was shown
    to one reader kept for the next.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Content-Security-Policy"] = policy(framed=is_framable(response))
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")  # what a mandate shows is asked for anew
        return response

    return answer


def bounded_requests(get_response: Answer) -> Answer:
    """No request brings more than forms do: a larger one is refused before anything of it is kept on a disk."""

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META["CONTENT_LENGTH"] if "CONTENT_LENGTH" in request.META else ""
        if str(length).isdecimal() and int(length) > settings.TANHENG_LARGEST_REQUEST:
            raise RequestDataTooBig
        return get_response(request)

    return answer


def readable_texts(get_response: Answer) -> Answer:
    """No text of an address or a form holds the sign of nothing (NUL): nobody types it, and PostgreSQL keeps none.

    Refuses  a bad request, before any page reads it. What the API is sent in JSON it looks at itself.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        for sent in (request.GET, request.POST if request.method == "POST" else {}):
            if any("\0" in text for values in (sent, *dict(sent).values()) for text in values):
                raise BadRequest("NUL")
        return get_response(request)

    return answer


class ReadableRefusals:
    """Shows a refusal, or an act that was opened instead of sent, as a page that says what to do next."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        message = gettext("This address does something only when a form is sent to it.")
        said = {"message": message, "next_step": gettext("Go back and use the button there.")}
        shown = render(request, "ui/refusal.html", {"refusal": said, "code": "405"}, status=405)
        shown.headers["Allow"] = response.headers["Allow"]
        return shown

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a refusal; any other exception is a defect and goes on its way."""
        if not isinstance(exception, Refusal):
            return None
        context = {"refusal": refusal_said(exception), "code": exception.code}
        return render(request, "ui/refusal.html", context, status=status_of(exception))


def _cookie() -> str:
    return settings.LANGUAGE_COOKIE_NAME
