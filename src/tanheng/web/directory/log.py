"""The log as it stands: who did what when, and the hash of each entry. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tanheng.kernel.faults import Finding
from tanheng.records.models import Event
from tanheng.records.people import names_of
from tanheng.records.verification import verify_chain
from tanheng.web.directory.scope import Scope

_READ = "administer"


def event_count(scope: Scope, kind: str = "") -> int:
    """How many entries the log has, of a kind or of all.

    Refuses  not-permitted: only who sees the whole site reads the log.
    """
    return _events(scope, kind).count()


def event_rows(scope: Scope, kind: str, first: int, count: int) -> Sequence[Mapping[str, Any]]:
    """Entries of the log, the latest first, without what they say: that stands on the pages of its subject.

    Refuses  not-permitted.
    """
    found = list(_events(scope, kind)[first : first + count])
    names = names_of({event.actor for event in found})
    return [
        {
            "position": event.position,
            "at": event.at,
            "by": names[event.actor] if event.actor in names else str(event.actor),
            "kind": event.kind,
            "hash": event.hash,
            "previous_hash": event.previous_hash,
        }
        for event in found
    ]


def log_findings(scope: Scope) -> Sequence[Finding]:
    """What is wrong with the log: the first link that does not hold, and every event whose rows were changed.

    Refuses  not-permitted.
    """
    _check(scope)
    return verify_chain()


def _events(scope: Scope, kind: str) -> Any:
    _check(scope)
    found = Event.objects.order_by("-position")
    return found.filter(kind=kind) if kind else found


def _check(scope: Scope) -> None:
    if not scope.sees_all:
        scope.require(_READ)
