"""An import that is killed, at whatever moment, leaves the state before it; the next one finds nothing in its way."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, ROWS = 8, 3000
READ_BACK = """
import json, sys
from tanheng.records import configure
configure(home=sys.argv[1])
from tanheng.records.models import Event, LogHead, Observation
from tanheng.records.verification import verify_chain, verify_kept
head = LogHead.objects.first()
print(json.dumps({
    "events": Event.objects.count(),
    "head": head.position if head else 0,
    "rows": Observation.objects.count(),
    "findings": [finding.as_json() for finding in (*verify_chain(), *verify_kept())],
}))
"""


@pytest.fixture
def start(environment, tmp_path):
    """Starts an import of a file and waits until it begins; whatever still runs at the end is stopped."""
    started: list[subprocess.Popen[str]] = []

    def begin(number: int) -> subprocess.Popen[str]:
        command = [sys.executable, str(Path(__file__).with_name("importer.py")), str(tmp_path), str(number), str(ROWS)]
        process = subprocess.Popen(command, env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def found(environment, tmp_path):
    """What another process finds: events, the end of the log, rows, and what is wrong with log and files."""

    def read() -> dict[str, object]:
        command = [sys.executable, "-c", READ_BACK, str(tmp_path)]
        done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
        return json.loads(done.stdout)

    return read


def test_an_import_that_is_killed_leaves_the_state_before_it_and_can_be_repeated(start, found):
    chance, number = random.Random(20261121), 0
    for _ in range(ROUNDS):
        process = start(number)
        try:
            process.wait(timeout=chance.uniform(0.0, 0.5))  # somewhere between the first byte and the commit
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait(timeout=60)
        state = found()
        assert state["findings"] == []
        assert state["rows"] == ROWS * state["events"] == ROWS * state["head"]
        assert state["events"] in (number, number + 1)
        number = state["events"]  # the next round imports what was not recorded, or what comes after it
    last = start(number)
    said, _ = last.communicate(timeout=60)
    assert (last.returncode, said) == (0, f"done {ROWS} 0\n")
    assert found() == {"events": number + 1, "head": number + 1, "rows": ROWS * (number + 1), "findings": []}
