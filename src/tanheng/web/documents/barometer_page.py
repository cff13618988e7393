"""What the page of a barometer's paper shows. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.cases.selectors import line_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.barometer_case import barometer_case, runs_of
from tanheng.web.documents.month_blockers import accepted_in_words, blocking, blocking_by_code
from tanheng.web.documents.paper_page import PaperPage, moves_open, signature_of
from tanheng.web.documents.paper_services import findings_of, job_of_paper
from tanheng.web.documents.paper_shown import drafts_shown
from tanheng.web.results.stored_runs import StoredRun
from tanheng.web.ui.words import language, said


@dataclass(frozen=True, kw_only=True)
class BarometerPaperPage(PaperPage):
    """The paper of a quarter's barometer, and the runs that it rests on."""

    period_label: str
    runs: Sequence[tuple[str, StoredRun]]


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
    )
