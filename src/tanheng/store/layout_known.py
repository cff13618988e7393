"""What a site knows when a sheet is read: names of subjects, carriers and items, words, units, layouts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from tanheng.kernel.pack import (
    Carrier,
    Classification,
    IndicatorShape,
    LayoutProfile,
    PackSet,
    SheetWords,
)
from tanheng.kernel.pack.layout import LayoutChecks
from tanheng.kernel.quantity import Unit
from tanheng.kernel.subject import LOCATED_IN, Directory, Facility
from tanheng.store.cell_values import folded
from tanheng.store.layout_headings import HeadingMatcher
from tanheng.store.layout_text import Words

Value = TypeVar("Value")


@dataclass(frozen=True)
class _Same(Generic[Value]):
    """A value that is compared by being the same one: packs and directories are too large to compare by content."""

    value: Value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


@dataclass(frozen=True)
class SheetVocabulary:
    """The words of every `sheet_words` file in use, ready to be compared."""

    files: tuple[SheetWords, ...]

    def _all(self, field: str) -> Words:
        return Words(tuple(dict.fromkeys(word for file in self.files for word in getattr(file, field))))

    @cached_property
    def totals(self) -> Words:
        return self._all("totals")

    @cached_property
    def subtotals(self) -> Words:
        return self._all("subtotals")

    @cached_property
    def footnotes(self) -> Words:
        return self._all("footnotes")

    @cached_property
    def empty(self) -> frozenset[str]:
        return frozenset(folded(word) for file in self.files for word in file.empty)

    @cached_property
    def unit_labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for file in self.files for word in file.unit_labels))

    @cached_property
    def period_labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for file in self.files for word in file.period_labels))

    @cached_property
    def units(self) -> Mapping[str, str]:
        return {folded(word): unit for file in self.files for word, unit in file.units.items()}

    @cached_property
    def checks(self) -> LayoutChecks:
        """The settings of the first file that has them all."""
        return next((file.checks for file in self.files), LayoutChecks())


@dataclass(frozen=True)
class Known:
    """Packs and directory as lookups; made once for all the sheets of a batch by `known`."""

    packs: PackSet
    directory: Directory

    @cached_property
    def words(self) -> SheetVocabulary:
        return SheetVocabulary(self.packs.all(SheetWords))

    @cached_property
    def matchers(self) -> Mapping[str, HeadingMatcher]:
        """The layouts of senders' sheets by id, those left out that another one replaces."""
        profiles = self.packs.all(LayoutProfile)
        replaced = {profile.replaces for profile in profiles}
        return {profile.id: HeadingMatcher(profile) for profile in profiles if profile.id not in replaced}

    @cached_property
    def by_code(self) -> Mapping[str, tuple[Facility, ...]]:
        found = dict[str, tuple[Facility, ...]]()
        for facility in self.directory.facilities:
            for code in dict.fromkeys(folded(code) for code in facility.codes.values()):
                found[code] = (*found[code], facility) if code in found else (facility,)
        return found

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Facility, ...]]:
        found = dict[str, tuple[Facility, ...]]()
        for facility in self.directory.facilities:
            for name in dict.fromkeys(folded(facility.label[lang]) for lang in ("zh", "en")):
                found[name] = (*found[name], facility) if name in found else (facility,)
        return found

    @cached_property
    def facilities(self) -> Mapping[str, Facility]:
        return {facility.id: facility for facility in self.directory.facilities}

    @cached_property
    def areas(self) -> Mapping[str, tuple[str, ...]]:
        """The areas by folded name."""
        found = dict[str, tuple[str, ...]]()
        for area in self.directory.areas:
            for name in dict.fromkeys(folded(area.label[lang]) for lang in ("zh", "en")):
                found[name] = (*found[name], area.id) if name in found else (area.id,)
        return found

    @cached_property
    def _above(self) -> Mapping[str, frozenset[str]]:
        parents = dict[str, set[str]]()
        for relation in self.directory.relations:
            if relation.kind == LOCATED_IN and not relation.withdrawn:
                parents.setdefault(relation.child, set()).add(relation.parent)
        return {child: frozenset(_climbed(child, parents)) for child in parents}

    def innermost(self, areas: Iterable[str]) -> list[str]:
        """Of some areas those that do not hold another of them: a title names the city and then the district."""
        named = list(dict.fromkeys(areas))
        outer = {above for area in named if area in self._above for above in self._above[area]}
        return [area for area in named if area not in outer]

    @cached_property
    def carriers(self) -> Mapping[str, Carrier]:
        return {
            folded(name): carrier
            for carrier in self.packs.carriers.values()
            for name in (*carrier.aliases, carrier.id, carrier.label.zh, carrier.label.en)
        }

    @cached_property
    def carriers_by_code(self) -> Mapping[tuple[str, str], Carrier]:
        return {
            (system, folded(code)): carrier
            for carrier in self.packs.carriers.values()
            for system, code in carrier.codes.items()
        }

    def items(self, classification: str) -> Mapping[str, str]:
        """The codes of a classification by name and by code; empty where no pack has it."""
        return _items(_Same(self), classification)

    def indicator(self, id: str) -> IndicatorShape:
        return self._indicators[id] if id in self._indicators else self.packs.get(IndicatorShape, id)

    @cached_property
    def _indicators(self) -> Mapping[str, IndicatorShape]:
        return {item.id: item for item in self.packs.all(IndicatorShape)}

    @cached_property
    def comparisons(self) -> Mapping[str, str]:
        """By indicator, the one of which 上年同期 in the same table is an observation."""
        return {item.comparison_of: item.id for item in self.packs.all(IndicatorShape) if item.comparison_of}

    @cached_property
    def _units(self) -> dict[tuple[str, str], Unit | None]:
        return {}

    def unit(self, word: str, expected: Unit, own: Mapping[str, str]) -> Unit | None:
        """The unit that a word of a sheet stands for, with the basis that its indicator has; None if unknown."""
        key = (folded(word), expected.text)
        if not own and key in self._units:
            return self._units[key]
        found = self._unit(word, expected, own)
        if not own:
            self._units[key] = found
        return found

    def _unit(self, word: str, expected: Unit, own: Mapping[str, str]) -> Unit | None:
        table = {folded(name): unit for name, unit in own.items()} | dict(self.words.units) if own else self.words.units
        text = table[folded(word)] if folded(word) in table else word.strip()
        if not Unit.is_known(text):
            return None
        basis = expected.text[expected.text.index("[") :].partition("]")[0] + "]" if "[" in expected.text else ""
        with_basis = "/".join(_with_basis(part, basis) for part in text.split("/"))
        for form in dict.fromkeys((with_basis, text)):
            if Unit.is_known(form) and Unit.parse(form).powers == expected.powers:
                return Unit.parse(form)
        return Unit.parse(text)


def _with_basis(part: str, basis: str) -> str:
    return part if "[" in part or not basis or not Unit.is_known(part + basis) else part + basis


def _climbed(child: str, parents: Mapping[str, set[str]]) -> set[str]:
    above, waiting = set[str](), [child]
    while waiting:
        below = waiting.pop()
        new = parents[below] - above if below in parents else set[str]()
        above |= new
        waiting += new
    return above


@lru_cache(maxsize=64)
def _items(known: _Same[Known], classification: str) -> Mapping[str, str]:
    found = [shape for shape in known.value.packs.all(Classification) if shape.id == classification]
    return {
        folded(name): entry.code
        for shape in found
        for entry in shape.entries
        for name in (*entry.aliases, entry.label.zh, entry.label.en, entry.code)
    }


@lru_cache(maxsize=4)
def _known(packs: _Same[PackSet], directory: _Same[Directory]) -> Known:
    return Known(packs.value, directory.value)


def known(packs: PackSet, directory: Directory) -> Known:
    """The lookups of packs and directory; the same ones while the same two are handed in."""
    return _known(_Same(packs), _Same(directory))
