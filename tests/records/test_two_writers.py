"""Two processes write at once, on whichever database the tests run: nothing is lost, doubled or out of order."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
READ_BACK = """
import sys
from tanheng.records import configure
configure(home=sys.argv[1])
from tanheng.records.models import Event, Observation
from tanheng.records.verification import verify_chain
print([event.position for event in Event.objects.all()], Observation.objects.count(), verify_chain())
shared = Observation.objects.filter(subject="facility/shared").order_by("event_id")
print([row.supersedes_id for row in shared] == [None, *[row.id for row in shared][:-1]])
"""


def _url() -> str:
    """The test database of this run, for another process."""
    chosen = connection.settings_dict
    host, port = quote(chosen["HOST"], safe=""), chosen["PORT"]
    login = quote(chosen["USER"]) + (f":{quote(chosen['PASSWORD'])}" if chosen["PASSWORD"] else "")
    return f"postgresql://{login}@{host}{f':{port}' if port else ''}/{chosen['NAME']}"


@pytest.fixture
def environment(transactional_db, tmp_path):
    """Where both writers write: the test database on PostgreSQL, a file of their own on SQLite."""
    chosen = {name: value for name, value in os.environ.items() if not name.startswith(("TANHENG_", "DJANGO_"))}
    chosen |= {"TANHENG_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    if connection.vendor == "postgresql":
        return {**chosen, "TANHENG_DATABASE_URL": _url()}
    prepare = "import sys; from tanheng import records; records.configure(home=sys.argv[1]); records.prepare_database()"
    subprocess.run([sys.executable, "-c", prepare, str(tmp_path)], env=chosen, check=True)
    return chosen


def test_two_writers_at_once_leave_one_gapless_log(environment, tmp_path):
    script = Path(__file__).with_name("writer.py")
    commands = [[sys.executable, str(script), str(tmp_path), name, str(ROUNDS)] for name in ("anna", "bert")]
    writers = [subprocess.Popen(command, env=environment, cwd=ROOT) for command in commands]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]

    command = [sys.executable, "-c", READ_BACK, str(tmp_path)]
    said = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    log, each_supersedes_the_one_before = said.splitlines()
    positions, _, rest = log.partition("]")
    assert positions.strip("[").split(", ") == [str(number) for number in range(1, 2 * ROUNDS + 1)]
    rows, findings = rest.split()
    # Each round adds its own statement; the shared one is left out where the other writer has just said the same.
    assert 2 * ROUNDS + ROUNDS <= int(rows) <= 4 * ROUNDS
    assert (findings, each_supersedes_the_one_before) == ("[]", "True")


def test_a_writer_that_is_killed_in_the_middle_leaves_whole_events_only(environment, tmp_path):
    script = Path(__file__).with_name("writer.py")
    writer = subprocess.Popen([sys.executable, str(script), str(tmp_path), "anna", "100000"], env=environment, cwd=ROOT)
    read = [sys.executable, "-c", READ_BACK, str(tmp_path)]
    while True:
        said = subprocess.run(read, env=environment, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        if not said.startswith("[] "):
            break
    writer.kill()
    writer.wait(timeout=60)
    said = subprocess.run(read, env=environment, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    positions, _, rest = said.splitlines()[0].partition("]")
    numbers = [int(number) for number in positions.strip("[").split(", ")]
    rows, findings = rest.split()
    assert numbers == list(range(1, len(numbers) + 1))
    assert (int(rows), findings) == (2 * len(numbers), "[]")
