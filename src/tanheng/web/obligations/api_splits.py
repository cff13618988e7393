"""The API of splits: those in reach, one of them, answering, and moving it on. A document is issued on the page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.obligations import api_split_shapes as shapes
from tanheng.web.obligations.split_services import Decided, SentMove, answer_split, move_split
from tanheng.web.obligations.splits import split_list, split_page
from tanheng.web.ui.api_answers import gives, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Name, Paging

router = Router(tags=["splits"])


@router.get("/splits", **gives_table(shapes.SplitLineShape, "api_splits", "目标分解 · Splits of targets"))
def splits(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The splits in reach, those that wait for the reader first."""
    return table(request, shapes.SplitLineShape, split_list(reader_of(request)), paging)


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
