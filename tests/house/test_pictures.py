"""Every picture that a page of the docs shows exists, is small, and is one that the script takes again."""

import re
from pathlib import Path

from docs.pictures import FOLDER, PICTURES

ROOT = Path(__file__).resolve().parents[2]
SHOWN = re.compile(r"!\[[^\]]*\]\(([^)\s]+\.png)\)")


def shown() -> dict[str, Path]:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return {
        f"{page.relative_to(ROOT)}: {name}": (page.parent / name).resolve()
        for page in pages
        for name in SHOWN.findall(page.read_text("utf-8"))
    }


def test_every_picture_that_is_shown_exists_and_says_in_words_what_it_shows():
    assert [place for place, path in shown().items() if not path.is_file()] == []
    assert shown(), "the first page shows what it is about"


def test_every_picture_is_taken_by_the_script_and_is_small():
    there = {path.stem: path for path in FOLDER.glob("*.png")}
    assert set(there) == {picture.name for picture in PICTURES}, "make pictures"
    assert [name for name, path in there.items() if path.stat().st_size > 150_000] == []
