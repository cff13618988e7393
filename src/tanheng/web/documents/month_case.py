"""A month of an area, read off its case: what was computed, said, drafted, signed, and what is still open.

Everything here is read from the moves of the case. Reads only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, read_date, year_to_date
from tanheng.records.case_models import CaseMove
from tanheng.records.cases import Case, case_of
from tanheng.records.procedures import procedure_of
from tanheng.web.cases.selectors import case_seen
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.paper_case import last_sent
from tanheng.web.ui.words import language

PROCEDURE = "monthly_cycle"
AREA = "area/"
COLLECTING, CHECKING, COMPUTED, COMMENTING = "collecting", "checking", "computed", "commenting"
DRAFTING, SIGNING, FROZEN, CLOSED, WITHDRAWN = "drafting", "signing", "frozen", "closed", "withdrawn"
STAGES = (COLLECTING, CHECKING, COMPUTED, COMMENTING, DRAFTING, SIGNING, FROZEN, CLOSED)
_COMPUTED_BY = ("compute", "blocked")


@dataclass(frozen=True)
class Point:
    """An open point: what is to be done, of which kind, by whom, by when; `key` is its move, `case/3#14`."""

    key: str
    kind: str
    text: str
    party: str
    due: date
    month: Period


@dataclass(frozen=True)
class MonthCase:
    """The case of a month of an area."""

    case: Case
    area: str
    period: Period

    @property
    def id(self) -> str:
        return self.case.id

    @property
    def state(self) -> str:
        """Where the month stands."""
        return self.case.last.state

    @property
    def span(self) -> Period:
        """January to the month: what its figures are about."""
        return year_to_date(self.period.start.year, self.period.start.month)

    @property
    def href(self) -> str:
        """The page of the month."""
        return month_href(self.area, self.period)

    @property
    def computing(self) -> CaseMove | None:
        """The move that holds the result of the month; None before it was computed, or since it was sent back."""
        found = None
        for move in self.case.moves:
            if move.move in _COMPUTED_BY:
                found = move
            elif move.state == COLLECTING:
                found = None
        return found

    @property
    def dispatch(self) -> str:
        """The result of the month; empty while there is none."""
        move = self.computing
        return "" if move is None else str(move.given["result"])

    @property
    def ends(self) -> Sequence[str]:
        """The results of the year's end that belong to it."""
        move = self.computing
        return [] if move is None or "year_end" not in move.given else str(move.given["year_end"]).split()

    @property
    def accepted(self) -> Mapping[str, str]:
        """The blocking findings that were accepted, by code with the reason."""
        move = self.computing
        return {} if move is None or "accepted" not in move.given else json.loads(move.given["accepted"])

    def made(self, *moves: str) -> list[CaseMove]:
        """The moves of these kinds, in their order."""
        return [move for move in self.case.moves if move.move in moves]

    @property
    def drafts(self) -> list[CaseMove]:
        """The drafts, each a move with its files."""
        return self.made("drafted")

    @property
    def sent(self) -> CaseMove | None:
        """The draft as it was last sent for signing; None where it came back since, or was never sent."""
        return last_sent(self.made("send", "redraft"))

    @property
    def signature(self) -> CaseMove | None:
        """The move by which the signature was recorded."""
        return next(iter(self.made("sign")), None)

    @property
    def publications(self) -> Sequence[str]:
        """What was published when the figures were frozen, the dispatch first."""
        signed = self.signature
        return [] if signed is None else str(signed.given["publications"]).split()

    def points(self) -> Iterator[Point]:
        """The points that were noted in this month, settled or not."""
        for move in self.made("point"):
            given = move.given
            key, due = f"{self.id}#{move.number}", read_date(given["due"])
            yield Point(key, given["kind"], move.said, given["party"], due, self.period)

    def settled(self) -> dict[str, CaseMove]:
        """The points, of this month or an earlier one, that were settled in it."""
        return {move.given["point"]: move for move in self.made("settle")}


def month_href(area: str, period: Period) -> str:
    """The address of the page of a month."""
    return reverse("month", args=[area.removeprefix(AREA), str(period)])


def href_of_row(row: CaseMove) -> str:
    """The page of a month's case by its last move; empty for one that names no area."""
    return month_href(row.subject, Period.parse(row.about)) if row.subject.startswith(AREA) else ""


def month_case(area: str, period: Period, scope: Scope) -> MonthCase:
    """The case of a month: the last one that was not withdrawn.

    Refuses  month-unknown: there is none, or none in reach; the two are answered alike.
    """
    rows = CaseMove.objects.filter(procedure=PROCEDURE, subject=area, about=str(period))
    ended = set(rows.filter(state=WITHDRAWN).values_list("case", flat=True))
    names = [case for case in rows.order_by("id").values_list("case", flat=True) if case not in ended]
    try:
        found = case_seen(names[-1], scope) if names else None
    except Refusal as refusal:
        if refusal.code != "case-unknown":
            raise
        found = None
    if found is None:
        label = scope.ground.directory.label_of(area, language()) if scope.sees(area) else area
        raise Refusal("month-unknown", area=label, period=period.label(language()))
    return MonthCase(found, area, period)


def month_of_id(id: str) -> MonthCase:
    """The month of a case.

    Refuses  case-unknown.
    """
    case = case_of(id)
    return MonthCase(case, case.last.subject, Period.parse(case.last.about))


def months_of(area: str) -> list[MonthCase]:
    """The months of an area that were not withdrawn, in the order of their periods."""
    rows = CaseMove.objects.filter(procedure=PROCEDURE, subject=area)
    definition, found = procedure_of(PROCEDURE), dict[str, list[CaseMove]]()
    for row in rows.select_related("event").order_by("number"):
        found.setdefault(row.case, []).append(row)
    cases = [Case(id, definition, tuple(moves)) for id, moves in found.items()]
    months = [MonthCase(case, case.last.subject, Period.parse(case.last.about)) for case in cases]
    return sorted((one for one in months if one.state != WITHDRAWN), key=lambda one: (one.period.start, one.id))


def open_points(months: Sequence[MonthCase]) -> list[Point]:
    """The points of some months that none of them settled, what is due first in front."""
    settled = {key for month in months for key in month.settled()}
    found = [point for month in months for point in month.points() if point.key not in settled]
    return sorted(found, key=lambda point: (point.due, point.key))
