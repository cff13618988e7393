"""The API of task workbooks by mail: split and send, who is late, what came back merged and recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile

from tanheng.kernel.faults import Refusal
from tanheng.records.site_files import blobs
from tanheng.records.task_mailing import Mailing, mailing_of, was_noted_back
from tanheng.web.cases.jobs import job_of
from tanheng.web.cases.models import Job
from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations import api_shapes as shapes
from tanheng.web.obligations.task_returning import KIND, begin_merge, record_returned
from tanheng.web.obligations.task_sending import (
    archive,
    letter_of,
    remind_missing,
    seats_sending,
    split_and_send,
    supervise,
)
from tanheng.web.obligations.task_workbooks import mailing_page, workbooks_page
from tanheng.web.ui.api_answers import file, gives, gives_file, one, writes
from tanheng.web.ui.api_shapes import Name, Number

router = Router(tags=["task workbooks"])
_ONE = "/task-workbooks/{number}"


@router.get("/task-workbooks", **gives(shapes.WorkbooksShape, "api_task_workbooks", "任务表 · Workbooks of tasks"))
def workbooks(request: HttpRequest, asked: Query[shapes.WorkbooksFilter]) -> HttpResponse:
    """Who would get a workbook of its tasks, and everything that was sent."""
    page = workbooks_page(reader_of(request), year=asked.year, leads_only=asked.leads_only)
    sent = [{**vars(item.mailing), "sent": item.sent, "back": item.back, "late": item.late} for item in page.mailings]
    return one(request, shapes.WorkbooksShape, {**vars(page), "mailings": sent})


@router.post("/task-workbooks", **writes(shapes.MailingShape, "api_send_tasks", "拆分下发 · Splits and sends"))
def send(request: HttpRequest, sent: shapes.SendAsked) -> HttpResponse:
    """Makes the workbook of every chosen party and writes down for whom and by when; mails it where asked."""
    scope = writer_of(request)
    mailing = split_and_send(**sent.model_dump(exclude={"year"}), year=sent.year or scope.day.year, scope=scope)
    return one(request, shapes.MailingShape, _mailing(mailing.number, scope))


@router.get(_ONE, **gives(shapes.MailingShape, "api_mailing", "一次下发 · One mailing"))
def mailing(request: HttpRequest, number: Number) -> HttpResponse:
    """Every workbook of a mailing, and who is late."""
    return one(request, shapes.MailingShape, _mailing(number, reader_of(request)))


@router.get(f"{_ONE}/zip", **gives_file("api_mailing_zip", "全部任务表 · Every workbook of a mailing in one zip"))
def packed(request: HttpRequest, number: Number) -> HttpResponse:
    """Every workbook of a mailing."""
    return file(f"task-workbooks-{number}.zip", archive(_seen(number, reader_of(request))))


@router.get(f"{_ONE}/sheet", **gives_file("api_mailing_sheet", "一张任务表 · The workbook of one party"))
def sheet(request: HttpRequest, number: Number, asked: Query[shapes.PartyAsked]) -> HttpResponse:
    """The workbook of one party, as it was made."""
    found = _seen(number, reader_of(request)).sheet(asked.party)
    return file(found.file, blobs().get(found.digest))


@router.get(f"{_ONE}/letter", **gives_file("api_mailing_letter", "催报函 · The draft of a letter of reminder"))
def letter(request: HttpRequest, number: Number, asked: Query[shapes.PartyAsked]) -> HttpResponse:
    """The draft of a letter of reminder to one party."""
    scope = reader_of(request)
    return file(*letter_of(_seen(number, scope), asked.party, scope))


@router.post(f"{_ONE}/reminders", **writes(shapes.MailingShape, "api_mailing_remind", "催报 · Reminds who is missing"))
def remind(request: HttpRequest, number: Number) -> HttpResponse:
    """Reminds whoever has not returned a workbook; nobody twice on one day."""
    scope = writer_of(request)
    remind_missing(scope=scope, number=number)
    return one(request, shapes.MailingShape, _mailing(number, scope))


@router.post(f"{_ONE}/notes", **writes(shapes.MailingShape, "api_mailing_note", "督办 · Opens a supervision note"))
def note(request: HttpRequest, number: Number, sent: shapes.PartyAsked) -> HttpResponse:
    """Opens a supervision note to a party that is late; asked for twice, it is the same note."""
    scope = writer_of(request)
    supervise(scope=scope, number=number, party=sent.party)
    return one(request, shapes.MailingShape, _mailing(number, scope))


@router.post(f"{_ONE}/returned", **writes(shapes.MergeShape, "api_tasks_back", "收回汇总 · Takes in what came back"))
def returned(
    request: HttpRequest, number: Number, returned: File[list[UploadedFile]], sent: Form[shapes.ReturnedAsked]
) -> HttpResponse:
    """Keeps the workbooks that came back and has them merged in the background; nothing is recorded yet."""
    scope = writer_of(request)
    job = begin_merge(scope=scope, number=number, files=returned, token=sent.token)
    return one(request, shapes.MergeShape, _merge(_job(number, str(job.id), scope)))


@router.get(f"{_ONE}/merges/{{job}}", **gives(shapes.MergeShape, "api_merge", "汇总结果 · What a merge found"))
def merged(request: HttpRequest, number: Number, job: Name) -> HttpResponse:
    """How far a merge is, and what came of it."""
    return one(request, shapes.MergeShape, _merge(_job(number, job, reader_of(request))))


@router.post(
    f"{_ONE}/merges/{{job}}/record", **writes(shapes.MailingShape, "api_merge_record", "登记 · Records a merge")
)
def record(request: HttpRequest, number: Number, job: Name) -> HttpResponse:
    """Records what a merge says, once."""
    scope = writer_of(request)
    record_returned(scope=scope, job=_done(number, job, scope))
    return one(request, shapes.MailingShape, _mailing(number, scope))


@router.get(f"{_ONE}/merges/{{job}}/workbook", **gives_file("api_merged_workbook", "汇总表 · The merged workbook"))
def workbook(request: HttpRequest, number: Number, job: Name) -> HttpResponse:
    """The merged workbook."""
    found = _done(number, job, reader_of(request))
    return file(f"merged-{number}.xlsx", blobs().get(found.outcome["merged"]))


def _seen(number: int, scope: Scope) -> Mailing:
    scope.require("split")
    return mailing_of(number, seats_sending(scope))


def _job(number: int, job: str, scope: Scope) -> Job:
    """A merge of one's own, of this mailing.

    Refuses  not-permitted; job-unknown.
    """
    scope.require("split")
    found = job_of(job, scope.person)
    if found.kind != KIND or found.asked["number"] != number:
        raise Refusal("job-unknown", job=job[:40])
    return found


def _done(number: int, job: str, scope: Scope) -> Job:
    """Refuses  job-unknown: it has not come to an end yet, or to a bad one."""
    found = _job(number, job, scope)
    if found.state != Job.DONE:
        raise Refusal("job-unknown", job=job[:40])
    return found


def _merge(job: Job) -> dict[str, Any]:
    told = {"job": str(job.id), "number": job.asked["number"], "state": job.state, "outcome": job.outcome or {}}
    return {**told, "recorded": was_noted_back(str(job.id)) is not None}


def _mailing(number: int, scope: Scope) -> dict[str, Any]:
    page = mailing_page(scope, number)
    sheets = [{**vars(line), **vars(line.sheet)} for line in page.lines]
    told = {name: getattr(page.mailing, name) for name in ("number", "year", "day", "due")}
    told |= {name: getattr(page, name) for name in ("missing", "is_late", "may_mail")}
    return {**told, "sheets": sheets, "merges": [str(job.id) for job in page.jobs]}
