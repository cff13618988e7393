"""The three kinds of subject, and a directory of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tanheng.kernel.period import Period
from tanheng.kernel.subject.location import Stay, stays_of
from tanheng.kernel.subject.relation import Relation

Label = Mapping[str, str]


@dataclass(frozen=True)
class Party:
    """Somebody who answers for something: an office, a department, an enterprise."""

    id: str
    label: Label


@dataclass(frozen=True)
class Area:
    """A place with a level: city, district, town."""

    id: str
    label: Label
    level: str


@dataclass(frozen=True)
class Facility:
    """What is metered and reported: a plant, a building. `codes` are its names in other systems."""

    id: str
    label: Label
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Directory:
    """The subjects of a site and how they hang together."""

    parties: tuple[Party, ...] = ()
    areas: tuple[Area, ...] = ()
    facilities: tuple[Facility, ...] = ()
    relations: tuple[Relation, ...] = ()

    @cached_property
    def _stays(self) -> tuple[Stay, ...]:
        levels = {area.id: area.level for area in self.areas}
        return tuple(stays_of((facility.id for facility in self.facilities), levels, self.relations))

    def stays(self, period: Period) -> list[Stay]:
        """Where each facility lay in a period: one stay per stretch in which no area of its chain changes.

        Refuses  located-in-itself: an area that lies, by way of others, inside itself.
        """
        return [stay for stay in self._stays if stay.within(period)]

    @cached_property
    def labels(self) -> Mapping[str, Label]:
        """The names of all subjects by id."""
        parties = {party.id: party.label for party in self.parties}
        areas = {area.id: area.label for area in self.areas}
        return parties | areas | {facility.id: facility.label for facility in self.facilities}

    def label_of(self, subject: str, lang: str = "zh") -> str:
        """The name of a subject; its id where the directory does not have it."""
        return self.labels[subject][lang] if subject in self.labels else subject

    def level_of(self, area: str) -> str | None:
        """The level of an area; None for what is not an area."""
        return next((item.level for item in self.areas if item.id == area), None)
