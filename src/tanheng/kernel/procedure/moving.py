"""One move of a case: what may follow, and the event that follows from an act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack.procedure import Need, Procedure, ProcedureMove
from tanheng.kernel.period import Calendar, working_days_after
from tanheng.kernel.procedure.case import Act, Moved, Standing

NEEDS: Mapping[Need, Worded] = {
    "text": Worded("说明", "a text"),
    "evidence": Worded("佐证材料", "evidence"),
    "addressee": Worded("承办单位", "for whom it is"),
    "due": Worded("办结期限", "the day it is due"),
    "document_number": Worded("文号", "the number of the document"),
    "signer": Worded("签发人", "who signed it"),
    "signed_on": Worded("签发日期", "the day of signing"),
    "figures_without_blockers": Worded("没有阻断问题的数据", "figures without a blocking finding"),
}
"""What a move may need, in words."""

_IS_GIVEN: Mapping[Need, Callable[[Act], bool]] = {
    "text": lambda act: bool(act.said.strip()),
    "evidence": lambda act: act.evidence > 0,
    "addressee": lambda act: bool(act.addressee.strip()),
    "due": lambda act: act.due is not None,
    "figures_without_blockers": lambda act: act.blockers is not None,
}


def allowed(procedure: Procedure, standing: Standing | None, role: str, seats: tuple[str, ...]) -> list[ProcedureMove]:
    """The moves that somebody may make now: those of a case that stands somewhere, or those that open one."""
    if standing is None:
        return [move for move in procedure.openings if role in move.roles]
    moves = procedure.moves_from(standing.state)
    return [move for move in moves if role in move.roles and _has_the_turn(procedure, standing, move, role, seats)]


def next_event(procedure: Procedure, standing: Standing | None, act: Act, day: date, calendar: Calendar) -> Moved:
    """What an act makes of a case; of no case yet where it opens one.

    Reads    day: on which it is made; calendar: that of the procedure, to count the days until the state is to be left.
    Gives    the move and where the case stands then. A notice of days off comes out late in the year before: where
             the days lead into a year without one, weekends alone count there.
    Refuses  case-move-unfit: it does not lead on from here; case-role-unfit, case-out-of-turn: not by this one;
             case-needs: everything that is missing, at once; case-figures-blocked.
    """
    move = _fitting(procedure, standing, act)
    _refuse_others(procedure, standing, move, act)
    _refuse_incomplete(move, act)
    return Moved(move.id, standing_after(procedure, standing, act, day, calendar), move.does)


def standing_after(
    procedure: Procedure, standing: Standing | None, act: Act, day: date, calendar: Calendar
) -> Standing:
    """Where a case stands after an act that is allowed."""
    move = procedure.move_by_id[act.move]
    before = standing or Standing("", 0, _seat(act), act.role, "", "", None)
    state = procedure.state_by_id[move.to or before.state]
    addressee = act.addressee or before.addressee
    if move.kind == "hand_over" and state.held_by == "opener":
        addressee = before.addressee
    holder = act.addressee if move.kind == "hand_over" else before.holder if move.stays else ""
    if not move.stays and not state.final:
        holder = before.opener if state.held_by == "opener" else addressee
    due = act.due or before.due
    if not move.stays and act.due is None and state.due_in is not None:
        due = working_days_after(day, state.due_in, calendar.assuming(day))
    due = None if state.final else due
    return Standing(state.id, before.number + 1, before.opener, before.opener_role, addressee, holder, due)


def _seat(act: Act) -> str:
    return act.seats[0] if act.seats else ""


def _fitting(procedure: Procedure, standing: Standing | None, act: Act) -> ProcedureMove:
    """The move of an act, where it leads on from the state of the case."""
    fitting = procedure.openings if standing is None else procedure.moves_from(standing.state)
    found = next((move for move in fitting if move.id == act.move), None)
    if found is None:
        at = Worded("未立项", "not opened") if standing is None else _state_words(procedure, standing.state)
        known = procedure.move_by_id
        move = _words(known[act.move]) if act.move in known else Worded(act.move, act.move)
        raise Refusal("case-move-unfit", state=at, move=move, next=_joined(map(_words, fitting)))
    return found


def _refuse_others(procedure: Procedure, standing: Standing | None, move: ProcedureMove, act: Act) -> None:
    if act.role not in move.roles:
        raise Refusal("case-role-unfit", move=_words(move), role=act.role, roles=", ".join(move.roles))
    if standing is not None and not _has_the_turn(procedure, standing, move, act.role, act.seats):
        turn = standing.opener if move.by == "opener" else standing.holder
        raise Refusal("case-out-of-turn", move=_words(move), holder=turn or "-")


def _has_the_turn(
    procedure: Procedure, standing: Standing, move: ProcedureMove, role: str, seats: tuple[str, ...]
) -> bool:
    if move.by == "anyone":
        return True
    if move.by == "opener":
        return role == standing.opener_role and (not standing.opener or standing.opener in seats)
    return role in procedure.acts_for_all or not standing.holder or standing.holder in seats


def _refuse_incomplete(move: ProcedureMove, act: Act) -> None:
    missing = [need for need in move.needs if not _is_given(need, act)]
    if missing:
        raise Refusal("case-needs", move=_words(move), what=_joined(NEEDS[need] for need in missing))
    if "figures_without_blockers" in move.needs and act.blockers:
        raise Refusal("case-figures-blocked", move=_words(move), codes=", ".join(act.blockers))


def _is_given(need: Need, act: Act) -> bool:
    if need in _IS_GIVEN:
        return _IS_GIVEN[need](act)
    return need in act.given and bool(act.given[need].strip())


def _state_words(procedure: Procedure, state: str) -> Worded:
    label = procedure.state_by_id[state].label
    return Worded(label.zh, label.en)


def _words(move: ProcedureMove) -> Worded:
    return Worded(move.label.zh, move.label.en)


def _joined(words: Iterable[Worded]) -> Worded:
    listed = list(words)
    return Worded("、".join(word.zh for word in listed) or "无", ", ".join(word.en for word in listed) or "nothing")
