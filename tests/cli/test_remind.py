"""`tanheng remind` lists what is late, tells it once, and writes nothing in a dry run."""

from datetime import date

import pytest

from tanheng.records.people import person_named
from tanheng.records.supervision import open_note


@pytest.fixture
def late(site):
    open_note("k1", "市统计局", date(2026, 3, 20), "请说明用电为何上升", person_named("王芳"))
    return site


def test_a_dry_run_lists_and_writes_nothing_and_a_real_one_tells_once(late, document):
    on = ("remind", "--on", "2026-03-23")
    listed = document(*on, "--dry-run")
    assert [(item["why"], item["to"], item["days"]) for item in listed["reminders"]] == [("overdue", "市统计局", -1)]
    assert document(*on, "--dry-run") == listed
    assert {**document(*on), "dry_run": True} == listed
    assert (document(*on)["reminders"], document(*on)["left_out"]) == ([], 1)


def test_the_list_is_printed_in_words(late):
    said = late("remind", "--on", "2026-03-18", "--dry-run").output
    assert "即将到期" in said and "市统计局" in said and "将提醒 1 项" in said


def test_settings_that_cannot_be_used_are_refused_before_anything_is_written(late, document, monkeypatch):
    monkeypatch.setenv("TANHENG_WEBHOOK_URL", "http://robot.example.org")
    assert "TANHENG_WEBHOOK_URL" in late("remind", "--on", "2026-03-23", exit_code=2).output
    monkeypatch.delenv("TANHENG_WEBHOOK_URL")
    assert len(document("remind", "--on", "2026-03-23")["reminders"]) == 1
