"""The tree of areas as a page needs it: what lies in an area in a period, and what the area lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation


@dataclass(frozen=True)
class Places:
    """The directory of a site in one period."""

    directory: Directory
    period: Period

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.id: area for area in self.directory.areas}

    @cached_property
    def _parents(self) -> dict[str, str]:
        """The last parent of each subject in the period."""
        ordered = sorted(self.directory.relations, key=lambda relation: relation.start)
        return {relation.child: relation.parent for relation in ordered if self._holds(relation)}

    def _holds(self, relation: Relation) -> bool:
        starts = relation.start < self.period.end
        return relation.kind == LOCATED_IN and starts and (relation.end is None or self.period.start < relation.end)

    def area(self, id: str) -> Area:
        """The area of that id.

        Refuses  area-not-found.
        """
        if id not in self._areas:
            raise Refusal("area-not-found", area=id)
        return self._areas[id]

    def root(self) -> Area | None:
        """The area that lies in no other: the city; None while there is none."""
        return next((area for area in self.directory.areas if area.id not in self._parents), None)

    def trail(self, subject: str) -> Sequence[Area]:
        """The areas around a subject, from the city inwards, the subject itself left out."""
        found: list[Area] = []
        inner = subject
        while inner in self._parents and len(found) < len(self._areas):
            inner = self._parents[inner]
            found.insert(0, self.area(inner))
        return found

    def children(self, area: str) -> Sequence[Area]:
        """The areas directly inside."""
        return [item for item in self.directory.areas if item.id in self._parents and self._parents[item.id] == area]

    def facilities(self, area: str) -> Sequence[Facility]:
        """The facilities that lay in an area for some of the period, each once."""
        inside = {stay.facility for stay in self.directory.stays(self.period) if area in stay.areas.values()}
        return [facility for facility in self.directory.facilities if facility.id in inside]
