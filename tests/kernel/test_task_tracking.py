"""When a task is due and where it stands: silence is no progress, and a claim without evidence is not done."""

from datetime import date

import pytest

from tanheng.kernel.fact import KeptField, KeptRow
from tanheng.kernel.obligation import Task
from tanheng.kernel.obligation.schedule import schedule_of
from tanheng.kernel.obligation.tracking import Stand, tracked, unplaced
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tests.kernel.world import packs

WORDS = packs().get(TaskSchedules, "task_schedules")
JULY = date(2026, 7, 15)


def task(
    schedule: str = "年内完成", due: str = "", label: str = "推进屋顶光伏建设", id: str = "plan.k1", number: str = "1"
) -> Task:
    return Task(id, Label(zh=label, en=label), "plan#1", number=number, schedule=schedule, due=due)


def reported(known: date = date(2026, 7, 1), position: int = 1, **fields: str) -> KeptRow:
    said = {"task": "推进屋顶光伏建设"} | fields
    kept = {name: KeptField(text, f"tasks.xlsx!任务!{name}") for name, text in said.items()}
    return KeptRow("tasks", None, None, kept, "tasks.xlsx!任务!5", known, position)


@pytest.mark.parametrize(
    ("schedule", "due"),
    [
        ("年内完成", date(2026, 12, 31)),
        ("6月底前", date(2026, 6, 30)),
        ("12月底前完成", date(2026, 12, 31)),
        ("2027年底前", date(2027, 12, 31)),
        ("2027年3月底前", date(2027, 3, 31)),
        ("三季度", date(2026, 9, 30)),
        ("第四季度末", date(2026, 12, 31)),
        ("上半年完成", date(2026, 6, 30)),
        ("全年推进", date(2026, 12, 31)),
        ("与国家安排同步", None),
        ("", None),
    ],
)
def test_the_wording_of_a_schedule_says_the_last_day(schedule, due):
    assert schedule_of(task(schedule), 2026, WORDS).due == due


def test_a_dated_deadline_counts_before_the_wording():
    assert schedule_of(task("全年推进", due="2026-05"), 2026, WORDS).due == date(2026, 5, 31)


def test_the_time_of_a_task_that_was_set_late_in_the_year_runs_from_that_day():
    found = schedule_of(task("全年推进", due="2026-11-21..2027-01-15"), 2027, WORDS)
    assert (found.kind, found.start, found.due) == ("dated", date(2026, 11, 21), date(2027, 1, 15))
    assert schedule_of(task("", due="2026-11-21"), 2026, WORDS).start == date(2026, 1, 1)


def test_every_schedule_of_the_shipped_documents_is_read_as_it_is_meant():
    kinds = {
        text: schedule_of(task(text), 2024, WORDS).kind
        for text in ("全年推进", "年内完成", "持续推进", "与国家安排同步")
    }
    assert kinds == {
        "全年推进": "continuous",
        "年内完成": "by_year_end",
        "持续推进": "continuous",
        "与国家安排同步": "open",
    }


def stand(one: Task, *rows: KeptRow, day: date = JULY) -> Stand:
    return tracked([one], rows, day, 2026, WORDS)[0].stand


def test_a_task_that_nobody_reported_on_is_silent_and_after_its_day_overdue():
    assert stand(task()) is Stand.SILENT
    assert stand(task("6月底前")) is Stand.OVERDUE


def test_a_claim_of_completion_counts_only_with_evidence():
    claim = {"progress": "已完成", "completion": "100"}
    assert stand(task("6月底前"), reported(**claim)) is Stand.UNPROVED
    assert stand(task("6月底前"), reported(**claim, evidence="A-01")) is Stand.DONE


@pytest.mark.parametrize("said", ["完成率60%", "完成6成", "完成过半", "完成3处，其余施工", "尚未完成"])
def test_part_of_the_work_is_not_all_of_it(said):
    assert stand(task(), reported(progress=said, completion="60")) is Stand.ON_TRACK


def test_a_task_lags_when_time_has_run_further_than_the_work():
    assert (
        stand(task(), reported(progress="推进中", completion="40")) is Stand.ON_TRACK
    )  # 53.7 % of the year, 20 may lack
    assert stand(task(), reported(progress="推进中", completion="30")) is Stand.AT_RISK


def test_a_report_that_is_too_old_is_named_and_one_of_tomorrow_is_not_known():
    assert stand(task(), reported(date(2026, 3, 1), progress="推进中", completion="60")) is Stand.STALE
    assert stand(task(), reported(date(2026, 8, 1), progress="已完成", evidence="A")) is Stand.SILENT


def test_the_last_month_before_the_day_is_announced():
    assert stand(task("7月底前"), reported(progress="推进中", completion="95")) is Stand.DUE_SOON


def test_a_later_report_stands_for_an_earlier_one_and_both_are_kept():
    early, late = (
        reported(date(2026, 6, 1), 1, progress="推进中"),
        reported(date(2026, 7, 1), 2, progress="已完成", evidence="B"),
    )
    found = tracked([task()], [late, early], JULY, 2026, WORDS)[0]
    assert (found.stand, [report.row.position for report in found.reports]) == (Stand.DONE, [1, 2])


def test_two_tasks_of_one_wording_are_told_apart_by_their_numbers_and_else_by_nobody():
    first, second = task(id="plan.k1", number="1"), task(id="plan.k2", number="2")
    numbered, bare = reported(number="2", progress="已完成", evidence="C"), reported(progress="已完成", evidence="D")
    found = tracked([first, second], [numbered, bare], JULY, 2026, WORDS)
    assert [item.stand for item in found] == [Stand.SILENT, Stand.DONE]
    assert unplaced([first, second], [numbered, bare]) == [bare]
