"""The API of cases: the inbox, one case, opening and moving, procedures, jobs, lending a mandate."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tanheng.kernel.faults import Refusal
from tanheng.records.cases import Case, Matter
from tanheng.records.delegating import delegations_of
from tanheng.records.people import names_of
from tanheng.records.procedures import procedure_of, procedures
from tanheng.records.site_files import blobs
from tanheng.web.cases import api_shapes as shapes
from tanheng.web.cases.jobs import job_of, jobs_of
from tanheng.web.cases.models import Job
from tanheng.web.cases.outbox import outbox, send_again
from tanheng.web.cases.selectors import case_page, case_seen, inbox
from tanheng.web.cases.services import Sent, lend_mandate, make_move, open_new
from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.api_answers import file, gives, gives_file, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Name, Number, Paging

router = Router(tags=["cases"])


@router.get("/cases", **gives_table(shapes.CaseLineShape, "api_cases", "事项 · The inbox"))
def cases(request: HttpRequest, asked: Query[shapes.InboxFilter], paging: Query[Paging]) -> HttpResponse:
    """The cases in reach: those that wait for the reader, all open ones, or those that have ended."""
    return table(request, shapes.CaseLineShape, inbox(reader_of(request), asked.share).lines, paging)


@router.get("/cases/{procedure}/{name}", **gives(shapes.CaseShape, "api_case", "一个事项 · One case"))
def case(request: HttpRequest, procedure: Name, name: Name) -> HttpResponse:
    """A case with its history and the moves that the reader may make now."""
    return one(request, shapes.CaseShape, case_shown(f"{procedure}/{name}", reader_of(request)))


@router.post("/cases/{procedure}", **writes(shapes.CaseShape, "api_open_case", "新建事项 · Opens a case"))
def open_case(request: HttpRequest, procedure: Name, sent: shapes.OpeningAsked) -> HttpResponse:
    """Opens a case by the first move of its procedure."""
    scope = writer_of(request)
    procedure_of(procedure)
    matter = Matter(sent.title.strip(), sent.about.strip(), sent.subject.strip())
    made: Case = open_new(procedure, matter=matter, sent=_sent(sent), scope=scope)
    return one(request, shapes.CaseShape, case_shown(made.id, scope))


@router.post(
    "/cases/{procedure}/{name}/moves/{move}", **writes(shapes.CaseShape, "api_move_case", "办理 · Makes a move")
)
def move(request: HttpRequest, procedure: Name, name: Name, move: Name, sent: shapes.MoveAsked) -> HttpResponse:
    """Takes a case one move further. Refused with 409 where somebody has moved it since `expected`."""
    scope = writer_of(request)
    make_move(f"{procedure}/{name}", move, sent=_sent(sent), scope=scope)
    return one(request, shapes.CaseShape, case_shown(f"{procedure}/{name}", scope))


@router.get(
    "/cases/{procedure}/{name}/evidence/{number}/{piece}",
    **gives_file("api_case_evidence", "佐证材料 · A piece of evidence"),
)
def evidence(request: HttpRequest, procedure: Name, name: Name, number: Number, piece: Number) -> HttpResponse:
    """A file that came with a move."""
    id = f"{procedure}/{name}"
    moves = {move.number: move for move in case_seen(id, reader_of(request)).moves}
    pieces = moves[number].evidence if number in moves else []
    if piece >= len(pieces) or not pieces[piece]["digest"]:
        raise Refusal("evidence-unknown", case=id, number=number)
    return file(pieces[piece]["name"], blobs().get(pieces[piece]["digest"]))


@router.get("/procedures", **gives_table(shapes.ProcedureShape, "api_procedures", "程序 · Procedures"))
def known_procedures(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Every procedure of the packs in use: its states, its moves and who may make them."""
    reader_of(request)
    return table(request, shapes.ProcedureShape, list(procedures().values()), paging)


@router.get("/jobs", **gives_table(shapes.JobShape, "api_jobs", "后台任务 · One's own jobs"))
def jobs(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The last hundred pieces of work in the background, the newest first."""
    return table(request, shapes.JobShape, [_job(item) for item in jobs_of(reader_of(request).person, 100)], paging)


@router.get("/jobs/{job}", **gives(shapes.JobShape, "api_job", "一个后台任务 · One job"))
def job(request: HttpRequest, job: Name) -> HttpResponse:
    """How far a job is, and what came of it."""
    return one(request, shapes.JobShape, _job(job_of(job, reader_of(request).person)))


@router.get("/outgoing", **gives_table(shapes.OutgoingShape, "api_outgoing", "发件情况 · What leaves the site"))
def outgoing(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Letters and messages: what waits, what was sent, what was given up and why, the newest first."""
    return table(request, shapes.OutgoingShape, outbox(reader_of(request)), paging)


@router.post(
    "/outgoing/{id}/again",
    **writes(list[shapes.OutgoingShape], "api_outgoing_again", "重新发送 · Sends something again"),
)
def again(request: HttpRequest, id: Name) -> HttpResponse:
    """Has something tried again that was given up, or at which a worker was stopped; what waits or was sent stays."""
    scope = writer_of(request)
    sent = str(send_again(id, scope=scope).id)
    return table(request, shapes.OutgoingShape, [item for item in outbox(scope) if item.id == sent], Paging())


@router.get("/delegations", **gives_table(shapes.DelegationShape, "api_delegations", "授权代理 · Who acts for me"))
def delegations(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Who else acts under the mandate of the reader, from when until when."""
    return table(request, shapes.DelegationShape, _lent(reader_of(request)), paging)


@router.post(
    "/delegations", **writes(list[shapes.DelegationShape], "api_delegate", "设代理 · Lends one's mandate for some days")
)
def delegate(request: HttpRequest, sent: shapes.DelegationAsked) -> HttpResponse:
    """Lets somebody else act under the mandate of the token for some days."""
    scope = writer_of(request)
    lend_mandate(login=sent.login, start=sent.start, end=sent.end, scope=scope)
    return table(request, shapes.DelegationShape, _lent(scope), Paging())


def case_shown(id: str, scope: Scope) -> dict[str, Any]:
    """A case in reach as the API says it."""
    page = case_page(id, scope)
    return {**vars(page), "id": page.case.id, "number": page.case.last.number}


def _sent(sent: shapes.MoveAsked) -> Sent:
    return Sent(sent.said, sent.addressee, sent.due, sent.given, token=sent.token, expected=sent.expected)


def _job(job: Job) -> dict[str, Any]:
    names = ("kind", "title", "state", "step", "done", "total", "outcome", "made_at", "ended_at")
    return {"id": str(job.id), **{name: getattr(job, name) for name in names}}


def _lent(scope: Scope) -> list[dict[str, Any]]:
    lent = delegations_of(scope.mandate)
    names = names_of(item.person for item in lent)
    return [
        {"person": names[item.person] if item.person in names else "", "start": item.start, "end": item.end}
        for item in lent
    ]
