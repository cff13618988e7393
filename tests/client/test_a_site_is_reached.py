"""A site over HTTP, and a home without a server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

import tanheng
from tanheng.kernel.faults import Refusal


class Canned(BaseHTTPRequestHandler):
    """Answers a few paths, and remembers what was sent."""

    sent: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.sent.append((self.path.partition("?")[0], self.headers.get("Authorization", "")))
        if self.path.startswith("/api/areas"):
            self._say(200, "application/json", json.dumps([]))
        elif self.path.startswith("/api/me"):
            words = {"zh": "无权", "en": "no mandate"}
            refused = {"code": "from-the-future", "fields": {}, "message": words, "next_step": words}
            self._say(403, "application/json; charset=utf-8", json.dumps(refused))
        elif self.path.startswith("/api/results"):
            self._say(302, "text/html", "", {"Location": "http://elsewhere.example/"})
        else:
            self._say(200, "text/html", "<p>a page</p>")

    def _say(self, status: int, kind: str, text: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Canned.sent.clear()
    server = HTTPServer(("127.0.0.1", 0), Canned)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_token_is_sent_with_each_request_and_shown_to_nobody(address):
    site = tanheng.connect(address + "/", token="tanheng_secret")
    assert len(site.areas()) == 0
    assert Canned.sent == [("/api/areas", "Bearer tanheng_secret")]
    assert "secret" not in repr(site)


def test_a_token_is_not_taken_to_where_a_site_leads(address):
    with pytest.raises(Refusal) as told:
        tanheng.connect(address, token="tanheng_secret").results()
    assert told.value.code == "site-answers-otherwise"


def test_a_refusal_that_this_installation_does_not_know_keeps_its_words(address):
    with pytest.raises(Refusal) as told:
        tanheng.connect(address).me()
    assert (told.value.code, told.value.message("zh")) == ("from-the-future", "无权")


def test_what_is_no_site_is_said(address):
    for wrong, code in ((address + "/home", "site-answers-otherwise"), ("http://127.0.0.1:9", "site-unreachable"),
                        ("file:///etc/passwd", "site-unreachable"), ("nonsense", "site-unreachable")):  # fmt: skip
        with pytest.raises(Refusal) as told:
            tanheng.connect(wrong).targets()
        assert told.value.code == code, wrong


def test_a_folder_that_is_no_home_is_said(tmp_path):
    with pytest.raises(Refusal) as told:
        tanheng.open_home(tmp_path)
    assert told.value.code == "site-not-prepared"


def test_the_package_itself_loads_nothing_but_itself():
    loaded = (
        "import sys, tanheng; tanheng.__version__; print(sorted(m for m in sys.modules if m.startswith('tanheng')))"
    )
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "['tanheng']"


def test_the_tables_need_neither_django_nor_a_frame_library():
    loaded = (
        "import sys, tanheng; tanheng.connect; print({'django', 'polars', 'pandas', 'pydantic'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_what_the_package_does_not_have_is_missing_as_in_any_package():
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        _ = tanheng.nothing_of_that_name


def test_what_is_refused_before_the_site_is_said_in_chinese_too(tmp_path):
    with pytest.raises(Refusal) as told:
        tanheng.open_home(tmp_path / "nowhere")
    assert str(told.value).startswith("site-not-prepared: ") and "请" in str(told.value)
    assert "There is no site" in str(told.value)
