"""What the page of a barometer's paper does beside what every paper about results does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tanheng.kernel.faults import Refusal
from tanheng.web.cases.models import Job
from tanheng.web.cases.services import Sent
from tanheng.web.directory.scope import Scope
from tanheng.web.documents import paper_services
from tanheng.web.documents.barometer_case import runs_of
from tanheng.web.documents.paper_case import PaperCase


def begin_computing(paper: PaperCase, *, known_on: date, sent: Sent, scope: Scope) -> Job:
    """Has the quarter graded in the background.

    Refuses  not-permitted.
    """
    asked = {"title": f"{paper.period.label()}晴雨表"}
    return paper_services.begin_computing(paper, asked, known_on=known_on, sent=sent, scope=scope)


def begin_paper(paper: PaperCase, reasons: Mapping[str, str], *, sent: Sent, scope: Scope) -> None:
    """Begins the paper of the barometers that are shown for a quarter; every blocker is accepted with its reason.

    Gives    nothing; where it was begun already nothing happens.
    Refuses  not-permitted; barometer-not-stored; acceptance-without-reason; case-figures-blocked.
    """
    scope.require("publish")
    ids = [run.id for run in runs_of(paper.period, scope)]
    if not ids:
        raise Refusal("barometer-not-stored", quarter=paper.name, known="-")
    title = f"{paper.period.label()}能源和碳排放双控晴雨表"
    paper_services.begin_paper(paper, ids, title, reasons, sent=sent, scope=scope)
