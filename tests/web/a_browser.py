"""A site that a program of its own serves, and the desks in a browser from which people work on it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


@contextmanager
def served(founder: str, folder: Path) -> Iterator[str]:
    """The address of a site that one of the founding programs beside this file has made in a folder; a worker stands
    beside the server.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TANHENG_")}
    environment |= {"TANHENG_HOME": str(folder / "home"), "TANHENG_PORT": str(port)}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *sys.path])
    found = [sys.executable, str(Path(__file__).with_name(founder)), str(folder)]
    subprocess.run(found, env=environment, check=True, cwd=ROOT)
    command = [sys.executable, "-m", "tanheng.web.site"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            next(line for line in server.stdout if line.startswith("Ready:"))
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


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
