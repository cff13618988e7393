"""Where each facility lay when: its chain of areas up to the city, as dated intervals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Directory, Relation
from tanheng.kernel.table import DAY, TEXT, Table


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


def stays(directory: Directory, period: Period) -> list[Stay]:
    """The stays of every facility that touch a period; one per stretch in which no area of the chain changes."""
    parents: dict[str, list[Relation]] = {}
    for relation in directory.relations:
        if relation.kind == LOCATED_IN:
            parents.setdefault(relation.child, []).append(relation)
    levels = {area.id: area.level for area in directory.areas}
    found = (
        Stay(facility.id, start, end, {levels[area]: area for area in chain if area in levels})
        for facility in directory.facilities
        for chain, start, end in _chains(facility.id, parents, date.min, None)
    )
    return [stay for stay in found if stay.areas and stay.within(period)]


def _chains(
    child: str, parents: Mapping[str, Sequence[Relation]], start: date, end: date | None
) -> Iterator[tuple[tuple[str, ...], date, date | None]]:
    """Every path upwards from a child within a span, with the span in which it holds; stretches without one too."""
    reached = start
    for relation in sorted(parents.get(child, ()), key=lambda relation: relation.start):
        first, last = max(start, relation.start), _earlier(end, relation.end)
        if last is not None and last <= first:
            continue
        if reached < first:
            yield (), reached, first
        for chain, since, until in _chains(relation.parent, parents, first, last):
            yield (relation.parent, *chain), since, until
        reached = date.max if last is None else last
    if reached != date.max and (end is None or reached < end):
        yield (), reached, end


def _earlier(first: date | None, second: date | None) -> date | None:
    return min((day for day in (first, second) if day is not None), default=None)


def as_table(found: Iterable[Stay], levels: Sequence[str], *, kind: object = TEXT) -> Table:
    """The stays as a table: facility, stay_start, stay_end (empty: still), and one column per level of area."""
    columns = {"facility": kind, "stay_start": DAY, "stay_end": DAY, **dict.fromkeys(levels, TEXT)}
    rows = (
        {"facility": stay.facility, "stay_start": stay.start, "stay_end": stay.end}
        | {level: stay.areas[level] if level in stay.areas else None for level in levels}
        for stay in found
    )
    return Table.of_rows(rows, columns, keys=("facility", "stay_start"))
