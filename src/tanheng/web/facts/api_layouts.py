"""The API of the layouts of senders' sheets: those in use, and teaching a new one from a workbook on the desk."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from tanheng.kernel.faults import Refusal
from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.api_shapes import BatchShape, batch_shown
from tanheng.web.facts.layout_learning import keep_layout, profile_of, try_layout
from tanheng.web.facts.learning_page import (
    Choice,
    Taught,
    file_to_learn,
    first_taught,
    known_now,
    layout_list,
    learning_page,
    proposal_of,
    sheet_of,
    tried,
)
from tanheng.web.facts.models import BatchFile
from tanheng.web.facts.sending import batch_of
from tanheng.web.ui.api_answers import gives, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Asked, FindingShape, Name, Number, Paging, Shape

router = Router(tags=["facts"])
_LAYOUT = "/workbooks/{batch}/files/{number}/layout"


class LayoutShape(Shape):
    """A layout in use."""

    id: str
    label: str
    sender: str
    status: str
    reads: list[str]
    columns: list[tuple[str, str]]
    known_by: list[str]
    last_file: str
    own: bool


class ChoiceShape(Shape):
    """What a column is taken for: `=` is what was proposed."""

    reads: str
    indicator: str
    unit: str


class ColumnShape(Shape):
    """A column of the sheet: its heading, what is proposed for it, what is chosen."""

    letter: str
    heading: str
    proposed: str
    choice: ChoiceShape


class TaughtShape(Shape):
    """What is said of a sheet, to begin with."""

    id: str
    label: str
    sender: str
    sheet: str
    first: int
    last: int
    subject: str
    names: str
    coverage: str
    use_class: str


class LearningShape(Shape):
    """A sheet to be learned: its first rows, its columns, and what may be chosen."""

    sheets: list[str]
    rows: list[tuple[int, bool, list[tuple[str, str]]]] = Field(description="number, whether a heading, cells by place")
    columns: list[ColumnShape]
    taught: TaughtShape
    readings: list[tuple[str, str]]
    indicators: list[tuple[str, str]]
    units: list[tuple[str, str]]
    coverages: list[tuple[str, str]]
    use_classes: list[tuple[str, str]]


class TriedShape(Shape):
    """What the sheet says when it is read as it was taught: subject, indicator, of what, period, figure."""

    statements: list[tuple[str, str, str, str, str]]
    count: int
    rows: int
    kept: int
    findings: list[FindingShape]
    blocked: bool


class SheetFilter(Asked):
    """Which sheet (default: the first)."""

    sheet: str = Field("", max_length=100)


class ChoiceAsked(Asked):
    """What a column is to be taken for; `=` takes what was proposed."""

    reads: str = Field("ignored", max_length=100)
    indicator: str = Field("", max_length=100)
    unit: str = Field("", max_length=100)


class TaughtAsked(Asked):
    """What is said of a sheet, with its columns by their letter."""

    id: str = Field(max_length=63, examples=["platform_export"])
    label: str = Field("", max_length=100)
    sender: str = Field("", max_length=100)
    sheet: str = Field("", max_length=100)
    first: int = Field(1, ge=1, le=999, description="the first row of headings")
    last: int = Field(1, ge=1, le=999, description="the last row of headings")
    columns: dict[str, ChoiceAsked] = Field(examples=[{"A": {"reads": "subject_code"}}])
    subject: str = Field("facility", max_length=100)
    names: Literal["", "carrier"] = ""
    coverage: str = Field("", max_length=100)
    use_class: str = Field("", max_length=100)
    unit_cell: str = Field("", max_length=9, examples=["A2"])
    unit_means: str = Field("", max_length=100)


@router.get("/layouts", **gives_table(LayoutShape, "api_layouts", "报表版式 · Layouts of senders' sheets"))
def layouts(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The layouts in use, the site's own first."""
    return table(request, LayoutShape, list(layout_list(reader_of(request))), paging)


@router.get(_LAYOUT, **gives(LearningShape, "api_layout", "学习版式 · A sheet whose layout is to be learned"))
def learn(request: HttpRequest, batch: Name, number: Number, asked: Query[SheetFilter]) -> HttpResponse:
    """The sheet of a workbook on the desk with what each column is taken for."""
    file, known = _file(batch, number, reader_of(request)), known_now()
    sheet = sheet_of(file, asked.sheet)
    proposal = proposal_of(file, sheet.name, known)
    page = learning_page(file, first_taught(file, sheet, proposal), proposal, known)
    return one(request, LearningShape, page)


@router.post(f"{_LAYOUT}/try", **writes(TriedShape, "api_try_layout", "试读版式 · Tries a layout on its sheet"))
def try_it(request: HttpRequest, batch: Name, number: Number, sent: TaughtAsked) -> HttpResponse:
    """What the workbook says when it is read as it was taught; nothing is kept."""
    file, known = _file(batch, number, writer_of(request)), known_now()
    return one(request, TriedShape, tried(try_layout(file, _profile(file, sent), known), known))


@router.post(_LAYOUT, **writes(BatchShape, "api_keep_layout", "保存版式 · Keeps a layout"))
def keep(request: HttpRequest, batch: Name, number: Number, sent: TaughtAsked) -> HttpResponse:
    """Keeps a layout as the site's own, and has its workbook checked once more with it."""
    scope = writer_of(request)
    file = _file(batch, number, scope)
    return one(request, BatchShape, batch_shown(keep_layout(file.id, _profile(file, sent), scope=scope)))


def _file(batch: str, number: int, scope: Scope) -> BatchFile:
    """Refuses  not-permitted; import-unknown: no workbook of that number in a batch of one's own."""
    found = batch_of(batch, scope).files.filter(number=number).first()
    if found is None:
        raise Refusal("import-unknown", name=number)
    return file_to_learn(found.id, scope)


def _profile(file: BatchFile, sent: TaughtAsked) -> Any:
    known, sheet = known_now(), sheet_of(file, sent.sheet)
    told = sent.model_dump() | {"sheet": sheet.name, "last": max(sent.first, min(sent.last, sent.first + 5))}
    columns = {place: Choice(**vars(choice)) for place, choice in sent.columns.items()}
    taught = Taught(**{**told, "columns": columns, "unit_cell": sent.unit_cell.upper()})
    return profile_of(file, taught, proposal_of(file, sheet.name, known), known)
