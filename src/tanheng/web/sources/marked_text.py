"""A text cut into pieces at the places where something begins or ends, so that a page can mark them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """A stretch of the text and what it stands for."""

    span: Span
    about: Any


@dataclass(frozen=True)
class Piece:
    """A piece of the text: what begins here (clauses, by address), and what the piece is part of."""

    text: str
    begins: Sequence[str] = ()
    about: Sequence[Any] = ()


def pieces(text: str, marks: Iterable[Mark], anchors: Iterable[tuple[int, str]] = ()) -> list[Piece]:
    """The text in pieces, in order; together they are the text. Marks may overlap."""
    marks, begun = list(marks), dict[int, list[str]]()
    for start, name in anchors:
        begun.setdefault(start, []).append(name)
    edges = {0, len(text), *begun}
    for mark in marks:
        edges |= set(mark.span)
    ordered = sorted(edge for edge in edges if 0 <= edge <= len(text))
    found = []
    for start, end in pairwise(ordered):
        about = [mark.about for mark in marks if mark.span[0] <= start and end <= mark.span[1]]
        found.append(Piece(text[start:end], begun[start] if start in begun else (), about))
    return found


def around(text: str, span: Span, width: int) -> tuple[str, str, str]:
    """What stands before, at and after a place, at most `width` signs on either side."""
    start, end = span
    before, after = text[max(0, start - width) : start], text[end : end + width]
    return before.rpartition("\n")[2] if len(before) < width else before, text[start:end], after
