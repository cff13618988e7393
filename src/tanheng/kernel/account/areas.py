"""The areas of a directory as they lie in one another at the end of a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tanheng.kernel.account.account import Account
from tanheng.kernel.subject import LOCATED_IN, Directory


@dataclass(frozen=True)
class Areas:
    """The areas of a directory on the last day of a period: the level of each, and which lie directly in it."""

    directory: Directory
    day: date

    @staticmethod
    def of(account: Account) -> Areas:
        """The areas at the end of the run's period."""
        return Areas(account.directory, account.period.end - timedelta(days=1))

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """The level of each area."""
        return {area.id: area.level for area in self.directory.areas}

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The areas directly in each area that has any, in the order of the directory."""
        found: dict[str, list[str]] = {}
        for area in self.levels:
            if area in self.parents:
                found.setdefault(self.parents[area], []).append(area)
        return {area: tuple(parts) for area, parts in found.items()}

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """What each area lies in."""
        return {
            relation.child: relation.parent
            for relation in self.directory.relations
            if relation.kind == LOCATED_IN and relation.child in self.levels and relation.holds_on(self.day)
        }

    def path(self, area: str) -> tuple[str, ...]:
        """An area and those that it lies in, the nearest first."""
        if area not in self._paths:
            found = [area]
            while found[-1] in self.parents and self.parents[found[-1]] not in found:
                found.append(self.parents[found[-1]])
            self._paths[area] = tuple(found)
        return self._paths[area]

    @cached_property
    def _paths(self) -> dict[str, tuple[str, ...]]:
        """Those that were asked for: every unit of an area asks for the same one."""
        return {}

    def narrowest_first(self) -> list[str]:
        """All areas, each after those within it."""
        return sorted(self.levels, key=lambda area: (-len(self.path(area)), area))

    def within(self, area: str) -> tuple[str, ...]:
        """The areas directly in one."""
        return self.parts[area] if area in self.parts else ()
