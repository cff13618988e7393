"""Readers of a site: threads that ask for pages over kept connections, in a process of their own."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Sequence
from http.client import HTTPConnection, RemoteDisconnected
from urllib.parse import urlencode

CLIENTS = 8
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """One reader with its cookies and its connection."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port, self.cookies = port, dict(cookies or {})
        self.connection = HTTPConnection("127.0.0.1", port, timeout=600)

    def get(self, path: str) -> str:
        """A page.

        Refuses  AssertionError: any answer but 200.
        """
        status, text, _ = self.ask("GET", path)
        assert status == 200, (path, status, text[:400])
        return text

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, str]:
        """The status, the text and where it leads on to."""
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": said, "Accept-Language": "zh-hans", "Referer": f"http://127.0.0.1:{self.port}{path}"}
        headers |= {"Content-Type": kind} if kind else {}
        try:
            self.connection.request(method, path, body or None, headers)
            answer = self.connection.getresponse()
        except (RemoteDisconnected, BrokenPipeError):  # the server closes what was idle for long
            self.connection.close()
            self.connection.request(method, path, body or None, headers)
            answer = self.connection.getresponse()
        content = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, content.decode("utf-8", "replace"), answer.headers.get("Location") or ""

    def log_in(self, name: str, password: str) -> None:
        """Through the form, as everybody does."""
        asked = {"login": name, "password": password, "csrfmiddlewaretoken": self.token("/login/")}
        status, text, _ = self.ask("POST", "/login/", urlencode(asked).encode(), "application/x-www-form-urlencoded")
        assert status == 302, (status, text[:400])

    def token(self, path: str) -> str:
        """The token of the forms of a page."""
        found = _TOKEN.search(self.get(path))
        assert found, path
        return found[1]


def timed(port: int, cookies: dict[str, str], paths: Sequence[str], each: int) -> list[float]:
    """Milliseconds of every request, asked by eight readers at once, each going through the paths from elsewhere."""
    found: list[list[float]] = [[] for _ in range(CLIENTS)]

    def read(number: int) -> None:
        browser = Browser(port, cookies)
        for turn in range(each):
            path = paths[(number * 7 + turn) % len(paths)]
            start = time.perf_counter()
            browser.get(path)
            found[number].append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [each for times in found for each in times]


if __name__ == "__main__":
    json.dump(timed(**json.load(sys.stdin)), sys.stdout)
