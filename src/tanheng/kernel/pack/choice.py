"""Which entry of a factor governs a key and a period, as known on a date: exactly one, or a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack.factor import CarryForward, Factor, FactorEntry, Status, Straddle
from tanheng.kernel.period import Period


@dataclass(frozen=True)
class Used:
    """An entry that a choice rests on, and for how many days of the period."""

    entry: FactorEntry
    days: int


@dataclass(frozen=True)
class Choice:
    """The value that governs one key and period, the entries behind it, and why these.

    `reason` is `covers`, `carried_forward`, `period_start`, `period_end` or `by_days`; `clause` is the text that
    allows anything but the plain case.
    """

    factor: str
    value: Decimal
    used: tuple[Used, ...]
    reason: str
    clause: str | None = None

    @property
    def number(self) -> float:
        """The value as the double that columns are computed with; weighted by days in the order of the entries."""
        if self.reason != "by_days":
            return float(self.value)
        first, *others = (float(used.entry.value) * used.days for used in self.used)
        return sum(others, first) / sum(used.days for used in self.used)

    @property
    def unverified(self) -> bool:
        """Whether any entry behind the value is unverified."""
        return any(used.entry.status is Status.UNVERIFIED for used in self.used)


class Chooser:
    """A factor under one scheme and knowledge date, its known entries sorted out by key once.

    Refuses  factor-not-for-scheme: a lookup from a scheme that the factor does not name.
    """

    def __init__(self, factor: Factor, *, scheme: str, known_on: date) -> None:
        if scheme not in factor.schemes:
            raise Refusal("factor-not-for-scheme", factor=factor.id, scheme=scheme, schemes=", ".join(factor.schemes))
        self.factor = factor
        self.known_on = known_on
        self.known: dict[tuple[str, ...], list[FactorEntry]] = {}
        for entry in known_entries(factor, known_on):
            self.known.setdefault(tuple(entry.keys[key] for key in factor.keys), []).append(entry)

    def choose(self, keys: Mapping[str, str], period: Period) -> Choice | Finding:
        """The entry for `keys` that governs the whole of `period`, among those published by the knowledge date.

        value = the entry's value; under `by_days`, sum(value x days) / days of the period

        Reads    keys: one value per key of the factor.
        Gives    a Choice; or a Finding factor-not-found, factor-ambiguous or factor-straddled with the nearest entries.
        """
        factor, key = self.factor, tuple(keys[name] for name in self.factor.keys)
        known = self.known[key] if key in self.known else []
        covering = [entry for entry in known if entry.covers(period)]
        if len(covering) == 1:
            return _plain(factor, covering[0], period)
        if len(covering) > 1:
            return _finding("factor-ambiguous", factor, keys, period, covering)
        touching = sorted((entry for entry in known if entry.touches(period)), key=lambda entry: entry.start)
        if touching:
            return _straddled(factor, keys, period, touching)
        return _carried(factor, keys, known, period) or _not_found(factor, keys, period, self.known_on)


def choose(factor: Factor, keys: Mapping[str, str], period: Period, *, scheme: str, known_on: date) -> Choice | Finding:
    """One lookup by itself: see Chooser."""
    return Chooser(factor, scheme=scheme, known_on=known_on).choose(keys, period)


def known_entries(factor: Factor, known_on: date) -> list[FactorEntry]:
    """The entries that were published by `known_on` and that no other such entry replaces."""
    published = [entry for entry in factor.entries if entry.published <= known_on]
    replaced = {entry.replaces for entry in published if entry.replaces}
    return [entry for entry in published if entry.id not in replaced]


def _plain(factor: Factor, entry: FactorEntry, period: Period) -> Choice:
    return Choice(factor.id, entry.value, (Used(entry, period.days),), "covers")


def _straddled(
    factor: Factor, keys: Mapping[str, str], period: Period, touching: Sequence[FactorEntry]
) -> Choice | Finding:
    if any(first.end is None or second.start < first.end for first, second in pairwise(touching)):
        return _finding("factor-ambiguous", factor, keys, period, touching)
    used = tuple(Used(entry, entry.days_in(period)) for entry in touching)
    days = sum(part.days for part in used)
    if days != period.days or factor.straddle is Straddle.REFUSE:  # no straddle rule mends a day without an entry
        return _finding("factor-straddled", factor, keys, period, touching)
    if factor.straddle is Straddle.BY_DAYS:
        value = sum((part.entry.value * part.days for part in used), Decimal(0)) / days
        return Choice(factor.id, value, used, "by_days")
    chosen = used[0] if factor.straddle is Straddle.PERIOD_START else used[-1]
    return Choice(factor.id, chosen.entry.value, (chosen,), factor.straddle.value)


def _carried(
    factor: Factor, keys: Mapping[str, str], known: Iterable[FactorEntry], period: Period
) -> Choice | Finding | None:
    rule = factor.when_missing
    ended = [(entry.end, entry) for entry in known if entry.end is not None and entry.end <= period.start]
    if not isinstance(rule, CarryForward) or not ended:
        return None
    last_day = max(end for end, _ in ended)
    latest = [entry for end, entry in ended if end == last_day]
    if period.end > _years_later(last_day, rule.carry_forward):
        return None
    if len(latest) > 1:
        return _finding("factor-ambiguous", factor, keys, period, latest)
    return Choice(factor.id, latest[0].value, (Used(latest[0], period.days),), "carried_forward", rule.clause)


def _years_later(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)


def _not_found(factor: Factor, keys: Mapping[str, str], period: Period, known_on: date) -> Finding:
    nearest = sorted(factor.entries, key=lambda entry: _distance(entry, keys, period))[:3]
    return Finding(
        "factor-not-found",
        _place(factor, keys),
        {
            "factor": factor.id,
            "keys": _keys_text(factor, keys),
            "period": str(period),
            "known_on": known_on,
            "nearest": "; ".join(_entry_text(entry) for entry in nearest) or "-",
        },
    )


def _finding(
    code: str, factor: Factor, keys: Mapping[str, str], period: Period, entries: Iterable[FactorEntry]
) -> Finding:
    shown = "; ".join(_entry_text(entry) for entry in entries)
    fields = {"factor": factor.id, "keys": _keys_text(factor, keys), "period": str(period), "entries": shown}
    return Finding(code, _place(factor, keys), fields)


def _distance(entry: FactorEntry, keys: Mapping[str, str], period: Period) -> tuple[int, int]:
    """Entries of the right key first, then by the days between the two periods."""
    unlike = sum(entry.keys[key] != keys[key] for key in entry.keys)
    before = 0 if entry.end is None else (period.start - entry.end).days
    return unlike, max(0, before, (entry.start - period.end).days)


def _keys_text(factor: Factor, keys: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={keys[key]}" for key in factor.keys) or "-"


def _place(factor: Factor, keys: Mapping[str, str]) -> str:
    return f"{factor.id}:{_keys_text(factor, keys)}"


def _entry_text(entry: FactorEntry) -> str:
    named = ", ".join((*entry.keys.values(), f"{entry.start}..{entry.end or ''}"))
    return f"{entry.id} ({named}; published {entry.published})"
