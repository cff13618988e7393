"""A note from opening to closing between two desks, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.a_browser import desk, served

pytestmark = pytest.mark.browser
PDF = {"name": "批复.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 approved"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served("a_site.py", folder) as address:
        yield address


def test_a_note_is_opened_answered_and_closed_without_javascript(browser, address):
    office, bureau = (desk(browser, address, login, java_script_enabled=False) for login in ("office", "bureau"))
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
