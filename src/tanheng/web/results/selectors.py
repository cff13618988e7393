"""What the pages of areas and results show. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.trace import Address
from tanheng.records.selecting import directory_as_of
from tanheng.web.results.figures import figure_of, share_of, value_figure
from tanheng.web.results.heads import Column, ResultHead, result_head
from tanheng.web.results.links import AREA, area_href, figure_href
from tanheng.web.results.places import Places
from tanheng.web.ui.chart import Chart, Point, bar_chart
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language, said, short_period

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """One way to go on from here: a period, a column or an area."""

    label: str
    href: str
    chosen: bool = False


@dataclass(frozen=True)
class Line:
    """One row of a list of subjects: its figures in the order of the columns, and its share of the whole."""

    label: str
    href: str
    figures: Sequence[Figure]
    size: int | None
    place: str = ""
    share: str = ""


@dataclass(frozen=True)
class Listing:
    """Subjects with their figures. `rest` is the whole less what is listed, where that is not nothing."""

    lines: Sequence[Line]
    whole: Sequence[Figure]
    rest: Sequence[Figure]


@dataclass(frozen=True)
class AreaPage:
    """Everything the page of an area shows."""

    head: ResultHead
    label: str
    level: str
    subject: str
    period: Period
    period_label: str
    trail: Sequence[Choice]
    periods: Sequence[Choice]
    columns: Sequence[Column]
    switches: Sequence[Choice]
    chosen: Column
    figures: Sequence[tuple[Column, Figure]]
    chart: Chart
    areas: Listing | None
    units: Listing | None


def city_href() -> str | None:
    """The page of the city in the latest result; None while there is no result or no area."""
    try:
        head = result_head("latest")
    except Refusal:
        return None
    root = Places(directory_as_of(), head.period).root()
    return area_href(head.id, root.id) if root else None


def area_page(reference: str, area: str, period: str | None = None, column: str | None = None) -> AreaPage:
    """The page of an area in a result, for the whole period or a month of it.

    Refuses  result-not-found, area-not-found, period-unreadable; figure-not-found: a period or column the result lacks.
    """
    head = result_head(reference)
    places = Places(directory_as_of(head.log_position), _asked_period(head, period))
    return _AreaReader(head, places, places.area(AREA + area).id, _asked_column(head, column)).page()


def _asked_period(head: ResultHead, text: str | None) -> Period:
    asked = Period.parse(text) if text else head.period
    if asked not in (head.period, *head.period.months()):
        raise Refusal("figure-not-found", address=str(asked), nearest=str(head.period))
    return asked


def _asked_column(head: ResultHead, text: str | None) -> Column:
    columns = {column.id: column for column in head.columns}
    asked = text or head.columns[-1].id  # a method names what it is after last
    if asked not in columns:
        raise Refusal("figure-not-found", address=asked, nearest=", ".join(columns))
    return columns[asked]


@dataclass(frozen=True)
class _AreaReader:
    head: ResultHead
    places: Places
    area: str
    chosen: Column

    @property
    def period(self) -> Period:
        return self.places.period

    def page(self) -> AreaPage:
        area = self.places.area(self.area)
        own = {Period(row["period_start"], row["period_end"]): row for row in self._rows_of([area.id], None)}
        row = own[self.period] if self.period in own else None
        columns = self.head.columns
        return AreaPage(
            head=self.head,
            label=said(area.label),
            level=area.level,
            subject=area.id,
            period=self.period,
            period_label=self.period.label(language()),
            trail=[Choice(said(item.label), self._href(item.id)) for item in self.places.trail(area.id)],
            periods=self._periods(),
            columns=columns,
            switches=[Choice(item.label, self._href(area.id, column=item.id), item == self.chosen) for item in columns],
            chosen=self.chosen,
            figures=[(column, self._figure(column, area.id, self.period, row)) for column in columns],
            chart=self._chart(own),
            areas=self._listing([(item.id, said(item.label)) for item in self.places.children(area.id)], row),
            units=self._units(row) if area.level != "city" else None,
        )

    def _rows_of(self, subjects: Iterable[str], period: Period | None) -> list[Row]:
        table = self.head.stored.figures.where_in("subject", subjects)
        if period is not None:
            table = table.where(period_start=period.start, period_end=period.end)
        return table.rows()

    def _figure(self, column: Column, subject: str, period: Period, row: Row | None) -> Figure:
        address = Address(column.id, subject, period)
        return figure_of(
            self.head, column, address, row, said_label=self.places.directory.label_of(subject, language())
        )

    def _periods(self) -> Sequence[Choice]:
        whole, months = self.head.period, self.head.period.months()
        choices = [whole, *months] if len(months) > 1 else [whole]
        return [
            Choice(short_period(item, whole), self._href(self.area, period=str(item)), item == self.period)
            for item in choices
        ]

    def _href(self, area: str, **change: str) -> str:
        query = {"period": str(self.period), "column": self.chosen.id, **change}
        return area_href(self.head.id, area, **query)

    def _chart(self, own: Mapping[Period, Row]) -> Chart:
        points = []
        for month in self.head.period.months():
            row = own[month] if month in own else None
            size = row[self.chosen.id] if row else None
            shown = self._figure(self.chosen, self.area, month, row)
            points.append(Point(str(month.start.month), size, shown, month == self.period))
        return bar_chart(points)

    def _units(self, whole: Row | None) -> Listing | None:
        places = self.places
        units = places.facilities(self.area)
        town = {unit.id: ([*places.trail(unit.id)] or [None])[-1] for unit in units}
        named = {unit.id: said(town[unit.id].label) for unit in units if town[unit.id]}
        return self._listing([(unit.id, said(unit.label)) for unit in units], whole, named)

    def _listing(
        self, subjects: Sequence[tuple[str, str]], whole: Row | None, named: Mapping[str, str] | None = None
    ) -> Listing | None:
        if not subjects:
            return None
        rows = {row["subject"]: row for row in self._rows_of((id for id, _ in subjects), self.period)}
        lines = [self._line(id, label, rows.get(id), whole, (named or {}).get(id, "")) for id, label in subjects]
        lines.sort(key=lambda line: (line.size is None, -(line.size or 0), line.label))
        totals = [self._figure(column, self.area, self.period, whole) for column in self.head.columns]
        return Listing(lines, totals, self._rest(whole, list(rows.values())))

    def _line(self, id: str, label: str, row: Row | None, whole: Row | None, place: str) -> Line:
        figures = [self._figure(column, id, self.period, row) for column in self.head.columns]
        size = row[self.chosen.id] if row else None
        is_area = id.startswith(AREA)
        href = self._href(id) if is_area else figure_href(self.head.id, Address(self.chosen.id, id, self.period))
        return Line(label, href, figures, size, place, share_of(size, whole[self.chosen.id] if whole else None))

    def _rest(self, whole: Row | None, rows: Sequence[Row]) -> Sequence[Figure]:
        """The whole less what is listed, by column; nothing where every column adds up."""
        if whole is None:
            return []
        rests = {column: _difference(whole, rows, column) for column in self.head.columns}
        if not any(rests.values()):
            return []
        return [
            value_figure(self.head, Address(column.id, self.area, self.period), rest, gettext("Rest"))
            for column, rest in rests.items()
        ]


def _difference(whole: Row, rows: Sequence[Row], column: Column) -> int:
    listed = sum(row[column.id] for row in rows if row[column.id] is not None)
    return listed if whole[column.id] is None else whole[column.id] - listed
