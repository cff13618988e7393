"""What the pages of areas and results show. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.kernel.trace import Address
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import results
from tanheng.web.directory.scope import Scope
from tanheng.web.results.figures import Row, figure_of
from tanheng.web.results.heads import Column, ResultHead, head_of, result_head
from tanheng.web.results.links import AREA, area_href, figure_href
from tanheng.web.results.listings import Item, Listing, listing_of
from tanheng.web.results.places import Places
from tanheng.web.results.sight import Sight, open_sight
from tanheng.web.ui.chart import Chart, Point, bar_chart
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language, said, short_period


@dataclass(frozen=True)
class Choice:
    """One way to go on from here: a period, a column or an area."""

    label: str
    href: str
    chosen: bool = False


@dataclass(frozen=True)
class AreaPage:
    """Everything the page of an area shows."""

    head: ResultHead
    label: str
    level: str
    only_part: str
    subject: str
    period: Period
    period_label: str
    trail: Sequence[Choice]
    periods: Sequence[Choice]
    columns: Sequence[Column]
    switches: Sequence[Choice]
    chosen: Column
    figures: Sequence[tuple[Column, Figure]]
    chart: Chart | None
    areas: Listing | None
    units: Listing | None
    is_silent: bool = False
    is_about_targets: bool = False


def city_href(reference: str = "", *, scope: Scope) -> str | None:
    """The widest area that a reader sees in a result, which for most is the city; where none is named, in the latest
    that has a figure of it, and rather in one whose areas add up: it leads on to months and units.

    Who sees no area, and where none has a figure: the page in the latest, or what explains the reader's own unit.
    None while there is no latest result, no area and no figure of the unit.

    Refuses  result-not-found: the one that was named.
    """
    try:
        head = result_head(reference or "latest", scope)
    except Refusal:
        if reference:
            raise
        head = next(_readable(scope), None)
    if head is None:
        return None
    directory = directory_as_of()
    others: Sequence[ResultHead] | Iterator[ResultHead] = () if reference else _others(head, scope)
    if not widest_area(head, directory, scope):
        return _own_unit(_first(chain((head,), others), lambda each: bool(_units_of(each))))
    if not reference:
        head = _first(chain((head,), others), lambda each: _tells_of(each, directory, scope)) or head
    widest = widest_area(head, directory, scope)
    return area_href(head.id, widest) if widest else None


def _first(heads: Iterable[ResultHead], tells: Callable[[ResultHead], bool]) -> ResultHead | None:
    """The latest that tells something: one whose areas add up before one that is an account."""
    account = None
    for head in heads:
        if not (head.is_account and account) and tells(head):
            if not head.is_account:
                return head
            account = head
    return account


def _own_unit(head: ResultHead | None) -> str | None:
    """The explanation of the first unit of a reader who sees no area."""
    if head is None:
        return None
    return figure_href(head.id, Address(head.columns_in(head.period)[-1].id, _units_of(head)[0], head.period))


def _units_of(head: ResultHead) -> Sequence[str]:
    """The units with a figure of the whole period."""
    whole = head.stored.figures.where(level="facility", period_start=head.period.start, period_end=head.period.end)
    column = head.columns_in(head.period)[-1].id
    return sorted({row["subject"] for row in whole.rows() if row[column] is not None})


def _others(latest: ResultHead, scope: Scope) -> Iterator[ResultHead]:
    return (head for head in _readable(scope) if head.id != latest.id)


def _readable(scope: Scope) -> Iterator[ResultHead]:
    """The results that can be read, the latest first, one opened after the other."""
    for id in results().ids():
        with suppress(Refusal):  # what is damaged is said on the list of results, and closes no first page
            yield result_head(id, scope)


def widest_area(head: ResultHead, directory: Directory, scope: Scope) -> str:
    """The area to begin with: that of the mandate, or else the one that lies in no other; empty where none is seen."""
    if scope.area and scope.area in directory.labels:
        return scope.area
    root = Places(directory, head.period).root()
    return root.id if root and head.sight and head.sight.enters(root.id, head.period) else ""


def _tells_of(head: ResultHead, directory: Directory, scope: Scope) -> bool:
    widest = widest_area(head, directory, scope)
    rows = head.stored.figures.where(subject=widest).rows() if widest else []
    return any(row[column] is not None for row in rows for column in head.method.results)


def area_page(
    reference: str, area: str, period: str | None = None, column: str | None = None, *, scope: Scope
) -> AreaPage:
    """The page of an area in a result, for the whole period or a month of it.

    Refuses  result-not-found, period-unreadable; area-not-found: also where it is out of reach; figure-not-found: a
             period or column the result lacks.
    """
    sight = open_sight(reference, scope)
    head = head_of(sight)
    places = Places(directory_as_of(head.log_position), _asked_period(head, period))
    asked = places.area(AREA + area).id
    if not sight.enters(asked, places.period):
        raise Refusal("area-not-found", area=asked)
    return _AreaReader(head, sight, places, asked, _asked_column(head, column, places.period)).page()


def _asked_period(head: ResultHead, text: str | None) -> Period:
    asked = Period.parse(text) if text else head.period
    if asked not in head.periods:
        raise Refusal("figure-not-found", address=str(asked), nearest=str(head.period))
    return asked


def _asked_column(head: ResultHead, text: str | None, period: Period) -> Column:
    columns = {column.id: column for column in head.columns}
    if text and text not in columns:
        raise Refusal("figure-not-found", address=text, nearest=", ".join(columns))
    there = [column.id for column in head.columns_in(period)]
    usual = there[0] if head.is_account else there[-1]  # a method over rows names what it is after last
    return columns[text if text in there else usual]


@dataclass(frozen=True)
class _AreaReader:
    head: ResultHead
    sight: Sight
    places: Places
    area: str
    chosen: Column

    @property
    def period(self) -> Period:
        return self.places.period

    def page(self) -> AreaPage:
        area = self.places.area(self.area)
        rows = self.head.stored.figures.where(subject=area.id).rows()
        own = {Period(row["period_start"], row["period_end"]): row for row in rows}
        row = own[self.period] if self.period in own else None
        columns = self.head.columns_in(self.period)
        return AreaPage(
            head=self.head,
            label=said(area.label),
            level=area.level,
            only_part=self._only_part(area.id),
            subject=area.id,
            period=self.period,
            period_label=self.period.label(language()),
            trail=[Choice(said(item.label), self._way(item.id)) for item in self.places.trail(area.id)],
            periods=self._periods(),
            columns=columns,
            switches=[Choice(item.label, self._href(area.id, column=item.id), item == self.chosen) for item in columns],
            chosen=self.chosen,
            figures=[(column, self._figure(column, area.id, self.period, row)) for column in columns],
            chart=self._chart(own),
            areas=self._areas(row),
            units=self._units(row) if area.level != "city" else None,
            is_silent=self.head.is_account and not own,
            is_about_targets=self.sight.is_about_targets,
        )

    def _only_part(self, area: str) -> str:
        """The name of the one district that the sums of the city are made of; statements about the city are its own."""
        part = None if self.head.is_account else self.places.only_part(area)
        return said(part.label) if part else ""

    def _figure(self, column: Column, subject: str, period: Period, row: Row | None) -> Figure:
        address = Address(column.id, subject, period)
        return figure_of(
            self.head, column, address, row, said_label=self.places.directory.label_of(subject, language())
        )

    def _periods(self) -> Sequence[Choice]:
        whole = self.head.period
        return [
            Choice(short_period(item, whole), self._href(self.area, period=str(item)), item == self.period)
            for item in self.head.periods
        ]

    def _href(self, area: str, **change: str) -> str:
        query = {"period": str(self.period), "column": self.chosen.id, **change}
        return area_href(self.head.id, area, **query)

    def _way(self, area: str) -> str:
        """The page of an area around this one; empty where it is out of reach, so that it is named and no link."""
        return self._href(area) if self.sight.enters(area, self.period) else ""

    def _chart(self, own: Mapping[Period, Row]) -> Chart | None:
        """The parts of the whole period, month by month or year by year; none where there is nothing but the whole, or
        no part of an account has a figure.
        """
        points = []
        for part in self._parts():
            row = own[part] if part in own else None
            size = row[self.chosen.id] if row else None
            shown = self._figure(self.chosen, self.area, part, row)
            label = str(part.start.month if part.is_month() else part.start.year)
            points.append(Point(label, size, shown, part == self.period))
        drawn = any(point.size is not None for point in points) or not self.head.is_account
        return bar_chart(points) if points and drawn else None

    def _parts(self) -> Sequence[Period]:
        alone = self.head.is_account or self.head.method.reads_to_date  # a single month is a part of itself
        return self.head.periods[1:] if alone else self.head.period.months()

    def _areas(self, whole: Row | None) -> Listing | None:
        spans = self.places.area_spans(self.area)
        inside = [area for area in self.places.children(self.area) if self.sight.enters(area.id, self.period)]
        items = [Item(area.id, span, self._href(area.id)) for area in inside for span in spans[area.id]]
        if self.head.is_account:  # an area that the account says nothing about is no gap in it
            told = set(self.head.stored.figures.values("subject"))
            items = [item for item in items if item.subject in told]
        return self._listing(items, whole)

    def _units(self, whole: Row | None) -> Listing | None:
        """The units inside, named with their town where the page has towns to choose from; none where the result is
        about no unit at all.
        """
        if not self.sight.is_about_units:
            return None
        places, spans = self.places, self.places.facility_spans(self.area)
        items = []
        for unit in places.facilities(self.area):
            stood = places.stays(unit.id)
            for span in (span for span in spans[unit.id] if self.sight.reaches(unit.id, span)):
                href = figure_href(self.head.id, Address(self.chosen.id, unit.id, span))
                towns = [said(area.label) for during, area in stood if during.overlap_days(span)]
                items.append(Item(unit.id, span, href, " → ".join(towns)))
        return self._listing(items, whole)

    def _listing(self, items: Sequence[Item], whole: Row | None) -> Listing | None:
        total = Item(self.area, self.period, self._href(self.area))
        return listing_of(self.head, self.places.directory, items, total, whole, self.chosen) if items else None
