"""Entries of one factor that a lookup could not choose between: found when packs are checked, before any run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tanheng.kernel.faults import Finding
from tanheng.kernel.pack.choice import known_entries
from tanheng.kernel.pack.factor import Factor, FactorEntry
from tanheng.kernel.pack.pack_set import PackSet


def overlaps(pack_set: PackSet) -> list[Finding]:
    """A finding for every two entries with the same keys that count on the same day of knowledge and share days.

    A run meets such a pair only where somebody used that carrier in that period; whoever adds an entry wants to know
    at once. It does not make the packs unfit: a run that has no need of the pair is right without it.
    """
    found = list[Finding]()
    for item in pack_set.definitions:
        if isinstance(item.value, Factor):
            found += [_finding(item.value, item.place, pair) for pair in _pairs(item.value)]
    return found


def _pairs(factor: Factor) -> Iterator[tuple[FactorEntry, FactorEntry]]:
    told = set[tuple[str, str]]()
    for known_on in sorted({entry.published for entry in factor.entries}):
        for first, second in combinations(known_entries(factor, known_on), 2):
            if first.keys == second.keys and _share_days(first, second) and (first.id, second.id) not in told:
                told.add((first.id, second.id))
                yield first, second


def _share_days(first: FactorEntry, second: FactorEntry) -> bool:
    return (first.end is None or second.start < first.end) and (second.end is None or first.start < second.end)


def _finding(factor: Factor, place: str, pair: tuple[FactorEntry, FactorEntry]) -> Finding:
    first, second = pair
    ends = [entry.end for entry in pair if entry.end is not None]
    fields = {
        "factor": factor.id,
        "keys": ", ".join(f"{name}={value}" for name, value in first.keys.items()) or "-",
        "period": f"{max(first.start, second.start)}..{min(ends) if ends else ''}",
        "entries": "; ".join(f"{entry.id} ({entry.start}..{entry.end or ''})" for entry in pair),
    }
    return Finding("factor-ambiguous", place, fields)
