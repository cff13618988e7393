"""What areas and departments say of a month: read off its case, as far as a reader may. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tanheng.records.case_models import CaseMove
from tanheng.web.cases.seats import name_of, seats_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.month_case import MonthCase
from tanheng.web.documents.paper_files import may_read_papers

ASK, COMMENT = "ask", "comment"
_NAMING_UNITS = frozenset({"blocked", "compute", "drafted", "send", "sign", "point", "settle"})


@dataclass(frozen=True)
class Comment:
    """A comment: for whom, when, what, and the files that came with it by name and address."""

    name: str
    at: datetime
    text: str
    pieces: Sequence[tuple[str, str]]


def is_move_read_by(row: CaseMove, scope: Scope) -> bool:
    """Whether a move of a month may be read: papers, findings and open points name single units."""
    if row.move == COMMENT:
        return is_comment_read_by(row, scope)
    return row.move not in _NAMING_UNITS or may_read_papers(row.subject, scope)


def is_comment_read_by(row: CaseMove, scope: Scope) -> bool:
    """Whether a move of a month may be read: a comment by whoever wrote it, or sees the area it is for."""
    if row.move != COMMENT or scope.sees_all or row.party in seats_of(scope):
        return True
    area = area_of(row)
    return bool(area) and scope.role.reach == "area" and scope.sees(area)


def area_of(row: CaseMove) -> str:
    """The area that a comment is for; empty for one of a department."""
    return str(row.given["area"]) if "area" in row.given else ""


def comments_by_area(month: MonthCase, scope: Scope) -> dict[str, list[Comment]]:
    """The comments of a month that a reader may read, by area; those of departments under their party."""
    found: dict[str, list[Comment]] = {}
    for row in month.made(COMMENT):
        if is_comment_read_by(row, scope):
            key = area_of(row) or row.party
            found.setdefault(key, []).append(_comment(row, key, scope))
    return found


def areas_that_commented(month: MonthCase) -> set[str]:
    """The areas that have said something since the last call for comments."""
    asked = [move.number for move in month.made("ask")]
    return {area_of(row) for row in month.made(COMMENT) if not asked or row.number > asked[-1]}


def months_answered(rows: Sequence[CaseMove], scope: Scope) -> set[str]:
    """The months on which the reader has commented since comments were asked for; more may be said until it moves on.

    Reads    rows: the last move of each open month.
    """
    seats, asked, found = seats_of(scope), dict[str, int](), set[str]()
    cases = [row.case for row in rows]
    made = CaseMove.objects.filter(case__in=cases, move__in=(ASK, COMMENT)).order_by("number") if cases else ()
    for row in made:
        if row.move == ASK:
            asked[row.case] = row.number
            found.discard(row.case)
        elif row.case in asked and _is_ones_own(row, scope, seats):
            found.add(row.case)
    return found


def _is_ones_own(row: CaseMove, scope: Scope, seats: Sequence[str]) -> bool:
    """Whether a comment is the reader's: given under the same seat, or taken down for the reader's area."""
    return row.party in seats or (bool(scope.area) and area_of(row) == scope.area)


def comments_in_words(month: MonthCase, scope: Scope) -> list[tuple[str, str]]:
    """The comments for the paper: for whom, and what was said; of one who said several things the last stands."""
    last = {area_of(row) or row.party: row for row in month.made(COMMENT)}
    return [(scope.ground.directory.label_of(key, "zh"), row.said) for key, row in last.items() if row.said.strip()]


def _comment(row: CaseMove, key: str, scope: Scope) -> Comment:
    procedure, name = row.case.split("/", 1)
    pieces = [
        (piece["name"], reverse("case_evidence", args=[procedure, name, row.number, index]))
        for index, piece in enumerate(row.evidence)
    ]
    return Comment(name_of(key, scope) or key, row.event.at, row.said, pieces)
