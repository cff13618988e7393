"""What a test may need from outside the repository, each named once.

Present: the test uses it. Absent: the test is skipped with a line that says how to get it. Absent under CI=true: the
test fails, because a green run that skipped half of itself says nothing.
"""

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import django
import playwright
import pytest

ROOT = Path(__file__).resolve().parents[1]

# The home of the site under test is set before Django reads its settings: no test may ever touch ./var.
os.environ["TANHENG_HOME"] = tempfile.mkdtemp(prefix="tanheng-tests-")


def _is_built(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


# Before any room's conftest imports a model. The site's settings where its pages are installed; those of the records
# otherwise.
os.environ["DJANGO_SETTINGS_MODULE"] = next(
    filter(_is_built, ["tanheng.web.site.settings", "tanheng.records.settings"])
)
django.setup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that a browser is needed for come first: they are few and long, and at the end one worker would be left
    alone with them.
    """
    long = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in long)


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["TANHENG_HOME"], ignore_errors=True)


def _absent(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} (CI=true forbids skipping)", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The companion folder of documents, rules and gold."""
    folder = Path(os.environ.get("TANHENG_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        _absent(f"no companion folder at {folder}: set TANHENG_SHARED to a copy of it")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of a Chromium browser."""
    names = [os.environ.get("TANHENG_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        _absent("no Chromium found: apt-get install chromium, or set TANHENG_CHROMIUM to its path")
    if problem := _driver_problem():
        _absent(f"Playwright's driver does not start ({problem}): apt-get install libatomic1")
    return found


def _driver_problem() -> str:
    """What keeps the program that drives the browser from starting; empty where it starts."""
    node = Path(playwright.__file__).parent / "driver" / "node"
    try:
        started = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    return "" if started.returncode == 0 else started.stderr.strip()


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A PostgreSQL server whose role may create databases."""
    url = os.environ.get("TANHENG_TEST_POSTGRES_URL", "")
    if not url:
        _absent("no PostgreSQL: set TANHENG_TEST_POSTGRES_URL=postgresql://user@host:port/postgres")
    return url
