"""Figures are whole numbers, so the number of threads that add them up changes nothing."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def digest_with(threads):
    environment = os.environ | {"POLARS_MAX_THREADS": str(threads), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "tests.laws.digest_of_a_city"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_one_thread_and_two_give_the_same_figures():
    first, second = digest_with(1), digest_with(2)
    assert len(first) == 64
    assert first == second
