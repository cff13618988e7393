"""The three kinds of subject, and a directory of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tanheng.kernel.period import Period
from tanheng.kernel.subject.location import Stay, stays_of
from tanheng.kernel.subject.relation import Relation

Label = Mapping[str, str]

# what may stand behind the id of a target: its tier, and how the figure beside it was made
_SAID: Mapping[str, Label] = {
    "floor": {"zh": "确保", "en": "floor"},
    "stretch": {"zh": "力争", "en": "stretch"},
    "estimated": {"zh": "推算", "en": "estimated"},
    "accounted": {"zh": "核算", "en": "accounted"},
    "fed_back": {"zh": "市反馈", "en": "fed back"},
    "no_data": {"zh": "无数据", "en": "no data"},
    "frozen": {"zh": "固定电力因子", "en": "grid factor frozen"},
    "updated": {"zh": "更新电力因子", "en": "grid factor updated"},
    "published": {"zh": "公布数", "en": "as published"},
    "reported": {"zh": "报送数", "en": "as reported"},
    "assessed": {"zh": "考核口径", "en": "assessment basis"},
    "electricity": {"zh": "按用电增速", "en": "by the growth of electricity"},
    "weather": {"zh": "度日修正", "en": "without the weather"},
}


def word_behind(word: str, lang: str = "zh") -> str:
    """A tier, or a way in which a figure was made, as people say it; any other word as it stands."""
    return _SAID[word][lang] if word in _SAID else word


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
    """The subjects of a site and how they hang together.

    Figures may also be about what is no place: a target (its name stands in `titles`), or a field (条) of an area,
    written `area/…#industry`.
    """

    parties: tuple[Party, ...] = ()
    areas: tuple[Area, ...] = ()
    facilities: tuple[Facility, ...] = ()
    relations: tuple[Relation, ...] = ()
    titles: Mapping[str, Label] = field(default_factory=dict)
    untitled: Directory | None = field(default=None, compare=False, repr=False)

    def titled(self, titles: Mapping[str, Label]) -> Directory:
        """The same subjects with other titles; where everything lies is worked out once for both."""
        return replace(self, titles=titles, untitled=self.untitled or self)

    @cached_property
    def _stays(self) -> tuple[Stay, ...]:
        if self.untitled is not None:
            return self.untitled._stays
        levels = {area.id: area.level for area in self.areas}
        return tuple(stays_of((facility.id for facility in self.facilities), levels, self.relations))

    @cached_property
    def _stays_of(self) -> Mapping[str, Sequence[Stay]]:
        if self.untitled is not None:
            return self.untitled._stays_of
        found: dict[str, list[Stay]] = {}
        for stay in self._stays:
            found.setdefault(stay.facility, []).append(stay)
        return found

    def stays(self, period: Period, facilities: Collection[str] | None = None) -> list[Stay]:
        """Where each facility lay in a period: one stay per stretch in which no area of its chain changes.

        Reads    facilities: whose stays are asked for (default: everybody's).
        Refuses  located-in-itself: an area that lies, by way of others, inside itself.
        """
        if facilities is None:
            return [stay for stay in self._stays if stay.within(period)]
        found = (self._stays_of[id] for id in facilities if id in self._stays_of)
        return [stay for stays in found for stay in stays if stay.within(period)]

    def relations_below(self, kind: str, parent: str) -> Sequence[Relation]:
        """The relations of a kind that lead to a parent, at whatever time, in their order."""
        return self._below[kind, parent] if (kind, parent) in self._below else ()

    @cached_property
    def _below(self) -> Mapping[tuple[str, str], Sequence[Relation]]:
        if self.untitled is not None:
            return self.untitled._below
        found: dict[tuple[str, str], list[Relation]] = {}
        for relation in self.relations:
            found.setdefault((relation.kind, relation.parent), []).append(relation)
        return found

    def relations_above(self, kind: str, child: str) -> Sequence[Relation]:
        """The relations of a kind that lead up from a child, at whatever time, the earliest first."""
        return self._above[kind, child] if (kind, child) in self._above else ()

    @cached_property
    def _above(self) -> Mapping[tuple[str, str], Sequence[Relation]]:
        if self.untitled is not None:
            return self.untitled._above
        found: dict[tuple[str, str], list[Relation]] = {}
        for relation in sorted(self.relations, key=lambda relation: relation.start):
            found.setdefault((relation.kind, relation.child), []).append(relation)
        return found

    @cached_property
    def labels(self) -> Mapping[str, Label]:
        """The names of all subjects by id."""
        if self.untitled is not None:
            return self.untitled.labels
        parties = {party.id: party.label for party in self.parties}
        areas = {area.id: area.label for area in self.areas}
        return parties | areas | {facility.id: facility.label for facility in self.facilities}

    def label_of(self, subject: str, lang: str = "zh") -> str:
        """The name of a subject, of a target, or of a field behind that of its area; else the id as it stands."""
        for known in (self.labels, self.titles):
            if subject in known:
                return known[subject][lang]
        place, mark, behind = subject.partition("#")
        told = "·".join(word_behind(word, lang) for word in behind.split("/"))
        return f"{self.label_of(place, lang)} · {told}" if mark else subject

    def level_of(self, subject: str) -> str | None:
        """The level of an area; `field` and `target` for what is about those; None for any other subject."""
        level = self._levels[subject] if subject in self._levels else None
        place = subject.partition("#")[0]
        if level is None and place in self.titles:
            return "target"
        if level is None and place in self._levels:
            return "field"
        return level

    @cached_property
    def _levels(self) -> Mapping[str, str]:
        return {area.id: area.level for area in self.areas}
