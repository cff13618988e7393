"""In a browser: a workbook is dropped, looked at, recorded and taken back; a layout is learned by clicks."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.web.a_browser import desk, served
from tests.web.test_facts_layouts import strange
from tests.web.test_facts_workbooks import MILL_MARCH, workbook

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  document.querySelector(".drop-zone").dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
}"""
WAIT = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("a_site.py", tmp_path_factory.mktemp("site")) as address:
        yield address


def test_a_workbook_is_dropped_looked_at_recorded_and_taken_back(browser, address):
    office, said = desk(browser, address, "office"), []
    office.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    office.goto("/facts/")
    bad = workbook(MILL_MARCH, ["C2", "厂", "2024-04", "电力", "万千瓦时", "很多", ""])
    office.evaluate(DROP, ["三月.xlsx", base64.b64encode(bad).decode()])
    expect(office.locator(".drop-list")).to_contain_text("三月.xlsx")
    office.get_by_role("button", name="开始核查").click()
    expect(office.locator("#sent")).to_have_attribute("data-work", "done", timeout=WAIT)
    expect(office.locator("td.cell-blocker#cell-F5")).to_contain_text("很多")
    expect(office.locator("#record")).to_have_count(0)
    office.goto("/facts/")
    office.evaluate(DROP, ["三月改.xlsx", base64.b64encode(workbook(MILL_MARCH)).decode()])
    office.get_by_role("button", name="开始核查").click()
    expect(office.locator("#record")).to_be_visible(timeout=WAIT)
    office.locator("#record").click()
    expect(office.locator("#sent")).to_have_attribute("data-state", "recorded", timeout=WAIT)
    office.locator("#outcome a.mark.good").click()
    expect(office.locator("#undo")).to_contain_text("1 个数据将不再有值")
    office.get_by_role("button", name="撤销").click()
    expect(office.locator("#undone")).to_be_visible()
    assert said == []


def test_a_workbook_is_sent_and_recorded_without_javascript(browser, address):
    office = desk(browser, address, "office", java_script_enabled=False)
    office.goto("/facts/")
    content = workbook(["C2", "厂", "2024-05", "电力", "万千瓦时", 15, ""])
    office.locator("input[name=workbook]").set_input_files({"name": "五月.xlsx", "mimeType": XLSX, "buffer": content})
    office.get_by_role("button", name="开始核查").click()
    again(office, "#record")
    office.locator("#record").click()
    again(office, "#sent[data-state=recorded]")
    expect(office.locator("#outcome a.mark.good")).to_have_count(1)


def again(page: Page, wanted: str) -> None:
    """Asks for the page again, as whoever has no script does, until it shows what is waited for."""
    for _ in range(300):
        if page.locator(wanted).count():
            return
        page.goto(page.url)
        page.locator("main").wait_for()
    raise AssertionError(wanted)


def test_a_layout_is_learned_by_clicking_headings_and_the_cell_of_the_unit(browser, address):
    office, said = desk(browser, address, "office"), []
    office.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    office.goto("/facts/")
    sent = {"name": "导出.xlsx", "mimeType": XLSX, "buffer": strange(["C2", "厂", 13.5])}
    office.locator("input[name=workbook]").set_input_files(sent)
    office.get_by_role("button", name="开始核查").click()
    office.locator("#learn").click(timeout=WAIT)
    office.locator("td[data-cell=C3]").click()
    expect(office.locator("select[name='reads:C']")).to_be_focused()
    for column, meaning in (("A", "subject_code"), ("B", "subject_name"), ("C", "month")):
        office.locator(f"td[data-cell={column}3]").click()
        office.locator(f"select[name='reads:{column}']").select_option(meaning)
    office.locator("select[name='indicator:C']").select_option("output_value")
    office.locator("input[name=mode][value=unit]").check()
    office.locator("td[data-cell=A2]").click()
    expect(office.locator("input[name=unit_cell]")).to_have_value("A2")
    office.locator("select[name=unit_means]").select_option("10^4 CNY")
    office.locator("select[name=coverage]").select_option("unit_report")
    office.locator("select[name=use_class]").select_option("unit_report")
    office.locator("input[name=id]").fill("platform_export")
    office.get_by_role("button", name="试读").click()
    expect(office.locator("#tried")).to_contain_text("可以这样读取")
    office.get_by_role("button", name="保存版式并重新核查").click()
    expect(office.locator("#record")).to_be_visible(timeout=WAIT)
    assert said == []
