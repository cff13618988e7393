"""What the frame of every page needs to know about the site."""

from collections.abc import Mapping

from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest
from django.urls import reverse

from tanheng.web.directory.demo_logins import demo_logins
from tanheng.web.directory.fiction import site_is_fictional
from tanheng.web.directory.scope import scope_of
from tanheng.web.directory.selectors import mandates_shown
from tanheng.web.site.navigation import ways
from tanheng.web.ui.words import language


def site(request: HttpRequest) -> Mapping[str, object]:
    """The language of the page, whether the place is made up, under which mandate it is read, and where it leads."""
    if not hasattr(request, "user"):  # refused before anybody was recognised
        return {"lang": language(), "fictional": site_is_fictional()}
    scope = scope_of(request)
    held = mandates_shown(request) if scope.mandate else ()
    return {
        "lang": language(),
        "fictional": site_is_fictional(),
        "scope": scope,
        "ways": ways(scope),
        "mandates_held": held,
        "acting": next(mandate for mandate in held if mandate.is_chosen) if scope.mandate else None,
    }


def sign_in(request: HttpRequest) -> Mapping[str, object]:
    """What a page offers to whoever is not logged in; worked out when it is drawn, and only there."""
    return {"demo": demo_logins, "sign_on": lambda: _providers(request)}


def _providers(request: HttpRequest) -> list[dict[str, str]]:
    found = get_adapter().list_providers(request)
    return [{"name": each.name, "href": reverse("openid_connect_login", args=[each.app.provider_id])} for each in found]
