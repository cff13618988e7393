"""The API of facts: observations with their revisions, workbooks from the dry run to the log, the data calendar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.records.evidence import LARGEST
from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.facts import api_shapes as shapes
from tanheng.web.facts.api_shapes import batch_shown
from tanheng.web.facts.data_calendar import Owed, owed
from tanheng.web.facts.data_reminding import remind_senders
from tanheng.web.facts.import_pages import import_lines, import_page
from tanheng.web.facts.observation_lists import AskedObservations, observation_lines
from tanheng.web.facts.sending import ACT, Sending, batch_of, check_again, discard_batch, record_batch, send_workbooks
from tanheng.web.facts.undoing import undo
from tanheng.web.ui.api_answers import gives, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Name, Number, Paging

router = Router(tags=["facts"])


@router.get("/observations", **gives_table(shapes.ObservationShape, "api_observations", "观测值 · What was stated"))
def observations(request: HttpRequest, asked: Query[shapes.ObservationFilter], paging: Query[Paging]) -> HttpResponse:
    """Statements in reach with unit, status, source and the day since when they could be known. Individual statistical
    returns are not among them.
    """
    wanted = AskedObservations(asked.subject, asked.indicator, asked.period, asked.revisions == "all")
    return table(request, shapes.ObservationShape, observation_lines(wanted, scope=reader_of(request)), paging)


@router.get("/imports", **gives_table(shapes.ImportShape, "api_imports", "导入记录 · Imports, the latest first"))
def all_imports(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The imports of the site for whoever sees all of it; of anybody else those of their own."""
    scope = reader_of(request)
    scope.require(ACT)
    return table(request, shapes.ImportShape, import_lines(scope), paging)


@router.get("/imports/{position}", **gives(shapes.ImportPageShape, "api_import", "一次导入 · One import"))
def one_import(request: HttpRequest, position: Number) -> HttpResponse:
    """An import, and what its undoing would take back."""
    return one(request, shapes.ImportPageShape, import_page(position, 0, scope=reader_of(request)))


@router.post(
    "/imports/{position}/undo", **writes(shapes.ImportPageShape, "api_undo", "撤销导入 · Takes an import back")
)
def undo_import(request: HttpRequest, position: Number, sent: shapes.ReasonAsked) -> HttpResponse:
    """Takes an import back, as one more event: its statements count no more."""
    scope = writer_of(request)
    undo(position, reason=sent.reason, scope=scope)
    return one(request, shapes.ImportPageShape, import_page(position, 0, scope=scope))


@router.post("/workbooks", **writes(shapes.BatchShape, "api_send", "报送台账 · Sends workbooks for their dry run"))
def send(request: HttpRequest, files: File[list[UploadedFile]], sent: Form[shapes.SendingAsked]) -> HttpResponse:
    """Keeps workbooks and has them checked in the background; nothing is recorded until /record is asked for."""
    scope = writer_of(request)
    scope.require(ACT)
    kept = [(_name(file), file.read()) for file in files]
    batch = send_workbooks(Sending(kept, sent.published, sent.layout, sent.token), scope=scope)
    return one(request, shapes.BatchShape, batch_shown(batch))


@router.get("/workbooks/{batch}", **gives(shapes.BatchShape, "api_workbooks", "试导入 · Workbooks on the desk"))
def workbooks(request: HttpRequest, batch: Name) -> HttpResponse:
    """How the check of workbooks stands: what would be new or changed, and every finding with its cell."""
    return one(request, shapes.BatchShape, batch_shown(batch_of(batch, reader_of(request))))


@router.post("/workbooks/{batch}/check", **writes(shapes.BatchShape, "api_check", "重新检查 · Checks them once more"))
def check(request: HttpRequest, batch: Name) -> HttpResponse:
    """Has workbooks checked once more, as packs, directory and records stand now."""
    return one(request, shapes.BatchShape, batch_shown(check_again(batch, scope=writer_of(request))))


@router.post("/workbooks/{batch}/record", **writes(shapes.BatchShape, "api_record", "正式导入 · Records them"))
def record(request: HttpRequest, batch: Name) -> HttpResponse:
    """Has workbooks recorded in the background, as their dry run said; asked for twice, they are recorded once."""
    return one(request, shapes.BatchShape, batch_shown(record_batch(batch, scope=writer_of(request))))


@router.post("/workbooks/{batch}/discard", **writes(shapes.BatchShape, "api_discard_workbooks", "放弃 · Discards them"))
def discard(request: HttpRequest, batch: Name) -> HttpResponse:
    """Takes workbooks off the desk; the answer says what lay there."""
    scope = writer_of(request)
    before = batch_shown(batch_of(batch, scope))
    discard_batch(batch, scope=scope)
    return one(request, shapes.BatchShape, before)


@router.get("/data-calendar", **gives_table(shapes.OwedShape, "api_owed", "数据日历 · Who owes which figure by when"))
def data_calendar(request: HttpRequest, asked: Query[shapes.MonthFilter], paging: Query[Paging]) -> HttpResponse:
    """What is owed of the months of a period, what came, and what is late."""
    period = Period.parse(asked.period)
    if not period.is_whole_months() or len(period.months()) > 12:
        raise Refusal("request-unreadable", fields="period")
    found = [_owed(item) for item in owed(period, scope=reader_of(request))]
    return table(request, shapes.OwedShape, found, paging)


@router.post(
    "/data-calendar/reminders", **writes(shapes.RemindedShape, "api_remind", "催报 · Reminds whoever owes a figure")
)
def remind(request: HttpRequest, sent: shapes.RemindAsked) -> HttpResponse:
    """Reminds the sender of one form, or everybody who is late with one of a month; nobody twice within seven days."""
    period = Period.parse(sent.month)
    if not period.is_month():
        raise Refusal("request-unreadable", fields="month")
    told = remind_senders(month=period, about=sent.about, scope=writer_of(request))
    return one(request, shapes.RemindedShape, told)


def _name(file: UploadedFile) -> str:
    if file.size is None or file.size > LARGEST:
        raise Refusal("evidence-too-large", name=file.name or "-", limit=LARGEST // 1024 // 1024)
    return file.name or "-"


def _owed(item: Owed) -> dict[str, Any]:
    return {**vars(item), "month": str(item.month), "about": item.about, "state": str(item.state)}
