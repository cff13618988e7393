"""The API of cases where files come along: opening a case, or moving it, with its evidence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import Field

from tanheng.records.cases import Matter
from tanheng.records.procedures import procedure_of
from tanheng.web.cases import api_shapes as shapes
from tanheng.web.cases.api import case_shown
from tanheng.web.cases.services import Sent, make_move, open_new
from tanheng.web.cases.views.sent import GIVEN
from tanheng.web.directory.api_access import writer_of
from tanheng.web.ui.api_answers import one, writes
from tanheng.web.ui.api_shapes import Asked, Day, Name, Text, Token
from tanheng.web.ui.uploads import contents_of

router = Router(tags=["cases"])


class FiledMoveAsked(Asked):
    """A move, with what it needs, as the fields of a form."""

    said: Text = ""
    addressee: str = Field("", max_length=200, description="a party or an area by id or by name")
    due: Day | None = None
    document_number: str = Field("", max_length=100)
    signer: str = Field("", max_length=100)
    signed_on: str = Field("", max_length=10)
    result: str = Field("", max_length=80)
    expected: int | None = Field(None, ge=0, le=10**9, description="the number of the last move that was seen")
    token: Token = ""


class FiledOpeningAsked(FiledMoveAsked):
    """A new case, as the fields of a form."""

    title: str = Field(max_length=200, examples=["督促北区报送一季度数据"])
    about: str = Field("", max_length=200)
    subject: str = Field("", max_length=200, examples=["area/t-north"])


@router.post(
    "/cases-with-evidence/{procedure}",
    **writes(shapes.CaseShape, "api_open_case_with_evidence", "附材料新建事项 · Opens a case with its evidence"),
)
def open_case(
    request: HttpRequest, procedure: Name, evidence: File[list[UploadedFile]], sent: Form[FiledOpeningAsked]
) -> HttpResponse:
    """Opens a case by the first move of its procedure, with the files that prove it."""
    scope = writer_of(request)
    procedure_of(procedure)
    matter = Matter(sent.title.strip(), sent.about.strip(), sent.subject.strip())
    made = open_new(procedure, matter=matter, sent=_sent(sent, evidence), scope=scope)
    return one(request, shapes.CaseShape, case_shown(made.id, scope))


@router.post(
    "/cases-with-evidence/{procedure}/{name}/moves/{move}",
    **writes(shapes.CaseShape, "api_move_case_with_evidence", "附材料办理 · Makes a move with its evidence"),
)
def move(
    request: HttpRequest,
    procedure: Name,
    name: Name,
    move: Name,
    evidence: File[list[UploadedFile]],
    sent: Form[FiledMoveAsked],
) -> HttpResponse:
    """Takes a case one move further, with the files that prove it."""
    scope = writer_of(request)
    make_move(f"{procedure}/{name}", move, sent=_sent(sent, evidence), scope=scope)
    return one(request, shapes.CaseShape, case_shown(f"{procedure}/{name}", scope))


def _sent(sent: FiledMoveAsked, evidence: list[UploadedFile]) -> Sent:
    given = {name: getattr(sent, name) for name in GIVEN if getattr(sent, name)}
    told = {"token": sent.token, "expected": sent.expected}
    return Sent(sent.said, sent.addressee, sent.due, given, contents_of(evidence), **told)
