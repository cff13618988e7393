"""What the page of a barometer's paper shows. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import ProcedureMove
from tanheng.kernel.period import Period
from tanheng.kernel.procedure import allowed
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.cases.models import Job
from tanheng.web.cases.seats import seats_of
from tanheng.web.cases.selectors import Line, line_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.barometer_case import barometer_case, runs_of
from tanheng.web.documents.month_blockers import Accepted, Finding, accepted_in_words, blocking, blocking_by_code
from tanheng.web.documents.paper_case import PaperCase
from tanheng.web.documents.paper_files import files_of_move
from tanheng.web.documents.paper_services import findings_of, job_of_paper
from tanheng.web.documents.paper_shown import DraftShown, SignatureShown, drafts_shown, signature_shown
from tanheng.web.results.stored_runs import StoredRun
from tanheng.web.ui.words import language, said


@dataclass(frozen=True)
class BarometerPaperPage:
    """The paper of a quarter's barometer: what it rests on, its drafts, its signature, and what may be done."""

    paper: PaperCase
    period_label: str
    line: Line | None
    runs: Sequence[tuple[str, StoredRun]]
    blockers: Sequence[tuple[str, Sequence[Finding]]]
    accepted_shown: Sequence[Accepted]
    moves: Mapping[str, ProcedureMove]
    may_begin: bool
    may_compute: bool
    drafts: Sequence[DraftShown]
    signature: SignatureShown | None
    job: Job | None
    job_pending: bool

    @property
    def expected(self) -> int:
        """The number of the last move: what whoever sends a form has seen."""
        return self.paper.expected

    @property
    def month(self) -> PaperCase:
        """What the job is about, by the name that the template of jobs knows."""
        return self.paper


def barometer_paper_page(quarter: str, period: Period, scope: Scope) -> BarometerPaperPage:
    """The page.

    Refuses  paper-unknown: papers about all districts are read by whoever sees the whole site.
    """
    if not scope.sees_all:
        raise Refusal("paper-unknown")
    paper = barometer_case(quarter, period)
    runs, job = runs_of(period, scope), job_of_paper(paper)
    found = findings_of([run.id for run in runs]) if paper.case is None else []
    accepted = accepted_in_words(paper.accepted, findings_of(paper.results) if paper.accepted else [])
    return BarometerPaperPage(
        paper=paper,
        period_label=period.label(language()),
        line=None if paper.case is None else line_of(paper.case.last, scope),
        runs=[(said(packs_in_use().scheme_label(run.scheme)), run) for run in runs],
        blockers=blocking_by_code(blocking(found), found),
        accepted_shown=accepted,
        moves=moves_open(paper, scope),
        may_begin=paper.case is None and bool(runs) and scope.may("publish"),
        may_compute=paper.case is None and scope.may("compute"),
        drafts=drafts_shown(paper.made("drafted"), paper.sent),
        signature=signature_of(paper),
        job=job if scope.may("publish") else None,
        job_pending=job is not None and job.state in (Job.WAITING, Job.RUNNING),
    )


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
