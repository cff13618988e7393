"""A clerk's half day: split, hand over, drop what came back, look at the differences, record, see who is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.a_browser import desk, served

pytestmark = pytest.mark.browser
LONG = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("a_task_site.py", tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def office(browser: Browser, address: str) -> Page:
    page = desk(browser, address, "office", timeout=LONG, accept_downloads=True)
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
