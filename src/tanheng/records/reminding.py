"""Reminders: what is due soon, overdue or has not moved for long; told once each, and every one an event of the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import quote

from django.db import transaction

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.obligation.tracking import Stand, Tracked
from tanheng.kernel.period import Calendar, working_days_between
from tanheng.records.case_models import CaseMove
from tanheng.records.cases import last_moves
from tanheng.records.chain import append, lock_log
from tanheng.records.models import Event, Person
from tanheng.records.procedures import calendar_of, procedure_of
from tanheng.records.tracking import task_board
from tanheng.store import load_packs

KIND = "reminder"
Why = Literal["due", "overdue", "not_updated", "not_reported", "data_due", "data_late", "sheet_missing"]
_OF_STANDS: Mapping[Stand, Why] = {
    Stand.OVERDUE: "overdue",
    Stand.DUE_SOON: "due",
    Stand.STALE: "not_updated",
    Stand.SILENT: "not_reported",
}
"""What a task is reminded of by where it stands."""


@dataclass(frozen=True)
class Reminder:
    """One thing to remind somebody of: why, what it is about, to whom, by when, how many working days that is.

    `about` is a case or a task by its id; `to` the party or area whose turn it is; `days` is negative where it is late
    and None where no day is set.
    """

    why: Why
    about: str
    title: str
    to: str
    due: date | None
    days: int | None

    def as_json(self) -> dict[str, object]:
        """The reminder as plain values."""
        return {**vars(self), "due": None if self.due is None else self.due.isoformat()}


@dataclass(frozen=True)
class Timing:
    """When to remind: so many working days ahead; of what has not moved for so many days; again after so many days."""

    ahead: int = 3
    stale: int = 20
    again: int = 7


USUAL = Timing()
"""Settings: no rule says how often a reminder is fit."""
ONCE_A_DAY = Timing(again=1)
"""For what somebody is reminded of by hand: not twice on one day."""


@dataclass(frozen=True)
class Channel:
    """A way to those reminded: its name, and what sends. It gives what could not be delivered, and never raises."""

    name: str
    send: Callable[[Sequence[Reminder]], Sequence[Finding]]


@dataclass(frozen=True)
class Reminded:
    """What a call did: the reminders, those that were told lately and are left out, and what was not delivered."""

    sent: tuple[Reminder, ...]
    left_out: int
    findings: tuple[Finding, ...]


def reminders(day: date, timing: Timing = USUAL) -> list[Reminder]:
    """Everything that somebody is to be reminded of on a day: cases first, then the tasks of the year; the most
    pressing first within each.
    """
    found = [_of_case(row, day, timing) for row in last_moves(pending=True)]
    cases = sorted((item for item in found if item is not None), key=_pressing)
    return [*cases, *sorted(_of_tasks(day, timing), key=_pressing)]


def remind(
    day: date,
    actor: Person,
    *,
    timing: Timing = USUAL,
    channels: Sequence[Channel] = (),
    dry_run: bool = False,
) -> Reminded:
    """Tells what is to be told and was not told lately: in the application always, and by the channels.

    Gives    what was sent. A channel that fails is a finding; the reminder stands in the application all the same.
             A dry run finds out and writes nothing.
    """
    due = reminders(day, timing)
    if dry_run:
        fresh = _fresh(due, day, timing)
        return Reminded(tuple(fresh), len(due) - len(fresh), ())
    return remind_of(due, day, actor, timing=timing, channels=channels)


def remind_of(
    due: Sequence[Reminder],
    day: date,
    actor: Person,
    *,
    timing: Timing = ONCE_A_DAY,
    channels: Sequence[Channel] = (),
) -> Reminded:
    """Tells what somebody chose to remind of, but for what was told lately: one event each.

    Gives    what was sent. A channel that fails is a finding; the reminder stands in the application all the same.
    """
    with transaction.atomic():
        lock_log()
        fresh = _fresh(due, day, timing)
        for item in fresh:
            said = {**item.as_json(), "day": day.isoformat(), "channels": [channel.name for channel in channels]}
            append(KIND, said, actor)
    # outside of the transaction: nobody waits with the log locked for somebody else's server
    failed = tuple(finding for channel in channels for finding in (channel.send(fresh) if fresh else ()))
    return Reminded(tuple(fresh), len(due) - len(fresh), failed)


def told_to(seats: Iterable[str], at_most: int = 5) -> list[tuple[Event, Reminder]]:
    """The last reminders to some seats, the newest first."""
    events = Event.objects.filter(kind=KIND, payload__to__in=list(seats)).order_by("-position")[:at_most]
    return [(event, reminder_of(event.payload)) for event in events]


def page_of(item: Reminder) -> str:
    """Where on the site the matter of a reminder stands: a case, a task, or the month that data are owed of."""
    if item.why in ("data_due", "data_late"):
        return f"/facts/calendar/?month={item.about.rpartition(':')[2]}"
    if item.why == "sheet_missing":
        return "/tasks/"
    return f"/cases/{item.about}/" if "/" in item.about else f"/tasks/{quote(item.about)}/"


def _of_case(row: CaseMove, day: date, timing: Timing) -> Reminder | None:
    to = row.holder or row.opener
    days = _days(day, row.due, calendar_of(procedure_of(row.procedure)))
    moved = row.event.at.date()
    why: Why | None = None
    if row.due is not None and row.due < day:
        why = "overdue"
    elif row.due is not None and days is not None and days <= timing.ahead:
        why = "due"
    elif day - moved > timedelta(days=timing.stale):
        why = "not_updated"
    return None if why is None else Reminder(why, row.case, row.title, to, row.due, days)


def _of_tasks(day: date, timing: Timing) -> Iterator[Reminder]:
    """The tasks of the year that are late, due, not updated or never reported; a site without tasks has none."""
    try:
        board = task_board(day.year, day, load_packs())
    except Refusal as refusal:
        if refusal.code != "tasks-none":
            raise
        return
    for item in board.tasks:
        why = _why(item, day, board.rules.warn_days, timing)
        if why is None:
            continue
        for party in item.task.lead_parties:
            yield Reminder(why, item.task.id, item.task.label.zh, party, item.schedule.due, None)


def _why(item: Tracked, day: date, warn_days: int, timing: Timing) -> Why | None:
    """Why a task is reminded of. One that nobody has reported on is due soon like any other; before that it is asked
    for once it has run for as long as another may go without a new report.
    """
    if item.stand is not Stand.SILENT:
        return _OF_STANDS[item.stand] if item.stand in _OF_STANDS else None
    if item.days_left is not None and not item.schedule.continuous and item.days_left <= warn_days:
        return "due"
    since = item.schedule.start or date(day.year, 1, 1)
    return "not_reported" if day - since > timedelta(days=timing.stale) else None


def _days(day: date, due: date | None, calendar: Calendar) -> int | None:
    """The working days that are left, in a year without a notice of days off the weekdays; None where no day is set."""
    if due is None:
        return None
    return working_days_between(day, due, calendar.assuming(day, due))


def _pressing(item: Reminder) -> tuple[date, str]:
    return item.due or date.max, item.about


def _fresh(due: Sequence[Reminder], day: date, timing: Timing) -> list[Reminder]:
    """Those that were not told lately; one that has become overdue is told at once, whatever was told before."""
    since = (day - timedelta(days=timing.again)).isoformat()
    told = Event.objects.filter(kind=KIND, payload__day__gt=since, payload__day__lte=day.isoformat())
    lately = {_key(payload) for payload in told.values_list("payload", flat=True)}
    return [item for item in due if _key(item.as_json()) not in lately]


def _key(said: Mapping[str, object]) -> tuple[object, ...]:
    return (said["why"], said["about"], said["to"], said["due"])


def reminder_of(said: Mapping[str, object]) -> Reminder:
    """A reminder as it was written down as plain values."""
    due = None if said["due"] is None else date.fromisoformat(str(said["due"]))
    days = said["days"] if isinstance(said["days"], int) else None
    why: Why = said["why"]  # type: ignore[assignment]  # (written by this module alone)
    return Reminder(why, str(said["about"]), str(said["title"]), str(said["to"]), due, days)
