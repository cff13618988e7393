"""The tree of areas as a page needs it: what lies in an area in a period, and what the area lies in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, months_between
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation, Stay

Spans = Mapping[str, Sequence[Period]]


@dataclass(frozen=True)
class Places:
    """The directory of a site in one period."""

    directory: Directory
    period: Period

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.id: area for area in self.directory.areas}

    def _parent(self, subject: str) -> str | None:
        """The last parent of a subject in the period; None where it lies in nothing."""
        above = self.directory.relations_above(LOCATED_IN, subject)
        return next((relation.parent for relation in reversed(above) if self._holds(relation)), None)

    def _holds(self, relation: Relation) -> bool:
        return relation.start < self.period.end and (relation.end is None or self.period.start < relation.end)

    def area(self, id: str) -> Area:
        """The area of that id.

        Refuses  area-not-found.
        """
        if id not in self._areas:
            raise Refusal("area-not-found", area=id)
        return self._areas[id]

    def root(self) -> Area | None:
        """The area that lies in no other: the city; None while there is none."""
        return next((area for area in self.directory.areas if self._parent(area.id) is None), None)

    def only_part(self, area: str) -> Area | None:
        """The one area in an outermost one. A site of a single district knows its city by that district alone, and what
        adds up to the city there is not the city's.
        """
        inside = self.children(area) if self._parent(area) is None else ()
        return inside[0] if len(inside) == 1 else None

    def trail(self, subject: str) -> Sequence[Area]:
        """The areas around a subject, from the city inwards, the subject itself left out."""
        found: list[Area] = []
        above = self._parent(subject)
        while above is not None and len(found) < len(self._areas):
            found.insert(0, self.area(above))
            above = self._parent(above)
        return found

    def children(self, area: str) -> Sequence[Area]:
        """The areas directly inside for some of the period."""
        return [self.area(id) for id in self.area_spans(area)]

    def facilities(self, area: str) -> Sequence[Facility]:
        """The facilities that lay in an area for some of the period, each once."""
        inside = self.facility_spans(area)
        return [facility for facility in self.directory.facilities if facility.id in inside]

    def area_spans(self, area: str) -> Spans:
        """The areas directly inside, each with the months in which it lay there."""
        relations = [item for item in self.directory.relations if item.kind == LOCATED_IN and item.parent == area]
        return self._spans((item.child, item.start, item.end) for item in relations if item.child in self._areas)

    def facility_spans(self, area: str) -> Spans:
        """The facilities inside, each with the months that a run counts for the area."""
        return self._spans((stay.facility, stay.start, stay.end) for stay in self._stays if area in stay.areas.values())

    def stays(self, facility: str) -> Sequence[tuple[Period, Area]]:
        """Where a facility lay: the innermost area by unbroken months, in their order."""
        mine = self.directory.stays(self.period, (facility,))
        spans = self._spans((next(iter(stay.areas.values())), stay.start, stay.end) for stay in mine)
        return sorted(((span, self.area(area)) for area, runs in spans.items() for span in runs), key=itemgetter(0))

    @cached_property
    def _stays(self) -> Sequence[Stay]:
        return self.directory.stays(self.period)

    def _spans(self, stretches: Iterable[tuple[str, date, date | None]]) -> Spans:
        """The unbroken runs of months of each subject. A month counts where its first day lies, as in a run."""
        found: dict[str, list[Period]] = {}
        for subject, start, end in sorted(stretches, key=lambda stretch: stretch[:2]):
            months = [*months_between(max(start, self.period.start), min(end or self.period.end, self.period.end))]
            if months:
                _append(found.setdefault(subject, []), Period(months[0].start, months[-1].end))
        return found


def _append(runs: list[Period], span: Period) -> None:
    """Adds a span, as one with the last where it follows at once."""
    if runs and runs[-1].end == span.start:
        span = Period(runs.pop().start, span.end)
    runs.append(span)
