"""The tree works on any machine: no address of a package index, no path of somebody's computer, a lock with hashes."""

import re

from tests.house.source_tree import ROOT, tracked_texts

# Written in pieces, so that this file does not catch itself.
INDEXES = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org", "mirrors" + "."]
PATHS = ["/ro" + "ot/", "/wo" + "rk/", "/op" + "t/", "/Use" + "rs/", "C:" + "\\Users"]
OF_SOMEBODY = "/ho" + r"me/\w"
"""A folder of somebody's, not the address of the first page, which ends with its stroke."""
TIED = re.compile("|".join([*(re.escape(word) for word in INDEXES + PATHS), OF_SOMEBODY]))
OPTION = re.compile(r"^\s*(--(extra-)?index-url|-i\s|--find-links|-f\s|--trusted-host)|https?://|file:", re.MULTILINE)


def tied_to_a_machine(path: str, text: str) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:80]}" for number, line in enumerate(text.splitlines(), 1) if TIED.search(line)
    ]


def unpinned(lock: str) -> list[str]:
    """Requirements of a lock file without an exact version or a hash."""
    entries = re.split(r"\n(?=\S)", "\n".join(line for line in lock.splitlines() if not line.startswith("#")))
    return [
        entry.split()[0] for entry in entries if entry.strip() and not ("==" in entry and "--hash=sha256:" in entry)
    ]


def test_no_file_names_a_package_index_or_a_path_of_one_machine():
    assert [line for path, text in tracked_texts() for line in tied_to_a_machine(path, text)] == []


def test_a_package_index_and_a_path_of_one_machine_are_caught():
    assert tied_to_a_machine("x", f"see https://{INDEXES[0]}/simple")
    assert tied_to_a_machine("x", f"source = '{PATHS[1]}somebody/book.xlsx'")
    assert tied_to_a_machine("x", "open(" + "/ho" + "me/somebody/book.xlsx)")
    assert tied_to_a_machine("x", 'open("/ho' + 'me/")') == []
    assert tied_to_a_machine("x", "TANHENG_HOME=./var /usr/bin/chromium") == []


def test_every_locked_requirement_has_a_version_and_a_hash_and_no_address():
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        text = file.read_text("utf-8")
        assert unpinned(text) == []
        assert not OPTION.search(text)


def test_a_lock_without_hashes_or_with_an_address_is_caught():
    assert unpinned("# lock\nclick==8.1\npolars==2.1 \\\n    --hash=sha256:00\n") == ["click==8.1"]
    assert OPTION.search("--find-links wheels\n")
    assert OPTION.search("click @ https://example.org/click.whl\n")
