"""Cases whose moves were kept in events of their own kind, before there was a table of moves; read as moves.

Supervision notes had events of the kind `supervision`; the rounds of a split have events of their own to this day, and
those of earlier versions carry no row beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tanheng.records.case_models import CaseMove
from tanheng.records.models import Event

SUPERVISION, ROUND = "supervision", "decomposition_round"
NOTE, SPLIT = "supervision_note", "split_consultation"
_MOVES: Mapping[str, str] = {"opened": "open", "feedback": "feedback", "returned": "return", "closed": "close"}
_OFFICE = "office"


def earlier_moves(case: str = "") -> list[CaseMove]:
    """The moves of earlier versions: all of them, or those of one case, in the order of the log."""
    procedure, _, name = case.partition("/")
    found: list[CaseMove] = []
    if procedure in ("", NOTE):
        found += _notes(name)
    if procedure in ("", SPLIT):
        found += _rounds(name)
    return sorted(found, key=lambda row: row.position)


def _notes(number: str) -> Iterator[CaseMove]:
    events = Event.objects.filter(kind=SUPERVISION).order_by("position")
    opened: dict[int, CaseMove] = {}
    for event in events:
        said = event.payload
        if number and str(said["number"]) != number:
            continue
        first = opened[said["number"]] if said["number"] in opened else None
        row = _note_row(event, said, first)
        opened[said["number"]] = row
        yield row


def _note_row(event: Event, said: Mapping[str, Any], before: CaseMove | None) -> CaseMove:
    state = said["move"]
    due = date.fromisoformat(said["due"]) if before is None else before.due
    addressee = said["party"] if before is None else before.addressee
    about = said["task"] if before is None else before.about
    waits = state in ("opened", "returned")
    return CaseMove(
        event=event,
        row=0,
        case=f"{NOTE}/{said['number']}",
        number=1 if before is None else before.number + 1,
        procedure=NOTE,
        title=(said["text"] if before is None else before.title)[:300],
        about=about,
        move=_MOVES[state],
        state=state,
        role=_OFFICE,
        said=said["text"],
        evidence=[{"name": said["evidence"], "digest": "", "size": 0, "kind": ""}] if said["evidence"] else [],
        opener_role=_OFFICE,
        addressee=addressee,
        holder=addressee if waits else "",
        due=due,
        pending=state != "closed",
    )


def _rounds(plan: str) -> Iterator[CaseMove]:
    events = Event.objects.filter(kind=ROUND, payload__rows__isnull=True).order_by("position")
    for event in events.filter(payload__plan=plan) if plan else events:
        said = event.payload
        yield CaseMove(
            event=event,
            row=0,
            case=f"{SPLIT}/{said['plan']}",
            number=said["number"],
            procedure=SPLIT,
            title=said["plan"],
            about=said["plan"],
            move=said["stage"],
            state=said["stage"],
            role=_OFFICE,
            said=said["note"],
            opener_role=_OFFICE,
            pending=said["stage"] != "issued",
        )
