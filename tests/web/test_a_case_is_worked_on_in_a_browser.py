"""A note from opening to closing between two desks, without JavaScript."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.a_site import PASSWORD

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PDF = {"name": "批复.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 approved"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The site of the invented city, served by a program of its own with a worker beside it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TANHENG_")}
    environment |= {"TANHENG_HOME": str(folder / "home"), "TANHENG_PORT": str(port)}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *sys.path])
    found = [sys.executable, str(Path(__file__).with_name("a_site.py")), str(folder)]
    subprocess.run(found, env=environment, check=True, cwd=ROOT)
    command = [sys.executable, "-m", "tanheng.web.site"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            next(line for line in server.stdout if line.startswith("Ready:"))
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


def desk(browser: Browser, address: str, login: str, *, script: bool) -> Page:
    page = browser.new_context(base_url=address, java_script_enabled=script, locale="zh-CN").new_page()
    page.goto("/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    return page


def test_a_note_is_opened_answered_and_closed_without_javascript(browser, address):
    office, bureau = (desk(browser, address, login, script=False) for login in ("office", "bureau"))
    office.goto("/inbox/")
    office.get_by_role("link", name="督办单").click()
    office.get_by_label("标题").fill("三月用电为何上升")
    office.get_by_label("说明").fill("请说明原因")
    office.get_by_label("承办单位").fill("市经信局")
    office.get_by_label("时限").fill("2030-01-10")
    office.get_by_role("button", name="立单").click()
    expect(office.locator("#state")).to_have_text("已立单")
    bureau.goto("/inbox/")
    bureau.get_by_role("link", name="三月用电为何上升").click()
    bureau.locator("#move-feedback textarea").fill("新厂投产")
    bureau.locator("#move-feedback button").click()
    expect(bureau.locator("#state")).to_have_text("已反馈")
    expect(bureau.locator("#moves")).to_have_count(0)
    office.reload()
    office.locator("#move-close summary").click()
    office.locator("#move-close textarea").fill("同意办结")
    office.locator("#move-close input[type=file]").set_input_files(PDF)
    office.locator("#move-close button").click()
    expect(office.locator("#state")).to_have_text("办结")
    with office.expect_download() as download:
        office.get_by_role("link", name="批复.pdf").click()
    assert Path(download.value.path()).read_bytes() == PDF["buffer"]
