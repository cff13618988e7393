"""The API of forms about an area or a unit: the forms, one with what is recorded, filling it in, as a workbook."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.facts import forms as facts_forms
from tanheng.web.facts.api_shapes import BatchShape, entered_shown, figure_put_in, figure_unreadable
from tanheng.web.facts.form_entering import enter_form, filled_form
from tanheng.web.facts.form_grid import FormGrid, FormRow, form_grid
from tanheng.web.facts.sending import ACT
from tanheng.web.facts.typed import Typed
from tanheng.web.ui.api_answers import file, gives, gives_file, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Asked, Label, Name, Number, Paging, Shape, Token
from tanheng.web.ui.uploads import contents_of

router = Router(tags=["facts"])
PutIn = Annotated[str, Field(max_length=160)]
Row = Annotated[str, Field(max_length=12)]


class FormShape(Shape):
    """A form that can be filled in: what it is about, how often, and the spans that its figures may have."""

    id: str
    label: Label
    about: Literal["area", "facility"]
    every: Literal["month", "quarter", "year"]
    spans: list[str] = Field(description="words that `span` may be; empty: the form has one span")


class FormCellShape(Shape):
    """A field: what is recorded, and what stands in the way of what was put in."""

    column: str
    heading: Label
    recorded: str = Field(description="empty: nothing is")
    other: str = Field(description="what is recorded in another unit than the row")
    typed: str
    problem: Label | None
    theirs: str = Field(description="what somebody else recorded meanwhile, and who")
    checks: bool = Field(description="a total: compared with its parts, recorded nowhere")


class FormRowShape(Shape):
    """A row: its words, and its fields."""

    row: str = Field(description="its name in `figures`", examples=["1f0c9a2b7d3e"])
    words: list[Label]
    cells: list[FormCellShape]


class FurtherRowShape(Shape):
    """A row that the form may have beside: asked for by its id."""

    id: str
    words: list[Label]


class FormGridShape(Shape):
    """A form of an area or unit; `seen` goes back with what is put in."""

    form: str
    subject: str
    span: str
    period: str
    rows: list[FormRowShape]
    further: list[FurtherRowShape]
    seen: int


class FormEnteredShape(Shape):
    """What came of it: a workbook on the desk to be recorded, or the form with what stands in the way."""

    outcome: Literal["checking", "wrong", "changed_meanwhile"]
    batch: BatchShape | None
    grid: FormGridShape | None


class AskedForm(Asked):
    """Of which area or unit, up to which month (default: the last that is over), of which span, with which rows."""

    subject: str = Field(max_length=200, examples=["area/t-north"])
    month: str = Field("", max_length=7, examples=["2024-06"])
    span: str = Field("", max_length=20)
    row: list[Row] = Field([], max_length=50, description="further rows, by id")


class AskedWorkbook(AskedForm):
    """The same; `within` asks for the areas within it as well, where each row says its area."""

    within: bool = False


class FormFilledIn(AskedForm):
    """A form that is filled in; files that prove it come along as `evidence`."""

    figures: list[PutIn] = Field(
        min_length=1, max_length=1000, description="row@column=value", examples=[["1f0c9a2b7d3e@current=13.75"]]
    )
    seen: Number
    note: str = Field("", max_length=200)
    token: Token = ""


@router.get("/forms", **gives_table(FormShape, "api_forms", "填报表式 · Forms that can be filled in"))
def forms(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The forms about areas and about units."""
    reader_of(request).require(ACT)
    rows = [
        {
            "id": each.template.id,
            "label": each.template.label,
            "about": each.kind,
            "every": each.template.every,
            "spans": list(each.spans),
        }
        for each in facts_forms.forms()
    ]
    return table(request, FormShape, rows, paging)


@router.get("/forms/{form}", **gives(FormGridShape, "api_form", "一张填报表 · A form with what is recorded"))
def form(request: HttpRequest, form: Name, asked: Query[AskedForm]) -> HttpResponse:
    """What is recorded of an area or a unit, in the fields of a form."""
    scope = reader_of(request)
    scope.require(ACT)
    return one(request, FormGridShape, _grid(form_grid(facts_forms.form_named(form), _asked(asked), scope=scope)))


@router.post("/forms/{form}", **writes(FormEnteredShape, "api_fill_in", "填表 · Fills in a form"))
def fill_in(request: HttpRequest, form: Name, sent: FormFilledIn) -> HttpResponse:
    """Has a form checked like a workbook that was sent; nothing is recorded until the batch is."""
    return _entered(request, form, sent, [])


@router.post(
    "/forms/{form}/with-evidence",
    **writes(FormEnteredShape, "api_fill_in_with_evidence", "附材料填表 · Fills in a form with evidence"),
)
def fill_in_with_evidence(
    request: HttpRequest, form: Name, evidence: File[list[UploadedFile]], sent: Form[FormFilledIn]
) -> HttpResponse:
    """The same, with the files that prove it."""
    return _entered(request, form, sent, evidence)


@router.get("/forms/{form}/workbook", **gives_file("api_form_workbook", "填报表文件 · A form as a workbook"))
def workbook(request: HttpRequest, form: Name, asked: Query[AskedWorkbook]) -> HttpResponse:
    """The same form as a workbook, with what is recorded filled in."""
    scope = reader_of(request)
    return file(*filled_form(facts_forms.form_named(form), _asked(asked, within=asked.within), scope=scope))


def _asked(asked: AskedForm, *, within: bool = False) -> facts_forms.Asked:
    return facts_forms.Asked(asked.subject, asked.month, asked.span, asked.row, within)


def _entered(request: HttpRequest, form: str, sent: FormFilledIn, evidence: list[UploadedFile]) -> HttpResponse:
    scope = writer_of(request)
    typed = Typed(dict(map(_figure, sent.figures)), sent.seen, sent.note.strip(), sent.token, contents_of(evidence))
    done = enter_form(facts_forms.form_named(form), _asked(sent), typed, scope=scope)
    return one(request, FormEnteredShape, entered_shown(done, _grid))


def _figure(text: str) -> tuple[tuple[str, str], str]:
    row, column, value = figure_put_in(text)
    if not row:
        raise figure_unreadable(text)
    return (row, column), value


def _grid(grid: FormGrid) -> dict[str, Any]:
    form = grid.form
    further = [
        {"id": id, "words": [_label(form, word) for word in (indicator, item) if word]}
        for id, indicator, item in facts_forms.further_rows(form)
    ]
    return {
        "form": form.template.id,
        "subject": grid.asked.subject,
        "span": grid.span,
        "period": str(grid.period),
        "rows": [_row(grid, row) for row in grid.rows if any(row.cells)],
        "further": further,
        "seen": grid.seen,
    }


def _row(grid: FormGrid, row: FormRow) -> dict[str, Any]:
    words = [row.words[column.id] for column in grid.worded if column.id in row.words]
    cells = [
        {**vars(cell), "heading": _label(grid.form, column.heading)}
        for cell, column in zip(row.cells, grid.figures, strict=True)
        if cell is not None
    ]
    return {"row": row.id, "words": [_label(grid.form, word) for word in words], "cells": cells}


def _label(form: facts_forms.Form, word: str) -> dict[str, str]:
    return {"zh": form.text(word, "zh"), "en": form.text(word, "en")}
