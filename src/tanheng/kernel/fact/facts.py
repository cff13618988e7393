"""The observations of a site as single statements: what an account reads, as known on a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Unit
from tanheng.kernel.table import Table

_FIELDS = (
    "indicator",
    "subject",
    "carrier",
    "item",
    "period_start",
    "period_end",
    "accumulation",
    "coverage",
    "use_class",
    "stated_amount",
    "unit",
    "status",
    "published",
    "source",
)
Key = tuple[str, str, Period, str | None, str | None]
Place = tuple[str, Period, str | None, str | None]
_SERIES = ("indicator", "accumulation", "coverage")
_HELD_WHOLE = 50_000


@dataclass(frozen=True)
class Fact:
    """One statement as it counts on the knowledge date."""

    indicator: str
    subject: str
    period: Period
    carrier: str | None
    item: str | None
    accumulation: Accumulation
    coverage: str
    use_class: str
    value: float
    unit: Unit
    status: str
    published: date
    source: str

    @property
    def key(self) -> Key:
        """What tells it apart among facts of one accumulation, coverage and use class."""
        return self.indicator, self.subject, self.period, self.carrier, self.item

    def lies_in(self, within: Period) -> bool:
        """Whether it is about a period inside another."""
        return within.start <= self.period.start and self.period.end <= within.end


@dataclass(frozen=True)
class Statement:
    """A fact with the knowledge dates between which it counts; `known_to` None: until further notice."""

    fact: Fact
    known_from: date
    known_to: date | None

    def counts_on(self, day: date) -> bool:
        """Whether it is the one that counts for whoever knows what was published by `day`."""
        return self.known_from <= day and (self.known_to is None or day < self.known_to)


@dataclass(frozen=True)
class Facts:
    """Observations of some indicators, as known on a date; another date gives another vintage of the same series.

    `use_classes` are those that the reader may use; statements of any other class are not there.
    """

    observations: Table
    known_on: date
    use_classes: tuple[str, ...]

    def as_known_on(self, day: date) -> Facts:
        """The same series as it was known on another day."""
        return replace(self, known_on=day)

    def of(
        self,
        indicator: str,
        *,
        accumulation: Accumulation,
        coverage: str,
        within: Period | None = None,
        subjects: Iterable[str] | None = None,
    ) -> list[Fact]:
        """The facts of an indicator, ordered by subject, period, carrier and item.

        Reads    within: the periods to look at; subjects: whose facts (default: everybody's).
        """
        key = (indicator, accumulation.value, coverage)
        if key not in self._series:
            self._series[key] = self._short(*key)
        series = self._series[key]
        if series is None:
            return self._looked_up(*key, within, subjects)
        wanted = series if subjects is None else sorted(set(subjects) & series.keys())
        about = (fact for subject in wanted for fact in series[subject])
        return [fact for fact in about if within is None or fact.lies_in(within)]

    def index(self, indicator: str, accumulation: Accumulation, coverage: str) -> Mapping[Place, list[Fact]]:
        """The facts of an indicator by subject, period, carrier and item; made once for all accounts that ask."""
        key = (indicator, accumulation.value, coverage)
        if key not in self._indexes:
            found: dict[Place, list[Fact]] = {}
            for fact in self.of(indicator, accumulation=accumulation, coverage=coverage):
                found.setdefault((fact.subject, fact.period, fact.carrier, fact.item), []).append(fact)
            self._indexes[key] = found
        return self._indexes[key]

    def _short(self, indicator: str, accumulation: str, coverage: str) -> Mapping[str, list[Fact]] | None:
        """A series of few facts, held whole by subject, in order: accounts ask area by area. None where it has many."""
        key, by_subject = (indicator, accumulation, coverage), dict[str, list[Fact]]()
        if key not in self._heights:
            return by_subject
        if self._heights[key] > _HELD_WHOLE:
            return None
        rows = self._known.where(indicator=indicator, accumulation=accumulation, coverage=coverage)
        for fact in _ordered(rows.where_in("use_class", self.use_classes)):
            by_subject.setdefault(fact.subject, []).append(fact)
        return by_subject

    def _looked_up(
        self, indicator: str, accumulation: str, coverage: str, within: Period | None, subjects: Iterable[str] | None
    ) -> list[Fact]:
        rows = self._known.where(indicator=indicator, accumulation=accumulation, coverage=coverage)
        if within is not None:
            rows = rows.where_inside(within.start, within.end)
        if subjects is not None:
            rows = rows.where_in("subject", subjects)
        return _ordered(rows.where_in("use_class", self.use_classes))

    def coverages_of(self, indicator: str, subject: str, period: Period) -> tuple[str, ...]:
        """The coverages in which an indicator is stated of a subject and a period: what else there would be."""
        rows = self._known.where(indicator=indicator, subject=subject, period_start=period.start, period_end=period.end)
        found = rows.where_in("use_class", self.use_classes).values("coverage")
        return tuple(sorted({str(coverage) for coverage in found}))

    def vintages_of(self, indicator: str, *, accumulation: Accumulation, coverage: str) -> list[Statement]:
        """Every statement of an indicator that was known at some time up to the knowledge date, superseded ones too."""
        rows = self.observations.where(indicator=indicator, accumulation=accumulation.value, coverage=coverage)
        found = rows.where_in("use_class", self.use_classes).rows()
        statements = [Statement(_fact(row), row["known_from"], row["known_to"]) for row in found]
        return [statement for statement in statements if statement.known_from <= self.known_on]

    @cached_property
    def _series(self) -> dict[tuple[str, str, str], Mapping[str, list[Fact]] | None]:
        """The series that were asked for; of the many facts of units none is held."""
        return {}

    @cached_property
    def _heights(self) -> Mapping[tuple[str, str, str], int]:
        """How many facts each series has: one pass, so that a series nobody states costs nothing."""
        rows = self._known.where_in("use_class", self.use_classes).count(_SERIES).rows()
        return {(row["indicator"], row["accumulation"], row["coverage"]): row["count"] for row in rows}

    @cached_property
    def _indexes(self) -> dict[tuple[str, str, str], Mapping[Place, list[Fact]]]:
        return {}

    @cached_property
    def _known(self) -> Table:
        rows = self.observations.where_valid(self.known_on, start="known_from", end="known_to")
        return rows.select(_FIELDS)


def by_key(facts: Sequence[Fact]) -> Mapping[Key, list[Fact]]:
    """The facts by what tells them apart; more than one under a key contradict each other."""
    found: dict[Key, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.key, []).append(fact)
    return found


def _ordered(rows: Table) -> list[Fact]:
    found = [_fact(row) for row in rows.rows()]
    return sorted(found, key=lambda fact: (fact.subject, fact.period, fact.carrier or "", fact.item or ""))


def _fact(row: Mapping[str, Any]) -> Fact:
    return Fact(
        indicator=row["indicator"],
        subject=row["subject"],
        period=Period(row["period_start"], row["period_end"]),
        carrier=row["carrier"],
        item=row["item"],
        accumulation=Accumulation(row["accumulation"]),
        coverage=row["coverage"],
        use_class=row["use_class"],
        value=row["stated_amount"],
        unit=Unit.parse(row["unit"]),
        status=row["status"],
        published=row["published"],
        source=row["source"],
    )
