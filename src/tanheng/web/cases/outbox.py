"""What leaves the site: letters and messages wait in the database, a worker sends them and tries again.

No request waits for somebody else's server, and nothing leaves twice: what is sent has a key of its own, a worker
claims it before it sends, and what a worker was at when it was stopped is sent again only by a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django_tasks import task

from tanheng.kernel.faults import Refusal
from tanheng.web.cases.jobs import broke_off
from tanheng.web.cases.models import Outgoing
from tanheng.web.directory.scope import Scope

ACT = "split"
"""Whoever sends workbooks and reminds senders sees what became of it."""
TRIES = 5
_WAITS = (60, 300, 1800, 7200)
"""Seconds after a try that failed until the next one: settings."""
_SHOWN = 200
_UNREACHABLE = ("ConnectionRefusedError", "ConnectionResetError", "TimeoutError", "gaierror", "URLError")
STOPPED, UNKNOWN = "stopped", "unknown"


@dataclass(frozen=True)
class Way:
    """How things of a kind leave: `send` gives what went wrong, empty where it was taken; `ended` writes down the end
    of one, within the transaction that notes it; `titled` says what it is in the language of the page.
    """

    send: Callable[[Mapping[str, Any]], str]
    ended: Callable[[Outgoing], None]
    titled: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Posted:
    """What is to be sent: its kind, a key that nothing else has, what it is about, to whom."""

    kind: str
    key: str
    about: str
    to: str
    asked: Mapping[str, Any]


@dataclass(frozen=True)
class OutgoingShown:
    """One thing that leaves, in words: where it stands, what went wrong last, and when it is tried again."""

    id: str
    title: str
    to: str
    made_at: datetime
    state: str
    words: str
    attempts: int
    problem: str
    next_at: datetime | None
    ended_at: datetime | None
    may_again: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent, or tried again."""
        return self.state in (Outgoing.WAITING, Outgoing.SENDING)

    @property
    def problem_words(self) -> str:
        """What went wrong last, in words; empty where nobody has put it into words."""
        return _problem_said(self.problem)

    @property
    def tries(self) -> str:
        """How often it was tried of how many times."""
        return f"{self.attempts}/{TRIES}"


def send_later(posted: Posted, *, scope: Scope) -> Outgoing:
    """Puts something into the queue: it and its place there, or neither.

    Gives    it; the one that is there already where the same thing was asked for twice.
    Refuses  no-mandate: nobody asks.
    """
    if scope.person is None:
        raise Refusal("no-mandate")
    own = {"person": scope.person, "by": scope.party or scope.area, "title": _ways()[posted.kind].titled(posted.asked)}
    with transaction.atomic():
        item, made = Outgoing.objects.get_or_create(key=posted.key, defaults={**vars(posted), **own})
        if made:
            _enqueue(item)
    return item


@task(priority=-10)
def deliver(id: str) -> None:
    """Sends one thing, behind whatever people wait for. One that another worker has claimed is left to it."""
    claimed = Outgoing.objects.filter(id=id, state=Outgoing.WAITING)
    if not claimed.update(state=Outgoing.SENDING, attempts=F("attempts") + 1, next_at=None):
        return
    item = Outgoing.objects.get(id=id)
    way = _ways()[item.kind]
    try:
        problem = way.send(item.asked)
    except Refusal as refusal:
        problem = refusal.code
    with transaction.atomic():
        _settle(item, problem, way)


def outgoing_about(about: str) -> list[OutgoingShown]:
    """What is to leave or has left about one matter, the newest first."""
    return [_shown(item) for item in Outgoing.objects.filter(about=about).order_by("-made_at", "to")]


def outbox(scope: Scope) -> list[OutgoingShown]:
    """The last that a mandate had sent, the newest first; of the whole site for whoever sees all of it.

    Refuses  not-permitted.
    """
    scope.require(ACT)
    return [_shown(item) for item in _of(scope).order_by("-made_at", "to")[:_SHOWN]]


def send_again(id: str, *, scope: Scope) -> Outgoing:
    """Has something tried again that was given up, or that a worker was at when it was stopped: somebody says so.

    Gives    it; one that waits already, or was taken, as it stands.
    Refuses  not-permitted; outgoing-unknown: none of that name in reach.
    """
    scope.require(ACT)
    try:
        item = _of(scope).filter(id=id).first()
    except ValidationError as error:
        raise Refusal("outgoing-unknown", id=id[:40]) from error
    if item is None:
        raise Refusal("outgoing-unknown", id=id[:40])
    if not _shown(item).may_again:
        return item
    with transaction.atomic():
        mine = Outgoing.objects.filter(id=item.id, state=item.state, task=item.task)
        if mine.update(state=Outgoing.WAITING, task="", ended_at=None):
            _enqueue(item)
    item.refresh_from_db()
    return item


def _settle(item: Outgoing, problem: str, way: Way) -> None:
    """Writes down what came of a try, and sets the next one where there is one."""
    item.problem = problem[:200]
    if problem and item.attempts % TRIES:
        wait = _WAITS[item.attempts % TRIES - 1]
        item.state, item.next_at = Outgoing.WAITING, timezone.now() + timedelta(seconds=wait)
        _enqueue(item, item.next_at)
    else:
        item.state, item.ended_at = Outgoing.FAILED if problem else Outgoing.TAKEN, timezone.now()
        way.ended(item)
    item.save(update_fields=["state", "problem", "next_at", "ended_at"])


def _enqueue(item: Outgoing, at: datetime | None = None) -> None:
    ready = deliver if at is None else deliver.using(run_after=at)
    item.task = str(ready.enqueue(str(item.id)).id)
    Outgoing.objects.filter(id=item.id).update(task=item.task)


def _shown(item: Outgoing) -> OutgoingShown:
    state = item.state
    if state in (Outgoing.WAITING, Outgoing.SENDING) and broke_off(item.task):
        state = UNKNOWN if state == Outgoing.SENDING else STOPPED
    plain = ("to", "made_at", "attempts", "problem", "next_at", "ended_at")
    told = {name: getattr(item, name) for name in plain}
    again = state in (Outgoing.FAILED, UNKNOWN, STOPPED)
    told |= {"title": _ways()[item.kind].titled(item.asked), "words": _said(state, item.attempts)}
    return OutgoingShown(id=str(item.id), state=state, may_again=again, **told)


def _said(state: str, attempts: int) -> str:
    words = {
        Outgoing.WAITING: gettext("is tried again") if attempts else gettext("waits to be sent"),
        Outgoing.SENDING: gettext("is being sent"),
        Outgoing.TAKEN: gettext("was sent"),
        Outgoing.FAILED: gettext("was given up"),
        STOPPED: gettext("not sent: the program was stopped"),
        UNKNOWN: gettext("perhaps sent: the program was stopped while it was sending"),
    }
    return words[state]


def _problem_said(problem: str) -> str:
    words = {
        "no mail server": gettext("no mail server is set up"),
        "no robot": gettext("no robot is set up"),
        "no address": gettext("the address was erased"),
        "SMTPRecipientsRefused": gettext("the mail server does not take the address"),
        "SMTPSenderRefused": gettext("the mail server does not take the sender"),
        "SMTPAuthenticationError": gettext("the mail server does not take name and password"),
        **dict.fromkeys(_UNREACHABLE, gettext("the server cannot be reached")),
    }
    return words[problem] if problem in words else ""


def _of(scope: Scope) -> QuerySet[Outgoing]:
    if scope.sees_all:
        return Outgoing.objects.all()
    seats: Sequence[str] = [seat for seat in (scope.party, scope.area) if seat]
    return Outgoing.objects.filter(by__in=seats)


def _ways() -> Mapping[str, Way]:
    """How things leave this site, listed by hand where its apps are put together."""
    return import_string(settings.TANHENG_OUTGOING)
