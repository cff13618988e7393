"""Cases as pages show them, as far as a mandate sees them. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Procedure, ProcedureMove
from tanheng.kernel.period import Calendar, working_days_between
from tanheng.kernel.procedure import allowed
from tanheng.records.case_models import CaseMove
from tanheng.records.cases import Case, case_of, last_moves
from tanheng.records.mandates import roles
from tanheng.records.people import names_of
from tanheng.records.procedures import calendar_of, procedure_of, procedures
from tanheng.records.reminding import Reminder, page_of, told_to
from tanheng.web.cases.diagram import Diagram, diagram
from tanheng.web.cases.own_pages import answered_on_pages, case_href, is_read_by, own_href, waiting_on_pages
from tanheng.web.cases.seats import name_of, seats_of
from tanheng.web.directory.ground import one_day
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.words import said, spoken

_SHARES = ("mine", "ours", "ended")
_NEVER = date.max
_FOR_PAGES = frozenset({"accepted", "area", "check", "kind", "party", "point", "publications", "results", "year_end"})
"""What moves keep for the pages of other apps, which say it in words."""


@dataclass(frozen=True)
class Line:
    """A case in a list: what it is, where it stands, whose turn it is, by when."""

    href: str
    title: str
    procedure: str
    state: str
    holder: str
    due: date | None
    due_words: str
    overdue: bool


@dataclass(frozen=True)
class Told:
    """A reminder: when it was given, why, and what of; no address where it is about something of another app."""

    day: date
    why: str
    title: str
    href: str


@dataclass(frozen=True)
class Inbox:
    """The cases of a share (mine, ours, ended), how many each share has, the cases that may be opened, and the last
    reminders.
    """

    share: str
    shares: Sequence[tuple[str, str, int]]
    lines: Sequence[Line]
    openings: Sequence[tuple[str, str]]
    told: Sequence[Told]


@dataclass(frozen=True)
class Piece:
    """A piece of evidence: its name, its size in words, and where it is read; no address where it is only named."""

    name: str
    size: int
    href: str


@dataclass(frozen=True)
class Step:
    """A move in the history of a case."""

    number: int
    label: str
    state: str
    who: str
    role: str
    party: str
    at: datetime
    said: str
    given: Sequence[tuple[str, str]]
    addressee: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class CasePage:
    """Everything that the page of a case shows."""

    case: Case
    line: Line
    about: str
    subject: str
    opener: str
    steps: Sequence[Step]
    moves: Sequence[ProcedureMove]
    drawn: Diagram
    ways: Sequence[tuple[str, str, str, str]]
    own_href: str

    @property
    def about_result(self) -> bool:
        """Whether the case is about a result, so that nobody has to name one."""
        return self.about.startswith("result/")


def inbox(scope: Scope, share: str) -> Inbox:
    """The cases of a share, overdue ones first, then by the day they are due."""
    chosen = share if share in _SHARES else _SHARES[0]
    rows = shared_out(scope)
    words = {"mine": gettext("My turn"), "ours": gettext("All open ones"), "ended": gettext("Ended")}
    shares = [(name, words[name], len(rows[name])) for name in _SHARES]
    shown = sorted(rows[chosen], key=lambda row: (row.due or _NEVER, -row.position))
    lines = [_line(row, scope) for row in (shown if chosen != "ended" else reversed(rows[chosen]))]
    told = [_told(event.at.date(), item) for event, item in told_to(seats_of(scope))]
    return Inbox(chosen, shares, lines, openings(scope), told)


def shared_out(scope: Scope) -> Mapping[str, list[CaseMove]]:
    """The last moves of the cases that a mandate sees: whose turn is the reader's, all open ones, those that ended.

    A case that waits for the reader on its own page is among them, whoever else sees it. A call to many that the
    reader has answered is nobody's turn but that of who holds it.
    """
    seats, rows = seats_of(scope), last_moves()
    asked = waiting_on_pages(rows, scope)
    seen = [row for row in rows if row.case in asked or _sees(scope, row, seats)]
    pending = [row for row in seen if row.pending]
    answered = answered_on_pages(pending, scope)
    waiting = [row for row in pending if row.holder in seats or row.case not in answered]
    mine = [row for row in waiting if row.case in asked or is_turn_of(scope, row, seats)]
    return {"mine": mine, "ours": pending, "ended": [row for row in seen if not row.pending]}


def is_turn_of(scope: Scope, row: CaseMove, seats: Sequence[str]) -> bool:
    """Whether a case waits for a mandate: it holds the case, or the case waits for anyone who may make a move."""
    moves = _allowed(scope, row, seats)
    if row.holder:
        return (row.holder in seats and bool(moves)) or any(move.by == "anyone" for move in moves)
    return bool(moves)


def openings(scope: Scope) -> list[tuple[str, str]]:
    """The procedures by which a mandate may open a case on a page, by address and name."""
    found = [item for item in procedures().values() if opening_for(item, scope)]
    return [(reverse("new_case", args=[item.id]), said(item.label)) for item in found]


def opening_for(procedure: Procedure, scope: Scope) -> ProcedureMove | None:
    """The move by which a mandate opens a case on a page; None where its cases begin elsewhere: with a result at hand,
    or with the rounds of a split.
    """
    moves = [move for move in procedure.openings if scope.role.id in move.roles and scope.mandate]
    asked = [move for move in moves if "text" in (*move.needs, *move.takes)]
    return asked[0] if asked else None


def case_seen(id: str, scope: Scope) -> Case:
    """A case in reach.

    Refuses  case-unknown: no such case, or none in reach; the two are answered alike.
    """
    found = case_of(id)
    seats = seats_of(scope)
    took_part = any(seat in seats for move in found.moves for seat in (move.party, move.holder) if seat)
    if not took_part and not _sees(scope, found.last, seats):
        raise Refusal("case-unknown", case=id)
    return found


def case_page(id: str, scope: Scope) -> CasePage:
    """A case with its history, and the moves that the reader may make.

    Refuses  case-unknown.
    """
    case = case_seen(id, scope)
    last, seats = case.last, seats_of(scope)
    return CasePage(
        case=case,
        line=_line(last, scope),
        about=last.about,
        subject=name_of(last.subject, scope),
        opener=name_of(last.opener, scope) or _role(last.opener_role),
        steps=_steps(case, scope),
        moves=_allowed(scope, last, seats),
        drawn=diagram(case.procedure, last.state, {move.state for move in case.moves}),
        ways=_ways(case.procedure),
        own_href=own_href(last),
    )


def _sees(scope: Scope, row: CaseMove, seats: Sequence[str]) -> bool:
    if scope.sees_all:
        return True
    if any(seat in seats for seat in (row.opener, row.addressee, row.holder) if seat):
        return True
    procedure = procedure_of(row.procedure)
    if row.subject and scope.role.id in procedure.roles and scope.sees(row.subject):
        return True
    called = any(move.by == "anyone" and scope.role.id in move.roles for move in procedure.moves)
    return called and not row.addressee and _is_called(scope, row.subject)


def _is_called(scope: Scope, subject: str) -> bool:
    """Whether a call to all in a role, such as for the comments on a month, reaches a mandate: what it is about must
    lie around it.
    """
    return not subject or (bool(scope.area) and scope.ground.lies_in(scope.area, subject, *one_day(scope.day)))


def _allowed(scope: Scope, row: CaseMove, seats: Sequence[str]) -> list[ProcedureMove]:
    if not scope.mandate:
        return []
    return allowed(procedure_of(row.procedure), row.standing, scope.role.id, tuple(seats))


def _line(row: CaseMove, scope: Scope) -> Line:
    procedure = procedure_of(row.procedure)
    words = _due_words(procedure, row.due, scope.day)
    overdue = row.pending and row.due is not None and row.due < scope.day
    state = said(procedure.state_by_id[row.state].label)
    turn, named = _turn(row, procedure, scope), said(procedure.label)
    return Line(case_href(row), row.title, named, state, turn, row.due, words, overdue)


def _told(day: date, item: Reminder) -> Told:
    words = {
        "due": gettext("due soon"),
        "overdue": gettext("overdue"),
        "not_updated": gettext("not updated for long"),
        "not_reported": gettext("never reported"),
        "data_due": gettext("data owed"),
        "data_late": gettext("data late"),
        "sheet_missing": gettext("sheet not returned"),
    }
    return Told(day, words[item.why], item.title, page_of(item))


def _turn(row: CaseMove, procedure: Procedure, scope: Scope) -> str:
    """Whose turn it is, in words; anyone's of some roles where nobody is named."""
    if not row.pending:
        return ""
    if row.holder:
        return name_of(row.holder, scope)
    named = dict.fromkeys(role for move in procedure.moves_from(row.state) for role in move.roles)
    return gettext("any of: %(roles)s") % {"roles": "、".join(_role(role) for role in named)}


def _due_words(procedure: Procedure, due: date | None, day: date) -> str:
    """How many working days are left, and where that is so, that the days off of the year are not known yet."""
    if due is None:
        return ""
    calendar = calendar_of(procedure)
    words = _days_left(due, day, calendar.assuming(day, due))
    if calendar.covers(due):
        return words
    return gettext("%(words)s (days off of %(year)s not known yet)") % {"words": words, "year": due.year}


def _days_left(due: date, day: date, calendar: Calendar) -> str:
    left = working_days_between(day, due, calendar)
    if due < day:
        late = max(1, -left)
        return ngettext("%(count)d working day late", "%(count)d working days late", late) % {"count": late}
    if due == day:
        return gettext("due today")
    return ngettext("%(count)d working day left", "%(count)d working days left", left) % {"count": left}


def _steps(case: Case, scope: Scope) -> list[Step]:
    names = names_of(move.event.actor for move in case.moves)
    return [_step(case, move, names, scope) for move in case.moves if is_read_by(move, scope)]


def _step(case: Case, move: CaseMove, names: Mapping[object, str], scope: Scope) -> Step:
    actor, procedure = move.event.actor, case.procedure
    label = procedure.move_by_id[move.move].label if move.move in procedure.move_by_id else move.move
    handed = procedure.move_by_id[move.move].kind == "hand_over" if move.move in procedure.move_by_id else False
    return Step(
        number=move.number,
        label=said(label),
        state=said(procedure.state_by_id[move.state].label),
        who=names[actor] if actor in names else str(actor)[:8],
        role=_role(move.role),
        party=name_of(move.party, scope),
        at=move.event.at,
        said=move.said,
        given=[(_given_word(name), text) for name, text in move.given.items() if text and name not in _FOR_PAGES],
        addressee=name_of(move.holder if handed else move.addressee, scope) if handed or move.number == 1 else "",
        pieces=_pieces(case, move),
    )


def _pieces(case: Case, move: CaseMove) -> list[Piece]:
    procedure, name = case.id.split("/", 1)
    found = []
    for index, piece in enumerate(move.evidence):
        href = reverse("case_evidence", args=[procedure, name, move.number, index]) if piece["digest"] else ""
        found.append(Piece(piece["name"], int(piece["size"]), href))
    return found


def _ways(procedure: Procedure) -> list[tuple[str, str, str, str]]:
    """The moves of a procedure as a table: from where, the move, to where, in which roles."""
    label_of = {state.id: said(state.label) for state in procedure.states}
    return [
        (
            "、".join(label_of[source] for source in move.sources) or gettext("beginning"),
            said(move.label),
            label_of[move.to] if move.to else gettext("stays where it is"),
            "、".join(_role(role) for role in move.roles),
        )
        for move in procedure.moves
    ]


def _role(role: str) -> str:
    known = roles()
    return said(known[role].label) if role in known else role


def _given_word(name: str) -> str:
    words = {
        "document_number": gettext("Document number"),
        "signer": gettext("Signed by"),
        "signed_on": gettext("Signed on"),
        "result": gettext("Result"),
        "publication": gettext("Publication"),
        "draft": gettext("Draft"),
        "due": gettext("Due"),
        "known_on": gettext("As known on"),
        "registered": gettext("Registered"),
        "new": gettext("New"),
    }
    return words[name] if name in words else spoken(name)


def ordered(lines: Iterable[Line]) -> list[Line]:
    """Lines with the overdue ones first, for other pages that show what waits."""
    return sorted(lines, key=lambda line: (not line.overdue, line.due or _NEVER))


def rows_seen(procedure: str, scope: Scope) -> list[CaseMove]:
    """The last moves of the cases of a procedure that a mandate sees, for pages of other apps."""
    seats = seats_of(scope)
    return [row for row in last_moves(procedure=procedure) if _sees(scope, row, seats)]


def line_of(row: CaseMove, scope: Scope) -> Line:
    """A case by its last move, for pages of other apps: where it stands, whose turn it is, by when."""
    return _line(row, scope)


def lines_of_mine(scope: Scope, at_most: int) -> list[Line]:
    """What waits for the reader, the most pressing first: for the page that one begins with."""
    return ordered(_line(row, scope) for row in shared_out(scope)["mine"])[:at_most]
