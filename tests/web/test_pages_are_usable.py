"""Every page of the site in a browser, in both languages: axe finds nothing, nothing overflows, the keyboard gets
through, paper shows no ways and says what is made up. One server, one browser, one sweep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.a_browser import served_demo
from tests.web.a_sweep import pages_of

pytestmark = [pytest.mark.browser, pytest.mark.sweep]

AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text("utf-8")
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
# who sees the most first: what one role has shown is not opened again as another, but for the page each begins on
ROLES = ("office", "leader", "department", "district", "town", "unit", "verifier", "anyone")
STARTS = ("/", "/home/", "/public/", "/account/")
_WIDER = "document.documentElement.scrollWidth - window.innerWidth"
_AXE = "options => axe.run(document, options).then(told => told.violations)"
_EVERYTHING = {"resultTypes": ["violations"]}
# colours and landmarks are the same in both languages: in the second, names and texts are looked at
_NAMES = _EVERYTHING | {
    "runOnly": ["document-title", "html-has-lang", "button-name", "link-name", "label", "image-alt"]
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo city with its barometer published, served by a program of its own."""
    with served_demo(tmp_path_factory.mktemp("demo"), published=True) as site:
        yield site.address


@pytest.fixture(scope="module")
def seats(browser: Browser, address: str) -> dict[str, BrowserContext]:
    """A browser context for each role, logged in."""
    return {role: _seat(browser, address, role) for role in ROLES}


@pytest.fixture(scope="module")
def pages(seats: dict[str, BrowserContext]) -> dict[str, list[str]]:
    """What to open as whom; no link of any page leads to nothing."""
    found, known, broken = {}, [], []
    for role, seat in seats.items():
        mine = pages_of(seat.request, STARTS, known)
        known += [route for route in mine.pages if f"/{route}" not in STARTS]
        broken += mine.broken
        found[role] = list(dict.fromkeys(mine.pages.values()))
    assert broken == [], "link: (on, to, what it answers)"
    return found


def _seat(browser: Browser, address: str, role: str) -> BrowserContext:
    context = browser.new_context(base_url=address, viewport=DESK)
    page = context.new_page()
    page.goto("/")
    if role != "anyone":
        page.locator(f"#demo-{role}").click()
        expect(page.get_by_role("button", name=re.compile("退出|Log out"))).to_be_visible()
    page.close()
    return context


def _speaking(seat: BrowserContext, address: str, language: str) -> None:
    seat.add_cookies([{"name": "django_language", "value": language, "url": address}])


def _faults(page: Page, at: str, options: dict[str, Any]) -> list[tuple[str, str, str]]:
    page.evaluate(AXE)
    told = page.evaluate(_AXE, options)
    return [(at, fault["id"], fault["nodes"][0]["html"][:200]) for fault in told]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_readable_to_machines_and_fits_desk_and_phone(seats, pages, address, language):
    faults, wide, complaints = [], [], []
    options = _EVERYTHING if language == "zh-hans" else _NAMES
    for role, seat in seats.items():
        _speaking(seat, address, language)
        page = seat.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for at in pages[role]:
            for size in (PHONE, DESK):
                page.set_viewport_size(size)
                if size is PHONE:
                    page.goto(at)
                if page.evaluate(_WIDER) > 0:
                    wide.append((at, size["width"]))
            faults += _faults(page, at, options)
        page.close()
    assert len({at for mine in pages.values() for at in mine}) > 50
    assert faults == []
    assert wide == []
    assert complaints == []


def test_the_english_of_every_page_holds_no_chinese_words_of_ours(seats, pages, address):
    """Names, titles and citations are data in Chinese; headings, buttons and column heads are ours."""
    seat, chinese = seats["office"], []
    _speaking(seat, address, "en")
    page = seat.new_page()
    for at in pages["office"]:
        page.goto(at)
        told = page.locator("thead th, button, summary, nav[aria-label=Main] a").all_inner_texts()
        chinese += [(at, text) for text in told if re.search(r"[\u4e00-\u9fff]", text) and text.strip() != "中文"]
    page.close()
    _speaking(seat, address, "zh-hans")
    assert chinese == []


def test_by_keyboard_the_first_stop_skips_to_the_content_and_none_is_a_trap(seats, address):
    seat = seats["office"]
    _speaking(seat, address, "zh-hans")
    page = seat.new_page()
    page.goto("/home/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    stops, unseen = set(), []
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate("""() => {
            const stop = document.activeElement, look = getComputedStyle(stop);
            if (stop === document.body) return null;
            return [[...document.querySelectorAll('*')].indexOf(stop), look.outlineStyle !== 'none'
                || look.boxShadow !== 'none' || stop.closest('svg') !== null, stop.outerHTML.slice(0, 120)];
        }""")
        if at is None or at[0] in stops:
            break
        stops.add(at[0])
        if not at[1]:
            unseen.append(at[2])
    page.close()
    assert len(stops) > 5
    assert unseen == []
    assert at is None or at[0] in stops, "the round through the page comes to an end"


@pytest.mark.parametrize(
    ("role", "at"),
    [("leader", "/home/"), ("office", "/targets/"), ("office", "/barometer/2025Q3/"), ("office", "/tasks/")],
)
def test_paper_shows_figures_without_ways_and_says_what_is_made_up(seats, role, at):
    page = seats[role].new_page()
    page.goto(at)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 less its margins
    for hidden in ("header.top", "nav", ".skip", "form"):
        assert page.locator(hidden).evaluate_all("all => all.filter(one => one.checkVisibility()).length") == 0, hidden
    expect(page.locator(".fictional")).to_be_visible()
    assert page.locator("thead").evaluate_all(
        "all => all.every(one => getComputedStyle(one).display == 'table-header-group')"
    )
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    assert page.evaluate(_WIDER) <= 0
    page.close()
