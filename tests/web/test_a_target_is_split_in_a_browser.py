"""A split from its draft to the targets, as the office with a script and two towns without one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.a_split import TARGET
from tests.web.a_split_site import PASSWORD

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PDF = {"name": "通知.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 issued"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of the district, served by a program of its own."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TANHENG_")}
    environment |= {"TANHENG_HOME": str(folder / "home"), "TANHENG_PORT": str(port)}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *sys.path])
    found = [sys.executable, str(Path(__file__).with_name("a_split_site.py")), str(folder)]
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
    page.set_default_timeout(60_000)
    page.goto("/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    return page


def drafted(office: Page) -> str:
    """Fills the form, looks at what it comes to while typing, saves the draft, and sends it out."""
    office.goto(f"/targets/splits/new/?target={TARGET}")
    for number, (amount, basis) in enumerate((("30", "1000"), ("10", "1000"))):
        office.fill(f"input[name=s{number}-amount-stated]", amount)
        office.fill(f"input[name=s{number}-basis-stated]", basis)
    office.fill("input[name=s0-last]", "2")
    office.locator("input[name=s0-last]").blur()
    expect(office.locator("#proposal")).to_contain_text("达到总目标")
    expect(office.locator("#proposal canvas")).to_have_count(1)
    office.get_by_role("button", name="存为草案").click()
    expect(office.locator("#stage")).to_have_text("草案")
    office.locator("#move-opinions button").click()
    expect(office.locator("#stage")).to_have_text("征求意见")
    return office.url


def answered(east: Page, west: Page, split: str) -> None:
    """East asks for less, west has no objection; east finds the split by itself and sees nothing of west."""
    east.goto("/targets/splits/")
    east.get_by_role("link", name="请您答复意见").click()
    expect(east.locator("main")).not_to_contain_text("西镇")
    east.get_by_label("有意见").check()
    east.locator("#answer textarea[name=asked]").fill("请调整为-2%")
    east.locator("#answer textarea[name=reason]").fill("龙头企业检修")
    east.get_by_role("button", name="提交意见").click()
    expect(east.locator("#answer")).to_contain_text("请调整为-2%")
    west.goto(split)
    west.get_by_label("同意，无意见").check()
    west.get_by_role("button", name="提交意见").click()
    expect(west.locator("#rounds")).to_contain_text("无意见")


def adjusted(office: Page, split: str) -> None:
    """Takes the opinion, and sees what the adjusted value comes to before recording it."""
    office.goto(split)
    office.locator("#move-feedback select").select_option("adopted")
    office.locator("#move-feedback input[name^=reason]").fill("情况属实")
    office.get_by_role("button", name="登记反馈").click()
    expect(office.locator("#stage")).to_have_text("反馈")
    office.locator("#move-adjusted input[name^=value]").first.fill("-2")
    office.locator("#move-adjusted input[name^=value]").first.blur()
    expect(office.locator("#whole")).to_contain_text("未达到总目标")
    office.get_by_role("button", name="登记调整").click()
    expect(office.locator("#stage")).to_have_text("调整")


def issued(office: Page) -> None:
    """Countersigned, and issued with number and file."""
    office.locator("#move-countersigned input[name=signed_by]").fill("统计局、经委")
    office.get_by_role("button", name="登记会签").click()
    expect(office.locator("#stage")).to_have_text("会签")
    office.locator("#move-issued input[name=number]").fill("甲发〔2026〕7号")
    office.locator("#move-issued input[type=file]").set_input_files(PDF)
    office.locator("#move-issued button").click()
    expect(office.locator("#stage")).to_have_text("印发")


def test_a_split_goes_from_the_draft_to_targets_as_the_office_and_two_towns(browser, address):
    office, said = desk(browser, address, "office", script=True), []
    office.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    split = drafted(office)
    east, west = (desk(browser, address, login, script=False) for login in ("east", "west"))
    answered(east, west, split)
    adjusted(office, split)
    issued(office)
    east.goto(split)
    expect(east.locator("#rounds")).to_contain_text("情况属实")
    east.locator("#rounds tbody th a").click()
    expect(east.locator("main")).to_contain_text("下降2")
    left_behind = "htmx:"  # a preview that was still asked for when the page was left
    assert [text for text in said if not text.startswith(left_behind)] == []
