"""What the page of one unit shows: its figures by month, and everything recorded about it. Reads only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext

from tanheng.kernel.period import Period
from tanheng.records.computing import open_result
from tanheng.records.site_files import results
from tanheng.web.dashboards.unit_figures import (
    CALORIFIC,
    CO2,
    EQUIVALENT,
    Account,
    account_of,
    accounts_of_year,
    span_in,
    years_of,
)
from tanheng.web.dashboards.unit_list import place_said
from tanheng.web.dashboards.unit_meters import MeterLine, meters_of
from tanheng.web.dashboards.unit_record import (
    Demand,
    Enrolled,
    Monitored,
    Neighbours,
    Sent,
    demands_on,
    enrolled,
    monitored,
    neighbours,
    sent_in,
    tasks_of,
)
from tanheng.web.dashboards.unit_register import (
    Registered,
    all_units,
    industries_said,
    unit_in_reach,
    units_in_reach,
)
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.task_pages import TaskLine
from tanheng.web.results.figures import Row
from tanheng.web.results.selectors import Choice
from tanheng.web.results.stored_runs import stored_runs
from tanheng.web.ui.charts import Dot, LineChart, Series
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.numbers import whole_number
from tanheng.web.ui.words import language, said, short_period

INTENSITY = ("unit_energy_per_output",)
_UNIT = re.compile(r"facility/[\w.-]+")
_FORMS = ("actual", "forecast", "floor", "stretch")
_FOUND = 12


@dataclass(frozen=True)
class UnitPage:
    """Everything the page of a unit shows; `sources` are the accounts its figures come from."""

    id: str
    label: str
    code: str
    industry: str
    place: str
    key_class: str
    years: Sequence[Choice]
    year: int
    totals: Sequence[tuple[str, str, Figure, Figure | None]]
    charts: Sequence[LineChart]
    intensity: Sequence[tuple[str, Figure]]
    sources: Sequence[tuple[str, str]]
    demands: Sequence[Demand]
    enrolled: Sequence[Enrolled]
    sent: Sequence[Sent]
    monitored: Sequence[Monitored]
    meters: Sequence[MeterLine]
    tasks: Sequence[TaskLine]
    findings: Sequence[Mapping[str, object]]
    neighbours: Neighbours | None
    neighbours_place: str


def unit_page(id: str, year: str, scope: Scope) -> UnitPage:
    """One unit in a year (default: the last that was accounted for).

    Refuses  nothing-of-that-name: it is not recorded, is no unit, or is out of reach.
    """
    unit = unit_in_reach(scope, id)
    years = years_of(scope)
    asked = whole_number(year)
    chosen = asked if asked in years else next(iter(years), scope.day.year)
    shown = _Shown(unit, chosen, scope)
    beside = neighbours(unit, units_in_reach(scope), all_units(scope))
    return UnitPage(
        id=unit.id,
        label=said(unit.facility.label),
        code=unit.code,
        industry=industries_said()(unit.industry),
        place=place_said(unit, scope),
        key_class=unit.key_class,
        years=[Choice(str(each), f"?year={each}", each == chosen) for each in years],
        year=chosen,
        totals=shown.totals(),
        charts=shown.charts(),
        intensity=_intensity(unit, chosen, scope),
        sources=shown.sources(),
        demands=demands_on(unit, scope),
        enrolled=enrolled(unit, scope),
        sent=sent_in(unit, chosen, scope),
        monitored=monitored(unit),
        meters=meters_of(unit, scope),
        tasks=tasks_of(unit, scope),
        findings=shown.findings(),
        neighbours=beside,
        neighbours_place=scope.ground.directory.label_of(beside.place, language()) if beside else "",
    )


@dataclass(frozen=True)
class _Told:
    """What one account says about the unit in a year: the months, and all of them together."""

    account: Account
    months: Mapping[Period, Row]
    span: Period
    whole: Row | None


class _Shown:
    """The figures of a unit in a year beside those of the year before."""

    def __init__(self, unit: Registered, year: int, scope: Scope) -> None:
        self.unit, self.year, self.scope = unit, year, scope
        self.name = said(unit.facility.label)
        self.kept: dict[int, list[_Told]] = {}

    def told(self, year: int) -> Sequence[_Told]:
        """The accounts of a year that have a row of the unit, the one to show first in front; each is read once."""
        if year not in self.kept:
            self.kept[year] = [*self._read(year)]
        return self.kept[year]

    def _read(self, year: int) -> Iterator[_Told]:
        answered = set[str]()
        for run in accounts_of_year(self.scope, year):
            account, span = account_of(run, self.scope), span_in(run.period, year)
            if span is None or not {CALORIFIC, EQUIVALENT, CO2} & (account.ids - answered):
                continue
            months = {month: row for month, row in account.months_of(self.unit.id).items() if month.start.year == year}
            if months:
                answered |= account.ids
                yield _Told(account, months, span, account.spans_of([self.unit.id], span).get(self.unit.id))

    def _of(self, column: str, year: int) -> _Told | None:
        return next((told for told in self.told(year) if column in told.account.ids), None)

    def totals(self) -> Sequence[tuple[str, str, Figure, Figure | None]]:
        """Energy on both bases and carbon: name, months, and the figures of these months and of those a year before."""
        found = []
        for column in (CALORIFIC, EQUIVALENT, CO2):
            now, before = self._of(column, self.year), self._of(column, self.year - 1)
            if now is not None:
                label = now.account.column(column).label
                last = None if before is None else self._same_months(before, now.span, column)
                found.append((label, now.span.label(language()), self._whole(now, column), last))
        return found

    def _whole(self, told: _Told, column: str) -> Figure:
        return told.account.figure(column, self.unit.id, told.span, told.whole, self.name)

    def _same_months(self, told: _Told, span: Period, column: str) -> Figure | None:
        """The figure of the months a year before; None where the account does not cover them all."""
        years = (day.replace(year=day.year - 1) for day in (span.start, span.end))
        before = Period(*years)
        if not told.span.covers(before):
            return None
        row = told.account.spans_of([self.unit.id], before).get(self.unit.id)
        return told.account.figure(column, self.unit.id, before, row, self.name)

    def charts(self) -> Sequence[LineChart]:
        """Energy and carbon month by month, each with the year before; none where no account has the unit."""
        wanted = (
            ("energy", gettext("Energy by month"), (CALORIFIC, EQUIVALENT)),
            ("carbon", gettext("CO2 by month"), (CO2,)),
        )
        found = [(id, title, self._series(columns)) for id, title, columns in wanted]
        year = Period.year(self.year)
        places = [short_period(month, year) for month in year.months()]
        return [LineChart(id, title, _unit_of(series), places, series) for id, title, series in found if series]

    def _series(self, columns: Sequence[str]) -> Sequence[Series]:
        pairs = [(column, year) for year in (self.year, self.year - 1) for column in columns]
        forms = _FORMS if len(columns) > 1 else _FORMS[::2]
        found = []
        for (column, year), form in zip(pairs, forms, strict=False):
            if (told := self._of(column, year)) is not None:
                head = told.account.column(column)
                name = f"{year} {head.label}"
                dots = [self._dot(told, column, month) for month in Period.year(year).months()]
                found.append(Series(name, form, dots))
        return found

    def _dot(self, told: _Told, column: str, month: Period) -> Dot:
        if month not in told.months:
            return Dot(None, None)
        row = told.months[month]
        grid = told.account.column(column).indicator.on_grid
        figure = told.account.figure(column, self.unit.id, month, row, self.name)
        return Dot(None if row[column] is None else grid.exact(row[column]), figure)

    def sources(self) -> Sequence[tuple[str, str]]:
        """The accounts that were shown: method and scheme, and the number of the result."""
        shown = [each.account.head for year in (self.year, self.year - 1) for each in self.told(year)]
        return [*dict.fromkeys((f"{head.method_label} · {head.scheme_label}", head.id) for head in shown)]

    def findings(self) -> Sequence[Mapping[str, object]]:
        """What the accounts of the year found about the unit, as far as the reader may be told."""
        told = [
            finding
            for each in self.told(self.year)
            for finding in findings_of(each.account.head.id, self.unit.id)
            if each.account.sight.may_be_told(finding)
        ]
        return told[:_FOUND]


def _unit_of(series: Sequence[Series]) -> str:
    """The unit of a chart, its basis left to the names of the lines, which may differ in it."""
    return next((dot.figure.unit.partition("[")[0] for one in series for dot in one.dots if dot.figure), "")


def findings_of(result: str, unit: str) -> Sequence[Mapping[str, object]]:
    """The findings of a result that name a unit."""
    told = _findings(str(results().root), result)
    return told[unit] if unit in told else ()


@lru_cache(maxsize=8)
def _findings(_root: str, result: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """By unit: read once, for a result never changes."""
    found: dict[str, list[Mapping[str, object]]] = {}
    for finding in open_result(result).findings:
        text = " ".join((finding["place"], *map(str, finding["fields"].values())))
        for unit in dict.fromkeys(_UNIT.findall(text)):
            found.setdefault(unit, []).append(finding)
    return found


def _intensity(unit: Registered, year: int, scope: Scope) -> Sequence[tuple[str, Figure]]:
    """What accounts of intensity say of the unit for the year."""
    found = []
    for method in INTENSITY:
        runs = [run for run in stored_runs(method, scope) if span_in(run.period, year)]
        for run in runs[:1]:
            account = account_of(run, scope)
            row = account.spans_of([unit.id], run.period).get(unit.id)
            if row is not None:
                columns = account.head.columns
                name = said(unit.facility.label)
                found += [(c.label, account.figure(c.id, unit.id, run.period, row, name)) for c in columns]
    return found
