"""When a task is due: from its dated deadline, or from the wording of its schedule in the year of its plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tanheng.kernel.demand import Task
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tanheng.kernel.period import Period, read_date

_HALF_YEAR_ENDS = 7
_DAY = r"\d{4}-\d{2}-\d{2}"
_SPAN = re.compile(rf"(?:(?P<first>{_DAY})\.\.)?(?P<last>{_DAY})")


@dataclass(frozen=True)
class Schedule:
    """What a task's schedule amounts to: a last day, work all through a span, or neither (open).

    `due` is the last day on which it is done in time; for continuous work that is the end of the year, when it is
    looked at as a whole.
    """

    kind: str
    due: date | None
    start: date | None = None

    @property
    def continuous(self) -> bool:
        """Whether it is work without an end: it can lag, and is not overdue before its year ends."""
        return self.kind == "continuous"


def schedule_of(task: Task, year: int, words: TaskSchedules) -> Schedule:
    """The schedule of a task in a plan of a year.

    Reads    task.due (a day; the day it was set and that day; or a period: its last day counts) before task.schedule
             (words of the plan).
    Gives    an open schedule where neither says anything that the words know.
    """
    start = date(year, 1, 1)
    if days := _SPAN.fullmatch(task.due):
        return Schedule("dated", read_date(days["last"]), read_date(days["first"]) if days["first"] else start)
    if task.due and ".." not in task.due:
        return Schedule("dated", Period.parse(task.due).end - timedelta(days=1), start)
    for word in words.words:
        found = re.search(word.pattern, task.schedule) if task.schedule else None
        if found:
            return Schedule(word.kind, _LAST_DAY[word.kind](year, found.groupdict()), start)
    return Schedule("open", None, start)


def _end_of_month(year: int, said: Mapping[str, str | None]) -> date | None:
    month = said.get("month")
    return None if month is None else _last_before(_year_said(year, said), int(month) + 1)


def _end_of_quarter(year: int, said: Mapping[str, str | None]) -> date | None:
    quarter = said.get("quarter")
    return None if quarter is None else _last_before(_year_said(year, said), 3 * "一二三四".index(quarter) + 4)


def _end_of_half(year: int, said: Mapping[str, str | None]) -> date | None:
    return _last_before(_year_said(year, said), _HALF_YEAR_ENDS)


def _end_of_year(year: int, said: Mapping[str, str | None]) -> date | None:
    return _last_before(_year_said(year, said), 13)


def _never(_year: int, _said: Mapping[str, str | None]) -> date | None:
    return None


def _year_said(year: int, said: Mapping[str, str | None]) -> int:
    text = said.get("year")
    return int(text) if text else year


def _last_before(year: int, month: int) -> date:
    """The last day before a month; month 13 is the January after."""
    first = date(year + 1, 1, 1) if month > 12 else date(year, month, 1)
    return first - timedelta(days=1)


_LAST_DAY: Mapping[str, Callable[[int, Mapping[str, str | None]], date | None]] = {
    "by_month_end": _end_of_month,
    "by_quarter_end": _end_of_quarter,
    "by_half_year": _end_of_half,
    "by_year_end": _end_of_year,
    "continuous": _end_of_year,
    "open": _never,
}
