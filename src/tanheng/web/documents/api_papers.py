"""The API of the papers of barometers: one quarter's, and what is done on it, up to the signature with its scan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, year_to_date
from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents import api_shapes as shapes
from tanheng.web.documents import barometer_services as services
from tanheng.web.documents import paper_services
from tanheng.web.documents.api_steps import draft_sent, move_on, signature_sent, step_sent
from tanheng.web.documents.barometer_case import barometer_case
from tanheng.web.documents.barometer_page import barometer_paper_page
from tanheng.web.documents.paper_case import PaperCase
from tanheng.web.ui.api_answers import gives, one, writes
from tanheng.web.ui.api_shapes import Name

router = Router(tags=["papers"])
_PAPER = "/barometer/{quarter}/paper"


@router.get(_PAPER, **gives(shapes.PaperShape, "api_paper", "晴雨表文稿 · The paper of a quarter's barometer"))
def paper(request: HttpRequest, quarter: Name) -> HttpResponse:
    """Where the paper of a quarter stands; for whoever sees the whole site."""
    return one(request, shapes.PaperShape, _paper(quarter, reader_of(request)))


@router.post(_PAPER, **writes(shapes.PaperShape, "api_begin_paper", "开始文稿 · Begins the paper"))
def begin(request: HttpRequest, quarter: Name, sent: shapes.AcceptedAsked) -> HttpResponse:
    """Begins the paper of the barometers that are shown; every blocker is accepted with its reason."""
    scope = writer_of(request)
    services.begin_paper(_found(quarter, scope), sent.accepted, sent=step_sent(sent), scope=scope)
    return one(request, shapes.PaperShape, _paper(quarter, scope))


@router.post(f"{_PAPER}/work", **writes(shapes.PaperShape, "api_paper_work", "评定、起草 · Begins work on it"))
def work(request: HttpRequest, quarter: Name, sent: shapes.PaperWorkAsked) -> HttpResponse:
    """Has the quarter graded, or a draft written, in the background; /jobs says how far it is."""
    scope = writer_of(request)
    found = _found(quarter, scope)
    if sent.kind == "compute":
        services.begin_computing(found, known_on=sent.known_on or scope.day, sent=step_sent(sent), scope=scope)
    else:
        paper_services.begin_draft(found, sent=step_sent(sent), scope=scope)
    return one(request, shapes.PaperShape, _paper(quarter, scope))


@router.post(f"{_PAPER}/drafts", **writes(shapes.PaperShape, "api_paper_draft", "上传修改稿 · Uploads a draft"))
def upload(
    request: HttpRequest, quarter: Name, evidence: File[list[UploadedFile]], sent: Form[shapes.StepAsked]
) -> HttpResponse:
    """Keeps a draft that was edited elsewhere as the next one."""
    scope = writer_of(request)
    found = _found(quarter, scope)
    paper_services.move_paper(found, "drafted", sent=draft_sent(sent, evidence), scope=scope)
    return one(request, shapes.PaperShape, _paper(quarter, scope))


@router.post(
    f"{_PAPER}/signature", **writes(shapes.PaperShape, "api_paper_sign", "登记签发 · Records the signature of a paper")
)
def sign(
    request: HttpRequest, quarter: Name, evidence: File[list[UploadedFile]], sent: Form[shapes.SignatureAsked]
) -> HttpResponse:
    """Keeps the scan, and has the signature recorded and the barometers published in the background."""
    scope = writer_of(request)
    found = _found(quarter, scope)
    signed = signature_sent(sent, evidence)
    paper_services.begin_signing(found, sent=signed, scope=scope)
    return one(request, shapes.PaperShape, _paper(quarter, scope))


@router.post(f"{_PAPER}/moves/{{move}}", **writes(shapes.PaperShape, "api_paper_move", "办理文稿 · Moves a paper on"))
def move(request: HttpRequest, quarter: Name, move: Name, sent: shapes.StepAsked) -> HttpResponse:
    """Takes a paper one move further: send, redraft, withdraw."""
    scope = writer_of(request)
    found = _found(quarter, scope)
    move_on(found, move, sent, scope=scope)
    return one(request, shapes.PaperShape, _paper(quarter, scope))


def _found(quarter: str, scope: Scope) -> PaperCase:
    """Refuses  paper-unknown: papers about all districts are for whoever sees the whole site."""
    barometer_paper_page(quarter, _to_date(quarter), scope)
    return barometer_case(quarter, _to_date(quarter))


def _to_date(quarter: str) -> Period:
    """A quarter as the period from January to its end.

    Refuses  period-unreadable; paper-unknown: papers are about whole months.
    """
    period = Period.parse(quarter)
    if not period.is_whole_months():
        raise Refusal("paper-unknown")
    return year_to_date(period.start.year, period.months()[-1].start.month)


def _paper(quarter: str, scope: Scope) -> dict[str, Any]:
    page = barometer_paper_page(quarter, _to_date(quarter), scope)
    told = {"id": page.paper.case.id if page.paper.case else "", "quarter": quarter, "state": page.paper.state}
    told |= {"number": page.expected, "results": list(page.paper.results) or [run.id for _, run in page.runs]}
    told |= {"blockers": [code for code, _ in page.blockers], "moves": list(page.moves), "drafts": list(page.drafts)}
    return {**told, "may_begin": page.may_begin, "may_compute": page.may_compute}
