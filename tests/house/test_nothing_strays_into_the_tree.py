"""What a trial leaves behind does not get into the tree: at its top lies what the layout names, and nothing else."""

import subprocess

from tests.house.source_tree import ROOT

AT_THE_TOP = {
    ".ci", ".gitignore", ".importlinter", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "NOTICE",
    "README.md", "bench", "changelog.d", "docs", "pyproject.toml", "requirements", "src", "tests",
}  # fmt: skip
OF_SITES = (".db", ".sqlite3", ".sqlite3-wal", ".duckdb", ".log", ".tmp")


def _kept() -> list[str]:
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")[:-1]


def test_nothing_lies_at_the_top_that_the_layout_does_not_name():
    assert {path.split("/")[0] for path in _kept()} == AT_THE_TOP


def test_no_database_and_no_log_of_a_trial_is_kept():
    assert [path for path in _kept() if path.endswith(OF_SITES)] == []
