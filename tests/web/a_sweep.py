"""Every page that a role finds by its links, one address for each route: what a sweep in a browser opens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

_HREF = re.compile(r'href="([^"#]+)')
_FILES = re.compile(r"\.(csv|json|jsonld|xlsx|docx|pdf|svg|css|js)$|^/(api|static|i18n)/|/evidence/|/file/")


@dataclass
class Found:
    """The pages of a role: the first address of each route, in the order in which links led to them."""

    pages: dict[str, str] = field(default_factory=dict)
    broken: list[tuple[str, str, int]] = field(default_factory=list)


def pages_of(requests: APIRequestContext, starts: Sequence[str], known: Sequence[str] = ()) -> Found:
    """Follows the links of pages to routes that nothing led to yet; a link that opens nothing is noted.

    Reads    known: routes that need not be opened again.
    """
    found, seen, waiting = Found(), set(known), [("", start) for start in starts]
    while waiting:
        source, address = waiting.pop(0)
        route = route_of(address)
        if route is None or route in seen:
            continue
        seen.add(route)
        answer = requests.get(address, max_redirects=5)
        if answer.status >= 400:
            found.broken.append((source, address, answer.status))
            continue
        if "text/html" not in answer.headers["content-type"]:
            continue
        landed = _path(answer.url)
        found.pages[route] = landed
        waiting += [(landed, link) for link in links_of(answer.text())]
    return found


def links_of(html: str) -> list[str]:
    """The addresses of this site that a page links to."""
    return [link.replace("&amp;", "&") for link in _HREF.findall(html) if link.startswith("/")]


def route_of(address: str) -> str | None:
    """The route of an address; None for files, the API and addresses of nobody."""
    path = urlsplit(address).path
    if _FILES.search(path):
        return None
    try:
        return resolve(path).route
    except Resolver404:
        return path


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
