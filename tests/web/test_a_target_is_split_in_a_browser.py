"""A split from its draft to the targets, as the office with a script and two towns without one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.web.a_browser import desk, served
from tests.web.a_split import TARGET

pytestmark = pytest.mark.browser
LONG = 60_000
PDF = {"name": "通知.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 issued"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("a_split_site.py", tmp_path_factory.mktemp("site")) as address:
        yield address


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
    office, said = desk(browser, address, "office", timeout=LONG), []
    office.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    split = drafted(office)
    east, west = (desk(browser, address, login, timeout=LONG, java_script_enabled=False) for login in ("east", "west"))
    answered(east, west, split)
    adjusted(office, split)
    issued(office)
    east.goto(split)
    expect(east.locator("#rounds")).to_contain_text("情况属实")
    east.locator("#rounds tbody th a").click()
    expect(east.locator("main")).to_contain_text("下降2")
    left_behind = "htmx:"  # a preview that was still asked for when the page was left
    assert [text for text in said if not text.startswith(left_behind)] == []
