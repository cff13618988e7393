"""Reminding senders of figures that they owe: in the application, by e-mail and by robot; not twice on one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.obligation.data_owed import Come
from tanheng.kernel.period import Period
from tanheng.records.mandates import mandates
from tanheng.records.models import Person
from tanheng.records.reminding import Reminder, Why, remind_of
from tanheng.web.cases.reminder_posts import queued_channels
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.data_calendar import Owed, owed
from tanheng.web.ui.words import language

_WHY: Mapping[Come, Why] = {Come.LATE: "data_late", Come.OWED: "data_due"}


@dataclass(frozen=True)
class Told:
    """What came of it: who was told of what; how many were told today already; who has no login here, so that
    somebody has to call; what a channel could not deliver.
    """

    told: Sequence[tuple[str, str]]
    told_before: int
    without_login: Sequence[str]
    channels: Sequence[str]
    findings: Sequence[Finding]


def remind_senders(*, month: Period, about: str, scope: Scope) -> Told:
    """Reminds the sender of one form, or, where none is named, everybody who is late with one of a month.

    Reads    about: the name of what is owed, as the calendar gives it.
    Refuses  not-permitted; nothing-of-that-name: nothing of that name is owed within reach, or it has come;
             channel-unusable.
    """
    scope.require("split")
    open_ones = [item for item in owed(month, scope=scope) if item.state in (Come.LATE, Come.OWED)]
    chosen = [item for item in open_ones if (item.about == about if about else item.state == Come.LATE)]
    if about and not chosen:
        raise Refusal("nothing-of-that-name", subject=about[:200])
    seats = _seats(scope)
    channels = queued_channels(scope)
    items = [_reminder(item, seats, scope) for item in chosen]
    with transaction.atomic():  # that it was told and that it waits to be sent: both, or neither
        done = remind_of(items, scope.day, Person.objects.get(id=scope.person), channels=channels)
    return Told(
        told=[(item.title, _named(item.to, scope)) for item in done.sent],
        told_before=done.left_out,
        without_login=sorted({_named(item.to, scope) for item in done.sent if item.to not in seats}),
        channels=[channel.name for channel in channels],
        findings=done.findings,
    )


def _reminder(item: Owed, seats: frozenset[str], scope: Scope) -> Reminder:
    place = "" if item.sender == item.subject_label else f"（{item.subject_label}）"
    title = f"{item.month.label(language())}{' ' if language() == 'en' else ''}{item.label}{place}"
    return Reminder(_WHY[Come(item.state)], item.about, title, _seat(item, seats, scope), item.due, None)


def _seat(item: Owed, seats: frozenset[str], scope: Scope) -> str:
    """Under which name the sender acts here: its own, or that of the party it belongs to; its own where none does."""
    above = (relation.parent for relation in scope.ground.directory.relations if relation.child == item.to)
    return next((name for name in (item.to, *above) if name in seats), item.to)


def _seats(scope: Scope) -> frozenset[str]:
    """Everybody who holds a mandate today, by id and by name."""
    labels = scope.ground.directory.labels
    held = {mandate.party or mandate.area for mandate in mandates() if mandate.acts_on(scope.day)} - {""}
    return frozenset({*held, *(labels[seat]["zh"] for seat in held if seat in labels)})


def _named(seat: str, scope: Scope) -> str:
    return scope.ground.directory.label_of(seat, language())
