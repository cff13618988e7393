"""Two processes write at once, on whichever database the tests run: nothing is lost, doubled or out of order."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 40
READ_BACK = """
import json, sys
from tanheng.records import configure
configure(home=sys.argv[1])
from tanheng.records.models import Event, Observation
from tanheng.records.verification import verify_chain
shared = list(Observation.objects.filter(subject="facility/shared").order_by("event_id"))
print(json.dumps({
    "positions": [event.position for event in Event.objects.all()],
    "rows": Observation.objects.count(),
    "findings": [finding.as_json() for finding in verify_chain()],
    "revisions_chain_up": [row.supersedes_id for row in shared] == [None, *[row.id for row in shared][:-1]],
}))
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


@pytest.fixture
def begin(environment, tmp_path):
    """Starts writers and lets them go at the same moment; whoever is still writing at the end is stopped."""
    started: list[subprocess.Popen[str]] = []

    def begin_together(rounds: int, *names: str) -> list[subprocess.Popen[str]]:
        script = str(Path(__file__).with_name("writer.py"))
        for name in names:
            command = [sys.executable, script, str(tmp_path), name, str(rounds)]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            started.append(subprocess.Popen(command, env=environment, cwd=ROOT, text=True, **pipes))
        assert [writer.stdout.readline() for writer in started] == ["ready\n"] * len(names)
        for writer in started:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        return started

    yield begin_together
    for writer in started:
        writer.kill()
        writer.communicate()


@pytest.fixture
def read_back(environment, tmp_path):
    """What another process finds in the log: positions, number of rows, findings, whether the revisions chain up."""

    def read() -> dict[str, object]:
        command = [sys.executable, "-c", READ_BACK, str(tmp_path)]
        done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
        return json.loads(done.stdout)

    return read


def test_two_writers_at_once_leave_one_gapless_log(begin, read_back):
    assert [writer.wait(timeout=120) for writer in begin(ROUNDS, "anna", "bert")] == [0, 0]
    found = read_back()
    assert found["positions"] == list(range(1, 2 * ROUNDS + 1))
    # Each round adds a statement of its own; the shared one is left out where the other has just said the same.
    assert 3 * ROUNDS <= found["rows"] <= 4 * ROUNDS
    assert (found["findings"], found["revisions_chain_up"]) == ([], True)


def test_a_writer_that_is_killed_leaves_whole_events_and_the_log_holds_all_the_while(begin, read_back):
    (writer,) = begin(1_000_000, "anna")
    while not read_back()["positions"]:
        assert writer.poll() is None
    assert [read_back()["findings"] for _ in range(3)] == [[], [], []]  # while it goes on writing
    writer.kill()
    writer.wait(timeout=60)
    found = read_back()
    assert found["positions"] == list(range(1, len(found["positions"]) + 1))
    assert (found["rows"], found["findings"]) == (2 * len(found["positions"]), [])
