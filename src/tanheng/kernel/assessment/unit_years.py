"""Units over whole years: what each used to date, in the same months of past years and in those years as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import to_date, year_before
from tanheng.kernel.assessment.growth import Areas
from tanheng.kernel.assessment.reported_units import COLUMN, STOPPED, ReportedUnits, UnitState
from tanheng.kernel.period import Period
from tanheng.kernel.trace import Address, Cell

ENERGY, CLAUSE = "reported_energy", "assessment-practice#year-end"
Amounts = Mapping[str, int]


@dataclass
class UnitYears:
    """The units whose year is to be foretold: those that may be compared, whose last year has no month missing.

    Sums of them by area and field, over any span, as cells: of the areas within, and of units that lie in none.
    """

    account: Account
    areas: Areas
    cells: dict[tuple[str, Period], Cell] = field(default_factory=dict)
    of_units: dict[tuple[str, Period], Cell] = field(default_factory=dict)

    @cached_property
    def period(self) -> Period:
        """January to the last month that is known."""
        return to_date(self.account)

    @property
    def year(self) -> Period:
        """The year that is foretold."""
        return Period.year(self.period.start.year)

    @property
    def last_year(self) -> Period:
        """The year before."""
        return Period.year(self.period.start.year - 1)

    @cached_property
    def units(self) -> ReportedUnits:
        """What the units reported."""
        return ReportedUnits(self.account, self.areas, self.period)

    @cached_property
    def members(self) -> Mapping[str, Sequence[UnitState]]:
        """By area and field (`<area>#<field>`) the units that are foretold, at the levels of the setting."""
        levels = self.account.setting("levels").split()
        found: dict[str, list[UnitState]] = {}
        for state in self._whole:
            for area in state.areas:
                if self.areas.levels[area] in levels:
                    found.setdefault(area, []).append(state)
                    for code in state.fields:
                        found.setdefault(f"{area}#{code}", []).append(state)
        return found

    @cached_property
    def _whole(self) -> list[UnitState]:
        incomplete = self._missing(self.last_year)
        return [state for state in self.units.states if state.counts and state.unit not in incomplete]

    def over(self, span: Period) -> Amounts:
        """By unit what it reported over a span of whole months of one year, where no month of that year is missing."""
        if span not in self._spans:
            self._spans[span] = self._over(span)
        return self._spans[span]

    @cached_property
    def _spans(self) -> dict[Period, Amounts]:
        return {self.period: {each.unit: each.now for each in self._whole if each.now is not None}}

    def _over(self, span: Period) -> Amounts:
        whole = self.period if self.period.covers(span) else Period.year(span.start.year)
        figures, missing = self.units.of_span(whole), self._missing(whole)
        if figures is None:
            return {}
        rows = figures.where(level="facility").where_present(COLUMN)
        if span == whole:
            rows = rows.where(period_start=span.start, period_end=span.end)
            return {row["subject"]: row[COLUMN] for row in rows.rows() if row["subject"] not in missing}
        found: dict[str, int] = {}
        months = {(month.start, month.end) for month in span.months()}
        for row in rows.where_inside(span.start, span.end).rows():
            if (row["period_start"], row["period_end"]) in months and row["subject"] not in missing:
                found[row["subject"]] = found[row["subject"]] + row[COLUMN] if row["subject"] in found else row[COLUMN]
        return found

    def _missing(self, whole: Period) -> frozenset[str]:
        """The units that miss a month or a line of a span."""
        figures = self.units.of_span(whole)
        if figures is None:
            return frozenset()
        rows = figures.where(level="facility", period_start=whole.start, period_end=whole.end)
        return frozenset(rows.where_any_differs([f"{COLUMN}_missing"], 0).values("subject"))

    def years_known(self, most: int) -> list[Period]:
        """The past years in which units reported anything, the latest first, at most so many."""
        years = [Period.year(self.period.start.year - back) for back in range(1, most + 1)]
        return [year for year in years if self.over(year)]

    # ---- cells
    def sum(
        self, subject: str, span: Period, states: Iterable[UnitState] | None = None, line: str | None = None
    ) -> Cell:
        """The sum over the units of a subject, or over some of them; a gap where none has a figure."""
        chosen = self.members[subject] if states is None else states
        amounts = self.over(span)
        parts = [self.unit(state.unit, span) for state in chosen if state.unit in amounts]
        at, step = Address(ENERGY, subject, span, line), self.account.paper.grids[ENERGY].step
        if at in self.account.paper.workings:
            return self.account.paper.workings[at].cell
        if not parts:
            return self.account.paper.given(at, None, step, f"gap:{at}")
        return self.account.paper.total(at, parts, clause=CLAUSE)

    def unit(self, unit: str, span: Period) -> Cell:
        """What a unit reported over a span, as its own method explains it where that is a month, a year or to date."""
        if (unit, span) not in self.of_units:
            amounts, at = self.over(span), Address(COLUMN, unit, span)
            step = self.account.paper.grids[ENERGY].step
            value = amounts[unit] if unit in amounts else None
            self.of_units[unit, span] = self.account.paper.given(at, value, step, f"figure:{at}")
        return self.of_units[unit, span]

    def same_months(self, year: Period) -> Period:
        """The months to date, in another year."""
        span = self.period
        while span.start.year > year.start.year:
            span = year_before(span)
        return span

    def goes_on(self, state: UnitState) -> bool:
        """Whether a unit will use anything in the months to come."""
        return state.state != STOPPED
