"""Two processes write at once, on whichever database the tests run: nothing is lost, doubled or out of order."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 40
READ_BACK = """
import json, sys
from tanheng.records import configure
configure(home=sys.argv[1])
from tanheng.records.case_models import CaseMove
from tanheng.records.models import Event, Obligation, Observation, Succession
from tanheng.records.verification import verify_chain
shared = list(Observation.objects.filter(subject="facility/shared").order_by("event_id"))
print(json.dumps({
    "positions": [event.position for event in Event.objects.all()],
    "rows": Observation.objects.count(),
    "findings": [finding.as_json() for finding in verify_chain()],
    "obligations": Obligation.objects.count(),
    "distinct": Obligation.objects.values("obligation").distinct().count(),
    "successions": Succession.objects.count(),
    "undone": [event.payload["undone"] for event in Event.objects.filter(kind="import_undone")],
    "rounds": [
        (event.payload["number"], event.payload["stage"]) for event in Event.objects.filter(kind="decomposition_round")
    ],
    "case_moves": list(CaseMove.objects.order_by("event_id").values_list("number", flat=True)),
    "revisions_chain_up": [row.supersedes_id for row in shared] == [None, *[row.id for row in shared][:-1]],
}))
"""


@pytest.fixture
def begin(environment, tmp_path):
    """Starts writers and lets them go at the same moment; whoever is still writing at the end is stopped."""
    started: list[subprocess.Popen[str]] = []

    def begin_together(rounds: int, *names: str, script: str = "writer.py") -> list[subprocess.Popen[str]]:
        for name in names:
            command = [sys.executable, str(Path(__file__).with_name(script)), str(tmp_path), name, str(rounds)]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            started.append(subprocess.Popen(command, env=environment, cwd=ROOT, text=True, **pipes))
        together = started[-len(names) :]
        assert [writer.stdout.readline() for writer in together] == ["ready\n"] * len(names)
        for writer in together:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        return together

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


def test_two_who_undo_the_same_imports_at_once_undo_each_of_them_once(begin, read_back):
    (writer,) = begin(ROUNDS, "anna")
    assert writer.wait(timeout=120) == 0
    assert [undoer.wait(timeout=120) for undoer in begin(ROUNDS, "carl", "dora", script="undoer.py")] == [0, 0]
    found = read_back()
    assert sorted(found["undone"]) == list(range(1, ROUNDS + 1))
    assert found["positions"] == list(range(1, 2 * ROUNDS + 1))
    assert found["findings"] == []


def test_imports_and_undoings_at_once_leave_one_gapless_log(begin, read_back):
    (first,) = begin(ROUNDS, "anna")
    assert first.wait(timeout=120) == 0
    both = [*begin(ROUNDS, "bert"), *begin(ROUNDS, "carl", script="undoer.py")]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    found = read_back()
    assert found["positions"] == list(range(1, 3 * ROUNDS + 1))
    assert (sorted(found["undone"]), found["findings"]) == (list(range(1, ROUNDS + 1)), [])


def test_two_who_review_one_document_at_once_record_every_decision_and_its_successor_once(begin, read_back):
    reviewers = begin(ROUNDS, "erna", "fritz", script="reviewer.py")
    assert [reviewer.wait(timeout=120) for reviewer in reviewers] == [0, 0]
    found = read_back()
    # Each round accepts a target of its own; the shared one is left out where the other has just said the same.
    assert 3 * ROUNDS <= found["obligations"] <= 4 * ROUNDS
    assert (found["distinct"], found["successions"], found["findings"]) == (2 * ROUNDS + 1, 1, [])
    assert found["positions"] == list(range(1, 2 * ROUNDS + 3))


def test_two_who_move_one_split_at_once_make_every_round_once_and_in_order(begin, read_back):
    movers = begin(ROUNDS, "gerd", "hanna", script="rounder.py")
    assert [mover.wait(timeout=120) for mover in movers] == [0, 0]
    found = read_back()
    numbers, stages = zip(*found["rounds"], strict=True)
    assert numbers == tuple(range(1, len(numbers) + 1))
    assert stages == ("draft", *("opinions", "feedback", "adjusted") * (len(stages) // 3))
    assert (found["findings"], found["positions"]) == ([], list(range(1, len(numbers) + 1)))


def test_two_who_move_one_case_at_once_are_told_and_no_move_is_lost_or_doubled(environment, begin, read_back, tmp_path):
    opening = (
        "import sys; from tanheng.records import configure; configure(home=sys.argv[1]); from datetime import date; "
        "from tanheng.records.supervision import open_note; from tanheng.records.people import person_named; "
        "open_note('k1', '统计局', date(2026, 3, 20), '请说明', person_named('ida'))"
    )
    subprocess.run([sys.executable, "-c", opening, str(tmp_path)], env=environment, cwd=ROOT, check=True)
    movers = begin(ROUNDS, "jan", "kim", script="mover.py")
    told = sum(int(mover.communicate(timeout=120)[0]) for mover in movers)
    assert [mover.returncode for mover in movers] == [0, 0]
    found = read_back()
    assert (found["case_moves"], found["findings"]) == (list(range(1, 2 + 2 * ROUNDS - told)), [])
    assert found["positions"] == found["case_moves"]
