"""The units in reach with what tells them apart: name, code, industry, place, class of key unit. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tanheng.kernel.pack import Classification
from tanheng.kernel.subject import Facility, Stay
from tanheng.records.registers import KeptRow, kept_rows
from tanheng.records.selecting import IMPORT, UNDOING, last_event
from tanheng.records.site_files import home
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.ground import Ground
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.words import said

KEY_UNITS, MONITORING = "key_units", "monitoring"
CREDIT_CODE, INDUSTRY = "unified_social_credit", "industry"
_INDUSTRIES = "industries"


@dataclass(frozen=True)
class Registered:
    """A unit of the directory; `areas` by level where it lies now, or lay last; `key_class` as last listed."""

    facility: Facility
    areas: Mapping[str, str]
    key_class: str

    @property
    def id(self) -> str:
        return self.facility.id

    @property
    def code(self) -> str:
        """The unified social credit code; empty where none is recorded."""
        return _code(self.facility, CREDIT_CODE)

    @property
    def industry(self) -> str:
        """The code of its industry; empty where none is recorded."""
        return _code(self.facility, INDUSTRY)

    def lies_in(self, area: str) -> bool:
        """Whether it lies in an area."""
        return area in self.areas.values()


def units_in_reach(scope: Scope) -> Sequence[Registered]:
    """The units that the reader sees today, in the order of their ids."""
    return _units(scope, scope.ground, listed_until())


def all_units(scope: Scope) -> Sequence[Registered]:
    """Every unit of the site: to be counted, never to be named."""
    return _every(scope.ground, scope.day, listed_until())


def unit_in_reach(scope: Scope, id: str) -> Registered:
    """One unit.

    Refuses  nothing-of-that-name: it is not recorded, is no unit, or is out of reach.
    """
    scope.require_sight(id)
    return next(unit for unit in units_in_reach(scope) if unit.id == id)


def kept_of(kind: str, unit: str) -> Sequence[KeptRow]:
    """The rows that were sent in about a unit, in the order of their periods."""
    rows = _by_unit(str(home().root), listed_until(), kind)
    return rows[unit] if unit in rows else ()


def industries_said() -> Callable[[str], str]:
    """What says an industry by its name, with its code."""
    known = packs_in_use().get(Classification, _INDUSTRIES).by_code
    return lambda code: f"{code} {said(known[code].label)}" if code in known else code


def listed_until() -> tuple[int, str]:
    """The last import, or taking back of one: up to the next, the lists that were sent in are the same."""
    return last_event((IMPORT, UNDOING)) or (0, "")


@lru_cache(maxsize=8)
def _units(scope: Scope, ground: Ground, until: tuple[int, str]) -> tuple[Registered, ...]:
    every = _every(ground, scope.day, until)
    return every if scope.sees_all else tuple(unit for unit in every if scope.sees(unit.id))


@lru_cache(maxsize=4)
def _every(ground: Ground, day: date, until: tuple[int, str]) -> tuple[Registered, ...]:
    classes = _classes(str(home().root), until)
    return tuple(
        Registered(each, _place(ground.stays_of(each.id), day), classes[each.id] if each.id in classes else "")
        for each in ground.directory.facilities
    )


def _place(stays: Sequence[Stay], day: date) -> Mapping[str, str]:
    begun = [stay for stay in stays if stay.start <= day]
    return begun[-1].areas if begun else {}


def _classes(root: str, until: tuple[int, str]) -> Mapping[str, str]:
    """The class of each key unit by the last list that names it."""
    rows = _by_unit(root, until, KEY_UNITS)
    return {unit: of_unit[-1].fields["class"] for unit, of_unit in rows.items() if "class" in of_unit[-1].fields}


@lru_cache(maxsize=8)
def _by_unit(_root: str, until: tuple[int, str], kind: str) -> Mapping[str, Sequence[KeptRow]]:
    found: dict[str, list[KeptRow]] = {}
    for row in kept_rows(kind, until[0]):
        if row.subject is not None:
            found.setdefault(row.subject, []).append(row)
    return {unit: sorted(rows, key=lambda row: (row.period or "", row.position)) for unit, rows in found.items()}


def _code(facility: Facility, name: str) -> str:
    return facility.codes[name] if name in facility.codes else ""
