"""The API of the papers of annual assessments: which there are, one year's, and what is done on it up to the scan."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from tanheng.kernel.faults import Refusal
from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents import api_shapes as shapes
from tanheng.web.documents import assessment_services as services
from tanheng.web.documents import paper_services
from tanheng.web.documents.api_steps import draft_sent, move_on, signature_sent, step_sent
from tanheng.web.documents.assessment_list import assessment_lines
from tanheng.web.documents.assessment_page import AssessmentPage, assessment_file, assessment_page
from tanheng.web.documents.paper_case import PaperCase
from tanheng.web.ui.api_answers import file, gives, gives_file, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Day, Label, Name, Number, Paging, Shape

router = Router(tags=["papers"])
_PAPER = "/assessments/{scorecard}/{year}/paper"


class AssessmentLineShape(Shape):
    """An assessment: its page, what it is called, where its papers stand."""

    href: str
    label: str
    state: str


class SheetShape(Shape):
    """A subject as the last draft scored it; `score` is empty while items are open."""

    subject: str
    label: Label
    score: str
    grade: Label | None
    rank: int | None
    open_items: int
    files: list[str] = Field(description="names of its files, as Word, PDF and Excel")


class AssessmentShape(Shape):
    """The papers of a year's assessment: every sheet, or those of the reader's own; and what may be done now."""

    id: str = Field(description="of its case; empty: none was begun")
    scorecard: str
    year: str
    state: str
    number: int = Field(description="of its last move: send it as `expected`")
    result: str = Field(description="the result that it rests on")
    blockers: list[str] = Field(description="codes of findings that are to be accepted")
    moves: list[str]
    may_begin: bool
    may_compute: bool
    sheets: list[SheetShape]


class ScoringAsked(shapes.StepAsked):
    """What is to be done in the background: the year scored as known on a day up to a stage, or a draft written."""

    kind: Literal["compute", "write"]
    stage: Literal["self", "review", "reply", "final"] = "final"
    known_on: Day | None = None


@router.get("/assessments", **gives_table(AssessmentLineShape, "api_assessments", "年度考核 · Annual assessments"))
def assessments(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Those that were scored, for who sees the site; for anybody else those with a sheet of their own."""
    lines = assessment_lines(reader_of(request))
    rows = [{"href": href, "label": label, "state": state} for href, label, state in lines]
    return table(request, AssessmentLineShape, rows, paging)


@router.get(_PAPER, **gives(AssessmentShape, "api_assessment", "考核文件 · The papers of an assessment"))
def assessment(request: HttpRequest, scorecard: Name, year: Name) -> HttpResponse:
    """Where the papers of a year stand."""
    return _answer(request, scorecard, year, reader_of(request))


@router.get(
    f"{_PAPER}/files/{{number}}/{{piece}}", **gives_file("api_assessment_file", "考核文件下载 · A file of a draft")
)
def paper_file(request: HttpRequest, scorecard: Name, year: Name, number: Number, piece: Number) -> HttpResponse:
    """A file by the number of the draft's move and its place in it."""
    return file(*assessment_file(scorecard, year, number, piece, reader_of(request)))


@router.post(_PAPER, **writes(AssessmentShape, "api_begin_assessment", "开始考核文件 · Begins the papers"))
def begin(request: HttpRequest, scorecard: Name, year: Name, sent: shapes.AcceptedAsked) -> HttpResponse:
    """Begins the papers of the assessment that is shown; every blocker is accepted with its reason."""
    scope = writer_of(request)
    page = _whole(scorecard, year, scope)
    services.begin_paper(page.paper, page.card, sent.accepted, sent=step_sent(sent), scope=scope)
    return _answer(request, scorecard, year, scope)


@router.post(f"{_PAPER}/work", **writes(AssessmentShape, "api_assessment_work", "计分、起草 · Begins work on it"))
def work(request: HttpRequest, scorecard: Name, year: Name, sent: ScoringAsked) -> HttpResponse:
    """Has the year scored, or a draft written, in the background; /jobs says how far it is."""
    scope = writer_of(request)
    page = _whole(scorecard, year, scope)
    if sent.kind == "compute":
        told = {"stage": sent.stage, "known_on": sent.known_on or scope.day}
        services.begin_scoring(page.paper, page.card, **told, sent=step_sent(sent), scope=scope)
    else:
        paper_services.begin_draft(page.paper, sent=step_sent(sent), scope=scope)
    return _answer(request, scorecard, year, scope)


@router.post(f"{_PAPER}/drafts", **writes(AssessmentShape, "api_assessment_draft", "上传修改稿 · Uploads a draft"))
def upload(
    request: HttpRequest, scorecard: Name, year: Name, evidence: File[list[UploadedFile]], sent: Form[shapes.StepAsked]
) -> HttpResponse:
    """Keeps a draft that was edited elsewhere as the next one."""
    scope = writer_of(request)
    paper = _paper(scorecard, year, scope)
    paper_services.move_paper(paper, "drafted", sent=draft_sent(sent, evidence), scope=scope)
    return _answer(request, scorecard, year, scope)


@router.post(
    f"{_PAPER}/signature", **writes(AssessmentShape, "api_assessment_sign", "登记签发 · Records the signature")
)
def sign(
    request: HttpRequest,
    scorecard: Name,
    year: Name,
    evidence: File[list[UploadedFile]],
    sent: Form[shapes.SignatureAsked],
) -> HttpResponse:
    """Keeps the scan, and has the signature recorded and the scores published in the background."""
    scope = writer_of(request)
    signed = signature_sent(sent, evidence)
    paper_services.begin_signing(_paper(scorecard, year, scope), sent=signed, scope=scope)
    return _answer(request, scorecard, year, scope)


@router.post(f"{_PAPER}/moves/{{move}}", **writes(AssessmentShape, "api_assessment_move", "办理 · Moves the papers on"))
def move(request: HttpRequest, scorecard: Name, year: Name, move: Name, sent: shapes.StepAsked) -> HttpResponse:
    """Takes the papers one move further: send, redraft, withdraw."""
    scope = writer_of(request)
    paper = _paper(scorecard, year, scope)
    move_on(paper, move, sent, scope=scope)
    return _answer(request, scorecard, year, scope)


def _whole(scorecard: str, year: str, scope: Scope) -> AssessmentPage:
    """Refuses  paper-unknown; not-permitted: a reader of single sheets."""
    page = assessment_page(scorecard, year, scope)
    if not page.whole:
        raise Refusal("not-permitted", act="publish")
    return page


def _paper(scorecard: str, year: str, scope: Scope) -> PaperCase:
    return _whole(scorecard, year, scope).paper


def _answer(request: HttpRequest, scorecard: str, year: str, scope: Scope) -> HttpResponse:
    page = assessment_page(scorecard, year, scope)
    told: dict[str, Any] = {"scorecard": page.card.id, "year": str(page.paper.period), "state": page.paper.state}
    told |= {"id": page.paper.case.id if page.paper.case else "", "number": page.expected}
    told |= {"result": page.receipt.id if page.receipt else "", "blockers": [code for code, _ in page.blockers]}
    told |= {"moves": list(page.moves), "may_begin": page.may_begin, "may_compute": page.may_compute}
    sheets = [{**vars(each.line), "files": [piece.name for piece in each.files]} for each in page.sheets]
    return one(request, AssessmentShape, told | {"sheets": sheets})
