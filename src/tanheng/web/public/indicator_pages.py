"""Indicators that were published: the list, and one of them with value, trend, areas and how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.period import Period
from tanheng.web.public.meaning import meaning_of
from tanheng.web.public.published import AREA, FACILITY, Cell, published_tables
from tanheng.web.public.trend import Place, Trend, trend_of
from tanheng.web.results.selectors import Choice
from tanheng.web.rules.clauses import Cited, cited
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language, said, short_period

_LEVELS = ("city", "district", "town", "facility")


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator in the list: its latest figure of the widest place it was published for."""

    id: str
    label: str
    place: str
    figure: Figure
    places: int


@dataclass(frozen=True)
class Origin:
    """Where a figure comes from: publication, method, scheme and clause."""

    title: str
    position: int
    published: date
    known_on: date
    method: str
    method_id: str
    method_version: int
    scheme: str
    clause: Cited | None


@dataclass(frozen=True)
class PlaceLine:
    """A place with its latest figure, and the page of the indicator there."""

    label: str
    level: str
    href: str
    figure: Figure
    is_chosen: bool


@dataclass(frozen=True)
class IndicatorPage:
    """Everything the page of an indicator shows."""

    id: str
    label: str
    place: str
    subject: str
    latest: Figure
    is_empty: bool
    origin: Origin
    meaning: Sequence[str]
    schemes: Sequence[Choice]
    over_time: Trend | None
    within: Trend | None
    rows: Sequence[tuple[str, Figure, str, int]]
    places: Sequence[PlaceLine]
    embed_path: str


def cells_of_places() -> Sequence[Cell]:
    """The figures of areas and units that stand published: of one that was published twice, the latest."""
    found: dict[tuple[object, ...], Cell] = {}
    for table in published_tables():
        for cell in table.cells:
            if cell.address.subject.startswith((AREA, FACILITY)) and cell.address.line is None:
                found.setdefault((table.head.scheme, cell.column.id, cell.address.subject, cell.address.period), cell)
    return list(found.values())


def indicator_lines() -> Sequence[IndicatorLine]:
    """Every indicator that something was published of, by name."""
    groups: dict[str, list[Cell]] = {}
    for cell in cells_of_places():
        groups.setdefault(cell.column.id, []).append(cell)
    return sorted((_line(id, cells) for id, cells in groups.items()), key=lambda line: line.label)


def indicator_page(id: str, area: str = "", scheme: str = "") -> IndicatorPage:
    """One indicator, for a place and under a scheme; without them for the widest place, as last published.

    Refuses  nothing-published: nothing of that name; area-not-found: nothing for that place.
    """
    cells = [cell for cell in cells_of_places() if cell.column.id == id]
    if not cells:
        raise Refusal("nothing-published", what=id)
    schemes = {cell.table.head.scheme: cell.table.head.scheme_label for cell in cells}
    chosen = scheme if scheme in schemes else latest_of(cells).table.head.scheme
    under = [cell for cell in cells if cell.table.head.scheme == chosen]
    subjects = sorted({cell.address.subject for cell in under}, key=_rank_in(under))
    subject = area or subjects[0]
    if subject not in subjects:
        raise Refusal("area-not-found", area=area)
    return _page(id, under, subject, subjects, _choices(id, schemes, chosen, subject))


def latest_of(cells: Iterable[Cell]) -> Cell:
    """The figure to lead with: with a value before one without, of the latest end, and there of the longest period."""
    return max(cells, key=lambda cell: (cell.count is not None, cell.address.period.end, _days(cell.address.period)))


def origin_of(cell: Cell) -> Origin:
    """Where a figure comes from."""
    head, publication = cell.table.head, cell.table.publication
    return Origin(
        title=publication.title,
        position=publication.position,
        published=timezone.localdate(publication.event.at),
        known_on=head.known_on,
        method=head.method_label,
        method_id=head.method.id,
        method_version=int(head.stored.receipt["method_version"]),
        scheme=head.scheme_label,
        clause=cited(head.packs, head.method.clause),
    )


def indicator_href(id: str, area: str = "", scheme: str = "") -> str:
    """The page of an indicator."""
    query = "&".join(f"{name}={value}" for name, value in (("area", area), ("scheme", scheme)) if value)
    return reverse("public-indicator", args=[id]) + (f"?{query}" if query else "")


def _line(id: str, cells: Sequence[Cell]) -> IndicatorLine:
    subjects = sorted({cell.address.subject for cell in cells}, key=_rank_in(cells))
    latest = latest_of(cell for cell in cells if cell.address.subject == subjects[0])
    return IndicatorLine(id, latest.column.label, _name(latest), latest.figure, len(subjects))


def _page(
    id: str, cells: Sequence[Cell], subject: str, subjects: Sequence[str], schemes: Sequence[Choice]
) -> IndicatorPage:
    mine = [cell for cell in cells if cell.address.subject == subject]
    latest = latest_of(mine)
    packs, scheme = latest.table.head.packs, latest.table.head.scheme
    alike = [cell for cell in mine if _length(cell.address.period) == _length(latest.address.period)]
    inside = [cell for cell in mine if _is_month_of(cell.address.period, latest.address.period)]
    newest = sorted(mine, key=lambda cell: (cell.address.period.end, _days(cell.address.period)), reverse=True)
    return IndicatorPage(
        id=id,
        label=latest.column.label,
        place=_name(latest),
        subject=subject,
        latest=latest.figure,
        is_empty=latest.count is None,
        origin=origin_of(latest),
        meaning=meaning_of(packs.get(IndicatorShape, id), packs),
        schemes=schemes,
        over_time=_trend(alike, None),
        within=_trend(inside, latest.address.period),
        rows=[(cell.figure.period, cell.figure, cell.table.publication.title, cell.table.position) for cell in newest],
        places=[_place_line(id, scheme, cells, each, subject) for each in subjects],
        embed_path=reverse("embed-indicator", args=[id]) + f"?area={subject}&scheme={scheme}",
    )


def _place_line(id: str, scheme: str, cells: Sequence[Cell], subject: str, chosen: str) -> PlaceLine:
    latest = latest_of(cell for cell in cells if cell.address.subject == subject)
    href = indicator_href(id, subject, scheme)
    return PlaceLine(_name(latest), str(latest.row["level"]), href, latest.figure, subject == chosen)


def _trend(cells: Sequence[Cell], whole: Period | None) -> Trend | None:
    ordered = sorted(cells, key=lambda cell: cell.address.period.start)
    return trend_of([Place(_short(cell.address.period, whole), cell.count, cell.figure) for cell in ordered])


def _short(period: Period, whole: Period | None) -> str:
    if whole is not None:
        return short_period(period, whole)
    return str(period.start.year) if _length(period) == 12 else period.label(language())


def _choices(id: str, schemes: Mapping[str, str], chosen: str, subject: str) -> Sequence[Choice]:
    if len(schemes) < 2:
        return []
    return [Choice(said(label), indicator_href(id, subject, each), each == chosen) for each, label in schemes.items()]


def _rank_in(cells: Sequence[Cell]) -> object:
    """Wider places first, then by name; a level that no list knows comes last."""
    known = {cell.address.subject: (str(cell.row["level"]), _name(cell)) for cell in cells}

    def rank(subject: str) -> tuple[int, str]:
        level, name = known[subject]
        return (_LEVELS.index(level) if level in _LEVELS else len(_LEVELS), name)

    return rank


def _name(cell: Cell) -> str:
    return cell.table.directory.label_of(cell.address.subject, language())


def _days(period: Period) -> int:
    return (period.end - period.start).days


def _length(period: Period) -> int:
    return len(period.months())


def _is_month_of(period: Period, whole: Period) -> bool:
    return period.is_month() and period != whole and whole.start <= period.start and period.end <= whole.end
