"""Names of parties: which department at which level a name is, and which known party a misprinted one stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tanheng.kernel.pack.policy_shapes import PolicyDepartment
from tanheng.policy.words import Lexicon

_SHORTEST_NAME = 2
_LONGEST_PLACE = 6


@dataclass(frozen=True)
class PartyName:
    """A name that was understood: `level` (city, district, ..., empty where none is said) and department."""

    level: str
    department: str
    canonical: str


class PartyDirectory:
    """The departments of the packs with all their short forms, at every level.

    `区发改委`, `区发展改革委` and `区发展和改革委员会` are one party.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._groups = frozenset(lexicon.party_names.groups)
        self._endings = tuple(lexicon.party_names.endings)
        self._organs = tuple(lexicon.party_names.organs)
        self.find = lru_cache(maxsize=4096)(self._find)

    @cached_property
    def _by_alias(self) -> Mapping[str, PolicyDepartment]:
        return {
            alias: department
            for department in self._lexicon.departments
            for alias in (department.zh, *department.aliases)
            if len(alias) >= _SHORTEST_NAME
        }

    def exists(self, name: PartyName) -> bool:
        """Whether there is such a department at the level that the name says."""
        department = next(item for item in self._lexicon.departments if item.id == name.department)
        if name.level == "town":
            return department.id == "people_government"
        return not department.levels or not name.level or name.level in department.levels

    @cached_property
    def _level_of(self) -> Mapping[str, str]:
        return {sign: level for level, signs in self._lexicon.party_names.levels.items() for sign in signs}

    def is_group(self, name: str) -> bool:
        """各区人民政府 and the like: not one party but all of a kind."""
        return name in self._groups

    def _find(self, name: str) -> PartyName | None:
        """What a name means; None where no department is known by it."""
        if name in self._groups:
            return PartyName("", "group", name)
        for size in range(len(name), _SHORTEST_NAME - 1, -1):
            alias, prefix = name[-size:], name[:-size]
            if alias in self._by_alias and (level := self._level(prefix)) is not None:
                department = self._by_alias[alias]
                return PartyName(level, department.id, f"{prefix}{department.zh}")
            if f"{alias}" in self._organs and (level := self._level(prefix)) is not None:
                return PartyName(level, "party_organ", name)
        return None

    def _level(self, prefix: str) -> str | None:
        """The level that stands in front of a department: 市, 金山区, 上海市; None where it is no such thing."""
        prefix = prefix.removesuffix("人民").removesuffix("国家")
        if not prefix:
            return ""
        for sign in sorted(self._level_of, key=len, reverse=True):
            if prefix.endswith(sign) and len(prefix) - len(sign) <= _LONGEST_PLACE:
                return self._level_of[sign]
        return None

    def looks_like(self, name: str) -> bool:
        """Whether a name is built as that of a party."""
        bare = name.partition("（")[0] or name
        return len(bare) >= _SHORTEST_NAME and (self.find(name) is not None or bare.endswith(self._endings))

    def canonical(self, name: str) -> str:
        """The one form of a name that all its short forms share: for comparing, not for showing."""
        found = self.find(name)
        return found.canonical if found else name

    def run_together(self, text: str) -> list[str]:
        """A name that is two names without a sign between them, split; one name stays one."""
        for cut in range(len(text) - _SHORTEST_NAME, _SHORTEST_NAME, -1):
            left, right = text[:cut], text[cut:]
            if self._is_full(left) and (self._is_full(right) or len(self.run_together(right)) > 1):
                return [left, *self.run_together(right)]
        return [text]

    def _is_full(self, name: str) -> bool:
        found = self.find(name)
        return found is not None and (found.level != "" or found.department in {"group", "party_organ"})

    def meant(self, name: str, seen: Collection[str]) -> str | None:
        """The party that an unknown name probably stands for, among those of the document and of the list.

        Three ways to go wrong are undone: a sign printed twice, a sign that looks like another (市域投集团 for
        市城投集团), and a short form that left signs out of the middle of a name (市道运局 for 市道路运输局).
        """
        for i in range(1, len(name)):
            if name[i] == name[i - 1] and self._is_full(name[:i] + name[i + 1 :]):
                return name[:i] + name[i + 1 :]
        for pair in self._lexicon.slips.alike:
            for wrong, right in ((pair[0], pair[1]), (pair[1], pair[0])):
                if wrong in name:
                    mended = name.replace(wrong, right, 1)
                    if found := self._same_core(mended, seen):
                        return found
        return self._longer_form(name, seen)

    def _same_core(self, name: str, seen: Iterable[str]) -> str | None:
        if self._is_full(name):
            return name
        core = name[1:] if name[:1] in self._level_of else name
        known = [other for other in seen if other != name and len(core) > _SHORTEST_NAME and other.endswith(core)]
        return min(known, key=len) if known else None

    def _longer_form(self, name: str, seen: Iterable[str]) -> str | None:
        level = name[:1] if name[:1] in self._level_of else ""
        forms = [f"{level}{alias}" for alias, item in self._by_alias.items() if level or item.levels]
        longer = [form for form in [*forms, *seen] if _left_out(name, form)]
        parties = {self.canonical(form) for form in longer}
        return min(longer, key=len) if len(parties) == 1 else None


def _left_out(short: str, long: str) -> bool:
    """Whether a short name is a long one with signs left out of its middle, beginning and end the same."""
    if len(short) < 4 or not len(short) < len(long) <= 2 * len(short) or short[:2] != long[:2] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(sign in rest for sign in short)
