"""The whole way in a real browser: district, unit, figure, workbook cell; publish; repeat after a revision."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.a_browser import Site, served_demo

pytestmark = pytest.mark.browser

LATER = "2026-06-30"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo city, served by a program of its own."""
    with served_demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh page of the office at the city; anything the browser complains about fails the test."""
    context = browser.new_context(base_url=site.address, viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    enter(opened, "/areas/")
    yield opened
    context.close()
    assert complaints == []


def enter(page: Page, to: str, role: str = "office") -> None:
    """Logs in by the button of a role on the first page, unless somebody is in, and goes on to an address."""
    page.goto("/")
    button = page.locator(f"#demo-{role}")
    if button.count():
        button.click()
        expect(page.get_by_role("button", name=re.compile("退出|Log out"))).to_be_visible()
    page.goto(to)


def to_district(page: Page) -> None:
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", name="用能单位")).to_be_visible()


def test_a_workbook_cell_is_at_most_four_clicks_from_the_district(page: Page):
    to_district(page)
    units = page.locator("section.card", has=page.get_by_role("heading", name="用能单位"))
    clicks = (
        units.locator("tbody td a.figure").last,
        page.locator("#parts tbody a.figure").last,
        page.locator("#steps a[href^='/sources/']").first,
    )
    for link in clicks:
        link.click()
    expect(page.locator("#cell")).to_be_visible()
    stated = page.locator("#cell").inner_text()
    page.go_back()
    expect(page.locator("#steps")).to_contain_text(stated)
    assert len(clicks) <= 4


def test_the_months_are_switched_in_place_and_have_addresses_of_their_own(page: Page):
    to_district(page)
    whole = page.locator(".cards .figure-value").last.inner_text()
    page.get_by_role("link", name="3月", exact=True).click()
    expect(page.locator("h1")).to_contain_text("2024年3月")
    expect(page).to_have_url(re.compile("period=2024-03"))
    assert page.locator(".cards .figure-value").last.inner_text() != whole
    page.reload()
    expect(page.locator("h1")).to_contain_text("2024年3月")


def test_a_published_figure_is_repeated_to_the_same_digest_after_a_factor_was_revised(page: Page, site: Site):
    page.goto("/results/")
    page.locator("tbody tr", has_text="2025-06-30").locator("th a").click()
    to_district(page)
    page.locator(".cards a.figure").last.click()
    page.locator("#publish summary").click()
    published = page.locator("#value .headline").inner_text()
    page.get_by_label("标题").fill("一个区的二氧化碳排放量")
    page.locator("#publish").get_by_role("button", name="发布").click()
    expect(page.get_by_role("heading", name="一个区的二氧化碳排放量")).to_be_visible()
    assert page.locator("a.figure").inner_text().split()[0] == published.split()[0]

    page.get_by_role("button", name="立即重算").click()
    expect(page.locator("#repetition[data-same=yes]")).to_be_visible()
    digest = page.locator("#digest-then").inner_text()

    page.get_by_label("知识日期").fill(LATER)
    page.get_by_role("button", name="计算并比较").click()
    expect(page.locator("#verdict[data-same=no]")).to_be_visible()
    expect(page.locator("#entries")).to_contain_text("电力平均二氧化碳排放因子")
    amounts = page.locator("#amounts tbody tr", has_text="恒达机械厂").filter(has_text="柴油")
    expect(amounts.locator("a.figure")).to_contain_text(["4.32 吨", "4.86 吨"])
    expect(amounts).to_contain_text("!F65")
    expect(amounts).to_contain_text("!F4")
    first = page.locator("#figures tbody tr").first
    assert first.locator("a.figure").nth(0).inner_text() != first.locator("a.figure").nth(1).inner_text()

    amounts.locator("a.figure").last.click()
    expect(page.locator("#cell")).to_have_text("4.86")
    page.go_back()

    page.get_by_role("link", name="一个区的二氧化碳排放量").click()
    page.get_by_role("button", name="立即重算").click()
    expect(page.locator("#repetition[data-same=yes]")).to_be_visible()
    assert page.locator("#digest-now").inner_text() == digest


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_phone_shows_every_page_without_scrolling_sideways(browser: Browser, site: Site, language: str):
    context = browser.new_context(base_url=site.address, viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "django_language", "value": language, "url": site.address}])
    phone = context.new_page()
    enter(phone, "/areas/")
    phone.locator("tbody th a").first.click()
    addresses = [
        phone.url,
        phone.locator("tbody td a.figure").first.get_attribute("href"),
        "/publications/",
        "/results/",
    ]
    for address in addresses:
        phone.goto(str(address))
        assert phone.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, address
    context.close()


def test_a_cell_is_in_view_on_a_phone(browser: Browser, site: Site):
    context = browser.new_context(base_url=site.address, viewport={"width": 390, "height": 844})
    phone = context.new_page()
    enter(phone, "/areas/")
    to_district(phone)
    units = phone.locator("section.card", has=phone.get_by_role("heading", name="用能单位"))
    units.locator("tbody td a.figure:visible").last.click()
    phone.locator("#steps a[href^='/sources/']").first.click()
    expect(phone.locator("#cell")).to_be_in_viewport()
    context.close()


def test_the_way_to_the_cell_needs_no_javascript(browser: Browser, site: Site):
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    enter(page, "/areas/")
    to_district(page)
    page.get_by_role("link", name="3月", exact=True).click()
    page.locator(".cards a.figure").last.click()
    expect(page.locator("#sum")).to_be_visible()
    context.close()


def logged_in(page: Page, site: Site, to: str) -> None:
    enter(page, to)
    expect(page.locator("svg.map")).to_be_visible()


def test_a_red_district_on_the_map_is_followed_to_a_workbook_cell_within_four_clicks(page: Page, site: Site):
    logged_in(page, site, "/barometer/2025Q3/")
    clicks = (
        page.locator("svg.map a.fill-red").first,
        page.locator("main a[href*='energy_estimate_intensity_decline']").first,
        page.locator("a[href^='/sources/']", has_text="地区生产总值").first,
    )
    for link in clicks:
        link.click()
    expect(page.locator("#cell")).to_be_visible()
    stated = page.locator("#cell").inner_text()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("单位GDP能耗降低率")
    assert stated in page.get_by_role("main").inner_text().replace(",", "")
    assert len(clicks) <= 4


def test_the_map_is_walked_by_keyboard_and_a_district_says_its_colour(page: Page, site: Site):
    logged_in(page, site, "/barometer/2025Q3/")
    red = page.get_by_role("link", name=re.compile("区 红$")).first
    red.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("灯的等级")


def test_the_barometer_needs_no_javascript_and_fits_a_phone(browser: Browser, site: Site):
    for width, scripts in ((1366, False), (390, True)):
        context = browser.new_context(
            base_url=site.address, viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        page = context.new_page()
        logged_in(page, site, "/barometer/2025Q3/")
        expect(page.locator("#track-area tbody tr").first).to_be_visible()
        if scripts:
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        context.close()


@pytest.mark.parametrize("role", ["office", "department", "district", "town", "unit", "verifier", "leader"])
def test_each_role_of_the_demo_begins_on_a_page_of_its_own(browser: Browser, site: Site, role: str):
    context = browser.new_context(base_url=site.address, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    enter(page, "/", role)
    expect(page.locator("main h1").first).to_be_visible()
    expect(page.locator("header")).to_contain_text(role)
    page.get_by_role("button", name="退出").click()
    expect(page.locator(f"#demo-{role}")).to_be_visible()
    context.close()


def test_a_password_typed_by_hand_lets_in_too(browser: Browser, site: Site):
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    page.goto("/login/?next=/results/")
    page.get_by_label("用户名").fill(site.user)
    page.get_by_label("密码").fill(site.password)
    page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
    expect(page.locator("h1")).to_have_text("结果")
    context.close()
