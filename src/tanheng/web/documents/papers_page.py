"""Every paper that was drafted: its number, where it stands, who signed it when, its files. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tanheng.records.case_models import CaseMove
from tanheng.web.cases.own_pages import case_href
from tanheng.web.cases.selectors import line_of, rows_seen
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.month_case import PROCEDURE as MONTHLY
from tanheng.web.documents.paper_files import PaperFile, files_of_move, may_read_papers

PUBLISHING = "publishing"
_WITH_FILES = ("drafted", "sign")


@dataclass(frozen=True)
class PaperLine:
    """A paper: its title, page, state and signature; the number of its last draft; the files of it and of the scan.

    `files` is empty for whoever may not read papers about the area; `withheld` says so.
    """

    title: str
    href: str
    kind: str
    state: str
    draft: str
    number: str
    signer: str
    signed_on: str
    at: datetime
    files: Sequence[PaperFile]
    withheld: bool
    publications: Sequence[tuple[str, str]]


def paper_lines(scope: Scope) -> Sequence[PaperLine]:
    """The papers of the cases that a reader sees, the latest first."""
    rows = {row.case: row for procedure in (MONTHLY, PUBLISHING) for row in rows_seen(procedure, scope)}
    moves: dict[str, list[CaseMove]] = {}
    made = CaseMove.objects.filter(case__in=rows, move__in=_WITH_FILES).select_related("event").order_by("id")
    for move in made:
        moves.setdefault(move.case, []).append(move)
    lines = [_line(rows[case], found, scope) for case, found in moves.items()]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _line(last: CaseMove, found: Sequence[CaseMove], scope: Scope) -> PaperLine:
    drafts = [move for move in found if move.move == "drafted"]
    signed = next((move for move in reversed(found) if move.move == "sign"), None)
    given: Mapping[str, str] = signed.given if signed is not None else {}
    reads, line = may_read_papers(last.subject, scope), line_of(last, scope)
    shown = [*([drafts[-1]] if drafts else []), *([signed] if signed is not None else [])]
    published = str(given["publications"]).split() if "publications" in given else []
    return PaperLine(
        title=last.title,
        href=case_href(last),
        kind=line.procedure,
        state=line.state,
        draft=drafts[-1].given["draft"] if drafts else "",
        number=given["document_number"] if signed is not None else "",
        signer=given["signer"] if signed is not None else "",
        signed_on=given["signed_on"] if signed is not None else "",
        at=found[-1].event.at,
        files=[file for move in shown for file in files_of_move(move)] if reads else [],
        withheld=not reads,
        publications=[(each, reverse("publication", args=[each.partition("/")[2]])) for each in published],
    )
