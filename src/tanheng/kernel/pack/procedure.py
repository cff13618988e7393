"""Procedures as data: the states of a case, the moves between them, who may make one, what it needs and does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from tanheng.kernel.pack.shape import Label, Shape, Titled

Need = Literal[
    "text", "evidence", "addressee", "due", "document_number", "signer", "signed_on", "figures_without_blockers"
]
MoveKind = Literal["forward", "return", "withdraw", "hand_over", "remark"]
HeldBy = Literal["opener", "addressee"]
MadeBy = Literal["holder", "opener", "anyone"]
_STAYS = frozenset({"hand_over", "remark"})
_DEMANDED: Mapping[str, Need] = {"return": "text", "withdraw": "text", "hand_over": "addressee", "remark": "text"}


class ProcedureState(Shape):
    """Where a case may stand. `held_by` says whose turn it is; it is to be left within `due_in` working days.

    Where `due_in` is absent the day that was set before still counts. A final state is nobody's turn.
    """

    id: str
    label: Label
    held_by: HeldBy = "opener"
    due_in: int | None = Field(default=None, ge=1, le=250)
    final: bool = False


class ProcedureMove(Shape):
    """A move: from which states, to which one, in which roles, what must be given with it, and what it does.

    Without `sources` it opens a case. A hand-over and a remark stay where they are and have no `to`. `by` is who of
    those in a role may make it: whoever's turn it is, whoever opened the case, or anyone. `needs` must be given;
    `takes` may be. `does` are the names of what happens with it, such as the publishing of a result.
    """

    id: str
    label: Label
    kind: MoveKind = "forward"
    sources: tuple[str, ...] = ()
    to: str = ""
    roles: tuple[str, ...] = Field(min_length=1)
    by: MadeBy = "holder"
    needs: tuple[Need, ...] = ()
    takes: tuple[Need, ...] = ()
    does: tuple[str, ...] = ()

    @property
    def opens(self) -> bool:
        """Whether a case begins with it."""
        return not self.sources

    @property
    def stays(self) -> bool:
        """Whether the case stays in its state."""
        return self.kind in _STAYS

    @model_validator(mode="after")
    def _says_what_its_kind_demands(self) -> Self:
        if self.stays == bool(self.to):
            raise ValueError(f"the move {self.id} needs `to`, unless it is a hand-over or a remark")
        if self.opens and self.kind != "forward":
            raise ValueError(f"the move {self.id} has no state to begin from")
        if self.kind in _DEMANDED and _DEMANDED[self.kind] not in self.needs:
            raise ValueError(f"the move {self.id} needs {_DEMANDED[self.kind]}")
        return self


class Procedure(Titled):
    """How something is dealt with: a state with an exit for every turn, and no move that nobody may make.

    `calendar` counts the working days. `acts_for_all` are roles that may make their moves when it is not their turn:
    what departments send in by mail is entered by the office. The numbers of days are settings.
    """

    clause: str
    calendar: str
    states: tuple[ProcedureState, ...] = Field(min_length=1)
    moves: tuple[ProcedureMove, ...] = Field(min_length=1)
    acts_for_all: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _leads_from_beginning_to_end(self) -> Self:
        problems = [*self._listed_twice(), *self._unknown_states()] or [*self._dead_ends(), *self._unreached()]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @cached_property
    def state_by_id(self) -> Mapping[str, ProcedureState]:
        """The states by id."""
        return {state.id: state for state in self.states}

    @cached_property
    def move_by_id(self) -> Mapping[str, ProcedureMove]:
        """The moves by id."""
        return {move.id: move for move in self.moves}

    @property
    def openings(self) -> tuple[ProcedureMove, ...]:
        """The moves with which a case begins."""
        return tuple(move for move in self.moves if move.opens)

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that has a move."""
        return tuple(dict.fromkeys(role for move in self.moves for role in move.roles))

    def moves_from(self, state: str) -> tuple[ProcedureMove, ...]:
        """The moves that a state allows, in their order."""
        return tuple(move for move in self.moves if state in move.sources)

    def _listed_twice(self) -> list[str]:
        states, moves = [state.id for state in self.states], [move.id for move in self.moves]
        twice = {id for ids in (states, moves) for id in ids if ids.count(id) > 1}
        return [f"listed twice: {', '.join(sorted(twice))}"] if twice else []

    def _unknown_states(self) -> list[str]:
        named = {id for move in self.moves for id in (*move.sources, *([move.to] if move.to else []))}
        unknown = sorted(named - {state.id for state in self.states})
        return [f"no such state: {', '.join(unknown)}"] if unknown else []

    def _dead_ends(self) -> list[str]:
        found = []
        for state in self.states:
            leaving = [move for move in self.moves_from(state.id) if not move.stays and move.to != state.id]
            if state.final and self.moves_from(state.id):
                found.append(f"a move begins in the final state {state.id}")
            if not state.final and not leaving:
                found.append(f"no move leaves the state {state.id}")
        return found

    def _unreached(self) -> list[str]:
        found = []
        onward = {state.id: {move.to for move in self.moves_from(state.id) if move.to} for state in self.states}
        first = {move.to for move in self.openings}
        if lost := sorted({state.id for state in self.states} - _spread(first, onward)):
            found.append(f"no way leads to: {', '.join(lost)}")
        back = {id: {source for source, ends in onward.items() if id in ends} for id in onward}
        ending = _spread({state.id for state in self.states if state.final}, back)
        if caught := sorted({state.id for state in self.states} - ending):
            found.append(f"no way leads to an end from: {', '.join(caught)}")
        return found


def _spread(first: set[str], onward: Mapping[str, set[str]]) -> set[str]:
    """Everything that can be reached from some states, themselves included."""
    found, pending = set[str](), list(first)
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            pending += onward[one]
    return found
