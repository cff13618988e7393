"""The tasks of a plan year with what departments reported, as of a day. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tanheng.kernel.demand import Target, Task
from tanheng.kernel.fact import KeptRow
from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.tracking import REGISTER, Tracked, tracked, unplaced
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tanheng.kernel.period import Period
from tanheng.records.obligation_models import Instrument
from tanheng.records.registers import kept_rows
from tanheng.records.selecting import known_position
from tanheng.records.standing_obligations import RecordedObligation, obligations_as_of
from tanheng.records.task_reports import rows_of, task_reports

Kind = TypeVar("Kind", Task, Target)


@dataclass(frozen=True)
class TaskBoard:
    """All tasks of a year, reports that belong to none of them, and the targets beside them."""

    year: int
    day: date
    tasks: tuple[Tracked, ...]
    unplaced: tuple[KeptRow, ...]
    targets: tuple[Target, ...]
    rules: TaskSchedules

    def of(self, party: str) -> TaskBoard:
        """What one party has a part in: tasks it leads or supports, targets it answers for.

        Refuses  duties-none: it has a part in nothing; the names that there are stand beside it.
        """
        tasks = tuple(item for item in self.tasks if _has_part(item.task, party))
        targets = tuple(item for item in self.targets if _has_part(item, party))
        if not tasks and not targets:
            raise Refusal("duties-none", party=party, year=self.year, known="、".join(self.parties))
        return TaskBoard(self.year, self.day, tasks, (), targets, self.rules)

    @property
    def parties(self) -> list[str]:
        """Everybody who has a part in anything, as the documents name them."""
        obligations: tuple[Task | Target, ...] = (*(item.task for item in self.tasks), *self.targets)
        return sorted({party for one in obligations for party in (*one.lead_parties, *one.supporting_parties)})


def task_board(
    year: int, day: date, packs: PackSet, *, instrument: str | None = None, position: int | None = None
) -> TaskBoard:
    """The tasks that count on a day and belong to the plan of a year.

    Reads    instrument: those of one document (default: of every document whose period holds the year; documents
             without a period count by the year in which they were issued).
    Refuses  tasks-none; instrument-unknown; log-position-unknown.
    """
    until = known_position(position)
    standing = [item for item in obligations_as_of(day, until, instrument=instrument) if item.counts]
    mine = [item for item in standing if instrument is not None or _is_of(item.instrument, year)]
    tasks = list(_of_kind(mine, Task))
    if not tasks:
        raise Refusal("tasks-none", year=year)
    words = packs.all(TaskSchedules)[-1]
    rows = [*(row.as_fact() for row in kept_rows(REGISTER, until)), *rows_of(task_reports(until))]
    return TaskBoard(
        year,
        day,
        tracked(tasks, rows, day, year, words),
        tuple(unplaced(tasks, rows)),
        tuple(_of_kind(mine, Target)),
        words,
    )


def _of_kind(found: Iterable[RecordedObligation], kind: type[Kind]) -> Iterable[Kind]:
    return (item.obligation for item in found if isinstance(item.obligation, kind))


def _is_of(instrument: Instrument, year: int) -> bool:
    if instrument.periods:
        return any(Period.parse(period).overlap_days(Period.year(year)) for period in instrument.periods)
    return instrument.issued is not None and instrument.issued.year == year


def _has_part(obligation: Task | Target, party: str) -> bool:
    return party in (*obligation.lead_parties, *obligation.supporting_parties)
