"""Filling in a form about an area or a unit: its fields with what is recorded, and the same form as a workbook."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.web.cases.views.sent import fresh_token
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import Scope, scope_of
from tanheng.web.facts.entry_cells import EntryCell
from tanheng.web.facts.form_entering import enter_form, filled_form
from tanheng.web.facts.form_grid import FormGrid, FormRow, form_grid
from tanheng.web.facts.forms import AREA, MOST_ROWS, Asked, Form, areas_seen, form_named, forms, further_rows
from tanheng.web.facts.sending import ACT
from tanheng.web.facts.typed import with_typed
from tanheng.web.facts.views.typed import typed_of
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language


@mandated
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The fields of a form, and what is typed into them."""
    scope = scope_of(request)
    scope.require(ACT)
    found, asked = form_named(request.GET.get("form", "")), _asked(request, scope)
    if request.method != "POST":
        return _page(request, form_grid(found, asked, scope=scope), scope)
    typed = typed_of(request, str)
    try:
        entered = enter_form(found, asked, typed, scope=scope)
    except Refusal as refusal:
        return _page(request, with_typed(form_grid(found, asked, scope=scope), typed.values), scope, refusal=refusal)
    if entered.batch is not None:
        return redirect("sent_workbooks", entered.batch.id)
    return _page(request, entered.grid, scope, refusal=entered.refusal)


@mandated
def workbook(request: HttpRequest) -> HttpResponse:
    """The same form as a workbook, with what is recorded filled in."""
    scope = scope_of(request)
    asked = replace(_asked(request, scope), within=bool(request.GET.get("within")))
    name, content = filled_form(form_named(request.GET.get("form", "")), asked, scope=scope)
    return FileResponse(BytesIO(content), as_attachment=True, filename=name)


def _asked(request: HttpRequest, scope: Scope) -> Asked:
    given = request.GET
    subject = given.get("subject", "") or next((id for id, _ in areas_seen(scope)), "")
    return Asked(subject, given.get("month", ""), given.get("span", ""), given.getlist("row")[:MOST_ROWS])


def _page(request: HttpRequest, grid: FormGrid, scope: Scope, *, refusal: Refusal | None = None) -> HttpResponse:
    lang, wrong = language(), any(cell.is_wrong for _, _, cell in grid.cells())
    about = grid.form.kind == AREA
    context: dict[str, Any] = {
        "grid": grid,
        "rows": _rows(grid, lang),
        "period": " ".join(filter(None, [_said(grid.form, grid.span, lang), grid.period.label(lang)])),
        "month": str(grid.period.months()[-1]),
        "query": urlencode(_fields(grid)),
        "hidden": _fields(grid),
        "worded": [grid.form.text(column.heading, lang) for column in grid.worded],
        "figures": [grid.form.text(column.heading, lang) for column in grid.figures],
        "spans": [(word, grid.form.text(word, lang)) for word in grid.form.spans],
        "title": grid.form.template.label[lang],
        "forms": [(each.template.id, each.template.label[lang]) for each in forms() if each.kind == grid.form.kind],
        "areas": areas_seen(scope) if about else [],
        "choices": _choices(grid, lang),
        "checks": any(cell.checks for _, _, cell in grid.cells()),
        "within": about and grid.form.template.rows_for == AREA and not grid.form.lists_areas,
        "token": fresh_token(),
        "section": "facts",
    }
    status = 422 if wrong else 200
    if refusal is not None:
        context["refusal"] = {"message": refusal.message(lang), "next_step": refusal.next_step(lang)}
        status = status_of(refusal)
    return render(request, "facts/form.html", context, status=status)


def _fields(grid: FormGrid) -> list[tuple[str, str]]:
    """What an address says of a form."""
    told = {"form": grid.form.template.id, "subject": grid.asked.subject, "month": str(grid.period.months()[-1])}
    told |= {"span": grid.span} if grid.span else {}
    return [*told.items(), *(("row", id) for id in grid.asked.rows)]


def _rows(grid: FormGrid, lang: str) -> list[tuple[list[str], str, int, FormRow, list[tuple[EntryCell | None, str]]]]:
    """The rows that have fields: their words, what they are about as one text, how far they are pushed in."""
    headings = [grid.form.text(column.heading, lang) for column in grid.figures]
    worded = [column.id for column in grid.worded]
    found = []
    for row in grid.rows:
        if any(row.cells):
            words = [row.words[id] if id in row.words else "" for id in worded]
            shown = [_word(grid, id, word, lang) for id, word in zip(worded, words, strict=True)]
            pushed = len(words[0]) - len(words[0].lstrip()) if words else 0
            cells = list(zip(row.cells, headings, strict=True))
            found.append((shown, " ".join(filter(None, shown)), pushed, row, cells))
    return found


def _word(grid: FormGrid, column: str, word: str, lang: str) -> str:
    reads = {item.id: item.reads for item in grid.form.layout.columns}
    if lang != "zh" and reads[column] == "subject_name":
        return grid.area_in_english(word)
    return grid.form.text(word, lang)


def _choices(grid: FormGrid, lang: str) -> list[tuple[str, str]]:
    """The rows that the form may have beside those that are shown."""
    shown = {(row.words.get("indicator"), row.words.get("item", "")) for row in grid.rows}
    return [
        (id, " · ".join(filter(None, [_said(grid.form, indicator, lang), _said(grid.form, item, lang)])))
        for id, indicator, item in further_rows(grid.form)
        if (indicator, item) not in shown
    ]


def _said(form: Form, word: str, lang: str) -> str:
    return form.text(word, lang) if word else ""
