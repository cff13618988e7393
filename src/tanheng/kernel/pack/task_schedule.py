"""The words of task schedules as data: what a wording means for the day a task is due, and when it is at risk."""

from __future__ import annotations

from typing import Literal

from tanheng.kernel.pack.shape import Label, Shape, Titled

ScheduleKind = Literal["by_month_end", "by_quarter_end", "by_half_year", "by_year_end", "continuous", "open"]


class ScheduleWord(Shape):
    """A wording (a regular expression with `month`, `quarter` or `year` as named groups, or a plain word)."""

    pattern: str
    kind: ScheduleKind
    note: Label | None = None


class TaskSchedules(Titled):
    """How schedules are read, and the settings of tracking; the first wording that fits counts.

    `done` are words of 状态 or 进展 that say a task is finished; `behind_by` is by how many points of completion a task
    may lag behind the time that has passed before it is at risk; `warn_days` before the due day; `stale_days` without a
    new report it counts as not updated.
    """

    words: tuple[ScheduleWord, ...]
    done: tuple[str, ...]
    started: tuple[str, ...] = ()
    behind_by: int
    warn_days: int
    stale_days: int
    note: str = ""
