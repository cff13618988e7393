"""The factors of one run by role: chosen on distinct keys, joined in one wide lookup, recorded in the trace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.kernel.pack.choice import Choice, Chooser
from tanheng.kernel.pack.factor import Factor
from tanheng.kernel.period import Period
from tanheng.kernel.table import BOOLEAN, NUMBER, Table
from tanheng.kernel.trace import Lookup, Trace
from tanheng.kernel.trace.trace import UNVERIFIED

PERIOD = ("period_start", "period_end")
Key = tuple[Any, ...]
_ROLE = Worded("因子用途", "factor for the role")


@dataclass(frozen=True)
class Factors:
    """What a method may look up: a factor for each role, under one scheme and as known on one date.

    `given` are keys with one value for the whole run, such as the grid region of the site.
    """

    roles: Mapping[str, Factor]
    scheme: str
    known_on: date
    given: Mapping[str, str]

    def look_up(self, rows: Table, roles: Sequence[str], *, trace: Trace) -> Table:
        """Adds one column per role: the value of its factor for the carrier and period of each row.

        Reads    rows: the key columns of the factors, period_start, period_end.
        Gives    the rows with one column of doubles per role; empty where a finding says why.
        Refuses  factor-not-for-scheme; definition-missing: a role that the use of the method names no factor for.
        """
        for role in roles:
            if role not in self.roles:
                nearest = ", ".join(sorted(self.roles))
                raise Refusal("definition-missing", kind=_ROLE, id=role, nearest=nearest)
        keys = dict.fromkeys(key for role in roles for key in self._row_keys(self.roles[role]))
        columns = (*keys, *PERIOD)
        # the distinct combinations that occur: some hundreds, whatever the number of rows
        needed = [dict(zip(columns, values, strict=True)) for values in rows.distinct(columns)]
        kinds = rows.kinds(columns)
        return rows.look_up([self._answers(kinds, role, needed, trace) for role in roles])

    @cached_property
    def _choosers(self) -> Mapping[str, Chooser]:
        return {role: Chooser(self.roles[role], scheme=self.scheme, known_on=self.known_on) for role in self.roles}

    def _row_keys(self, factor: Factor) -> tuple[str, ...]:
        return tuple(key for key in factor.keys if key not in self.given)

    def _answers(self, kinds: Mapping[str, Any], role: str, needed: Sequence[Mapping[str, Any]], trace: Trace) -> Table:
        factor, chooser = self.roles[role], self._choosers[role]
        by = (*self._row_keys(factor), *PERIOD)
        chosen: dict[Key, Choice] = {}
        problems: list[tuple[Period, Finding]] = []
        for key in dict.fromkeys(tuple(need[column] for column in by) for need in needed):
            period = Period(*key[-2:])
            keys = {**self.given, **dict(zip(by[:-2], map(str, key), strict=False))}
            answer = chooser.choose(keys, period)
            if isinstance(answer, Choice):
                chosen[key] = answer
            else:
                problems.append((period, answer))
        trace.findings += [*_merged(problems), *remarks(factor, chosen)]
        trace.looked_up(Lookup(trace.branch, role, factor.id, factor.unit, by, chosen))
        return _as_table(kinds, role, by, chosen, flagged=role in trace.flagged)


def _as_table(
    kinds: Mapping[str, Any], role: str, by: tuple[str, ...], chosen: Mapping[Key, Choice], *, flagged: bool
) -> Table:
    """The answers as a small table; the end of a period is no key where its start already tells the periods apart."""
    ends = {(key[:-1], key[-1]) for key in chosen}
    keys = by[:-1] if len(ends) == len({start for start, _ in ends}) else by
    columns = {name: (kinds[name], [key[index] for key in chosen]) for index, name in enumerate(keys)}
    columns[role] = (NUMBER, [choice.number for choice in chosen.values()])
    if flagged:
        columns[role + UNVERIFIED] = (BOOLEAN, [choice.unverified for choice in chosen.values()])
    return Table.of_columns(columns, keys=keys)


def _merged(problems: Iterable[tuple[Period, Finding]]) -> list[Finding]:
    """One finding for a run of months with one and the same problem, its period from the first to the last."""
    groups: dict[tuple[str, str], list[tuple[Period, Finding]]] = {}
    for period, finding in problems:
        groups.setdefault((finding.code, finding.place), []).append((period, finding))
    merged = []
    for (code, place), group in groups.items():
        span = Period(min(period.start for period, _ in group), max(period.end for period, _ in group))
        merged.append(Finding(code, place, {**group[0][1].fields, "period": str(span)}))
    return merged


def remarks(factor: Factor, chosen: Mapping[Key, Choice]) -> Iterable[Finding]:
    """What a reader must know about entries that were used: unverified ones, and old ones standing in."""
    unverified = {used.entry.id for choice in chosen.values() if choice.unverified for used in choice.used}
    if unverified:
        fields = {"factor": factor.id, "entries": ", ".join(sorted(unverified))}
        yield Finding("factor-unverified", factor.id, fields, Severity.WARNING)
    carried: dict[tuple[str, str], list[Period]] = {}
    for key, choice in chosen.items():
        if choice.reason == "carried_forward":
            carried.setdefault((choice.used[0].entry.id, str(choice.clause)), []).append(Period(*key[-2:]))
    for (entry, clause), periods in carried.items():
        span = Period(min(periods).start, max(period.end for period in periods))
        fields = {"factor": factor.id, "period": str(span), "entry": entry, "clause": clause}
        yield Finding("factor-carried-forward", factor.id, fields, Severity.NOTE)
