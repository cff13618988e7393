"""What the pages of papers about results have in common: a barometer's and an assessment's. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tanheng.kernel.pack import ProcedureMove
from tanheng.kernel.procedure import allowed
from tanheng.web.cases.models import Job
from tanheng.web.cases.seats import seats_of
from tanheng.web.cases.selectors import Line
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.month_blockers import Accepted, Finding
from tanheng.web.documents.paper_case import PaperCase
from tanheng.web.documents.paper_files import files_of_move
from tanheng.web.documents.paper_shown import DraftShown, SignatureShown, signature_shown


@dataclass(frozen=True, kw_only=True)
class PaperPage:
    """A paper: where it stands, what blocks it, its drafts, its signature, and what may be done."""

    paper: PaperCase
    line: Line | None
    blockers: Sequence[tuple[str, Sequence[Finding]]]
    accepted_shown: Sequence[Accepted]
    moves: Mapping[str, ProcedureMove]
    may_begin: bool
    may_compute: bool
    drafts: Sequence[DraftShown]
    signature: SignatureShown | None
    job: Job | None

    @property
    def job_pending(self) -> bool:
        """Whether work on it is under way."""
        return self.job is not None and self.job.is_pending

    @property
    def expected(self) -> int:
        """The number of the last move: what whoever sends a form has seen."""
        return self.paper.expected

    @property
    def month(self) -> PaperCase:
        """What the job is about, by the name that the template of jobs knows."""
        return self.paper


def moves_open(paper: PaperCase, scope: Scope) -> Mapping[str, ProcedureMove]:
    """What a reader may do with a paper now, by id."""
    if paper.case is None or not scope.mandate:
        return {}
    found = allowed(paper.case.procedure, paper.case.last.standing, scope.role.id, seats_of(scope))
    return {move.id: move for move in found}


def signature_of(paper: PaperCase) -> SignatureShown | None:
    """The signature of a paper with its scan; None before it is signed."""
    signed = next(iter(paper.made("sign")), None)
    return None if signed is None else signature_shown(signed, files_of_move(signed))
