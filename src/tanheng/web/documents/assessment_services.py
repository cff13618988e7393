"""What the page of an assessment's papers does beside what every paper about results does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Scorecard
from tanheng.web.cases.models import Job
from tanheng.web.cases.services import Sent
from tanheng.web.directory.scope import Scope
from tanheng.web.documents import paper_services
from tanheng.web.documents.assessment_case import STAGES, run_shown
from tanheng.web.documents.paper_case import PaperCase


def begin_scoring(paper: PaperCase, card: Scorecard, *, stage: str, known_on: date, sent: Sent, scope: Scope) -> Job:
    """Has the year scored in the background, counting entries up to a stage.

    Refuses  not-permitted.
    """
    counted = stage if stage in STAGES else STAGES[-1]
    asked = {"title": title_of(paper, card), "scorecard": card.id, "stage": counted}
    return paper_services.begin_computing(paper, asked, known_on=known_on, sent=sent, scope=scope)


def begin_paper(paper: PaperCase, card: Scorecard, reasons: Mapping[str, str], *, sent: Sent, scope: Scope) -> None:
    """Begins the papers of the assessment that is shown; every blocker is accepted with its reason.

    Gives    nothing; where they were begun already nothing happens.
    Refuses  not-permitted; paper-unknown: the year was not scored; acceptance-without-reason; case-figures-blocked.
    """
    scope.require("publish")
    run = run_shown(card.id, paper.period, scope)
    if run is None:
        raise Refusal("paper-unknown")
    paper_services.begin_paper(paper, [run.id], title_of(paper, card), reasons, sent=sent, scope=scope)


def title_of(paper: PaperCase, card: Scorecard) -> str:
    """What the papers are called."""
    return f"{paper.period.label()}{card.label['zh']}考核结果"
