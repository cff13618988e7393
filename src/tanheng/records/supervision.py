"""Supervision notes (督办单): what a leader wants of a task, the answer to it, and its closing; each one a move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from django.db import transaction

from tanheng.kernel.faults import Refusal, Worded
from tanheng.records.chain import append, lock_log
from tanheng.records.models import Event, Person
from tanheng.records.selecting import known_position

KIND = "supervision"
Move = Literal["opened", "feedback", "returned", "closed"]
_AFTER: Mapping[str, tuple[str, ...]] = {
    "opened": (),
    "feedback": ("opened", "returned", "feedback"),
    "returned": ("feedback",),
    "closed": ("feedback",),
}
"""From which states each move leads on: whoever closes a note has read an answer."""
_TEXT, _EVIDENCE = Worded("内容", "a text"), Worded("佐证", "evidence")


@dataclass(frozen=True)
class Step:
    """One move: where in the log, when, who, what was said, and the evidence that came with it."""

    position: int
    move: str
    day: date
    actor: str
    text: str
    evidence: str


@dataclass(frozen=True)
class SupervisionNote:
    """A note with everything that happened to it; its state is its last move."""

    number: int
    task: str
    party: str
    due: date
    steps: tuple[Step, ...]

    @property
    def state(self) -> str:
        """The last move."""
        return self.steps[-1].move

    def overdue(self, day: date) -> bool:
        """Whether it should have been closed by a day and is not."""
        return self.state != "closed" and day > self.due


def open_note(task: str, party: str, due: date, text: str, actor: Person) -> SupervisionNote:
    """Writes a note: what the leader wants of whom, about which task, by when.

    Refuses  supervision-without-reason: no text.
    """
    _refuse_silence("opened", 0, text, "-")
    with transaction.atomic():
        lock_log()
        number = 1 + max((note.number for note in notes()), default=0)
        about = {"number": number, "task": task, "party": party, "due": due.isoformat()}
        append(KIND, {**about, "move": "opened", "text": text, "evidence": ""}, actor)
    return note_of(number)


def move_note(number: int, move: Move, text: str, actor: Person, evidence: str = "") -> SupervisionNote:
    """Takes a note one move further; what was said before stays.

    Refuses  supervision-unknown; supervision-move-unfit: the move does not lead on from its state;
             supervision-without-reason: no text, or closing without evidence.
    """
    with transaction.atomic():
        lock_log()
        note = note_of(number)
        if move not in get_args(Move) or note.state not in _AFTER[move]:
            raise Refusal("supervision-move-unfit", number=number, state=note.state, move=move)
        _refuse_silence(move, number, text, evidence)
        append(KIND, {"number": number, "move": move, "text": text, "evidence": evidence}, actor)
    return note_of(number)


def notes(position: int | None = None) -> list[SupervisionNote]:
    """All notes as of a position, by number.

    Refuses  log-position-unknown.
    """
    found: dict[int, list[Event]] = {}
    for event in Event.objects.filter(kind=KIND, position__lte=known_position(position)).order_by("position"):
        found.setdefault(int(event.payload["number"]), []).append(event)
    return [_note(number, events) for number, events in sorted(found.items())]


def note_of(number: int) -> SupervisionNote:
    """One note.

    Refuses  supervision-unknown.
    """
    found = next((note for note in notes() if note.number == number), None)
    if found is None:
        raise Refusal("supervision-unknown", number=number)
    return found


def _note(number: int, events: list[Event]) -> SupervisionNote:
    first = events[0].payload
    due = date.fromisoformat(first["due"])
    return SupervisionNote(number, first["task"], first["party"], due, tuple(map(_step, events)))


def _step(event: Event) -> Step:
    said = event.payload
    return Step(event.position, said["move"], event.at.date(), str(event.actor), said["text"], said["evidence"])


def _refuse_silence(move: str, number: int, text: str, evidence: str) -> None:
    if not text.strip():
        raise Refusal("supervision-without-reason", number=number, move=move, what=_TEXT)
    if move == "closed" and not evidence.strip():
        raise Refusal("supervision-without-reason", number=number, move=move, what=_EVIDENCE)
