"""The layouts of senders' sheets: those in use, and teaching a new one by clicking headings and units."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
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
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language

_LONGEST = 100


@mandated
def layouts(request: HttpRequest) -> HttpResponse:
    """The list."""
    lines = layout_list(scope_of(request))
    return render(request, "facts/layouts.html", {"lines": lines, "section": "facts"})


@mandated
@require_http_methods(["GET", "POST"])
def learn_layout(request: HttpRequest, file: int) -> HttpResponse:
    """The sheet with what each column is taken for; tried on the sheet, and kept."""
    scope = scope_of(request)
    found, known = file_to_learn(file, scope), known_now()
    sheet = sheet_of(found, (request.POST if request.method == "POST" else request.GET).get("sheet", ""))
    proposal = proposal_of(found, sheet.name, known)
    taught = _taught(request, sheet.name) if request.method == "POST" else first_taught(found, sheet, proposal)
    context = {"section": "facts"}
    if request.method != "POST" or request.POST.get("act") == "show":
        return _page(request, context | {"page": learning_page(found, taught, proposal, known)})
    try:
        profile = profile_of(found, taught, proposal, known)
        if request.POST.get("act") == "keep":
            return redirect("sent_workbooks", keep_layout(file, profile, scope=scope).id)
        outcome = tried(try_layout(found, profile, known), known)
    except Refusal as refusal:
        said = {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
        context |= {"refusal": said, "page": learning_page(found, taught, proposal, known)}
        return _page(request, context, status_of(refusal))
    return _page(request, context | {"tried": outcome, "page": learning_page(found, taught, proposal, known)})


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    return render(request, "facts/learn_layout.html", context, status=status)


def _taught(request: HttpRequest, sheet: str) -> Taught:
    said = request.POST

    def text(name: str) -> str:
        return said.get(name, "").strip()[:_LONGEST]

    places = {name.removeprefix("reads:") for name in said if name.startswith("reads:")}
    columns = {at: Choice(text(f"reads:{at}"), text(f"indicator:{at}"), text(f"unit:{at}")) for at in sorted(places)}
    first = _row(text("first"), 1)
    return Taught(
        id=text("id"),
        label=text("label"),
        sender=text("sender"),
        sheet=sheet,
        first=first,
        last=max(first, min(_row(text("last"), first), first + 5)),
        columns=columns,
        subject=text("subject"),
        names=text("names") if text("names") in ("", "carrier") else "",
        coverage=text("coverage"),
        use_class=text("use_class"),
        unit_cell=text("unit_cell").upper(),
        unit_means=text("unit_means"),
    )


def _row(text: str, usual: int) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 4 else usual
