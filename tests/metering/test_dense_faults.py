"""Many faults on few meters: every hour, day and month is what was used, or says that it may not be, and how much."""

from __future__ import annotations

import os
from datetime import date

import pytest

from tests.metering.against_truth import compared, sized

SEEDS = range(45, 45 + int(os.environ.get("TANHENG_FAULT_SEEDS", "3")))
LOST = {"silent", "interval_gap", "interval_spike", "interval_negative"}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_figure_of_a_meter_with_several_faults_is_wrong_without_saying_so(tmp_path, seed):
    verdict = compared(tmp_path / "of", seed, meters=60, days=33, faults="150")
    assert verdict.wrong == []
    assert [one for one in verdict.lost if not set(one.faults) & LOST or not sized(one, verdict.findings)] == []


@pytest.mark.parametrize("seed", SEEDS[:1])
def test_what_is_lost_is_named_with_its_size_and_only_what_nobody_can_know_is_lost(tmp_path, seed):
    verdict = compared(tmp_path / "of", seed, meters=40, days=40, faults="all", start=date(2026, 1, 20))
    assert verdict.wrong == []
    assert all(set(one.faults) & LOST for one in verdict.lost)
    assert [one for one in verdict.lost if not sized(one, verdict.findings)] == []
