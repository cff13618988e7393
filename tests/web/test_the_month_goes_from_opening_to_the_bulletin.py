"""The month from opening to the published bulletin at five desks, in a browser, without JavaScript where it can be."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.a_month import PAGE, PASSWORD

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SCAN = {"name": "签发件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 signed"}
LONG = 300_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of the city, served by a program of its own with a worker beside it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TANHENG_")}
    environment |= {"TANHENG_HOME": str(tmp_path_factory.mktemp("month") / "home"), "TANHENG_PORT": str(port)}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *sys.path])
    found = [sys.executable, str(Path(__file__).with_name("a_month.py"))]
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


def desk(browser: Browser, address: str, login: str = "", *, script: bool = False) -> Page:
    page = browser.new_context(base_url=address, java_script_enabled=script, locale="zh-CN").new_page()
    page.set_default_timeout(60_000)
    if login:
        page.goto("/login/")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.locator("main form button").first.click()
    return page


def press(page: Page, act: str) -> None:
    """Opens the form of an act where it is folded, and sends it."""
    form = page.locator(f"#move-{act}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    form.locator("button").click()


def stands(page: Page, state: str, timeout: float = 30_000) -> None:
    expect(page.locator("#state")).to_have_text(state, timeout=timeout)


def test_five_desks_bring_a_month_from_opening_to_the_published_bulletin(browser, address):
    office = desk(browser, address, "office", script=True)
    department, district, leader = (desk(browser, address, login) for login in ("department", "district", "leader"))
    _the_office_opens_collects_and_computes(office)
    for other, said in ((district, "北厂新线投产"), (department, "已约谈北厂")):
        other.goto("/inbox/")
        other.get_by_role("link", name="某市2025年2月运行分析").first.click()
        other.locator("#move-comment textarea").fill(said)
        other.locator("#move-comment button").click()
        expect(other.locator("#comments")).to_contain_text(said)
    expect(district.locator("#comments")).not_to_contain_text("南区")
    office.reload()
    expect(office.locator("#comments")).to_contain_text("尚未说明： 南区")
    _the_office_drafts_and_records_the_signature(office)
    leader.goto(PAGE)
    expect(leader.locator("#signed")).to_contain_text("双碳办〔2025〕2号")
    expect(leader.locator("#frozen")).to_contain_text("北区")
    expect(leader.locator("#moves")).to_have_count(0)
    with leader.expect_download() as download:
        leader.get_by_role("link", name="签发件.pdf").click()
    assert Path(download.value.path()).read_bytes() == SCAN["buffer"]
    anybody = desk(browser, address)
    anybody.goto("/publications/")
    anybody.get_by_role("link", name="某市2025年2月运行分析").first.click()
    expect(anybody.locator("main")).to_contain_text("某市")
    expect(anybody.locator("main")).not_to_contain_text("北厂")
    _the_office_carries_on(office)


def _the_office_opens_collects_and_computes(office: Page) -> None:
    office.goto("/month/")
    office.locator("#open select").select_option(label="某市")
    office.locator("#open input[name=period]").fill("2025-02")
    office.locator("#open button").click()
    stands(office, "收集数据")
    press(office, "check")
    stands(office, "审核数据")
    press(office, "compute")
    stands(office, "已计算", LONG)
    expect(office.locator("#movers")).to_contain_text("北厂")
    press(office, "ask")
    stands(office, "各区说明")


def _the_office_drafts_and_records_the_signature(office: Page) -> None:
    press(office, "draft")
    stands(office, "起草报告")
    press(office, "drafted")
    expect(office.locator("#drafts")).to_contain_text(".docx", timeout=LONG)
    press(office, "send")
    stands(office, "送签")
    office.fill("input[name=document_number]", "双碳办〔2025〕2号")
    office.fill("input[name=signer]", "李某")
    office.fill("#move-sign input[name=signed_on]", "2025-03-26")
    office.locator("#move-sign input[type=file]").set_input_files(SCAN)
    office.locator("#move-sign button").click()
    stands(office, "已签发并冻结", LONG)


def _the_office_carries_on(office: Page) -> None:
    office.locator("#move-point summary").click()
    office.locator("#move-point select[name=party]").select_option(label="北区")
    office.fill("#move-point input[name=due]", "2030-03-31")
    office.fill("#move-point textarea", "报送北厂压减安排")
    office.locator("#move-point button").click()
    expect(office.locator("#points")).to_contain_text("报送北厂压减安排")
    office.locator("#move-follow_up textarea").fill("转三月跟踪")
    office.locator("#move-follow_up button").click()
    stands(office, "已转入后续")
