"""Reminders that leave the site: queued, one letter to each person and one message to the robot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from tanheng.kernel.faults import Finding
from tanheng.records.channels import MAIL, ROBOT, channels_of, people_of, tell_robot, write_of
from tanheng.records.reminding import Channel, Reminder, reminder_of
from tanheng.records.selecting import directory_as_of
from tanheng.web.cases.models import Outgoing
from tanheng.web.cases.outbox import Posted, Way, send_later
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.words import language

ABOUT = "reminders"
_LETTER, _MESSAGE = "reminder_letter", "reminder_message"


def queued_channels(scope: Scope) -> list[Channel]:
    """The channels that a site has set up, each of which puts into the queue what it is to send.

    Refuses  channel-unusable.
    """
    sending = {MAIL: _write_later, ROBOT: _tell_later}

    def queued(name: str) -> Channel:
        def send(items: Sequence[Reminder]) -> Sequence[Finding]:
            sending[name](items, scope)
            return []

        return Channel(name, send)

    return [queued(channel.name) for channel in channels_of()]


def _write_later(items: Sequence[Reminder], scope: Scope) -> None:
    for person, mine in people_of(items).items():
        labels = directory_as_of()
        seats = sorted({labels.label_of(item.to, language()) for item in mine})
        asked = {"person": str(person), **_plain(mine)}
        send_later(_posted(_LETTER, asked, "、".join(seats), scope), scope=scope)


def _tell_later(items: Sequence[Reminder], scope: Scope) -> None:
    send_later(_posted(_MESSAGE, _plain(items), gettext("the robot of the group"), scope), scope=scope)


def _posted(kind: str, asked: Mapping[str, Any], to: str, scope: Scope) -> Posted:
    said = json.dumps([kind, asked, scope.day.isoformat()], ensure_ascii=False, sort_keys=True)
    return Posted(kind, hashlib.sha256(said.encode()).hexdigest(), ABOUT, to[:300], asked)


def _titled(asked: Mapping[str, Any]) -> str:
    items = asked["items"]
    title = items[0]["title"] if len(items) == 1 else gettext("%(count)d reminders") % {"count": len(items)}
    return str(title)[:300]


def _plain(items: Sequence[Reminder]) -> Mapping[str, Any]:
    return {"items": [item.as_json() for item in items]}


def _items(asked: Mapping[str, Any]) -> list[Reminder]:
    return [reminder_of(item) for item in asked["items"]]


def _write(asked: Mapping[str, Any]) -> str:
    return write_of(UUID(asked["person"]), _items(asked))


def _tell(asked: Mapping[str, Any]) -> str:
    return tell_robot(_items(asked))


def _told(_: Outgoing) -> None:
    """That somebody was reminded stands in the log since it was asked for."""


WAYS: Mapping[str, Way] = {_LETTER: Way(_write, _told, _titled), _MESSAGE: Way(_tell, _told, _titled)}
