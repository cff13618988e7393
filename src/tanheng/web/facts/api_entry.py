"""The API of figures that are entered one by one: the grid of a unit, entering into it, the form as a workbook."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.facts.api_shapes import BatchShape, entered_shown, figure_put_in, figure_unreadable
from tanheng.web.facts.entering import enter
from tanheng.web.facts.entry_grid import EntryGrid, RowId, entry_grid, months_between, unit_seen, units_seen
from tanheng.web.facts.entry_template import filled_template
from tanheng.web.facts.sending import ACT
from tanheng.web.facts.typed import Typed
from tanheng.web.ui.api_answers import file, gives, gives_file, one, writes
from tanheng.web.ui.api_shapes import Asked, Label, Name, Number, Shape, Token
from tanheng.web.ui.uploads import contents_of

router = Router(tags=["facts"])
PutIn = Annotated[str, Field(max_length=160)]


class EntryCellShape(Shape):
    """A figure of the grid: what is recorded, and what stands in the way of what was put in."""

    month: str
    recorded: str = Field(description="empty: nothing is")
    other: str = Field(description="what is recorded in another unit than the row")
    typed: str
    problem: Label | None
    theirs: str = Field(description="what somebody else recorded meanwhile, and who")


class EntryRowShape(Shape):
    """An indicator of a carrier over the months."""

    row: str = Field(description="its name in `figures`", examples=["0.electricity"])
    label: Label
    unit: str
    cells: list[EntryCellShape]


class EntryGridShape(Shape):
    """The grid of a unit; `seen` goes back with what is put in."""

    unit: str
    months: list[str]
    rows: list[EntryRowShape]
    seen: int


class EnteredShape(Shape):
    """What came of it: workbooks on the desk to be recorded, or the grid with what stands in the way."""

    outcome: Literal["checking", "wrong", "changed_meanwhile"]
    batch: BatchShape | None
    grid: EntryGridShape | None


class MonthsAsked(Asked):
    """From which month to which (default: the last three that are over; twelve at most)."""

    first: str = Field("", max_length=7, examples=["2025-10"])
    last: str = Field("", max_length=7, examples=["2025-12"])


class FormFilter(Asked):
    """Of which unit (default: all that the reader reports for), up to which month."""

    unit: str = Field("", max_length=200, examples=["facility/t-mill"])
    last: str = Field("", max_length=7)


class FiguresAsked(MonthsAsked):
    """Figures that are put in; files that prove them come along as `evidence`."""

    figures: list[PutIn] = Field(
        min_length=1, max_length=500, description="row@month=value", examples=[["0.electricity@2025-12=13.75"]]
    )
    seen: Number
    note: str = Field("", max_length=200)
    token: Token = ""


@router.get("/entry/{unit}", **gives(EntryGridShape, "api_entry", "填报表 · The figures of a unit to be entered"))
def entry(request: HttpRequest, unit: Name, asked: Query[MonthsAsked]) -> HttpResponse:
    """What is recorded of a unit month by month, as a grid."""
    scope = reader_of(request)
    scope.require(ACT)
    found = unit_seen(f"facility/{unit}", scope)
    return one(request, EntryGridShape, _grid(entry_grid(found, months_between(asked.first, asked.last, scope.day))))


@router.post("/entry/{unit}", **writes(EnteredShape, "api_enter", "填报 · Enters figures"))
def put_in(request: HttpRequest, unit: Name, sent: FiguresAsked) -> HttpResponse:
    """Has figures checked like a workbook that was sent; nothing is recorded until the batch is."""
    return _entered(request, unit, sent, [])


@router.post(
    "/entry/{unit}/with-evidence",
    **writes(EnteredShape, "api_enter_with_evidence", "附材料填报数据 · Enters figures with evidence"),
)
def put_in_with_evidence(
    request: HttpRequest, unit: Name, evidence: File[list[UploadedFile]], sent: Form[FiguresAsked]
) -> HttpResponse:
    """The same, with the files that prove them."""
    return _entered(request, unit, sent, evidence)


@router.get("/entry-form", **gives_file("api_entry_form", "填报表文件 · The form as a workbook"))
def form(request: HttpRequest, asked: Query[FormFilter]) -> HttpResponse:
    """The same form as a workbook, with what is known filled in."""
    scope = reader_of(request)
    scope.require(ACT)
    units = [unit_seen(asked.unit, scope)] if asked.unit else units_seen(scope)
    return file(*filled_template(units, months_between("", asked.last, scope.day)[-1], scope=scope))


def _entered(request: HttpRequest, unit: str, sent: FiguresAsked, evidence: list[UploadedFile]) -> HttpResponse:
    scope = writer_of(request)
    scope.require(ACT)
    found = unit_seen(f"facility/{unit}", scope)
    values = dict(map(_figure, sent.figures))
    typed = Typed(values, sent.seen, sent.note.strip(), sent.token, contents_of(evidence))
    done = enter(found, months_between(sent.first, sent.last, scope.day), typed, scope=scope)
    return one(request, EnteredShape, entered_shown(done, _grid))


def _figure(text: str) -> tuple[tuple[RowId, str], str]:
    row, month, value = figure_put_in(text)
    id = RowId.parse(row)
    if id is None:
        raise figure_unreadable(text)
    return (id, month), value


def _grid(grid: EntryGrid) -> dict[str, Any]:
    rows = [
        {**vars(row), "row": str(row.id), "cells": [{**vars(cell), "month": cell.column} for cell in row.cells]}
        for row in grid.rows
    ]
    return {"unit": grid.unit.id, "months": list(map(str, grid.months)), "rows": rows, "seen": grid.seen}
