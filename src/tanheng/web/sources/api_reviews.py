"""The API of reviews: a document is uploaded, its proposals are decided about, and it is registered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router
from ninja.files import UploadedFile

from tanheng.web.directory.api_access import actor_of, reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.sources import api_shapes as shapes
from tanheng.web.sources.models import Draft
from tanheng.web.sources.reviewing import draft_of, open_drafts, problems_of, proposal_page, review_page
from tanheng.web.sources.services import (
    accept_proposals,
    begin_review,
    discard_review,
    register_review,
    save_head,
    save_proposal,
)
from tanheng.web.ui.api_answers import gives, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Name, Paging

router = Router(tags=["reviews"])


@router.get("/reviews", **gives_table(shapes.ReviewLineShape, "api_reviews", "审核中的文件 · Reviews in work"))
def reviews(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The reviews in work, the latest first; none for whoever may not adopt."""
    return table(request, shapes.ReviewLineShape, open_drafts(reader_of(request)), paging)


@router.post("/reviews", **writes(shapes.ReviewShape, "api_begin_review", "上传文件 · Opens the review of a document"))
def upload(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    """Reads an uploaded document and opens its review; of a file that is in review already, that one."""
    scope = writer_of(request)
    return one(
        request, shapes.ReviewShape, _review(begin_review(scope=scope, person=actor_of(scope), file=file).id, scope)
    )


@router.get("/reviews/{review}", **gives(shapes.ReviewShape, "api_review", "一次审核 · One review"))
def review(request: HttpRequest, review: UUID) -> HttpResponse:
    """A review with its proposals, and everything that keeps it from being registered."""
    return one(request, shapes.ReviewShape, _review(review, reader_of(request)))


@router.put(
    "/reviews/{review}", **writes(shapes.ReviewShape, "api_save_head", "文件信息 · Saves the head of a document")
)
def head(request: HttpRequest, review: UUID, sent: shapes.HeadAsked) -> HttpResponse:
    """Saves the fields that were sent; 409 where somebody saved it since `version`."""
    scope = writer_of(request)
    said = sent.model_dump(exclude={"version"}, exclude_unset=True)
    save_head(scope=scope, draft=review, version=sent.version, head=said)
    return one(request, shapes.ReviewShape, _review(review, scope))


@router.get(
    "/reviews/{review}/proposals/{key}", **gives(shapes.ProposalShape, "api_proposal", "一条提取结果 · One proposal")
)
def proposal(request: HttpRequest, review: UUID, key: Name) -> HttpResponse:
    """A proposal beside its passage."""
    return one(request, shapes.ProposalShape, _proposal(review, key, reader_of(request)))


@router.put(
    "/reviews/{review}/proposals/{key}",
    **writes(shapes.ProposalShape, "api_save_proposal", "修改提取结果 · Saves a proposal"),
)
def save(request: HttpRequest, review: UUID, key: Name, sent: shapes.ProposalAsked) -> HttpResponse:
    """Saves cells of a proposal; 409 where somebody saved it since `version`."""
    scope = writer_of(request)
    actor = actor_of(scope)
    save_proposal(scope=scope, person=actor, draft=review, key=key, version=sent.version, cells=sent.cells)
    return one(request, shapes.ProposalShape, _proposal(review, key, scope))


@router.post("/reviews/{review}/accept", **writes(shapes.DoneShape, "api_accept", "批量采纳 · Accepts proposals"))
def accept(request: HttpRequest, review: UUID, sent: shapes.KeysAsked) -> HttpResponse:
    """Accepts those of the named proposals that nobody has decided about."""
    scope = writer_of(request)
    count = accept_proposals(scope=scope, person=actor_of(scope), draft=review, keys=sent.keys)
    return one(request, shapes.DoneShape, {"count": count})


@router.post(
    "/reviews/{review}/register", **writes(shapes.RegisteredShape, "api_register", "登记 · Registers a review")
)
def register(request: HttpRequest, review: UUID) -> HttpResponse:
    """Records every decision of a review, and the document with it."""
    scope = writer_of(request)
    instrument = draft_of(scope, review).instrument
    done = register_review(scope=scope, person=actor_of(scope), draft=review)
    return one(request, shapes.RegisteredShape, {"position": done.position, "instrument": instrument})


@router.post("/reviews/{review}/discard", **writes(shapes.DoneShape, "api_discard", "放弃 · Discards a review"))
def discard(request: HttpRequest, review: UUID) -> HttpResponse:
    """Ends a review without recording anything."""
    discard_review(scope=writer_of(request), draft=review)
    return one(request, shapes.DoneShape, {"count": 1})


def _line(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in ("id", "instrument", "title", "file", "version")}


def _review(id: UUID, scope: Scope) -> dict[str, Any]:
    page = review_page(scope, id)
    proposals = [
        {**vars(line), "problems": [item.as_json() for item in line.problems]}
        for _, lines in page.sheets
        for line in lines
    ]
    told = {"decided": page.decided, "total": page.total, "proposals": proposals}
    return {**_line(page.draft), **told, "findings": [item.as_json() for item in page.findings]}


def _proposal(id: UUID, key: str, scope: Scope) -> dict[str, Any]:
    problems = problems_of(draft_of(scope, id), key)
    page = proposal_page(scope, id, key, problems=problems)
    told = {"before": page.before, "marked": page.marked, "after": page.after, "version": page.row.version}
    return {"key": key, "cells": page.row.cells, **told, "problems": [item.as_json() for item in problems]}
