"""A person who acts, and where processes of their own write."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tanheng.records.models import Person
from tanheng.records.people import person_named

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clerk(db: None) -> Person:
    return person_named("王芳", "wang@example.org")


def _url() -> str:
    """The test database of this run, for another process."""
    chosen = connection.settings_dict
    host, port = quote(chosen["HOST"], safe=""), chosen["PORT"]
    login = quote(chosen["USER"]) + (f":{quote(chosen['PASSWORD'])}" if chosen["PASSWORD"] else "")
    return f"postgresql://{login}@{host}{f':{port}' if port else ''}/{chosen['NAME']}"


@pytest.fixture
def environment(transactional_db, tmp_path):
    """Where processes of their own write: the test database on PostgreSQL, a file of their own on SQLite."""
    chosen = {name: value for name, value in os.environ.items() if not name.startswith(("TANHENG_", "DJANGO_"))}
    chosen |= {"TANHENG_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    if connection.vendor == "postgresql":
        return {**chosen, "TANHENG_DATABASE_URL": _url()}
    prepare = "import sys; from tanheng import records; records.configure(home=sys.argv[1]); records.prepare_database()"
    subprocess.run([sys.executable, "-c", prepare, str(tmp_path)], env=chosen, check=True)
    return chosen
