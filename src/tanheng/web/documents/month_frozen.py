"""The figures of a month as they were frozen, beside what they are with what is known since. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tanheng.kernel.trace import Address
from tanheng.records.publishing import open_publication, published_result
from tanheng.records.selecting import directory_as_of
from tanheng.reports.month_runs import DISPATCH
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.month_case import MonthCase
from tanheng.web.results.figures import figure_at
from tanheng.web.results.heads import ResultHead, head_of
from tanheng.web.results.sight import open_sight
from tanheng.web.results.stored_runs import StoredRun, stored_runs
from tanheng.web.ui.figure import Figure


@dataclass(frozen=True)
class FrozenRow:
    """A figure as it was signed, and as it would be now; whether they differ."""

    label: str
    frozen: Figure
    revised: Figure | None
    differs: bool


@dataclass(frozen=True)
class FrozenFigures:
    """The signed figures; `revised_on` is the day up to which the others were known, `compare_href` says why they
    differ.
    """

    rows: Sequence[FrozenRow]
    known_on: date
    digest: str
    revised_on: date | None
    compare_href: str

    @property
    def changed(self) -> int:
        """How many differ."""
        return sum(1 for row in self.rows if row.differs)


def frozen_figures(month: MonthCase, scope: Scope) -> FrozenFigures:
    """What was published of a month beside its latest result.

    Refuses  publication-not-found, result-damaged, blob-not-found.
    """
    publication = open_publication(month.publications[0])
    head = ResultHead(published_result(publication))
    later = _later(month, head, scope)
    fresh = None if later is None else head_of(open_sight(later.id, scope))
    directory = directory_as_of(head.log_position)
    rows = []
    for text in publication.figures:
        address = Address.parse(text)
        frozen = figure_at(head, address, directory)
        revised = figure_at(fresh, address, directory) if fresh is not None and scope.sees(address.subject) else None
        differs = revised is not None and revised.value != frozen.value
        rows.append(FrozenRow(frozen.label, frozen, revised, differs))
    href = "" if later is None else reverse("compare", args=[publication.position, later.id])
    revised_on = None if later is None else later.known_on
    return FrozenFigures(rows, head.known_on, publication.figures_digest, revised_on, href)


def _later(month: MonthCase, head: ResultHead, scope: Scope) -> StoredRun | None:
    """The result of the same question with what was known, or recorded, later; None while nobody has asked it."""
    if scope.is_public:
        return None
    asked = (head.known_on, head.log_position)
    runs = [run for run in stored_runs(DISPATCH, scope) if run.period == month.span and not run.by_own_settings]
    newer = [run for run in runs if (run.known_on, run.log_position) > asked and run.id != head.id]
    return max(newer, key=lambda run: (run.known_on, run.log_position), default=None)
