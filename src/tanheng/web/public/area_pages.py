"""Areas for which something was published: the list, and one of them with all its published figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from tanheng.kernel.faults import Refusal
from tanheng.web.public.indicator_pages import Origin, cells_of_places, indicator_href, latest_of, origin_of
from tanheng.web.public.published import AREA, Cell
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language

_LEVELS = ("city", "district", "town")


@dataclass(frozen=True)
class AreaLine:
    """An area in the list: its level, and how many indicators were published for it."""

    label: str
    level: str
    href: str
    indicators: int


@dataclass(frozen=True)
class AreaFigure:
    """One indicator of an area: its latest figure, its page, and where it comes from."""

    label: str
    href: str
    scheme: str
    figure: Figure
    origin: Origin


@dataclass(frozen=True)
class PublicArea:
    """Everything the page of an area shows."""

    label: str
    level: str
    figures: Sequence[AreaFigure]


def area_lines() -> Sequence[AreaLine]:
    """Every area with a published figure, wider ones first."""
    groups: dict[str, list[Cell]] = {}
    for cell in cells_of_places():
        if cell.address.subject.startswith(AREA):
            groups.setdefault(cell.address.subject, []).append(cell)
    lines = [(_rank(cells[0]), _line(subject, cells)) for subject, cells in groups.items()]
    return [line for _, line in sorted(lines, key=lambda pair: (pair[0], pair[1].label))]


def public_area(area: str) -> PublicArea:
    """One area with the latest published figure of each indicator.

    Refuses  area-not-found: nothing was published for it.
    """
    mine = [cell for cell in cells_of_places() if cell.address.subject == AREA + area]
    if not mine:
        raise Refusal("area-not-found", area=AREA + area)
    kinds = sorted({(cell.column.id, cell.table.head.scheme) for cell in mine})
    latest = [latest_of(cell for cell in mine if (cell.column.id, cell.table.head.scheme) == kind) for kind in kinds]
    name = mine[0].table.directory.label_of(AREA + area, language())
    return PublicArea(name, str(mine[0].row["level"]), sorted(map(_figure, latest), key=lambda item: item.label))


def _figure(cell: Cell) -> AreaFigure:
    scheme = cell.table.head.scheme
    href = indicator_href(cell.column.id, cell.address.subject, scheme)
    return AreaFigure(cell.column.label, href, cell.table.head.scheme_label, cell.figure, origin_of(cell))


def _line(subject: str, cells: Sequence[Cell]) -> AreaLine:
    name = cells[0].table.directory.label_of(subject, language())
    href = reverse("public-area", args=[subject.removeprefix(AREA)])
    return AreaLine(name, str(cells[0].row["level"]), href, len({cell.column.id for cell in cells}))


def _rank(cell: Cell) -> int:
    level = str(cell.row["level"])
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
