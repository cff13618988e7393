"""The figures of units out of stored accounts: which account is shown, and the rows of some units in it. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tanheng.kernel.period import Period
from tanheng.kernel.trace import Address
from tanheng.records.computing import open_result
from tanheng.web.directory.scope import Scope
from tanheng.web.results.figures import Row, figure_of
from tanheng.web.results.heads import Column, ResultHead
from tanheng.web.results.sight import Sight
from tanheng.web.results.spans import rows_of_spans
from tanheng.web.results.stored_runs import StoredRun, stored_runs
from tanheng.web.ui.figure import Figure

METHODS = ("unit_energy_and_co2", "unit_energy_reported", "unit_co2")
CALORIFIC, EQUIVALENT, CO2 = "energy_calorific", "energy_coal_equivalent", "co2"


@dataclass(frozen=True)
class Account:
    """A stored account of units as a reader may see it."""

    head: ResultHead
    sight: Sight

    @cached_property
    def ids(self) -> frozenset[str]:
        """The columns it has."""
        return frozenset(self.head.method.results)

    def column(self, id: str) -> Column:
        """One of its columns."""
        return self.head.column(id)

    def months_of(self, unit: str) -> Mapping[Period, Row]:
        """The rows of a unit by month, those of months in which it is out of reach left out."""
        rows = self.head.stored.figures.where(subject=unit).rows()
        spans = ((Period(row["period_start"], row["period_end"]), row) for row in rows)
        return {span: row for span, row in spans if span.is_month() and self.sight.reaches(unit, span)}

    def spans_of(self, units: Sequence[str], span: Period) -> Mapping[str, Row]:
        """The row of each unit over some months that is in reach throughout; those of the months added up."""
        reached = [unit for unit in units if self.sight.reaches(unit, span)]
        found = rows_of_spans(self.head, self.head.period, [(unit, span) for unit in reached])
        return {unit: row for (unit, _), row in found.items()}

    def figure(self, id: str, unit: str, span: Period, row: Row | None, name: str) -> Figure:
        """A figure that leads to its explanation."""
        return figure_of(self.head, self.column(id), Address(id, unit, span), row, said_label=name)


def account_of(run: StoredRun, scope: Scope) -> Account:
    """A stored run as an account to read from."""
    sight = Sight(open_result(run.id), scope)
    return Account(ResultHead(sight.stored, sight), sight)


def accounts_of_year(scope: Scope, year: int) -> Iterator[StoredRun]:
    """The accounts that say something about a year, the one to show first in front."""
    for method in METHODS:
        runs = (run for run in stored_runs(method, scope) if span_in(run.period, year) is not None)
        yield from sorted(runs, key=lambda run: -len(_months_in(run.period, year)))


def years_of(scope: Scope) -> Sequence[int]:
    """The years that the accounts of units are about, the latest first."""
    runs = [run for method in METHODS for run in stored_runs(method, scope)]
    return sorted({month.start.year for run in runs for month in run.period.months()}, reverse=True)


def span_in(period: Period, year: int) -> Period | None:
    """The months of a year that a period covers, as one; None where it covers none."""
    months = _months_in(period, year)
    return Period(months[0].start, months[-1].end) if months else None


def _months_in(period: Period, year: int) -> Sequence[Period]:
    return [month for month in period.months() if month.start.year == year] if period.is_whole_months() else []
