"""Where a case stands, what somebody does with it, and what comes of it: three values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Standing:
    """Where a case stands after `number` moves: its state, who opened it, for whom it is, whose turn it is, by when.

    `opener` and `addressee` name a party or an area. `holder` is empty where anyone in a role may act, and at the end.
    """

    state: str
    number: int
    opener: str
    opener_role: str
    addressee: str
    holder: str
    due: date | None


@dataclass(frozen=True)
class Act:
    """What somebody does: the move, the role in which it is made, and everything that is given with it.

    `seats` are the names under which the actor may hold a case: a party, an area. `evidence` counts the pieces that
    are attached. `given` holds what the move needs beside, by the name of the need. `blockers` are the codes of
    blocking findings among the figures that the case is about; None where nobody looked.
    """

    move: str
    role: str
    seats: tuple[str, ...] = ()
    said: str = ""
    evidence: int = 0
    addressee: str = ""
    due: date | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    blockers: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Moved:
    """What comes of an act: the move, where the case stands then, and what happens with it."""

    move: str
    standing: Standing
    does: tuple[str, ...]
