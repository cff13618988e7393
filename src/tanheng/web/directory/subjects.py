"""Areas, units and parties in reach, with what each lies in today. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tanheng.kernel.faults import Refusal
from tanheng.kernel.subject import LOCATED_IN
from tanheng.web.directory.scope import Scope


@dataclass(frozen=True)
class AreaSeen:
    """An area: its level, and the area it lies in directly; empty for the widest."""

    id: str
    label: Mapping[str, str]
    level: str
    parent: str


@dataclass(frozen=True)
class UnitSeen:
    """A unit: the numbers it is registered under, and the area it lies in today; empty where in none."""

    id: str
    label: Mapping[str, str]
    codes: Mapping[str, str]
    area: str


@dataclass(frozen=True)
class StayShown:
    """Where a unit lay from when until when: areas by level."""

    start: str
    end: str
    areas: Mapping[str, str]


@dataclass(frozen=True)
class UnitPage:
    """A unit with where it lay when."""

    id: str
    label: Mapping[str, str]
    codes: Mapping[str, str]
    area: str
    stays: Sequence[StayShown]


@dataclass(frozen=True)
class PartySeen:
    """A party: an office, a bureau, an owner of units."""

    id: str
    label: Mapping[str, str]


def areas_seen(scope: Scope) -> list[AreaSeen]:
    """The areas in reach, by id."""
    inside = _inside(scope)
    return [
        AreaSeen(each.id, each.label, each.level, inside[each.id] if each.id in inside else "")
        for each in scope.ground.directory.areas
        if scope.sees(each.id)
    ]


def units_seen(scope: Scope, area: str = "") -> list[UnitSeen]:
    """The units in reach, by id; with an area those that lie in it today.

    Refuses  area-not-found: none of that name in reach.
    """
    if area:
        scope.require_sight(area)
    inside = _inside(scope)
    return [
        UnitSeen(each.id, each.label, each.codes, inside[each.id] if each.id in inside else "")
        for each in scope.ground.directory.facilities
        if scope.sees(each.id) and (not area or _lies_in(each.id, area, inside))
    ]


def unit_seen(scope: Scope, id: str) -> UnitPage:
    """One unit.

    Refuses  nothing-of-that-name: no such unit, or none in reach.
    """
    scope.require_sight(id)
    found = next((each for each in scope.ground.directory.facilities if each.id == id), None)
    if found is None:
        raise Refusal("nothing-of-that-name", subject=id)
    inside = _inside(scope)
    stays = [
        StayShown(stay.start.isoformat(), stay.end.isoformat() if stay.end else "", stay.areas)
        for stay in scope.ground.stays_of(id)
    ]
    return UnitPage(found.id, found.label, found.codes, inside[id] if id in inside else "", stays)


def parties_seen(scope: Scope) -> list[PartySeen]:
    """The parties in reach, by id."""
    return [PartySeen(each.id, each.label) for each in scope.ground.directory.parties if scope.sees(each.id)]


def _inside(scope: Scope) -> Mapping[str, str]:
    """What lies directly in what on the reader's day."""
    relations = scope.ground.directory.relations
    return {item.child: item.parent for item in relations if item.kind == LOCATED_IN and item.holds_on(scope.day)}


def _lies_in(child: str, area: str, inside: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    while child in inside and child not in seen:
        seen.add(child)
        child = inside[child]
        if child == area:
            return True
    return False
