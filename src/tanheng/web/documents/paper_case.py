"""A paper about results that were computed for the whole site, read off its case of publishing. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tanheng.kernel.period import Period
from tanheng.records.case_models import CaseMove
from tanheng.records.cases import Case, case_of

PROCEDURE = "publishing"
WITHDRAWN = "withdrawn"
BAROMETER, ASSESSMENT = "barometer", "assessment"
_PAGES = {BAROMETER: "barometer_papers", ASSESSMENT: "assessment_papers"}


@dataclass(frozen=True)
class PaperCase:
    """What a paper is about, and the case in which it is drafted and signed; none before the paper is begun.

    `kind` is the barometer or an assessment, `name` which one: a quarter, or a scorecard and a year.
    """

    kind: str
    name: str
    period: Period
    case: Case | None

    @property
    def about(self) -> str:
        """What the case is about, in its words."""
        return f"{self.kind}/{self.name}"

    @property
    def href(self) -> str:
        """The page of the paper."""
        return reverse(_PAGES[self.kind], args=self.name.split("/"))

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

    @property
    def sent(self) -> CaseMove | None:
        """The draft as it was last sent for signing; None where it came back since, or was never sent."""
        return last_sent(self.made("send", "redraft"))

    def made(self, *moves: str) -> list[CaseMove]:
        """The moves of these kinds, in their order."""
        return [] if self.case is None else [move for move in self.case.moves if move.move in moves]


def last_sent(moves: Iterable[CaseMove]) -> CaseMove | None:
    """The move by which a draft went to be signed, of those that send and send back; None where it came back."""
    found = None
    for move in moves:
        found = move if move.move == "send" else None
    return found


def href_of_row(row: CaseMove) -> str:
    """The page of a case of publishing by its last move; empty for one that is about a single result."""
    kind, _, name = row.about.partition("/")
    return reverse(_PAGES[kind], args=name.split("/")) if kind in _PAGES and name else ""


def paper_case(kind: str, name: str, period: Period) -> PaperCase:
    """The paper of that kind and name: the last one that was not withdrawn."""
    rows = CaseMove.objects.filter(procedure=PROCEDURE, about=f"{kind}/{name}")
    ended = set(rows.filter(state=WITHDRAWN).values_list("case", flat=True))
    names = [name for name in rows.order_by("id").values_list("case", flat=True) if name not in ended]
    return PaperCase(kind, name, period, case_of(names[-1]) if names else None)
