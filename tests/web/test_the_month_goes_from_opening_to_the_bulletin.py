"""The month from opening to the published bulletin at five desks, in a browser, without JavaScript where it can be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.a_browser import desk, served
from tests.web.a_month import PAGE

pytestmark = pytest.mark.browser
SCAN = {"name": "签发件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 signed"}
SHORT, LONG = 60_000, 300_000
NO_SCRIPT = {"timeout": SHORT, "java_script_enabled": False}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("a_month.py", tmp_path_factory.mktemp("month")) as address:
        yield address


def press(page: Page, act: str) -> None:
    """Opens the form of an act where it is folded, and sends it."""
    form = page.locator(f"#move-{act}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    form.locator("button").click()


def stands(page: Page, state: str, timeout: float = 30_000) -> None:
    expect(page.locator("#state")).to_have_text(state, timeout=timeout)


def test_five_desks_bring_a_month_from_opening_to_the_published_bulletin(browser, address):
    office = desk(browser, address, "office", timeout=SHORT)
    department, district, leader = (
        desk(browser, address, login, **NO_SCRIPT) for login in ("department", "district", "leader")
    )
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
    anybody = desk(browser, address, **NO_SCRIPT)
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
