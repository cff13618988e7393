"""The API of tasks: the list, one task, reporting progress, saved filters."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile

from tanheng.kernel.faults import Refusal
from tanheng.records.site_files import blobs
from tanheng.web.directory.api_access import actor_of, reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations import api_shapes as shapes
from tanheng.web.obligations.point_tasks import TaskAsked, task_from_point
from tanheng.web.obligations.services import report_tasks
from tanheng.web.obligations.task_board import board_with
from tanheng.web.obligations.task_filters import Filter, drop_filter, save_filter, saved_filters
from tanheng.web.obligations.task_pages import task_list_page, task_page
from tanheng.web.ui.api_answers import file, gives, gives_file, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Name, Number, Paging

router = Router(tags=["tasks"])


@router.get("/tasks", **gives_table(shapes.TaskShape, "api_tasks", "任务 · Tasks of a year"))
def tasks(request: HttpRequest, asked: Query[shapes.TaskFilter], paging: Query[Paging]) -> HttpResponse:
    """The tasks in reach that the filter lets through, the most urgent first; none where none is recorded."""
    return table(request, shapes.TaskShape, _lines(Filter.of(asked.model_dump()), reader_of(request)), paging)


@router.post("/tasks/reports", **writes(list[shapes.TaskPageShape], "api_report", "填报进展 · Reports progress"))
def report(request: HttpRequest, sent: shapes.ProgressAsked) -> HttpResponse:
    """Records what is said of one task, or of several at once: all of them or none."""
    scope = writer_of(request)
    said = sent.model_dump(include={"progress", "completion", "status", "problem", "next_step"})
    report_tasks(scope=scope, tasks=sent.tasks, said=said, files=(), token=sent.token)
    return table(request, shapes.TaskPageShape, [_page(id, scope) for id in sent.tasks], Paging())


@router.post(
    "/tasks/from-point", **writes(shapes.TaskPageShape, "api_task_from_point", "立任务 · Makes a task of a point")
)
def from_point(request: HttpRequest, sent: shapes.FromPointAsked) -> HttpResponse:
    """Makes a task of an open point of a month; of one that has become a task, the task of then."""
    scope = writer_of(request)
    told = sent.model_dump(include={"label", "lead", "supporting"})
    made = task_from_point(sent.point, asked=TaskAsked(**told, due=sent.due.isoformat()), scope=scope)
    return one(request, shapes.TaskPageShape, _page(made, scope))


@router.get("/tasks/{task}", **gives(shapes.TaskPageShape, "api_task", "一项任务 · One task"))
def task(request: HttpRequest, task: Name) -> HttpResponse:
    """A task with everything that was said of it."""
    return one(request, shapes.TaskPageShape, _page(task, reader_of(request)))


@router.post(
    "/tasks/{task}/reports",
    **writes(shapes.TaskPageShape, "api_report_with_evidence", "附材料填报 · Reports progress with its evidence"),
)
def report_with_evidence(
    request: HttpRequest, task: Name, evidence: File[list[UploadedFile]], sent: Form[shapes.OneReportAsked]
) -> HttpResponse:
    """Records what is said of one task with the files that prove it."""
    scope = writer_of(request)
    said = sent.model_dump(exclude={"seen", "token"})
    report_tasks(scope=scope, tasks={task: sent.seen}, said=said, files=evidence, token=sent.token)
    return one(request, shapes.TaskPageShape, _page(task, scope))


@router.get(
    "/tasks/{task}/evidence/{position}/{number}", **gives_file("api_task_evidence", "佐证材料 · A piece of evidence")
)
def evidence(request: HttpRequest, task: Name, position: Number, number: Number) -> HttpResponse:
    """A file that proves a report."""
    board = board_with(reader_of(request), task)
    found = next((item for item in board.reports if (item.task, item.position) == (task, position)), None)
    pieces = found.said.evidence if found else ()
    if number >= len(pieces) or not pieces[number].digest:
        raise Refusal("evidence-unknown", case=task, number=number)
    return file(pieces[number].name, blobs().get(pieces[number].digest))


@router.get("/task-filters", **gives_table(shapes.SavedFilterShape, "api_filters", "已存筛选 · Saved filters"))
def filters(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The filters that the reader saved."""
    return table(request, shapes.SavedFilterShape, saved_filters(reader_of(request).person), paging)


@router.post("/task-filters", **writes(list[shapes.SavedFilterShape], "api_save_filter", "保存筛选 · Saves a filter"))
def keep(request: HttpRequest, sent: shapes.FilterAsked) -> HttpResponse:
    """Keeps a filter under a name, in the place of one of that name."""
    person = actor_of(writer_of(request)).id
    save_filter(person=person, name=sent.name, asked=Filter.of(sent.filter.model_dump()))
    return table(request, shapes.SavedFilterShape, saved_filters(person), Paging())


@router.delete(
    "/task-filters/{name}", **writes(list[shapes.SavedFilterShape], "api_drop_filter", "删除筛选 · Forgets a filter")
)
def drop(request: HttpRequest, name: Name) -> HttpResponse:
    """Forgets a filter; the answer has those that are left."""
    person = actor_of(writer_of(request)).id
    drop_filter(person=person, name=name)
    return table(request, shapes.SavedFilterShape, saved_filters(person), Paging())


def _lines(asked: Filter, scope: Scope) -> list[Any]:
    try:
        return list(task_list_page(asked, scope).lines)
    except Refusal as refusal:
        if refusal.code not in ("tasks-of-no-year", "tasks-none"):
            raise
        return []


def _page(id: str, scope: Scope) -> dict[str, Any]:
    page = task_page(id, scope)
    reports = [
        {**vars(item), "evidence": [{"name": name, "href": href} for name, href in item.evidence]}
        for item in page.reports
    ]
    return {**vars(page), "reports": reports}
