"""The paper of a barometer, read off its case of publishing. Reads only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tanheng.kernel.period import Period
from tanheng.records.case_models import CaseMove
from tanheng.records.cases import Case, case_of
from tanheng.web.directory.scope import Scope
from tanheng.web.results.stored_runs import StoredRun, stored_runs

PROCEDURE, METHOD = "publishing", "barometer"
WITHDRAWN = "withdrawn"
_ABOUT = "barometer/"


@dataclass(frozen=True)
class BarometerCase:
    """A quarter, and the case in which its paper is drafted and signed; none before the paper is begun."""

    quarter: str
    period: Period
    case: Case | None

    @property
    def about(self) -> str:
        """What the case is about, in its words."""
        return about_of(self.quarter)

    @property
    def href(self) -> str:
        """The page of the paper."""
        return reverse("barometer_papers", args=[self.quarter])

    @property
    def state(self) -> str:
        """Where the paper stands; empty before it is begun."""
        return "" if self.case is None else self.case.last.state

    @property
    def expected(self) -> int:
        """The number of the last move."""
        return 0 if self.case is None else self.case.last.number

    @property
    def results(self) -> Sequence[str]:
        """The results that the paper is about."""
        return [] if self.case is None else str(self.case.moves[0].given["results"]).split()

    @property
    def accepted(self) -> Mapping[str, str]:
        """The blocking findings that were accepted, by code with the reason."""
        return {} if self.case is None else json.loads(self.case.moves[0].given["accepted"])

    def made(self, *moves: str) -> list[CaseMove]:
        """The moves of these kinds, in their order."""
        return [] if self.case is None else [move for move in self.case.moves if move.move in moves]


def about_of(quarter: str) -> str:
    """What the case of a quarter's paper is about."""
    return f"{_ABOUT}{quarter}"


def href_of_row(row: CaseMove) -> str:
    """The page of a case of publishing by its last move; empty for one that is about a single result."""
    if not row.about.startswith(_ABOUT):
        return ""
    return reverse("barometer_papers", args=[row.about.removeprefix(_ABOUT)])


def barometer_case(quarter: str, period: Period) -> BarometerCase:
    """The paper of a quarter: the last one that was not withdrawn."""
    rows = CaseMove.objects.filter(procedure=PROCEDURE, about=about_of(quarter))
    ended = set(rows.filter(state=WITHDRAWN).values_list("case", flat=True))
    names = [name for name in rows.order_by("id").values_list("case", flat=True) if name not in ended]
    return BarometerCase(quarter, period, case_of(names[-1]) if names else None)


def runs_of(period: Period, scope: Scope) -> Sequence[StoredRun]:
    """The barometers of a quarter to be published: under each scheme the one that is shown, energy before carbon."""
    first: dict[str, StoredRun] = {}
    for run in stored_runs(METHOD, scope):
        if run.period == period:
            first.setdefault(run.scheme, run)
    return [first[scheme] for scheme in sorted(first, reverse=True)]
