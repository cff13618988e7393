"""Entering figures by hand: a grid of months, what is recorded standing in it, and the same form as a workbook."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.web.cases.views.sent import fresh_token
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.facts.entering import enter
from tanheng.web.facts.entry_grid import (
    EntryGrid,
    RowId,
    entry_grid,
    form_of_page,
    months_between,
    row_choices,
    unit_seen,
    units_seen,
)
from tanheng.web.facts.entry_template import filled_template
from tanheng.web.facts.forms import AREA, FACILITY, areas_seen, forms
from tanheng.web.facts.sending import ACT
from tanheng.web.facts.typed import with_typed
from tanheng.web.facts.views.typed import typed_of
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language


@mandated
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest) -> HttpResponse:
    """The grid of a unit, and what is typed into it; without a unit, those that the reader reports for."""
    scope = scope_of(request)
    scope.require(ACT)
    units = units_seen(scope, request.GET.get("q", ""))
    chosen = request.GET.get("unit", "") or (units[0].id if len(units) == 1 and "q" not in request.GET else "")
    if not chosen:
        told = {"units": units, "section": "facts", "q": request.GET.get("q", "")}
        return render(request, "facts/entry_units.html", {**told, "areas": areas_seen(scope), "forms": _forms(AREA)})
    unit = unit_seen(chosen, scope)
    months = months_between(request.GET.get("from", ""), request.GET.get("to", ""), scope.day)
    if request.method != "POST":
        return _page(request, entry_grid(unit, months, _more(request)), several=len(units) > 1)
    typed = typed_of(request, RowId.parse)
    try:
        entered = enter(unit, months, typed, scope=scope)
    except Refusal as refusal:
        ids = [id for id, _ in typed.values]
        grid = entry_grid(unit, months, ids)
        return _page(request, with_typed(grid, typed.values), refusal=refusal, several=len(units) > 1)
    if entered.batch is not None:
        return redirect("sent_workbooks", entered.batch.id)
    return _page(request, entered.grid, refusal=entered.refusal, several=len(units) > 1)


@mandated
def template(request: HttpRequest) -> HttpResponse:
    """The same form as a workbook, with what is known filled in: of one unit, or of all that the reader reports for."""
    scope = scope_of(request)
    scope.require(ACT)
    chosen = request.GET.get("unit", "")
    month = months_between("", request.GET.get("to", ""), scope.day)[-1]
    units = [unit_seen(chosen, scope)] if chosen else units_seen(scope)
    name, content = filled_template(units, month, scope=scope)
    return FileResponse(BytesIO(content), as_attachment=True, filename=name)


def _forms(kind: str) -> list[tuple[str, str]]:
    """The forms about areas, or those about units, by id and name."""
    return [(form.template.id, form.template.label[language()]) for form in forms() if form.kind == kind]


def _more(request: HttpRequest) -> list[RowId]:
    found = (RowId.parse(text) for text in request.GET.getlist("row")[:50])
    return [id for id in found if id is not None]


def _page(
    request: HttpRequest, grid: EntryGrid, *, refusal: Refusal | None = None, several: bool = False
) -> HttpResponse:
    packs, layout, _ = form_of_page()
    shown = {row.id for row in grid.rows}
    choices = [
        (RowId(number, carrier.id), f"{carrier.label[language()]} · {item.names[0]}")
        for number, item, carrier in row_choices(packs, layout)
        if RowId(number, carrier.id) not in shown
    ]
    context: dict[str, Any] = {"grid": grid, "choices": choices, "token": fresh_token(), "several": several}
    context |= {"section": "facts", "forms": _forms(FACILITY), "extra": [str(row.id) for row in grid.rows]}
    context |= {"wrong": any(cell.is_wrong for row in grid.rows for cell in row.cells)}
    status = 200
    if refusal is not None:
        context["refusal"] = {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
        status = status_of(refusal)
    elif context["wrong"]:
        status = 422
    return render(request, "facts/entry.html", context, status=status)
