"""Thirty departments' workbooks of tasks, written, filled in, and merged into one table: how many seconds."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

from tanheng.kernel.demand import Task
from tanheng.kernel.obligation.tracking import Tracked, tracked
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tanheng.kernel.subject import Directory
from tanheng.reports.task_merge import merge
from tanheng.reports.task_sheets import PartySheet, sent_row, sheets_of, write_sheets, write_table
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

BOUND_S, DEPARTMENTS, TASKS, DAY = 10.0, 30, 300, date(2026, 7, 15)


def seconds() -> float:
    """Splits 300 tasks to 30 departments, and merges what they return; filling in is not counted."""
    packs = load_packs(folders=[SHIPPED_PACKS])
    words = packs.get(TaskSchedules, "task_schedules")
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        sheets = sheets_of(tracked(_tasks(), [], DAY, DAY.year, words))
        paths = write_sheets(Path(folder), sheets, DAY.year)
        split = time.perf_counter() - start
        for path, sheet in zip(paths, sheets, strict=True):
            _fill(path, sheet)
        start = time.perf_counter()
        merged = merge(Path(folder), sheets, packs, Directory(), DAY)
        took = time.perf_counter() - start
    assert len(merged.returned) == DEPARTMENTS, len(merged.returned)
    assert len([row for row in merged.rows if row["progress"]]) == TASKS, len(merged.rows)
    print(f"  {DEPARTMENTS} workbooks, {TASKS} tasks: split {split:.2f} s, merged {took:.2f} s")
    return split + took


def _tasks() -> list[Task]:
    parties = [f"第{number:02}委员会" for number in range(DEPARTMENTS)]
    return [
        Task(
            f"plan-2026.k{number:03d}",
            Label(zh=f"第{number:03d}项重点任务的内容", en=f"task {number}"),
            "plan-2026#1",
            number=str(number),
            schedule="年内完成",
            lead_parties=(parties[number % DEPARTMENTS],),
            supporting_parties=(parties[(number * 7 + 1) % DEPARTMENTS], parties[(number * 11 + 2) % DEPARTMENTS]),
        )
        for number in range(1, TASKS + 1)
    ]


def _fill(path: Path, sheet: PartySheet) -> None:
    write_table(path, f"{sheet.party}重点任务进展表", [_said(item) for item in sheet.tasks])


def _said(item: Tracked) -> dict[str, str]:
    said = {"progress": "完成前两个季度的工作，方案已经印发", "completion": "55", "status": "推进中"}
    return sent_row(item) | said
