"""A real document of a district at a desk: uploaded, each proposal beside its passage, decided, registered, read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.a_browser import desk, served

pytestmark = [pytest.mark.browser, pytest.mark.shared]
LONG = 60_000
TITLE = "关于金山区2024年碳达峰碳中和及节能减排重点工作安排的通知"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("a_site.py", tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def document(shared: Path) -> Path:
    """The notice of a district whose targets and tasks stand in tables."""
    return next((shared / "documents").glob("003_*.txt"))


def uploaded(office: Page, document: Path) -> str:
    """Sends the file and gives the address of its review, in which nothing is decided yet."""
    office.goto("/library/")
    office.set_input_files("#file", document)
    office.get_by_role("button", name="上传并读取").click()
    expect(office.locator("h1")).to_have_text(TITLE)
    expect(office.locator("main")).to_contain_text("已决定 0 项，共 104 项")
    return office.url


def corrected(office: Page) -> None:
    """The first target beside its sentence: the demand is made stricter than it was read."""
    office.get_by_role("link", name="万元生产总值综合能耗 下降3%").click()
    expect(office.locator("mark#passage")).to_have_text("万元生产总值综合能耗比上年下降 3%")
    office.get_by_label("更正").check()
    office.get_by_label("数值").fill("3.5")
    office.get_by_label("短标签").fill("万元生产总值综合能耗 下降3.5%")
    office.get_by_role("button", name="保存并看下一项").click()


def rejected(office: Page) -> None:
    """The second is turned down; without a reason the form comes back and says so."""
    expect(office.locator("mark#passage")).to_have_text("规上工业万元产值能耗比上年下降 3%")
    office.get_by_label("拒绝", exact=True).check()
    office.get_by_role("button", name="保存并看下一项").click()
    expect(office.locator("[role=alert]")).to_contain_text("理由")
    office.get_by_label("理由").fill("与市级任务重复")
    office.get_by_role("button", name="保存并看下一项").click()
    expect(office.locator("mark#passage")).to_contain_text("既有大型公共建筑")


def accepted(office: Page, review: str) -> None:
    """Two targets and a task are ticked and accepted; the others stay open."""
    office.goto(review)
    for name in (
        "接受 既有大型公共建筑单位建筑面积能耗 下降1%",
        "接受 绿证电量 达到1.7亿度",
        "接受 实施《金山区碳达峰实施方案》",
    ):
        office.get_by_label(name, exact=True).check()
    office.get_by_role("button", name="接受勾选的提议").click()
    expect(office.locator("main")).to_contain_text("已决定 5 项，共 104 项")
    line = office.locator("tr", has_text="附件1-4")
    expect(line).to_contain_text("未决定")


def test_a_document_goes_from_the_upload_through_the_review_to_the_register(browser, address, document):
    office = desk(browser, address, "office", timeout=LONG, java_script_enabled=False)
    review = uploaded(office, document)
    corrected(office)
    rejected(office)
    accepted(office, review)
    office.get_by_role("button", name="登记已决定的提议").click()
    expect(office.locator("h1")).to_have_text(TITLE)
    expect(office.locator("main")).to_contain_text("绿证电量 达到1.7亿度")
    office.get_by_role("link", name="阅读原文（要求已加亮）").click()
    marked = office.locator("mark", has_text="万元生产总值综合能耗比上年下降 3%")
    expect(marked).to_have_count(1)
    expect(office.locator("mark", has_text="规上工业万元产值能耗")).to_have_count(0)
    marked.locator("xpath=following-sibling::a[1]").click()
    expect(office.locator("main")).to_contain_text("更正")
    expect(office.locator("main")).to_contain_text("下降3.5%")
    bureau = desk(browser, address, "bureau", timeout=LONG)
    bureau.goto("/library/")
    bureau.get_by_role("link", name=TITLE).click()
    expect(bureau.locator("main")).to_contain_text("实施《金山区碳达峰实施方案》")
