"""The home of a site without a server: its own API, called in this process.

Whoever may read the files of a home may read all that it keeps, so the whole site is seen. Nothing can be written:
the API changes something only for a token, and none is sent.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tanheng.client.answers import Answer, refused

_OPENED: dict[str, HomeLine] = {}


class HomeLine:
    """The way into a home. A process opens one home: what Django was set up for stays until it ends."""

    def __init__(self, root: Path) -> None:
        self.root = root
        os.environ["TANHENG_HOME"] = str(root)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tanheng.web.site.settings"
        # A notebook runs its cells inside an event loop; nothing else runs in it while a cell waits for a table.
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        from django.conf import settings

        from tanheng.web.site.wsgi import application

        self._application, self._host = application, settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"

    def get(self, path: str) -> Answer:
        """The answer to opening a path."""
        said: dict[str, Any] = {}
        written: list[bytes] = []

        def start(status: str, headers: list[tuple[str, str]], _failed: object = None, /) -> Callable[[bytes], object]:
            said["status"] = int(status.split(maxsplit=1)[0])
            said["headers"] = {name.lower(): value for name, value in headers}
            return written.append

        place, _, query = path.partition("?")
        chunks = self._application(self._asked(place, query), start)
        try:
            body = b"".join([*written, *chunks])
        finally:
            chunks.close()
        return Answer(said["status"], said["headers"], body)

    def _asked(self, place: str, query: str) -> dict[str, Any]:
        """A request as a server would bring it. The last line is none that a request over a network could bring."""
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(f"/api{place}", "utf-8").encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self._host,
            "HTTP_X_FORWARDED_PROTO": "https",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            "tanheng.keeper": True,
        }


def home_line(home: str | Path) -> HomeLine:
    """The way into a home.

    Refuses  site-not-prepared: no site was prepared there; home-open-already: this process has opened another.
    """
    root = Path(home).expanduser().resolve()
    if not (root / "inbox").is_dir():
        raise refused("site-not-prepared", home=root)
    if str(root) not in _OPENED:
        if _OPENED:
            raise refused("home-open-already", home=root, open=next(iter(_OPENED)))
        _OPENED[str(root)] = HomeLine(root)
    return _OPENED[str(root)]
