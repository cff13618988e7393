"""A clerk's half day: split, hand over, drop what came back, look at the differences, record, see who is missing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.a_site import PASSWORD

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
LONG = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with five tasks, served by a program of its own with a worker beside it."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TANHENG_")}
    environment |= {"TANHENG_HOME": str(folder / "home"), "TANHENG_PORT": str(port)}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *sys.path])
    found = [sys.executable, str(Path(__file__).with_name("a_task_site.py")), str(folder)]
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


@pytest.fixture
def office(browser: Browser, address: str) -> Page:
    page = browser.new_context(base_url=address, locale="zh-CN", accept_downloads=True).new_page()
    page.set_default_timeout(LONG)
    page.goto("/login/")
    page.fill("input[name=login]", "office")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "login" not in url)
    return page


def fill_in(path: Path) -> None:
    """What a department does with its workbook."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    (head,) = [row for row in sheet.iter_rows() if any(cell.value == "任务编号" for cell in row)]
    columns = {cell.value: cell.column for cell in head}
    for row in range(head[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, columns["任务编号"]).value:
            sheet.cell(row, columns["进展情况"]).value = "已走访十户"
            sheet.cell(row, columns["完成率（%）"]).value = "60"
    book.save(path)


def test_workbooks_are_split_returned_merged_and_recorded_and_who_is_missing_is_listed(office, tmp_path):
    office.goto("/tasks/")
    office.get_by_role("link", name="任务进展表：拆分下发、收集汇总").click()
    office.get_by_role("button", name="生成任务进展表").click()
    expect(office.locator("#sheets h2")).to_have_text("2 家中 2 家未退回")
    row = office.locator("#sheets tr", has_text="经信局")
    with office.expect_download() as coming:
        row.get_by_role("link", name="工作簿").click()
    returned = tmp_path / coming.value.suggested_filename
    coming.value.save_as(returned)
    assert returned.name == "任务进展表_经信局.xlsx"
    fill_in(returned)
    office.set_input_files("input[name=returned]", returned)
    office.get_by_role("button", name="汇总").click()
    expect(office.locator("#job[data-state=done]")).to_be_visible(timeout=LONG)
    expect(office.locator("#missing")).to_contain_text("双碳办 4")
    expect(office.locator("#differences")).to_contain_text("已走访十户")
    with office.expect_download() as coming:
        office.get_by_role("link", name="下载汇总表").click()
    assert coming.value.suggested_filename.endswith(".xlsx")
    office.get_by_role("button", name="登记收回的进展").click()
    expect(office.locator("#sheets h2")).to_have_text("2 家中 1 家未退回")
    expect(office.locator("#sheets tr", has_text="经信局")).to_contain_text("已退回")
    office.get_by_role("button", name="提醒未退回单位").click()
    expect(office.locator("#told")).to_contain_text("双碳办")
    office.goto("/tasks/p-plan.k1/")
    expect(office.locator("#reports")).to_contain_text("已走访十户")
