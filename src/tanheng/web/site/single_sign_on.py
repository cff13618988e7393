"""The city's identity provider, as the environment of the site names it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

_URL, _CLIENT, _SECRET, _NAME = (f"TANHENG_OIDC_{name}" for name in ("URL", "CLIENT", "SECRET", "NAME"))


def providers(environment: Mapping[str, str]) -> Mapping[str, Any]:
    """What sign-in knows about it; nothing where none is named.

    Refuses  KeyError: an address without client or secret, when the site starts.
    """
    if not environment.get(_URL):
        return {}
    city = {
        "provider_id": "city",
        "name": environment.get(_NAME, "SSO"),
        "client_id": environment[_CLIENT],
        "secret": environment[_SECRET],
        "settings": {"server_url": environment[_URL], "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [city]}}


def origin(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Where the form that leads there may lead: a browser refuses every other place."""
    parts = urlsplit(environment.get(_URL, ""))
    return (f"{parts.scheme}://{parts.netloc}",) if parts.netloc else ()
