"""Which units an area is assessed over: the dated list of units in scope, with its entries and exits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tanheng.kernel.subject.relation import LOCATED_IN
from tanheng.kernel.subject.subject import Directory

IN_SCOPE_OF = "in_scope_of"


@dataclass(frozen=True)
class Scope:
    """The list of units of an area on a day; `direct` are those that belong to the area itself, to no area below."""

    area: str
    day: date
    units: frozenset[str]
    direct: frozenset[str]


def scope_on(directory: Directory, area: str, day: date) -> Scope:
    """The units in scope of an area on a day: its own, and those of the areas that lie in it on that day.

    Reads    relations in_scope_of (facility to area) and located_in (area to area).
    """
    direct = frozenset(_children(directory, IN_SCOPE_OF, area, day))
    below = (unit for part in areas_within(directory, area, day) for unit in scope_on(directory, part, day).units)
    return Scope(area, day, direct | frozenset(below), direct)


def areas_within(directory: Directory, area: str, day: date) -> tuple[str, ...]:
    """The areas that lie directly in an area on a day, in the order of the directory."""
    children = set(_children(directory, LOCATED_IN, area, day))
    return tuple(item.id for item in directory.areas if item.id in children)


def around(directory: Directory, subject: str, day: date) -> frozenset[str]:
    """The areas that a subject lies in, or is in scope of, on a day: nearest and farther ones."""
    found, pending = set[str](), [subject]
    while pending:
        child = pending.pop()
        for relation in directory.relations:
            upward = relation.kind in (LOCATED_IN, IN_SCOPE_OF) and relation.child == child
            if upward and relation.holds_on(day) and relation.parent not in found:
                found.add(relation.parent)
                pending.append(relation.parent)
    return frozenset(found)


def _children(directory: Directory, kind: str, parent: str, day: date) -> Iterator[str]:
    for relation in directory.relations_below(kind, parent):
        if relation.holds_on(day):
            yield relation.child
