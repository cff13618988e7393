"""The papers of a year's assessment: their page, everything that is done on it, and their files."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import read_date
from tanheng.web.cases.views.sent import fresh_token, sent_by
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.documents import assessment_services as services
from tanheng.web.documents import paper_services
from tanheng.web.documents.assessment_page import AssessmentPage, assessment_page, stage_words
from tanheng.web.documents.assessment_page import assessment_file as file_of
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language

_MEANWHILE, _CONFLICT = "case-moved-meanwhile", 409
_PLAIN = ("redraft", "withdraw", "drafted")


@mandated
@require_http_methods(["GET", "POST"])
def assessment_papers(request: HttpRequest, scorecard: str, year: str) -> HttpResponse:
    """Shows the papers; a form that is sent to them leads back to them."""
    page = assessment_page(scorecard, year, scope_of(request))
    if request.method != "POST":
        return _shown(request, page)
    try:
        _done(request, page)
    except Refusal as refusal:
        if status_of(refusal) == 404:
            raise
        return _shown(request, assessment_page(scorecard, year, scope_of(request)), refusal)
    return redirect("assessment_papers", scorecard, year)


def _done(request: HttpRequest, page: AssessmentPage) -> None:
    """Does what the form asks for.

    Refuses  not-permitted: nothing that this page does, or a reader of one sheet.
    """
    scope, field, act = scope_of(request), request.POST.get, request.POST.get("act", "")
    sent = sent_by(request)
    sent = replace(sent, token=f"{sent.token[:40]}-{act[:20]}" if sent.token else "", addressee="", due=None)
    if not page.whole:
        raise Refusal("not-permitted", act=act[:40] or "-")
    if act == "compute":
        known_on = read_date(field("known_on", "")) if field("known_on", "") else scope.day
        told = {"stage": field("stage", ""), "known_on": known_on}
        services.begin_scoring(page.paper, page.card, **told, sent=sent, scope=scope)
    elif act == "begin":
        reasons = {code: field(f"reason-{code}", "") for code in request.POST.getlist("accept")}
        services.begin_paper(page.paper, page.card, reasons, sent=sent, scope=scope)
    elif act == "write":
        paper_services.begin_draft(page.paper, sent=sent, scope=scope)
    elif act == "send":
        paper_services.send_paper(page.paper, sent=sent, scope=scope)
    elif act == "sign":
        paper_services.begin_signing(page.paper, sent=sent, scope=scope)
    elif act in _PLAIN:
        paper_services.move_paper(page.paper, act, sent=sent, scope=scope)
    else:
        raise Refusal("not-permitted", act=act[:40] or "-")


def _shown(request: HttpRequest, page: AssessmentPage, refusal: Refusal | None = None) -> HttpResponse:
    context = {"page": page, "section": "papers", "token": fresh_token(), "today": scope_of(request).day}
    context |= {"typed": request.POST if refusal else {}, "year": page.paper.period.label(language())}
    words = stage_words()
    context |= {"stages": list(words.items()), "stage": words[page.receipt.stage] if page.receipt else ""}
    if refusal is None:
        return render(request, "documents/assessment_papers.html", context)
    context["refusal"] = {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
    status = _CONFLICT if refusal.code == _MEANWHILE else status_of(refusal)
    return render(request, "documents/assessment_papers.html", context, status=status)


@mandated
def assessment_file(request: HttpRequest, scorecard: str, year: str, number: int, piece: int) -> HttpResponse:
    """A file of a draft: all for who sees the site, the sheet of one's own for anybody else."""
    name, content = file_of(scorecard, year, number, piece, scope_of(request))
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer
