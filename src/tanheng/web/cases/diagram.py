"""Geometry of a procedure drawn from its definition: states below one another, moves between them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tanheng.kernel.pack import Procedure, ProcedureMove
from tanheng.web.ui.words import said

_BOX_WIDTH, _BOX_HEIGHT, _STEP, _TOP, _LANE = 190, 34, 62, 8, 16
_INDENT, _BASELINE = 12, 5


@dataclass(frozen=True)
class Box:
    """A state: where it is drawn, and whether the case stands there, was there, or ends there."""

    x: int
    y: int
    text: str
    state: str
    final: bool

    @property
    def middle(self) -> int:
        """The height of its middle."""
        return self.y + _BOX_HEIGHT // 2

    @property
    def text_x(self) -> int:
        """Where its name begins."""
        return self.x + _INDENT

    @property
    def text_y(self) -> int:
        """The line on which its name stands."""
        return self.middle + _BASELINE


@dataclass(frozen=True)
class Arrow:
    """A move: its path, its name, and where the name stands; names of moves that go round stand in a title alone."""

    path: str
    text: str
    x: int
    y: int
    shown: bool


@dataclass(frozen=True)
class Diagram:
    """Everything to draw."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int
    box_width: int = _BOX_WIDTH
    box_height: int = _BOX_HEIGHT


def diagram(procedure: Procedure, current: str = "", visited: Collection[str] = ()) -> Diagram:
    """A procedure as boxes and arrows: what leads to the next box stands between them, what skips goes round on the
    right, what goes back on the left.
    """
    order = {state.id: index for index, state in enumerate(procedure.states)}
    ways = [(order[source], order[move.to], move) for move in procedure.moves if move.to for source in move.sources]
    left = [way for way in ways if way[1] < way[0]]
    right = [way for way in ways if way[1] > way[0] + 1]
    margin = _LANE * (len(left) + 1)
    boxes = tuple(
        Box(margin, _TOP + index * _STEP, said(state.label), _standing(state.id, current, visited), state.final)
        for index, state in enumerate(procedure.states)
    )
    arrows = [_between(boxes, *way) for way in ways if way[1] == way[0] + 1]
    arrows += [_round(boxes, *way, lane=-number) for number, way in enumerate(_by_length(left), 1)]
    arrows += [_round(boxes, *way, lane=number) for number, way in enumerate(_by_length(right), 1)]
    width = margin + _BOX_WIDTH + _LANE * (len(right) + 1)
    return Diagram(boxes, tuple(arrows), width, 2 * _TOP + _STEP * (len(boxes) - 1) + _BOX_HEIGHT)


def _standing(state: str, current: str, visited: Collection[str]) -> str:
    if state == current:
        return "current"
    return "visited" if state in visited else "ahead"


def _by_length(ways: list[tuple[int, int, ProcedureMove]]) -> list[tuple[int, int, ProcedureMove]]:
    """Short ways inside, long ones outside, so that few of them cross."""
    return sorted(ways, key=lambda way: (abs(way[1] - way[0]), way[0]))


def _between(boxes: tuple[Box, ...], start: int, end: int, move: ProcedureMove) -> Arrow:
    x, first, last = boxes[start].x + _BOX_WIDTH // 2, boxes[start].y + _BOX_HEIGHT, boxes[end].y
    return Arrow(f"M{x} {first}V{last}", said(move.label), x + 8, (first + last) // 2 + 4, shown=True)


def _round(boxes: tuple[Box, ...], start: int, end: int, move: ProcedureMove, *, lane: int) -> Arrow:
    edge = boxes[0].x + (_BOX_WIDTH if lane > 0 else 0)
    out = edge + lane * _LANE
    # what leaves and what arrives keep apart by a little, or arrows would hide one another
    first, last = boxes[start].middle + 5, boxes[end].middle - 5
    return Arrow(f"M{edge} {first}H{out}V{last}H{edge}", said(move.label), out, (first + last) // 2, shown=False)
