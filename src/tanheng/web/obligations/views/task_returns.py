"""The workbooks that came back: dropped, merged in the background, looked at, recorded."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tanheng.kernel.faults import Refusal
from tanheng.records.posting import XLSX
from tanheng.records.site_files import blobs
from tanheng.records.task_mailing import was_noted_back
from tanheng.web.cases.jobs import job_of
from tanheng.web.cases.models import Job
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.obligations.task_returning import KIND, begin_merge, record_returned
from tanheng.web.obligations.task_workbooks import mailing_page
from tanheng.web.ui.refusals import refusal_said, status_of

_FIELDS = ("progress", "completion", "status", "problems", "next", "evidence")


@mandated
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Takes in workbooks that came back, many at once."""
    scope = scope_of(request)
    try:
        files, token = request.FILES.getlist("returned"), request.POST.get("token", "")[:64]
        job = begin_merge(scope=scope, number=number, files=files, token=token)
    except Refusal as refusal:
        if status_of(refusal) in (403, 404):
            raise
        told = refusal_said(refusal)
        context = {"page": mailing_page(scope, number), "refusal": told, "section": "tasks"}
        return render(request, "obligations/mailing.html", context, status=status_of(refusal))
    return redirect("task_merge", number, job.id)


@mandated
def merged(request: HttpRequest, number: int, job: UUID) -> HttpResponse:
    """How far the merge is, and what came of it: differences, conflicts, findings, who is missing."""
    return _page(request, number, _job(request, number, job))


@mandated
@require_POST
def record(request: HttpRequest, number: int, job: UUID) -> HttpResponse:
    """Records what the merge says, once; a refusal is shown above the differences."""
    found = _job(request, number, job)
    if found.state != Job.DONE:
        raise Refusal("job-unknown", job=str(job)[:40])
    try:
        record_returned(scope=scope_of(request), job=found)
    except Refusal as refusal:
        if status_of(refusal) in (403, 404):
            raise
        return _page(request, number, found, refusal)
    return redirect("task_mailing", number)


@mandated
def workbook(request: HttpRequest, number: int, job: UUID) -> HttpResponse:
    """The merged workbook."""
    found = _job(request, number, job)
    if found.state != Job.DONE:
        raise Refusal("job-unknown", job=str(job)[:40])
    response = HttpResponse(blobs().get(found.outcome["merged"]), content_type=XLSX)
    name = f"{gettext('merged')}_{number}.xlsx"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _job(request: HttpRequest, number: int, job: UUID) -> Job:
    """A merge of the reader's own, of this mailing.

    Refuses  not-permitted; job-unknown.
    """
    scope = scope_of(request)
    scope.require("split")
    found = job_of(str(job), scope.person)
    if found.kind != KIND or found.asked["number"] != number:
        raise Refusal("job-unknown", job=str(job)[:40])
    return found


def _page(request: HttpRequest, number: int, job: Job, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, object] = {
        "job": job,
        "number": number,
        "pending": job.is_pending,
        "recorded": was_noted_back(str(job.id)) is not None,
        "heads": _heads(),
        "rows": [_row(row) for row in job.outcome["rows"]] if job.state == Job.DONE else [],
        "section": "tasks",
    }
    if refusal is None:
        return render(request, "obligations/merged.html", context)
    context["refusal"] = refusal_said(refusal)
    return render(request, "obligations/merged.html", context, status=status_of(refusal))


def _heads() -> dict[str, str]:
    return {
        "progress": gettext("Progress"),
        "completion": gettext("Completion"),
        "status": gettext("State"),
        "problems": gettext("Problems"),
        "next": gettext("Next step"),
        "evidence": gettext("Evidence"),
    }


def _row(row: dict[str, dict[str, str]]) -> dict[str, object]:
    """The fields of a task that say anything now or said anything before."""
    heads = _heads()
    fields = [
        {"head": heads[name], "old": row["old"][name], "new": row["new"][name], "changed": name in row["changed"]}
        for name in _FIELDS
        if row["old"][name] or row["new"][name]
    ]
    return {**row, "fields": fields}
