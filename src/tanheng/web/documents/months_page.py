"""The months that a reader sees, and those that may be opened. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tanheng.kernel.period import Period
from tanheng.web.cases.selectors import Line, line_of, rows_seen
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.month_case import AREA, PROCEDURE, WITHDRAWN
from tanheng.web.documents.month_quoted import parts_of
from tanheng.web.ui.words import language

_OPENERS = ("office", "district")


@dataclass(frozen=True)
class MonthLine:
    """A month in the list."""

    period: str
    area: str
    line: Line


@dataclass(frozen=True)
class MonthsPage:
    """The months, the latest first; the areas of which one may be opened, and the month that is proposed."""

    lines: Sequence[MonthLine]
    areas: Sequence[tuple[str, str]]
    proposed: str


def months_page(scope: Scope) -> MonthsPage:
    """The months in reach."""
    rows = [row for row in rows_seen(PROCEDURE, scope) if row.subject.startswith(AREA) and row.state != WITHDRAWN]
    label_of = scope.ground.directory.label_of
    found = [(Period.parse(row.about), label_of(row.subject, language()), row) for row in rows]
    found.sort(key=lambda item: (-item[0].start.toordinal(), item[1]))
    lines = [MonthLine(period.label(language()), area, line_of(row, scope)) for period, area, row in found]
    last = scope.day.replace(day=1) - timedelta(days=1)
    return MonthsPage(lines, _areas(scope), f"{last:%Y-%m}")


def _areas(scope: Scope) -> Sequence[tuple[str, str]]:
    """The areas that have areas within them and are seen: a town has no month of its own."""
    if scope.role.id not in _OPENERS or not scope.mandate:
        return []
    directory = scope.ground.directory
    mine = [area for area in directory.areas if scope.sees(area.id) and parts_of(area.id, directory)]
    return [(area.id, directory.label_of(area.id, language())) for area in mine]
