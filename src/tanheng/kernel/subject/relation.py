"""Dated, typed relations between subjects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby

LOCATED_IN = "located_in"


@dataclass(frozen=True)
class Relation:
    """`child` stands in a relation to `parent` from `start` up to, not including, `end`; None: still."""

    kind: str
    child: str
    parent: str
    start: date
    end: date | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether the relation ends on the day it begins: it never held."""
        return self.start == self.end

    def holds_on(self, day: date) -> bool:
        """Whether the relation holds on a day."""
        return self.start <= day and (self.end is None or day < self.end)


def overlapping(relations: Iterable[Relation]) -> list[tuple[Relation, Relation]]:
    """Pairs that put one child into two parents of one kind at the same time.

    Within one kind a child has at most one parent on any day; every tree of the system rests on that. What was
    withdrawn overlaps nothing.
    """
    lasting = (relation for relation in relations if not relation.withdrawn)
    ordered = sorted(lasting, key=lambda relation: (relation.kind, relation.child, relation.start))
    found = []
    for _, group in groupby(ordered, key=lambda relation: (relation.kind, relation.child)):
        found += [pair for pair in combinations(group, 2) if pair[0].end is None or pair[1].start < pair[0].end]
    return found
