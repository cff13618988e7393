"""Task workbooks: split and send; one mailing with its late list; reminding and supervising whoever is late."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import read_date
from tanheng.records.posting import XLSX
from tanheng.records.site_files import blobs
from tanheng.records.task_mailing import Mailing, mailing_of
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.obligations.task_letters import letters_of
from tanheng.web.obligations.task_sending import (
    archive,
    letter_of,
    remind_missing,
    seats_sending,
    split_and_send,
    supervise,
)
from tanheng.web.obligations.task_workbooks import mailing_page, workbooks_page
from tanheng.web.ui.refusals import refusal_said, status_of

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@mandated
def workbooks(request: HttpRequest) -> HttpResponse:
    """What would be sent to whom, and what was sent; where no task is recorded, how to record them."""
    scope_of(request).require("split")
    try:
        return _first(request)
    except Refusal as refusal:
        if refusal.code != "tasks-of-no-year":
            raise
        return render(request, "obligations/no_tasks.html", {"section": "tasks"})


@mandated
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Makes the workbooks, and mails them where that was asked; a refusal is shown above the form."""
    field, scope = request.POST.get, scope_of(request)
    parties = request.POST.getlist("party")
    try:
        mailing = split_and_send(
            scope=scope,
            year=_year(field("year", "")) or scope.day.year,
            due=read_date(field("due", "").strip()),
            parties=parties,
            addresses=dict(zip(request.POST.getlist("listed"), request.POST.getlist("address"), strict=False)),
            leads_only=bool(field("leads_only")),
            by_mail=field("how") == "mail",
            token=field("token", "")[:64],
        )
    except Refusal as refusal:
        if status_of(refusal) in (403, 404):
            raise
        return _first(request, refusal)
    return redirect("task_mailing", mailing.number)


@mandated
def mailing(request: HttpRequest, number: int) -> HttpResponse:
    """One mailing."""
    return _one(request, number)


@mandated
def packed(request: HttpRequest, number: int) -> HttpResponse:
    """Every workbook of a mailing in one zip."""
    found = _seen(request, number)
    return _file(f"{found.year}年任务进展表_{number}.zip", archive(found), "application/zip")


@mandated
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The workbook of one party, as it was made."""
    found = _seen(request, number).sheet(request.GET.get("party", ""))
    return _file(found.file, blobs().get(found.digest), XLSX)


@mandated
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """The draft of a letter of reminder to one party."""
    found = _seen(request, number)
    return _file(*letter_of(found, request.GET.get("party", ""), scope_of(request)), _DOCX)


@mandated
@require_POST
def remind(request: HttpRequest, number: int) -> HttpResponse:
    """Reminds whoever has not returned a workbook, and says who was told how."""
    done, after = remind_missing(scope=scope_of(request), number=number)
    letters = letters_of(number)
    queued = [sheet.party for sheet in after.missing if sheet.party in letters and letters[sheet.party].is_open]
    told = {"told": [item.to for item in done.sent], "told_before": done.left_out, "mailed": queued}
    return _one(request, number, told=told)


@mandated
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Opens a supervision note to a party that is late, and leads to it."""
    try:
        opened = supervise(scope=scope_of(request), number=number, party=request.POST.get("party", ""))
    except Refusal as refusal:
        if status_of(refusal) in (403, 404):
            raise
        return _one(request, number, refusal=refusal)
    return redirect("case", *opened.id.split("/", 1))


def _first(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    asked = request.GET if refusal is None else request.POST
    page = workbooks_page(
        scope_of(request), year=_year(asked.get("year", "")), leads_only=bool(asked.get("leads_only"))
    )
    if refusal is not None:  # what was typed stays where it is refused
        typed = dict(zip(request.POST.getlist("listed"), request.POST.getlist("address"), strict=False))
        lines = [replace(line, address=typed.get(line.party, line.address)) for line in page.lines]
        page = replace(page, lines=lines)
    context = {"page": page, "section": "tasks", "chosen": request.POST.getlist("party"), "typed": request.POST}
    return _rendered(request, "obligations/workbooks.html", context, refusal)


def _one(request: HttpRequest, number: int, *, refusal: Refusal | None = None, **context: object) -> HttpResponse:
    shown = {**context, "page": mailing_page(scope_of(request), number), "section": "tasks"}
    return _rendered(request, "obligations/mailing.html", shown, refusal)


def _rendered(request: HttpRequest, template: str, context: dict[str, object], refusal: Refusal | None) -> HttpResponse:
    if refusal is None:
        return render(request, template, context)
    context["refusal"] = refusal_said(refusal)
    return render(request, template, context, status=status_of(refusal))


def _seen(request: HttpRequest, number: int) -> Mailing:
    scope = scope_of(request)
    scope.require("split")
    return mailing_of(number, seats_sending(scope))


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 4 else None


def _file(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
