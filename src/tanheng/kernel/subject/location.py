"""Where each facility lay when: its chain of areas up to the city, as dated stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.subject.relation import LOCATED_IN, Relation, overlapping


@dataclass(frozen=True)
class Stay:
    """From `start` up to, not including, `end`, a facility lay in these areas, by level."""

    facility: str
    start: date
    end: date | None
    areas: Mapping[str, str]

    def within(self, period: Period) -> bool:
        """Whether the stay begins before the period ends and ends after it begins."""
        return self.start < period.end and (self.end is None or period.start < self.end)


def stays_of(facilities: Iterable[str], levels: Mapping[str, str], relations: Iterable[Relation]) -> Iterator[Stay]:
    """The stays of each facility; one per stretch in which no area of its chain changes.

    Reads    levels: the level of each area. relations: those of another kind than located_in do not matter.
    Refuses  located-in-itself: an area that lies, by way of others, inside itself; relations-overlap: a subject
             that lies in two areas at once.
    """
    climb = _Climb(levels, relations)
    for facility in facilities:
        yield from climb.stays(facility)


@dataclass(frozen=True)
class _Chain:
    """The areas above a subject for a span of time, nearest first; none where it lies nowhere."""

    areas: tuple[str, ...]
    start: date
    end: date | None

    def clipped(self, start: date, end: date | None) -> _Chain | None:
        first, last = max(start, self.start), _earlier(end, self.end)
        return None if last is not None and last <= first else _Chain(self.areas, first, last)


class _Climb:
    """Climbs from a subject to the areas above it; what lies above an area is worked out once for all its children."""

    def __init__(self, levels: Mapping[str, str], relations: Iterable[Relation]) -> None:
        self.levels = levels
        self.parents: dict[str, list[Relation]] = {}
        self.above: dict[str, list[_Chain]] = {}
        located = [relation for relation in relations if relation.kind == LOCATED_IN and not relation.withdrawn]
        for first, second in overlapping(located):  # a subject in two places would be counted in both
            fields = {"child": first.child, "first": first.parent, "second": second.parent, "kind": first.kind}
            raise Refusal("relations-overlap", **fields)
        for relation in sorted(located, key=lambda relation: relation.start):
            self.parents.setdefault(relation.child, []).append(relation)

    def stays(self, facility: str) -> Iterator[Stay]:
        for chain in self.chains(facility, ()):
            areas = {self.levels[area]: area for area in chain.areas if area in self.levels}
            if areas:
                yield Stay(facility, chain.start, chain.end, areas)

    def chains(self, child: str, below: tuple[str, ...]) -> list[_Chain]:
        """Every chain above a subject, with stretches in which it lies nowhere as empty chains."""
        if child in below:
            raise Refusal("located-in-itself", subject=child, chain=" > ".join((*below, child)))
        found, reached = [], date.min
        for relation in self.parents[child] if child in self.parents else ():
            if reached < relation.start:
                found.append(_Chain((), reached, relation.start))
            for chain in self._above(relation.parent, (*below, child)):
                if clipped := chain.clipped(relation.start, relation.end):
                    found.append(_Chain((relation.parent, *clipped.areas), clipped.start, clipped.end))
            reached = relation.end or date.max
        if reached != date.max:
            found.append(_Chain((), reached, None))
        return found

    def _above(self, area: str, below: tuple[str, ...]) -> list[_Chain]:
        if area not in self.above:
            self.above[area] = self.chains(area, below)
        return self.above[area]


def _earlier(first: date | None, second: date | None) -> date | None:
    if first is None or second is None:
        return first or second
    return min(first, second)
