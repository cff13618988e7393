"""The API of splits: proposing and drafting one, answering, moving it on, and issuing it with its document."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile

from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations import api_split_shapes as shapes
from tanheng.web.obligations.split_form import SplitForm, form_sent
from tanheng.web.obligations.split_papers import filled_round, split_file
from tanheng.web.obligations.split_services import (
    Decided,
    SentMove,
    answer_split,
    draft_split,
    move_split,
    preview,
)
from tanheng.web.obligations.split_start import origin_of
from tanheng.web.obligations.splits import split_list, split_page
from tanheng.web.ui.api_answers import file, gives, gives_file, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Name, Paging
from tanheng.web.ui.uploads import contents_of

router = Router(tags=["splits"])


@router.get("/splits", **gives_table(shapes.SplitLineShape, "api_splits", "目标分解 · Splits of targets"))
def splits(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The splits in reach, those that wait for the reader first."""
    return table(request, shapes.SplitLineShape, split_list(reader_of(request)), paging)


@router.post("/splits", **writes(shapes.SplitShape, "api_draft_split", "起草分解 · Drafts a split"))
def draft(request: HttpRequest, sent: shapes.DraftAsked) -> HttpResponse:
    """Computes what is proposed, keeps it and records plan and draft; asked twice with one token, it is one split."""
    scope = writer_of(request)
    made = draft_split(_form(sent, scope), note=sent.note, token=sent.token or uuid4().hex, scope=scope)
    return one(request, shapes.SplitShape, split_page(made, scope))


@router.post(
    "/split-proposals",
    **writes(shapes.SplitProposalShape, "api_propose_split", "试算分解 · What a split would come to"),
)
def propose(request: HttpRequest, sent: shapes.SplitAsked) -> HttpResponse:
    """What every subject would be told and what that comes to as a whole; nothing is kept."""
    scope = writer_of(request)
    return one(request, shapes.SplitProposalShape, preview(_form(sent, scope), scope))


@router.get("/splits/{split}", **gives(shapes.SplitShape, "api_split", "一次分解 · One split"))
def split(request: HttpRequest, split: Name) -> HttpResponse:
    """A split with its rounds; whoever is asked sees its own line."""
    return one(request, shapes.SplitShape, split_page(split, reader_of(request)))


@router.post("/splits/{split}/answers", **writes(shapes.SplitShape, "api_split_answer", "反馈意见 · Answers a split"))
def answer(request: HttpRequest, split: Name, sent: shapes.AnswerAsked) -> HttpResponse:
    """Answers for one's own subject, or for one whose answer came on paper."""
    scope = writer_of(request)
    answer_split(split, **sent.model_dump(), scope=scope)
    return one(request, shapes.SplitShape, split_page(split, scope))


@router.post(
    "/splits/{split}/moves/{stage}", **writes(shapes.SplitShape, "api_split_move", "推进分解 · Moves a split on")
)
def move(request: HttpRequest, split: Name, stage: Name, sent: shapes.SplitMoveAsked) -> HttpResponse:
    """Takes a split to its next stage; 409 where somebody was faster."""
    scope = writer_of(request)
    told = sent.model_dump(exclude={"decided"})
    decided = {subject: Decided(**given.model_dump()) for subject, given in sent.decided.items()}
    move_split(split, stage, sent=SentMove(**told, decided=decided), scope=scope)
    return one(request, shapes.SplitShape, split_page(split, scope))


@router.post("/splits/{split}/document", **writes(shapes.SplitShape, "api_split_issue", "印发分解 · Issues a split"))
def issue(
    request: HttpRequest, split: Name, document: File[UploadedFile], sent: Form[shapes.IssueAsked]
) -> HttpResponse:
    """Issues a split with its document: its values become targets of those who were told them."""
    scope = writer_of(request)
    told = sent.model_dump()
    move_split(split, "issued", sent=SentMove(**told, file=contents_of([document])[0]), scope=scope)
    return one(request, shapes.SplitShape, split_page(split, scope))


@router.post(
    "/splits/{split}/round-tables",
    **writes(list[shapes.FilledShape], "api_split_table", "读取反馈表 · Reads the table of a round"),
)
def read_table(request: HttpRequest, split: Name, table_file: File[UploadedFile]) -> HttpResponse:
    """What the table of a round says that came back filled in; nothing is recorded. Send it with the next move."""
    scope = writer_of(request)
    filled = filled_round(split, *contents_of([table_file])[0], scope)
    return table(request, shapes.FilledShape, list(filled), Paging())


@router.get("/splits/{split}/papers/{paper}.{form}", **gives_file("api_split_paper", "分解文稿 · A paper of a split"))
def paper(request: HttpRequest, split: Name, paper: Name, form: Name) -> HttpResponse:
    """A paper of a split as Word, PDF or Excel."""
    return file(*split_file(split, paper, form, reader_of(request)))


def _form(sent: shapes.SplitAsked, scope: Scope) -> SplitForm:
    """What was asked for, read like the form of the page: by the same names, with the same limits."""
    named = sent.model_dump(include=set(shapes.SPLIT_FIELDS))
    fields = {name: text for name, text in named.items() if text} | {"rows": str(len(sent.subjects))}
    fields |= {"calibrated": "on"} if sent.calibrated else {}
    for kind, typed in (("unit", sent.units), ("sector", sent.sectors), ("weight", sent.weights)):
        fields |= {f"{kind}-{name}": text for name, text in typed.items()}
    for number, row in enumerate(sent.subjects):
        fields |= {f"s{number}-{name}": text for name, text in row.model_dump(exclude={"stated"}).items()}
        fields |= {f"s{number}-{name}-stated": text for name, text in row.stated.items()}
    return form_sent(fields, origin_of(sent.origin, scope, packs_in_use()))
