"""Factors: the list, and one of them over time with what uses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tanheng.kernel.pack import CarryForward, Classification, Factor, FactorEntry, MethodUse, PackSet, Status
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.rules.clauses import Cited, Mention, cited, definition_of, mentions
from tanheng.web.ui.words import said


@dataclass(frozen=True)
class FactorLine:
    """A factor in the list: how many values it has, and how many of them stand on which footing."""

    id: str
    label: str
    unit: str
    values: int
    verified: int
    secondary: int
    unverified: int
    uses: int


@dataclass(frozen=True)
class EntryLine:
    """One value: what it is for, from when to when, when it could first be known, and what it rests on."""

    entry: FactorEntry
    keys: Sequence[str]
    clause: Cited | None
    last_day: date | None
    replaced_by: str
    latest: bool


@dataclass(frozen=True)
class FactorPage:
    """A factor with all its values, the latest first, and the uses of methods that name it."""

    factor: Factor
    label: str
    place: str
    key_labels: Sequence[str]
    schemes: Sequence[str]
    carried: CarryForward | None
    carried_clause: Cited | None
    lines: Sequence[EntryLine]
    uses: Sequence[Mention]


def factor_lines() -> list[FactorLine]:
    """Every factor of the packs in use, by name."""
    packs = packs_in_use()
    return sorted((_line(packs, factor) for factor in packs.all(Factor)), key=lambda line: line.label)


def factor_page(id: str, day: date, key: str = "") -> FactorPage:
    """One factor; with a key only the values for it, such as one carrier.

    Refuses  definition-missing.
    """
    packs = packs_in_use()
    definition = definition_of(packs, Factor, id)
    factor = definition.value
    carried = factor.when_missing if isinstance(factor.when_missing, CarryForward) else None
    asked = [entry for entry in factor.entries if not key or key in entry.keys.values()]
    return FactorPage(
        factor=factor,
        label=said(factor.label),
        place=definition.place,
        key_labels=factor.keys,
        schemes=[said(packs.scheme_label(scheme)) for scheme in factor.schemes],
        carried=carried,
        carried_clause=cited(packs, carried.clause) if carried else None,
        lines=[_entry(packs, factor, entry, day) for entry in sorted(asked, key=_latest_first)],
        uses=mentions(packs, (each for each in packs.definitions if _uses(each.value, id))),
    )


def factor_rows(id: str) -> list[list[str]]:
    """The values of a factor as a table for a file: a head and a row for each.

    Refuses  definition-missing.
    """
    factor = packs_in_use().get(Factor, id)
    head = [*factor.keys, "start", "end", "value", "unit", "published", "clause", "status", "note"]
    return [head, *(_row(factor, entry) for entry in factor.entries)]


def _row(factor: Factor, entry: FactorEntry) -> list[str]:
    end = entry.end.isoformat() if entry.end else ""
    span = [entry.start.isoformat(), end, _plain(entry.value), factor.unit.text, entry.published.isoformat()]
    return [*(entry.keys[key] for key in factor.keys), *span, entry.clause, str(entry.status), entry.note]


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _line(packs: PackSet, factor: Factor) -> FactorLine:
    counted = Counter(entry.status for entry in factor.entries)
    uses = sum(_uses(item.value, factor.id) for item in packs.definitions)
    return FactorLine(
        factor.id,
        said(factor.label),
        factor.unit.text,
        len(factor.entries),
        counted[Status.VERIFIED],
        counted[Status.SECONDARY],
        counted[Status.UNVERIFIED],
        uses,
    )


def _entry(packs: PackSet, factor: Factor, entry: FactorEntry, day: date) -> EntryLine:
    replaced = next((other.id for other in factor.entries if other.replaces == entry.id), "")
    keys = [_key_label(packs, key, entry.keys[key]) for key in factor.keys]
    last = entry.end - timedelta(days=1) if entry.end else None
    return EntryLine(entry, keys, cited(packs, entry.clause), last, replaced, entry is _latest(factor, entry, day))


def _latest(factor: Factor, entry: FactorEntry, day: date) -> FactorEntry | None:
    """The value for the same key that governs the latest time, of those known on a day and not corrected."""
    corrected = {other.replaces for other in factor.entries}
    same = [other for other in factor.entries if other.keys == entry.keys and other.id not in corrected]
    return max((other for other in same if other.published <= day), key=lambda other: other.start, default=None)


def _key_label(packs: PackSet, key: str, value: str) -> str:
    """A carrier, or a class of the classification of its kind, by its name; any other key as it stands."""
    if key == "carrier" and value in packs.carriers:
        return said(packs.carriers[value].label)
    listed = next((each for each in packs.all(Classification) if each.id == f"{key}s"), None)
    return said(listed.by_code[value].label) if listed and value in listed.by_code else value


def _latest_first(entry: FactorEntry) -> tuple[list[str], int]:
    return list(entry.keys.values()), -entry.start.toordinal()


def _uses(value: object, factor: str) -> bool:
    return isinstance(value, MethodUse) and factor in value.factors.values()
