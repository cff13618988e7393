"""Taking an import back: one more event, from which on the rows of the import count no more.

Nothing is deleted. Whoever asks the records at an earlier position still finds what counted there, so that a receipt
of that time repeats; and importing the file once more records it anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.records.chain import append, lock_log
from tanheng.records.models import Event, Observation, Person
from tanheng.records.observation_changes import recorded_under
from tanheng.records.selecting import IMPORT, UNDOING, known_position


@dataclass(frozen=True)
class Import:
    """One import of the log: where, when and by whom, which file, what it said; and what undid it, if anything."""

    position: int
    at: datetime
    actor: UUID
    file: str
    new: int
    changed: int
    unchanged: int
    kept: int
    undone_by: int | None


@dataclass(frozen=True)
class Undone:
    """An import that was undone: its position and file, how many statements and kept rows count no more, what to do."""

    position: int
    undone: int
    file: str
    rows: int
    kept: int
    findings: tuple[Finding, ...]


def imports() -> list[Import]:
    """All imports in the order of the log, the undone ones too."""
    undone_by = {int(event.payload["undone"]): event.position for event in Event.objects.filter(kind=UNDOING)}
    events = Event.objects.filter(kind=IMPORT).order_by("position")
    return [_import(event, undone_by.get(event.position)) for event in events]


@dataclass(frozen=True)
class GoingBack:
    """A statement of an import and what counts once it is undone: an earlier one, or nothing. `standing` is false where
    it counts no more as it is, since a later file revised it.
    """

    statement: Observation
    back: Observation | None
    standing: bool


def import_at(position: int) -> Import:
    """One import.

    Refuses  log-position-unknown, event-is-no-import.
    """
    known_position(position)
    found = next((item for item in imports() if item.position == position), None)
    if found is None:
        raise Refusal("event-is-no-import", position=position)
    return found


def going_back(position: int) -> list[GoingBack]:
    """What the undoing of an import would take back, statement by statement, in the order of its file."""
    rows = list(Observation.objects.filter(event_id=position).order_by("row"))
    counting = recorded_under({row.key_hash for row in rows})
    return [_going_back(row, counting[row.key_hash] if row.key_hash in counting else ()) for row in rows]


def _going_back(row: Observation, recorded: Sequence[Observation]) -> GoingBack:
    others = [item for item in recorded if item.position != row.position]
    standing = bool(recorded) and recorded[-1].position == row.position
    return GoingBack(row, others[-1] if others else None, standing)


def undo_import(position: int, actor: Person, reason: str = "") -> Undone:
    """Takes one import back, under an event of kind `import_undone`.

    Gives    what was undone. A later import that stated some of the same values, and so did not record them again,
             is named in a finding: it has to be imported once more.
    Refuses  log-position-unknown, event-is-no-import, import-undone-already; nothing is written then.
    """
    with transaction.atomic():
        lock_log()
        event = _import_at(position)
        rows, kept = _counts(event)
        payload = {"undone": position, "note": event.payload["note"], "count": rows, "kept": kept, "reason": reason}
        made = append(UNDOING, payload, actor)
    return Undone(made.position, position, event.payload["note"], rows, kept, tuple(_restatements(position)))


def _import(event: Event, undone_by: int | None) -> Import:
    said = event.payload
    counts = (said["new"], said["changed"], said["unchanged"], _counts(event)[1])
    return Import(event.position, event.at, event.actor, said["note"], *counts, undone_by)


def _counts(event: Event) -> tuple[int, int]:
    """How many statements an import appended, and how many rows it kept as they stand."""
    said = event.payload
    appended = said["rows"]["observation"]["count"] if "rows" in said else 0
    return appended, len(said["register"]["rows"]) if "register" in said else 0


def _import_at(position: int) -> Event:
    known_position(position)
    event = Event.objects.filter(position=position, kind=IMPORT).first()
    if event is None:
        raise Refusal("event-is-no-import", position=position)
    earlier = next((item for item in Event.objects.filter(kind=UNDOING) if item.payload["undone"] == position), None)
    if earlier is not None:
        raise Refusal("import-undone-already", position=position, by=earlier.position)
    return event


def _restatements(position: int) -> Iterator[Finding]:
    """The imports after one that repeated some of its statements and are not undone themselves."""
    undone = {item.position for item in imports() if item.undone_by is not None}
    for event in Event.objects.filter(kind=IMPORT, position__gt=position).order_by("position"):
        restated = event.payload.get("restates") or {}
        if str(position) in restated and event.position not in undone:
            fields = {"position": event.position, "file": event.payload["note"], "rows": restated[str(position)]}
            yield Finding("undone-was-restated", f"event:position={event.position}", fields, Severity.WARNING)
