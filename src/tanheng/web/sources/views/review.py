"""The review of a document: uploaded, gone through proposal by proposal, registered."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tanheng.kernel.faults import Refusal, blockers
from tanheng.policy.review_columns import DECISION, REASON
from tanheng.policy.review_words import CORRECT
from tanheng.records.people import person_of_login
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.sources.reviewing import draft_of, problems_of, proposal_page, registered_instrument, review_page
from tanheng.web.sources.services import (
    accept_proposals,
    begin_review,
    discard_review,
    register_review,
    save_head,
    save_proposal,
)

_SECTION = {"section": "library"}
_CELL = "cell:"


@require_POST
@mandated
def upload(request: HttpRequest) -> HttpResponse:
    """Reads a document and opens its review."""
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("document-not-sent")
    draft = begin_review(scope=scope_of(request), person=_person(request), file=file)
    return redirect("review", draft.id)


@require_http_methods(["GET", "POST"])
@mandated
def review(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Every proposal with what was decided. Sent, it saves the head of the document or accepts what is ticked."""
    scope = scope_of(request)
    if request.method == "POST":
        if "accept" in request.POST:
            accept_proposals(scope=scope, person=_person(request), draft=draft, keys=request.POST.getlist("key"))
        else:
            save_head(scope=scope, draft=draft, version=_version(request), head=request.POST.dict())
        return redirect("review", draft)
    return render(request, "sources/review.html", {"page": review_page(scope, draft), **_SECTION})


@require_http_methods(["GET", "POST"])
@mandated
def proposal(request: HttpRequest, draft: UUID, key: str) -> HttpResponse:
    """One proposal beside its passage. Sent, it is saved, and leads to the next one unless something is wrong."""
    scope = scope_of(request)
    if request.method == "GET":
        return _form(request, proposal_page(scope, draft, key, problems=problems_of(draft_of(scope, draft), key)))
    typed = _typed(request)
    try:
        save_proposal(
            scope=scope, person=_person(request), draft=draft, key=key, version=_version(request), cells=typed
        )
    except Refusal as refusal:
        if refusal.code != "review-row-changed":
            raise
        context = {"page": proposal_page(scope, draft, key, typed), "refusal": refusal.as_json(), **_SECTION}
        return render(request, "sources/proposal.html", context, status=409)
    problems = problems_of(draft_of(scope, draft), key)
    page = proposal_page(scope, draft, key, problems=problems)
    if blockers(problems):
        return _form(request, page, status=422)
    return redirect("review-proposal", draft, page.following) if page.following else redirect("review", draft)


@require_POST
@mandated
def register(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Records the decisions and leads to the document; the button pressed twice records them once."""
    scope = scope_of(request)
    try:
        register_review(scope=scope, person=_person(request), draft=draft)
    except Refusal as refusal:
        if refusal.code != "review-unknown":
            raise
    return redirect("document", registered_instrument(scope, draft))


@require_POST
@mandated
def discard(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ends a review without recording anything."""
    discard_review(scope=scope_of(request), draft=draft)
    return redirect("library")


def _form(request: HttpRequest, page: object, status: int = 200) -> HttpResponse:
    return render(request, "sources/proposal.html", {"page": page, **_SECTION}, status=status)


def _typed(request: HttpRequest) -> dict[str, str]:
    """The cells of the form. Whoever changed a field and chose nothing has corrected the proposal."""
    cells = {name.removeprefix(_CELL): text for name, text in request.POST.items() if name.startswith(_CELL)}
    decision = request.POST.get("decision", "")
    return {
        **cells,
        DECISION: decision or (CORRECT if "changed" in request.POST else ""),
        REASON: request.POST.get("reason", ""),
    }


def _version(request: HttpRequest) -> int:
    """The number of the row as the form was opened; 0, which no row has, where it is missing."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _person(request: HttpRequest):
    return person_of_login(request.user.get_username())
