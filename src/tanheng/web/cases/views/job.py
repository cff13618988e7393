"""A job: how far it is, and what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tanheng.web.cases.jobs import job_of, state_said
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of


@mandated
def job(request: HttpRequest, id: str) -> HttpResponse:
    """The page asks for itself again until the job has ended."""
    found = job_of(id, scope_of(request).person)
    context = {"job": found, "pending": found.is_pending, "state": state_said(found)}
    context |= {"step": _step(found.step), "section": "inbox"}
    return render(request, "cases/job.html", context)


def _step(step: str) -> str:
    words = {
        "opening": gettext("opening the file"),
        "reading": gettext("reading its cells"),
        "comparing": gettext("comparing with what is recorded"),
    }
    name = step.partition(" ")[0]
    return words[name] if name in words else ""
