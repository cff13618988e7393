"""Supervision notes (督办单): what a leader wants of a task, the answer, the closing; cases of one procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NoReturn, get_args

from tanheng.kernel.faults import Refusal
from tanheng.kernel.procedure import Act
from tanheng.records.case_models import LONGEST_CASE_TITLE, CaseMove
from tanheng.records.cases import Case, Matter, Sending, case_of, cases_of, move_case, open_case
from tanheng.records.earlier_cases import NOTE
from tanheng.records.evidence import Attachment
from tanheng.records.models import Person
from tanheng.records.selecting import known_position

Move = Literal["opened", "feedback", "returned", "closed"]
_MOVES: Mapping[str, str] = {"feedback": "feedback", "returned": "return", "closed": "close"}
_OFFICE = "office"


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
        return self.state not in ("closed", "withdrawn") and day > self.due


def open_note(task: str, party: str, due: date, text: str, actor: Person) -> SupervisionNote:
    """Writes a note: what the leader wants of whom, about which task, by when.

    Refuses  supervision-without-reason: no text, or nobody whom it is for.
    """
    act = Act("open", _OFFICE, said=text, addressee=party, due=due)
    title = " ".join(text.split())[:LONGEST_CASE_TITLE] or "-"
    try:
        return _note(open_case(NOTE, Matter(title, task), act, actor))
    except Refusal as refusal:
        _in_words_of_notes(refusal, 0, "opened", "-")


def move_note(number: int, move: Move, text: str, actor: Person, evidence: str = "") -> SupervisionNote:
    """Takes a note one move further; what was said before stays.

    Refuses  supervision-unknown; supervision-move-unfit: the move does not lead on from its state;
             supervision-without-reason: no text, or closing without evidence.
    """
    note = note_of(number)
    if move not in get_args(Move) or move not in _MOVES:
        raise Refusal("supervision-move-unfit", number=number, state=note.state, move=move)
    pieces = (Attachment(evidence.strip()),) if evidence.strip() else ()
    act = Act(_MOVES[move], _OFFICE, said=text)
    try:
        return _note(move_case(f"{NOTE}/{number}", act, actor, sending=Sending(pieces)))
    except Refusal as refusal:
        _in_words_of_notes(refusal, number, move, note.state)


def notes(position: int | None = None) -> list[SupervisionNote]:
    """All notes as of a position, by number.

    Refuses  log-position-unknown.
    """
    until = known_position(position)
    found = [_note(case, until) for case in cases_of(NOTE) if case.moves[0].position <= until]
    return sorted(found, key=lambda note: note.number)


def note_of(number: int) -> SupervisionNote:
    """One note.

    Refuses  supervision-unknown.
    """
    try:
        return _note(case_of(f"{NOTE}/{number}"))
    except Refusal as refusal:
        if refusal.code != "case-unknown":
            raise
        raise Refusal("supervision-unknown", number=number) from refusal


def _note(case: Case, until: int | None = None) -> SupervisionNote:
    moves = [move for move in case.moves if until is None or move.position <= until]
    dues = [move.due for move in moves if move.due is not None]
    number = int(case.id.rpartition("/")[2])
    return SupervisionNote(number, moves[0].about, moves[-1].addressee, dues[-1], tuple(map(_step, moves)))


def _step(move: CaseMove) -> Step:
    said = move.event
    evidence = "、".join(piece["name"] for piece in move.evidence)
    return Step(move.position, move.state, said.at.date(), str(said.actor), move.said, evidence)


def _in_words_of_notes(refusal: Refusal, number: int, move: str, state: str) -> NoReturn:
    """Says of a note what was said of a case; whoever reads the codes of notes finds them as ever."""
    if refusal.code == "case-needs":
        what = refusal.fields["what"]
        raise Refusal("supervision-without-reason", number=number, move=move, what=what) from refusal
    if refusal.code == "case-move-unfit":
        raise Refusal("supervision-move-unfit", number=number, state=state, move=move) from refusal
    raise refusal
