"""The API of the monthly cycle: the months, one of them, and what is done on it, up to the signature with its scan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile

from tanheng.kernel.period import Period
from tanheng.web.cases.selectors import line_of, rows_seen
from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.documents import api_shapes as shapes
from tanheng.web.documents import month_services as services
from tanheng.web.documents.api_steps import draft_sent, signature_sent, step_sent
from tanheng.web.documents.month_case import AREA, PROCEDURE, WITHDRAWN, MonthCase, month_case
from tanheng.web.documents.month_jobs import CHECK, COMPUTE, DRAFT, REVISE
from tanheng.web.documents.month_page import month_page
from tanheng.web.ui.api_answers import gives, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Name, Paging

router = Router(tags=["month"])
_WORK = {"compute": COMPUTE, "checked": CHECK, "drafted": DRAFT, "revise": REVISE}


@router.get("/months", **gives_table(shapes.MonthLineShape, "api_months", "月度调度 · Months in reach"))
def months(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The months that were opened, the latest first."""
    scope = reader_of(request)
    seen = [row for row in rows_seen(PROCEDURE, scope) if row.subject.startswith(AREA) and row.state != WITHDRAWN]
    seen.sort(key=lambda row: row.about, reverse=True)
    rows = [
        {**vars(line_of(row, scope)), "area": row.subject, "period": row.about, "label": row.title, "state": row.state}
        for row in seen
    ]
    return table(request, shapes.MonthLineShape, rows, paging)


@router.post("/months", **writes(shapes.MonthShape, "api_open_month", "开始一个月 · Opens a month"))
def open_month(request: HttpRequest, sent: shapes.OpenMonthAsked) -> HttpResponse:
    """Opens the month of an area; where somebody has opened it, that one."""
    scope = writer_of(request)
    found = services.open_month(area=sent.area, period=Period.parse(sent.period), token=sent.token, scope=scope)
    return one(request, shapes.MonthShape, _month(found.area, found.period, scope))


@router.get("/months/{area}/{period}", **gives(shapes.MonthShape, "api_month", "一个月 · The month of an area"))
def month(request: HttpRequest, area: Name, period: Name) -> HttpResponse:
    """Where a month stands; the area by its id without `area/`."""
    return one(request, shapes.MonthShape, _month(f"{AREA}{area}", Period.parse(period), reader_of(request)))


@router.post(
    "/months/{area}/{period}/work",
    **writes(shapes.MonthShape, "api_month_work", "检查、核算、起草 · Begins work on it"),
)
def work(request: HttpRequest, area: Name, period: Name, sent: shapes.WorkAsked) -> HttpResponse:
    """Has a month checked, computed or drafted in the background; /jobs says how far it is."""
    scope = writer_of(request)
    found = _found(area, period, scope)
    services.begin_work(_WORK[sent.kind], found, known_on=sent.known_on or scope.day, sent=step_sent(sent), scope=scope)
    return one(request, shapes.MonthShape, _month(found.area, found.period, scope))


@router.post(
    "/months/{area}/{period}/accepted", **writes(shapes.MonthShape, "api_month_accept", "接受问题 · Accepts findings")
)
def accept(request: HttpRequest, area: Name, period: Name, sent: shapes.AcceptedAsked) -> HttpResponse:
    """Accepts blocking findings by name, each with the reason."""
    scope = writer_of(request)
    found = _found(area, period, scope)
    services.accept_blockers(found, sent.accepted, sent=step_sent(sent), scope=scope)
    return one(request, shapes.MonthShape, _month(found.area, found.period, scope))


@router.post(
    "/months/{area}/{period}/comments", **writes(shapes.MonthShape, "api_month_comment", "提意见 · Comments on it")
)
def comment(request: HttpRequest, area: Name, period: Name, sent: shapes.CommentAsked) -> HttpResponse:
    """Says something of the month: for one's own area or department."""
    scope = writer_of(request)
    found = _found(area, period, scope)
    services.comment_on(found, sent.area, sent=step_sent(sent), scope=scope)
    return one(request, shapes.MonthShape, _month(found.area, found.period, scope))


@router.post(
    "/months/{area}/{period}/points", **writes(shapes.MonthShape, "api_month_point", "跟进事项 · Adds a point")
)
def point(request: HttpRequest, area: Name, period: Name, sent: shapes.PointAsked) -> HttpResponse:
    """Adds an open point: what is to be done, by whom, by when."""
    scope = writer_of(request)
    found = _found(area, period, scope)
    told = {"kind": sent.kind, "party": sent.party, "due": sent.due}
    services.add_point(found, **told, sent=step_sent(sent), scope=scope)
    return one(request, shapes.MonthShape, _month(found.area, found.period, scope))


@router.post(
    "/months/{area}/{period}/moves/{move}", **writes(shapes.MonthShape, "api_month_move", "办理 · Makes a move")
)
def move(request: HttpRequest, area: Name, period: Name, move: Name, sent: shapes.StepAsked) -> HttpResponse:
    """Takes a month one move further: check, collect_again, ask, draft, redraft, send, follow_up, withdraw."""
    scope = writer_of(request)
    found = _found(area, period, scope)
    if move == "send":
        services.send_for_signing(found, sent=step_sent(sent), scope=scope)
    else:
        services.move_month(found, move, sent=step_sent(sent), scope=scope)
    return one(request, shapes.MonthShape, _month(found.area, found.period, scope))


@router.post(
    "/months/{area}/{period}/settled", **writes(shapes.MonthShape, "api_month_settle", "办结事项 · Settles a point")
)
def settle(request: HttpRequest, area: Name, period: Name, sent: shapes.SettledAsked) -> HttpResponse:
    """Says what came of an open point, of this month or an earlier one."""
    scope = writer_of(request)
    found = _found(area, period, scope)
    services.settle(found, sent.point, sent=step_sent(sent), scope=scope)
    return one(request, shapes.MonthShape, _month(found.area, found.period, scope))


@router.post(
    "/months/{area}/{period}/drafts", **writes(shapes.MonthShape, "api_month_draft", "上传修改稿 · Uploads a draft")
)
def upload(
    request: HttpRequest, area: Name, period: Name, evidence: File[list[UploadedFile]], sent: Form[shapes.StepAsked]
) -> HttpResponse:
    """Keeps a draft that was edited elsewhere as the next one."""
    scope = writer_of(request)
    found = _found(area, period, scope)
    services.upload_draft(found, sent=draft_sent(sent, evidence), scope=scope)
    return one(request, shapes.MonthShape, _month(found.area, found.period, scope))


@router.post(
    "/months/{area}/{period}/signature", **writes(shapes.MonthShape, "api_month_sign", "登记签发 · Records a signature")
)
def sign(
    request: HttpRequest,
    area: Name,
    period: Name,
    evidence: File[list[UploadedFile]],
    sent: Form[shapes.SignatureAsked],
) -> HttpResponse:
    """Keeps the scan, and has the signature recorded and the figures frozen in the background; /jobs says how far."""
    scope = writer_of(request)
    found = _found(area, period, scope)
    signed = signature_sent(sent, evidence)
    services.begin_signing(found, sent=signed, scope=scope)
    return one(request, shapes.MonthShape, _month(found.area, found.period, scope))


def _found(area: str, period: str, scope: Scope) -> MonthCase:
    return month_case(f"{AREA}{area}", Period.parse(period), scope)


def _month(area: str, period: Period, scope: Scope) -> dict[str, Any]:
    page = month_page(area, period, scope)
    month = page.month
    told = {"id": month.id, "area": month.area, "period": str(month.period), "state": month.state}
    told |= {"number": month.case.last.number, "moves": list(page.moves), "accepted": dict(page.accepted)}
    names = ("title", "stages", "counts", "result", "known_on", "parts", "points", "carried")
    return {**told, **{name: getattr(page, name) for name in names}}
