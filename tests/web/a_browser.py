"""A site that a program of its own serves, and the desks in a browser from which people work on it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from playwright.sync_api import Browser, Page

from tests.web.a_city import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_DEMO = [sys.executable, "-c", "from tanheng.cli import main; main()", "demo"]
_PUBLISHED = [sys.executable, "-m", "tests.web.a_published_demo"]


@dataclass(frozen=True)
class Site:
    """A site that answers: its address, and the first login of the demo with its password, where it is one."""

    address: str
    user: str = ""
    password: str = ""


@contextmanager
def served(founder: str, folder: Path) -> Iterator[str]:
    """The address of a site that one of the founding programs beside this file has made in a folder; a worker stands
    beside the server.
    """
    with place(folder) as environment:
        found = [sys.executable, str(Path(__file__).with_name(founder)), str(folder)]
        subprocess.run(found, env=environment, check=True, cwd=ROOT)
        with _serving(environment) as site:
            yield site.address


@contextmanager
def served_demo(folder: Path, *, published: bool = False) -> Iterator[Site]:
    """The demonstration, served from a folder; with its barometer and its year published, where that is asked for."""
    with place(folder) as environment:
        for command in (_DEMO, _PUBLISHED) if published else (_DEMO,):
            subprocess.run(command, env=environment, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        with _serving(environment) as site:
            yield site


@contextmanager
def place(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a site in a folder, on a free port; its database stands where those of the tests stand."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TANHENG_", "DJANGO_"))}
    kept |= {"TANHENG_HOME": str(folder / "home"), "TANHENG_PORT": str(port), "TANHENG_LANG": "zh"}
    kept["PYTHONPATH"] = os.pathsep.join([str(ROOT), *sys.path])
    url = os.environ.get("TANHENG_DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield kept
        return
    with _database(url) as own:
        yield {**kept, "TANHENG_DATABASE_URL": own}


@contextmanager
def _database(url: str) -> Iterator[str]:
    """An empty database of its own on the server at an address: two sites never share one. Dropped at the end."""
    name = f"tanheng_browser_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _serving(environment: Mapping[str, str]) -> Iterator[Site]:
    command = [sys.executable, "-m", "tanheng.web.site"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            yield _ready(server)
        finally:
            server.terminate()


def _ready(server: subprocess.Popen[str]) -> Site:
    """Reads what the program prints until it says that it answers."""
    user = password = ""
    for line in server.stdout or ():
        if found := re.search(r"Logins .*: (\w+),.* / (\S+)", line):
            user, password = found.groups()
        if found := re.match(r"Ready: (\S+)", line):
            return Site(found[1], user, password)
    raise AssertionError("the site ended before it was ready")


def desk(browser: Browser, address: str, login: str = "", *, timeout: float | None = None, **context: Any) -> Page:
    """A page of somebody's own, logged in; of a passer-by where no login is named."""
    page = browser.new_context(base_url=address, locale="zh-CN", **context).new_page()
    if timeout is not None:
        page.set_default_timeout(timeout)
    if login:
        page.goto("/login/")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.locator("main form button").first.click()
    return page
