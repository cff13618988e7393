"""The tasks of a year as far as the reader sees, read once for as long as nothing is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tanheng.kernel.demand import Task
from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.tracking import Stand, Tracked
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tanheng.records.selecting import log_position
from tanheng.records.site_files import home
from tanheng.records.standing_obligations import RecordedObligation, obligations_as_of
from tanheng.records.task_reports import Reported, task_reports
from tanheng.records.tracking import TaskBoard, task_board
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope

URGENT = (Stand.OVERDUE, Stand.UNPROVED, Stand.AT_RISK, Stand.DUE_SOON)
"""Where somebody has to act now."""


@dataclass(frozen=True)
class Board:
    """The tasks in reach of one year, the years there are, and the words and settings of tracking."""

    year: int
    years: Sequence[int]
    day: date
    tasks: Sequence[Tracked]
    reports: Sequence[Reported]
    rules: TaskSchedules

    def task(self, id: str) -> Tracked:
        """One task in reach.

        Refuses  obligation-unknown: none of that name, or none that the reader sees.
        """
        found = next((item for item in self.tasks if item.task.id == id), None)
        if found is None:
            raise Refusal("obligation-unknown", id=id)
        return found

    def seen(self, id: str) -> int:
        """The position of the last report on a task that came by a page; 0 where there is none."""
        return max((report.position for report in self.reports if report.task == id), default=0)


def board_of(scope: Scope, year: int | None = None) -> Board:
    """The tasks of a year (default: this one, else the last that has any) as far as the reader sees.

    Refuses  tasks-of-no-year: none is recorded at all; tasks-none: none of that year.
    """
    key = (str(home().root), log_position(), scope.day)
    years = _years(*key)
    if not years:
        raise Refusal("tasks-of-no-year")
    usual = scope.day.year if scope.day.year in years else years[0]
    whole = _board(*key, usual if year is None else year)
    mine = tuple(item for item in whole.tasks if has_part(scope, item.task))
    ids = {item.task.id for item in mine}
    reports = [report for report in _reports(*key) if report.task in ids]
    return Board(whole.year, years, scope.day, mine, reports, whole.rules)


def board_with(scope: Scope, id: str) -> Board:
    """The board of the year that a task belongs to.

    Refuses  obligation-unknown: none of that name, or none that the reader sees.
    """
    for year in _years(str(home().root), log_position(), scope.day):
        board = board_of(scope, year)
        if any(item.task.id == id for item in board.tasks):
            return board
    raise Refusal("obligation-unknown", id=id)


def has_part(scope: Scope, task: Task) -> bool:
    """Whether a reader may see a task: of the whole site, or as one who leads or supports it, or whom it is about."""
    if scope.sees_all or (task.subject and scope.sees(task.subject)):
        return True
    return bool(own_names(scope).intersection((*task.lead_parties, *task.supporting_parties)))


def own_names(scope: Scope) -> frozenset[str]:
    """The names under which documents know the parties that a mandate acts for."""
    parties = scope.ground.directory.parties
    return frozenset(party.label["zh"] for party in parties if party.id == scope.party or scope.sees(party.id))


@lru_cache(maxsize=8)
def _years(_root: str, position: int, day: date) -> tuple[int, ...]:
    """The years that have tasks, the latest first."""
    standing = [item for item in obligations_as_of(day, position) if item.counts and isinstance(item.obligation, Task)]
    return tuple(sorted({year for item in standing for year in _years_of(item)}, reverse=True))


def _years_of(item: RecordedObligation) -> Sequence[int]:
    if item.instrument.periods:
        return [int(period[:4]) for period in item.instrument.periods if period[:4].isdecimal()]
    return [item.instrument.issued.year] if item.instrument.issued is not None else []


@lru_cache(maxsize=8)
def _board(_root: str, position: int, day: date, year: int) -> TaskBoard:
    return task_board(year, day, packs_in_use(), position=position)


@lru_cache(maxsize=8)
def _reports(_root: str, position: int, _day: date) -> tuple[Reported, ...]:
    return tuple(task_reports(position))
