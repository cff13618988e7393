"""The words of the packs, put together so that a text can be searched for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.policy_shapes import (
    PolicyChecks,
    PolicyDepartment,
    PolicyDepartments,
    PolicyFurniture,
    PolicyIndicator,
    PolicyIndicators,
    PolicyManner,
    PolicyNouns,
    PolicyOperators,
    PolicyPartyNames,
    PolicySlip,
    PolicySlips,
    PolicyUnit,
    PolicyUnits,
)
from tanheng.kernel.pack.shape import Shape

Kind = TypeVar("Kind", bound=Shape)
_WORDS = Worded("政策文本用语", "words of policy documents")


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, the longest first; it matches nothing where there are none."""
    listed = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in listed)})" if listed else r"(?!)"


@dataclass(frozen=True)
class Lexicon:
    """Every word by which a document is read, of all packs in use together."""

    operators: PolicyOperators
    manner: PolicyManner
    nouns: PolicyNouns
    furniture: PolicyFurniture
    party_names: PolicyPartyNames
    slips: PolicySlips
    checks: PolicyChecks
    units: tuple[PolicyUnit, ...]
    indicators: tuple[PolicyIndicator, ...]
    departments: tuple[PolicyDepartment, ...]

    @staticmethod
    def of(packs: PackSet) -> Lexicon:
        """The words of the packs in use.

        Refuses  definition-missing: no pack in use brings words of a kind.
        """
        return Lexicon(
            _merged(packs, PolicyOperators),
            _merged(packs, PolicyManner),
            _merged(packs, PolicyNouns),
            _merged(packs, PolicyFurniture),
            _merged(packs, PolicyPartyNames),
            _merged(packs, PolicySlips),
            _merged(packs, PolicyChecks),
            tuple(unit for part in packs.all(PolicyUnits) for unit in part.entries),
            tuple(indicator for part in packs.all(PolicyIndicators) for indicator in part.entries),
            tuple(department for part in packs.all(PolicyDepartments) for department in part.entries),
        )

    @cached_property
    def unit_by_print(self) -> Mapping[str, PolicyUnit]:
        """The unit that a printed unit is."""
        return {printed: unit for unit in self.units for printed in unit.printed}

    @cached_property
    def slip_of(self) -> Mapping[str, PolicySlip]:
        """The slip by what is printed."""
        return {slip.printed: slip for slip in self.slips.known}

    def tail(self, words: Iterable[str]) -> re.Pattern[str]:
        """A pattern for one of the words at the end of a text."""
        return re.compile(f"{any_of(words)}$")

    def head(self, words: Iterable[str]) -> re.Pattern[str]:
        """A pattern for one of the words at the beginning of a text."""
        return re.compile(any_of(words))


def _merged(packs: PackSet, kind: type[Kind]) -> Kind:
    """The definitions of a kind as one: lists one behind the other, a city's words after the national ones."""
    found = packs.all(kind)
    if not found:
        raise Refusal("definition-missing", kind=_WORDS, id=kind.__name__, nearest="-")
    first, *others = found
    for other in others:
        first = first.model_copy(
            update={name: _both(getattr(first, name), getattr(other, name)) for name in _lists(first)}
        )
    return first


def _lists(shape: Shape) -> list[str]:
    return [name for name in type(shape).model_fields if name not in {"id", "label", "status"}]


def _both(first: object, other: object) -> object:
    if isinstance(first, tuple) and isinstance(other, tuple):
        return (*first, *other)
    if isinstance(first, Mapping) and isinstance(other, Mapping):
        names = [*first, *(name for name in other if name not in first)]
        return {
            name: _both(first[name], other[name]) if name in first and name in other else {**first, **other}[name]
            for name in names
        }
    if isinstance(first, Shape) and isinstance(other, Shape):
        return first.model_copy(
            update={name: _both(getattr(first, name), getattr(other, name)) for name in _lists(first)}
        )
    return other
