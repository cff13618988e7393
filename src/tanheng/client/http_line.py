"""A site over HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tanheng.client.answers import Answer, refused


class _NoRedirect(HTTPRedirectHandler):
    """A token goes to the site it was made for and nowhere else, wherever that site would lead."""

    def redirect_request(self, *_args: object, **_named: object) -> None:
        return None


@dataclass(frozen=True)
class HttpLine:
    """The way to a site by its address; `token` is shown to nobody who prints it."""

    site: str
    token: str = field(default="", repr=False)
    timeout: float = 60.0

    def get(self, path: str) -> Answer:
        """The answer to opening a path.

        Refuses  site-unreachable: no address of the web, nobody answers there, or not in time.
        """
        if urlsplit(self.site).scheme not in ("http", "https"):
            raise refused("site-unreachable", site=self.site, why="http(s)://")
        request = Request(f"{self.site.rstrip('/')}/api{path}", headers={"Accept": "application/json"})
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with build_opener(_NoRedirect).open(request, timeout=self.timeout) as response:
                return Answer(response.status, _small(response.headers), response.read())
        except HTTPError as error:
            return Answer(error.code, _small(error.headers), error.read())
        except (URLError, TimeoutError, ConnectionError) as error:
            raise refused("site-unreachable", site=self.site, why=str(error)) from error


def _small(headers: object) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}  # type: ignore[attr-defined]
