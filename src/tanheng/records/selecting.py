"""The records as of a position of the log. Reads only.

An import that was undone counts up to the position of its undoing and not from there on.

Which observation counts at a knowledge date is not decided here: every row up to the position is handed on, and
the snapshot derives the intervals from `published` and position.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

from django.db.models import QuerySet

from tanheng.kernel.faults import Refusal
from tanheng.kernel.subject import Directory
from tanheng.records.append_only import BatchRow
from tanheng.records.models import Area, Event, Facility, LogHead, Observation, Party, Relation

Row = TypeVar("Row", bound=BatchRow)

IMPORT, UNDOING, DIRECTORY = "observations", "import_undone", "directory"
"""The kinds of event by which observations are appended, by which one such event is taken back, and by which subjects
and relations are recorded."""

_OBSERVATION_COLUMNS = (
    "indicator",
    "subject",
    "dimensions",
    "period_start",
    "period_end",
    "accumulation",
    "coverage",
    "use_class",
    "value",
    "unit",
    "status",
    "published",
    "source",
)


def log_position() -> int:
    """The position of the last event; 0 before the first."""
    head = LogHead.objects.filter(pk=1).first()
    return head.position if head else 0


def known_position(position: int | None) -> int:
    """A position that the log has reached: the one given, or the last.

    Refuses  log-position-unknown: the log has not come so far, so what it will say there is open.
    """
    last = log_position()
    if position is not None and not 0 <= position <= last:
        raise Refusal("log-position-unknown", position=position, last=last)
    return last if position is None else position


def directory_as_of(position: int | None = None) -> Directory:
    """The subjects and relations as recorded up to a position; each as its latest record says, ordered by id.

    A relation that ends on the day it begins was withdrawn and is left out.

    Refuses  log-position-unknown.
    """
    last = last_event((DIRECTORY,), known_position(position))
    return Directory() if last is None else _directory(*last)


@lru_cache(maxsize=4)
def _directory(until: int, _hash: str) -> Directory:
    """Read once for as long as nothing is recorded about it; the hash tells sites apart."""
    relations = [row.as_subject() for row in latest(Relation, until).values()]
    return Directory(
        parties=tuple(row.as_subject() for row in latest(Party, until).values()),
        areas=tuple(row.as_subject() for row in latest(Area, until).values()),
        facilities=tuple(row.as_subject() for row in latest(Facility, until).values()),
        relations=tuple(relation for relation in relations if not relation.withdrawn),
    )


def last_event(kinds: Sequence[str], until: int | None = None) -> tuple[int, str] | None:
    """The position and the hash of the last event of some kinds up to a position (default: ever); None before the
    first. What follows from such events alone is the same up to the next one.
    """
    events = Event.objects.filter(kind__in=kinds).order_by("-position")
    return (events if until is None else events.filter(position__lte=until)).values_list("position", "hash").first()


def undone_positions(until: int | None = None) -> frozenset[int]:
    """The imports that were undone at or before a position (default: ever): their rows count no more."""
    undoings = Event.objects.filter(kind=UNDOING)
    if until is not None:
        undoings = undoings.filter(position__lte=until)
    return frozenset(int(payload["undone"]) for payload in undoings.values_list("payload", flat=True))


def observation_rows(position: int | None = None) -> Iterator[dict[str, Any]]:
    """Every observation recorded up to a position and not undone by then, with the position of its event.

    Gives    superseded ones too.
    Refuses  log-position-unknown.
    """
    until = known_position(position)
    undone = undone_positions(until)
    rows = Observation.objects.filter(event_id__lte=until).order_by("event_id", "row")
    for row in rows.values("event_id", *_OBSERVATION_COLUMNS).iterator(chunk_size=5000):
        row["position"] = row.pop("event_id")
        if row["position"] not in undone:
            yield row


def last_observation_position(position: int) -> int:
    """The last position up to `position` at which observations were recorded or undone; 0 where there are none.

    Up to the next such event the observations are the same, and so is their snapshot.
    """
    rows = Observation.objects.filter(event_id__lte=position).order_by("-event_id").values_list("event_id", flat=True)
    undoings = Event.objects.filter(kind=UNDOING, position__lte=position).order_by("-position")
    found = (rows.first(), undoings.values_list("position", flat=True).first())
    return max((int(last) for last in found if last is not None), default=0)


def latest(model: type[Row], until: int) -> dict[tuple[str, ...], Row]:
    """The last row recorded about each thing up to a position, ordered by its identity."""
    rows = cast("QuerySet[Row]", model.objects.filter(event_id__lte=until).order_by("event_id", "row"))
    return dict(sorted({row.identity(): row for row in rows}.items(), key=lambda item: item[0]))
