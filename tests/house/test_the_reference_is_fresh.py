"""The reference shelf says what the code and the packs say now: `make docs` after a change of either."""

from docs.generate import HEADING, REFERENCE, pages, stale


def test_the_reference_is_what_the_code_and_the_packs_say_now():
    assert stale(REFERENCE, pages()) == [], "run `make docs` and commit docs/reference"


def test_a_page_that_is_stale_missing_or_left_over_is_caught(tmp_path):
    (tmp_path / "stale.md").write_text("before", "utf-8")
    (tmp_path / "left-over.md").write_text(HEADING, "utf-8")
    (tmp_path / "by-hand.md").write_text("", "utf-8")
    assert stale(tmp_path, {"stale.md": "after", "missing.md": ""}) == ["left-over.md", "missing.md", "stale.md"]
