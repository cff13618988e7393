"""Pictures of the main pages, taken from the demo in a browser: `make pictures`.

With `--site ADDRESS` of a demo that runs already; without, a demo is built and served in its own folder. Always the
same pages, of the same size, with few colours, so that a picture changes only when its page does.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
DESK, PHONE, COLOURS = (1366, 768), (390, 844), 48
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True)
class Picture:
    """A picture: its file, who looks at which page, and how wide."""

    name: str
    role: str
    address: str
    size: tuple[int, int] = DESK


PICTURES = (
    Picture("home-of-the-leader", "leader", "/home/"),
    Picture("home-of-the-office", "office", "/home/"),
    Picture("barometer", "office", "/barometer/2025Q3/"),
    Picture("target-matrix", "office", "/targets/"),
    Picture("tasks", "office", "/tasks/"),
    Picture("area", "office", "/areas/"),
    Picture("workbooks", "office", "/facts/"),
    Picture("data-calendar", "office", "/facts/calendar/"),
    Picture("months", "office", "/month/"),
    Picture("library", "office", "/library/"),
    Picture("rules", "office", "/rules/"),
    Picture("public-site", "anyone", "/public/"),
    Picture("public-indicator", "anyone", "/public/indicators/co2/"),
    Picture("public-site-on-a-phone", "anyone", "/public/", PHONE),
)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--site", help="the address of a demo that runs already")
    asked.add_argument("--only", default="", help="names of pictures, separated by commas")
    given = asked.parse_args()
    names = set(filter(None, given.only.split(",")))
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    chromium = program_of_browser()
    FOLDER.mkdir(exist_ok=True)
    if given.site:
        take(given.site, wanted, chromium)
    else:
        with served_demo() as site:
            take(site, wanted, chromium)


def program_of_browser() -> str:
    """Chromium, looked for before a demo is built in vain."""
    names = (os.environ.get("TANHENG_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    return found or sys.exit("No Chromium found: apt-get install chromium, or set TANHENG_CHROMIUM to its path.")


def take(site: str, wanted: list[Picture], chromium: str) -> None:
    """Writes the pictures; a page that does not open ends the run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for role in dict.fromkeys(picture.role for picture in wanted):
            take_as(browser, site, role, [picture for picture in wanted if picture.role == role])
        browser.close()


def take_as(browser: Browser, site: str, role: str, wanted: list[Picture]) -> None:
    context = browser.new_context(base_url=site, reduced_motion="reduce", locale="zh-CN")
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto("/")
    if role != "anyone":
        page.locator(f"#demo-{role}").click()
        page.wait_for_load_state()
    for picture in wanted:
        page.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
        answer = page.goto(picture.address)
        if answer is None or answer.status != 200:
            sys.exit(f"{picture.address} does not open as {role}")
        page.wait_for_load_state("networkidle")
        save(picture, page.screenshot(animations="disabled", caret="hide"))
    context.close()


def save(picture: Picture, png: bytes) -> None:
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path = FOLDER / f"{picture.name}.png"
    image.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")


@contextmanager
def served_demo() -> Iterator[str]:
    """A demo with its barometer published, served until the pictures are taken, whatever becomes of them."""
    with tempfile.TemporaryDirectory() as folder:
        environment = demo_environment(folder)
        demo = [sys.executable, "-c", "from tanheng.cli import main; main()", "demo"]
        subprocess.run(demo, env=environment, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        subprocess.run([sys.executable, "-m", "tests.web.a_published_demo"], env=environment, check=True, cwd=ROOT)
        command = [sys.executable, "-m", "tanheng.web.site"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
            try:
                yield next(found[1] for line in server.stdout or () if (found := re.match(r"Ready: (\S+)", line)))
            finally:
                server.terminate()


def demo_environment(folder: str) -> dict[str, str]:
    """Nothing of a site or a name that the caller has: another database would be written."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TANHENG_", "DJANGO_"))}
    return {**kept, "TANHENG_HOME": folder, "TANHENG_PORT": port, "TANHENG_LANG": "zh", "LOGNAME": "demo"}


if __name__ == "__main__":
    main()
