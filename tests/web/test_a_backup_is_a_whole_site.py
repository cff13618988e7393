"""A backup restored into an empty folder and an empty database is the same site: the same hashes, the same digest.

The steps are those of docs/how-to/deploy.md, each program in a process of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

PROGRAM = [sys.executable, "-c", "from tanheng.cli import main; main()"]
_STORY = """
from datetime import date
from pathlib import Path
from tanheng.records import configure, prepare_database
configure(); prepare_database()
from tanheng.records.mandates import grant_mandate
from tanheng.records.people import person_named, person_of_login
from tanheng.records.publishing import publish
from tests.web.a_city import NORTH, PERIOD, computed, found_city
import tempfile
clerk = person_named("王芳")
found_city(clerk, Path(tempfile.mkdtemp()))
publish(computed().id, "北区", clerk, [f"co2@{NORTH}@{PERIOD}"], {"gap": "已催报"})
grant_mandate(person=person_of_login("li"), role="district", actor=clerk, start=date(2026, 1, 1), area=NORTH)
"""


def environment(home: Path, database: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("TANHENG_DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    url = {"TANHENG_DATABASE_URL": database} if database else {}
    return {**kept, **url, "TANHENG_HOME": str(home), "TANHENG_LANG": "zh"}


def told(environment: Mapping[str, str], *arguments: str) -> dict:
    done = subprocess.run([*PROGRAM, *arguments, "--json"], env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def hashes(environment: Mapping[str, str]) -> dict[str, object]:
    """What a restored site must say like the one it came from."""
    repeated = told(environment, "repeat", "latest")
    script = (
        "from tanheng.records import configure; configure()\n"
        "from tanheng.records.models import LogHead; from tanheng.records.mandates import mandates\n"
        "head = LogHead.objects.get(); print(head.position, head.hash, [m.row_hash for m in mandates()])"
    )
    head = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return {"audit": told(environment, "audit", "verify"), "repeated": repeated, "log": head.stdout}


def make_site(environment: Mapping[str, str]) -> None:
    subprocess.run([*PROGRAM, "init"], env=environment, check=True, capture_output=True)
    subprocess.run(
        [sys.executable, "-c", _STORY], env=environment, check=True, capture_output=True, cwd=Path(__file__).parents[2]
    )


def test_a_site_in_files_is_restored_whole(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    make_site(environment(first, ""))
    before = hashes(environment(first, ""))
    assert before["audit"]["intact"]

    with sqlite3.connect(first / "db.sqlite3") as running, sqlite3.connect(tmp_path / "backup.sqlite3") as backup:
        running.backup(backup)
    shutil.copytree(first, second, ignore=shutil.ignore_patterns("db.sqlite3*"))
    shutil.copy(tmp_path / "backup.sqlite3", second / "db.sqlite3")
    shutil.rmtree(first)

    assert hashes(environment(second, "")) == before


@pytest.mark.postgres
def test_a_site_in_postgresql_is_restored_whole(tmp_path, postgres_url):
    if shutil.which("pg_dump") is None or shutil.which("pg_restore") is None:
        pytest.skip("no pg_dump: apt-get install postgresql-client")
    names = [f"tanheng_backup_{uuid4().hex[:8]}" for _ in range(2)]
    urls = [urlsplit(postgres_url)._replace(path=f"/{name}").geturl() for name in names]
    admin = ["psql", "--quiet", postgres_url, "--command"]
    for name in names:
        subprocess.run([*admin, f"CREATE DATABASE {name}"], check=True)
    try:
        first, second = tmp_path / "first", tmp_path / "second"
        make_site(environment(first, urls[0]))
        before = hashes(environment(first, urls[0]))
        dump = tmp_path / "tanheng.dump"
        subprocess.run(["pg_dump", "--format=custom", f"--file={dump}", urls[0]], check=True)
        subprocess.run(["pg_restore", "--no-owner", f"--dbname={urls[1]}", dump], check=True)
        shutil.copytree(first, second)
        shutil.rmtree(first)
        assert before["audit"]["intact"]
        assert hashes(environment(second, urls[1])) == before
    finally:
        for name in names:
            subprocess.run([*admin, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"], check=True)


def test_a_file_that_is_missing_after_restoring_is_named(tmp_path):
    home = tmp_path / "site"
    make_site(environment(home, ""))
    lost = next(path for path in (home / "blobs").rglob("*") if path.is_file())
    lost.unlink()
    done = subprocess.run(
        [*PROGRAM, "audit", "verify", "--json"], env=environment(home, ""), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert [finding["code"] for finding in json.loads(done.stdout)["findings"]] == ["blob-not-found"]
