"""Cases: opened, moved as their procedure says, and never rewritten. Every move is one row under one event.

Two who act on one case at once are told: whoever comes second sees what the first one did, and nothing of it is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import Procedure
from tanheng.kernel.procedure import Act, Moved, next_event
from tanheng.records.case_models import LONGEST_CASE_TITLE, CaseMove
from tanheng.records.chain import append, lock_log
from tanheng.records.earlier_cases import earlier_moves
from tanheng.records.evidence import Attachment
from tanheng.records.models import Person
from tanheng.records.people import names_of
from tanheng.records.procedures import calendar_of, procedure_of

KIND = "case"
Handler = Callable[["Case", Act, Person], Mapping[str, str]]
"""What a move does beside: it is handed the case as it stands before, and gives what is to be kept with the move."""


@dataclass(frozen=True)
class Case:
    """A case: its procedure and everything that was done with it, in order."""

    id: str
    procedure: Procedure
    moves: tuple[CaseMove, ...]

    @property
    def last(self) -> CaseMove:
        """The last move: where the case stands."""
        return self.moves[-1]

    def overdue(self, day: date) -> bool:
        """Whether its state should have been left by a day."""
        return self.last.pending and self.last.due is not None and day > self.last.due


@dataclass(frozen=True)
class Matter:
    """What a case is opened about: a title to read, what it concerns, and the subject, where there is one."""

    title: str
    about: str
    subject: str = ""


@dataclass(frozen=True)
class Sending:
    """How an act came in: what is attached, the token of the form, and the moves that its sender had seen."""

    evidence: tuple[Attachment, ...] = ()
    token: str = ""
    expected: int | None = None


NOTHING_SENT = Sending()


def open_case(
    procedure: str,
    matter: Matter,
    act: Act,
    actor: Person,
    *,
    sending: Sending = NOTHING_SENT,
    day: date | None = None,
) -> Case:
    """Opens a case.

    Gives    the case; the one that is open already where the same form was sent twice.
    Refuses  definition-missing: no such procedure; case-title-unusable; whatever the first move refuses.
    """
    definition, act = procedure_of(procedure), _counted(act, sending)
    with transaction.atomic():
        lock_log()
        if sending.token and (twice := CaseMove.objects.filter(token=sending.token, procedure=procedure).first()):
            return case_of(twice.case)
        row = opening_row(definition, matter, act, sending=sending, day=day)
        append(KIND, {"case": row.case, "move": row.move, "number": 1}, actor, [row])
    return case_of(row.case)


def opening_row(
    definition: Procedure,
    matter: Matter,
    act: Act,
    *,
    case: str = "",
    sending: Sending = NOTHING_SENT,
    day: date | None = None,
) -> CaseMove:
    """The row with which a case begins, for whoever appends it beside rows of its own; the log is locked by then.

    Refuses  case-title-unusable; whatever the move refuses.
    """
    title = matter.title.strip()
    if not title or len(title) > LONGEST_CASE_TITLE or not title.isprintable():
        raise Refusal("case-title-unusable", limit=LONGEST_CASE_TITLE, length=len(title))
    moved = next_event(definition, None, act, day or timezone.localdate(), calendar_of(definition))
    about = replace(matter, title=title)
    return _row(definition, case or _next_id(definition.id), about, act, moved, sending)


def move_case(
    case: str,
    act: Act,
    actor: Person,
    *,
    sending: Sending = NOTHING_SENT,
    handlers: Mapping[str, Handler] | None = None,
    day: date | None = None,
) -> Case:
    """Takes a case one move further, and does what the move does: both, or neither.

    Gives    the case; as it stands where the same form was sent twice.
    Refuses  case-unknown; case-moved-meanwhile: others acted since the sender looked; case-handler-missing: this site
             cannot do what the move does; whatever the move or what it does refuses. Nothing is written then.
    """
    with transaction.atomic():
        lock_log()
        before = case_of(case)
        if sending.token and any(move.token == sending.token for move in before.moves):
            return before
        refuse_meanwhile(before, sending.expected)
        row, moved = following_row(before, act, sending=sending, day=day)
        row.given = {**row.given, **_done(before, act, actor, moved, handlers or {})}
        append(KIND, {"case": case, "move": row.move, "number": row.number}, actor, [row])
    return case_of(case)


def following_row(
    before: Case, act: Act, *, sending: Sending = NOTHING_SENT, day: date | None = None
) -> tuple[CaseMove, Moved]:
    """The row that an act adds to a case, for whoever appends it beside rows of its own; the log is locked by then.

    Refuses  whatever the move refuses.
    """
    definition, act = before.procedure, _counted(act, sending)
    last, today = before.last, day or timezone.localdate()
    moved = next_event(definition, last.standing, act, today, calendar_of(definition))
    matter = Matter(last.title, last.about, last.subject)
    return _row(definition, before.id, matter, act, moved, sending), moved


def refuse_meanwhile(case: Case, expected: int | None) -> None:
    """Confirms that nobody acted on a case since its sender looked.

    Refuses  case-moved-meanwhile: with who did what.
    """
    last = case.last
    if expected is not None and expected != last.number:
        label = case.procedure.move_by_id[last.move].label
        who = names_of([last.event.actor])
        named = who[last.event.actor] if last.event.actor in who else str(last.event.actor)
        raise Refusal("case-moved-meanwhile", case=case.id, who=named, move=Worded(label.zh, label.en))


def case_of(case: str) -> Case:
    """One case with all its moves.

    Refuses  case-unknown.
    """
    rows = CaseMove.objects.filter(case=case).select_related("event").order_by("number")
    moves = (*earlier_moves(case), *rows)
    if not moves:
        raise Refusal("case-unknown", case=case)
    return Case(case, procedure_of(moves[0].procedure), tuple(moves))


def last_moves(*, pending: bool | None = None, procedure: str = "") -> list[CaseMove]:
    """The last move of every case: those in which anything may follow, those that have ended, or all."""
    ends = CaseMove.objects.values("case").annotate(last=Max("id")).values("last")
    rows = CaseMove.objects.filter(id__in=ends).select_related("event")
    chosen = list(rows.filter(procedure=procedure) if procedure else rows)
    moved = {row.case for row in chosen}
    earlier = {row.case: row for row in earlier_moves() if row.case not in moved}
    chosen += [row for row in earlier.values() if procedure in ("", row.procedure)]
    return [row for row in sorted(chosen, key=_position) if pending in (None, row.pending)]


def cases_of(procedure: str) -> list[Case]:
    """Every case of a procedure with all its moves, in the order in which they were opened."""
    definition = procedure_of(procedure)
    rows = CaseMove.objects.filter(procedure=procedure).select_related("event").order_by("number")
    found: dict[str, list[CaseMove]] = {}
    for row in [*(item for item in earlier_moves() if item.procedure == procedure), *rows]:
        found.setdefault(row.case, []).append(row)
    cases = [Case(id, definition, tuple(moves)) for id, moves in found.items()]
    return sorted(cases, key=lambda case: case.moves[0].position)


def _position(row: CaseMove) -> int:
    return row.position


def _counted(act: Act, sending: Sending) -> Act:
    """An act with the pieces that are attached to it."""
    return replace(act, evidence=len(sending.evidence)) if sending.evidence else act


def _next_id(procedure: str) -> str:
    """The next free name of a case of a procedure: supervision_note/3."""
    named = {row.case for row in earlier_moves() if row.procedure == procedure}
    named |= set(CaseMove.objects.filter(procedure=procedure, number=1).values_list("case", flat=True))
    return f"{procedure}/{1 + max(_numbers(named), default=0)}"


def _numbers(names: Iterable[str]) -> list[int]:
    ends = [name.rpartition("/")[2] for name in names]
    return [int(end) for end in ends if end.isdigit()]


def _done(before: Case, act: Act, actor: Person, moved: Moved, handlers: Mapping[str, Handler]) -> Mapping[str, str]:
    """Does what a move does, one thing after the other."""
    found: dict[str, str] = {}
    for name in moved.does:
        if name not in handlers:
            raise Refusal("case-handler-missing", move=moved.move, does=name, known=", ".join(handlers) or "-")
        found |= handlers[name](before, act, actor)
    return found


def _row(definition: Procedure, case: str, matter: Matter, act: Act, moved: Moved, sending: Sending) -> CaseMove:
    standing = moved.standing
    return CaseMove(
        case=case,
        number=standing.number,
        procedure=definition.id,
        title=matter.title,
        about=matter.about,
        subject=matter.subject,
        move=moved.move,
        state=standing.state,
        role=act.role,
        party=act.seats[0] if act.seats else "",
        said=act.said.strip(),
        given=dict(act.given),
        evidence=_attached(sending.evidence),
        opener=standing.opener,
        opener_role=standing.opener_role,
        addressee=standing.addressee,
        holder=standing.holder,
        due=standing.due,
        pending=not definition.state_by_id[standing.state].final,
        token=sending.token,
    )


def _attached(evidence: Sequence[Attachment]) -> list[dict[str, str | int]]:
    return [dict(vars(piece)) for piece in evidence]
