"""The observations of a site as single statements: what an account reads, as known on a date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from tanheng.kernel.fact.shelf import Shelf
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Unit
from tanheng.kernel.table import Parts, Table

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
Place = tuple[Period, str | None, str | None]
Series = tuple[str, str, str]
"""Indicator, accumulation and coverage."""


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


Stated = Mapping[Place, Sequence[Fact]]


@dataclass(frozen=True)
class Facts:
    """Observations of some indicators, as known on a date; another date gives another vintage of the same series.

    `use_classes` are those that the reader may use; statements of any other class are not there. A shelf may be shared
    by all who read the same observations.
    """

    shelf: Shelf
    known_on: date
    use_classes: tuple[str, ...]

    @staticmethod
    def among(observations: Table, known_on: date, use_classes: tuple[str, ...]) -> Facts:
        """The facts among some observations that nobody else reads."""
        return Facts(Shelf(observations), known_on, use_classes)

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
        series: Series = (indicator, accumulation.value, coverage)
        if not self.shelf.is_short(indicator):
            return self._looked_up(series, within, subjects)
        held = self._held(series).places
        wanted = sorted(held if subjects is None else set(subjects) & held.keys())
        about = (fact for subject in wanted for fact in self._about(series, subject))
        return [fact for fact in about if within is None or fact.lies_in(within)]

    def with_items(
        self, indicator: str, *, accumulation: Accumulation, coverage: str, wanted: Callable[[str], bool]
    ) -> list[Fact]:
        """The facts of an indicator, everybody's, whose item is wanted; in the order of `of`."""
        rows = self._rows((indicator, accumulation.value, coverage))
        items = [item for (item,) in rows.distinct(["item"]) if item is not None and wanted(item)]
        return _ordered(rows.where_in("item", items).rows()) if items else []

    def stated(self, indicator: str, accumulation: Accumulation, coverage: str, subject: str) -> Stated:
        """The facts of an indicator and a subject by period, carrier and item; made once for all that ask."""
        key = (indicator, accumulation.value, coverage, subject)
        if key not in self._stated:
            found: dict[Place, list[Fact]] = {}
            for fact in self.of(indicator, accumulation=accumulation, coverage=coverage, subjects=[subject]):
                found.setdefault((fact.period, fact.carrier, fact.item), []).append(fact)
            self._stated[key] = found
        return self._stated[key]

    def coverages_of(self, indicator: str, subject: str, period: Period) -> tuple[str, ...]:
        """The coverages in which an indicator is stated of a subject and a period: what else there would be."""
        rows = self.shelf.of(indicator).where(subject=subject, period_start=period.start, period_end=period.end)
        return tuple(sorted({str(coverage) for coverage in self._known(rows).values("coverage")}))

    def vintages_of(self, indicator: str, *, accumulation: Accumulation, coverage: str) -> list[Statement]:
        """Every statement of an indicator that was known at some time up to the knowledge date, superseded ones too."""
        series: Series = (indicator, accumulation.value, coverage)
        if series not in self._vintages:
            self._vintages[series] = self._statements(series)
        return self._vintages[series]

    def _statements(self, series: Series) -> list[Statement]:
        indicator, accumulation, coverage = series
        rows = self.shelf.of(indicator).where(accumulation=accumulation, coverage=coverage)
        found = rows.where_in("use_class", self.use_classes).rows()
        statements = [Statement(_fact(row), row["known_from"], row["known_to"]) for row in found]
        return [statement for statement in statements if statement.known_from <= self.known_on]

    def _held(self, series: Series) -> Parts:
        """A series of few facts, held whole by subject: accounts ask area by area."""
        if series not in self._series:
            self._series[series] = Parts.of(self._rows(series), "subject")
        return self._series[series]

    def _about(self, series: Series, subject: str) -> list[Fact]:
        if (series, subject) not in self._facts:
            self._facts[series, subject] = _ordered(self._held(series).rows(subject))
        return self._facts[series, subject]

    def _looked_up(self, series: Series, within: Period | None, subjects: Iterable[str] | None) -> list[Fact]:
        """Of the many facts of units none is held."""
        rows = self._rows(series)
        if within is not None:
            rows = rows.where_inside(within.start, within.end)
        return _ordered((rows if subjects is None else rows.where_in("subject", subjects)).rows())

    def _rows(self, series: Series) -> Table:
        indicator, accumulation, coverage = series
        return self._known(self.shelf.of(indicator).where(accumulation=accumulation, coverage=coverage))

    def _known(self, rows: Table) -> Table:
        known = rows.where_valid(self.known_on, start="known_from", end="known_to").select(_FIELDS)
        return known.where_in("use_class", self.use_classes)

    @cached_property
    def _series(self) -> dict[Series, Parts]:
        """The series that were asked for."""
        return {}

    @cached_property
    def _vintages(self) -> dict[Series, list[Statement]]:
        return {}

    @cached_property
    def _facts(self) -> dict[tuple[Series, str], list[Fact]]:
        """The facts that were asked for; the others stay rows."""
        return {}

    @cached_property
    def _stated(self) -> dict[tuple[str, str, str, str], Stated]:
        return {}


def by_key(facts: Sequence[Fact]) -> Mapping[Key, list[Fact]]:
    """The facts by what tells them apart; more than one under a key contradict each other."""
    found: dict[Key, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.key, []).append(fact)
    return found


def _ordered(rows: Iterable[Mapping[str, Any]]) -> list[Fact]:
    found = [_fact(row) for row in rows]
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
