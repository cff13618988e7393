"""The two documents of the companion folder whose targets and tasks were written down by hand."""

import importlib.util
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench" / "policy.py"
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_policy", BENCH)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores(bench, shared):
    bench.SHARED = shared
    judge = bench.Judge()
    targets, tasks = bench._rows("targets.csv"), bench._rows("tasks.csv")
    files = [
        file
        for file in sorted((shared / "documents").iterdir())
        if any(row["seed_file"] == file.name for row in targets)
    ]
    return [
        (judge, bench.scored(judge, file, [row for row in targets if row["seed_file"] == file.name],
                             [row for row in tasks if row["seed_file"] == file.name])[0])
        for file in files
    ]  # fmt: skip


def test_nineteen_of_twenty_figures_are_right_and_hardly_any_is_missing_or_invented(scores):
    for _, score in scores:
        assert score.numeric_right / score.numeric_found >= 0.95
        assert score.numeric_right / score.numeric_gold >= 0.95


def test_operators_and_leads_are_right(scores):
    for judge, score in scores:
        assert sum(judge.operator(*pair) for pair in score.pairs) / len(score.pairs) >= 0.9
        assert sum(judge.lead(*pair) for pair in score.pairs) / len(score.pairs) >= 0.95


def test_every_row_of_the_task_tables_has_exactly_its_leads_and_supporters(scores):
    for _, score in scores:
        assert score.tasks_wrong == []
        assert score.task_rows in {117, 55}
