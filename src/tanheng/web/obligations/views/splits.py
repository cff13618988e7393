"""The splits: the list, and the form of a new one with its proposal beside it."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import Scope, scope_of
from tanheng.web.obligations.split_figures import Whole
from tanheng.web.obligations.split_form import DIRECTIONS, KINDS, METHODS, OWN, STANDINGS, SplitForm, form_sent
from tanheng.web.obligations.split_services import draft_split, preview
from tanheng.web.obligations.split_start import (
    bands_known,
    form_from_plan,
    form_from_target,
    open_targets,
    origin_of,
    plan_starts,
    target_label,
    target_named,
    target_starts,
)
from tanheng.web.obligations.split_words import (
    direction_said,
    figure_said,
    kind_said,
    method_said,
    method_told,
    standing_said,
)
from tanheng.web.obligations.splits import split_list
from tanheng.web.ui.refusals import refusal_said, status_of
from tanheng.web.ui.texts import within
from tanheng.web.ui.words import said

_DENIED = frozenset({"not-permitted", "no-mandate"})


@mandated
def splits(request: HttpRequest) -> HttpResponse:
    """The splits in reach."""
    scope = scope_of(request)
    context = {"lines": split_list(scope), "may_draft": scope.may("split"), "section": "targets"}
    return render(request, "obligations/splits.html", context)


@mandated
@require_http_methods(["GET", "POST"])
def new_split(request: HttpRequest) -> HttpResponse:
    """The form of a new split. A change of it shows what it comes to; a button does the same without a script."""
    scope = scope_of(request)
    scope.require("split")
    if request.method == "POST":
        return _sent(request, scope)
    target, origin = request.GET.get("target", ""), request.GET.get("from", "")
    if not target and not origin:
        return _starts(request, scope)
    packs = packs_in_use()
    if origin:
        plan = origin_of(origin, scope, packs)
        return _page(request, form_from_plan(plan, scope), plan)
    form, fitting = form_from_target(target_named(target, scope), scope, packs)
    return _page(request, form, fitting)


def _starts(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Where to begin: with a target that is to be split, or with an earlier split."""
    plans = [(plan.id, said(plan.label)) for plan in plan_starts(scope, packs_in_use())]
    context = {"targets": target_starts(scope, open_targets(scope)), "plans": plans, "section": "targets"}
    return render(request, "obligations/split_start.html", context)


def _sent(request: HttpRequest, scope: Scope) -> HttpResponse:
    origin = origin_of(request.POST.get("origin", ""), scope, packs_in_use())
    form = form_sent(request.POST, origin)
    try:
        if request.POST.get("do") == "draft":
            note, token = within(request.POST.get("note", ""), 1000), request.POST.get("token", "")
            return redirect("split", draft_split(form, note=note, token=token or uuid4().hex, scope=scope))
        whole = preview(form, scope)
    except Refusal as refusal:
        if refusal.code in _DENIED:
            raise
        return _page(request, form, origin, refusal=refusal)
    return _page(request, form, origin, whole)


def _page(
    request: HttpRequest,
    form: SplitForm,
    origin: DecompositionPlan | None,
    whole: Whole | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "whole": whole,
        "form": form,
        "section": "targets",
        "note": request.POST.get("note", ""),
        "method_told": method_told(form["method"] or METHODS[0]),
    }
    if refusal is not None:
        context["refusal"] = refusal_said(refusal)
    status = status_of(refusal) if refusal is not None else 200
    if request.headers.get("HX-Request") and request.method == "POST":
        # htmx swaps only what succeeds; what is wrong is told in the place of the proposal
        return render(request, "obligations/_split_proposal.html", context)
    return render(
        request, "obligations/new_split.html", context | _choices(form, origin, scope_of(request)), status=status
    )


def _choices(form: SplitForm, origin: DecompositionPlan | None, scope: Scope) -> dict[str, object]:
    words = {name: figure_said(name, item, packs_in_use()) for name, item in form.figures.items()}
    bands = [(key, words) for key, (words, _) in bands_known(packs_in_use()).items()]
    usable = [method for method in METHODS if _is_usable(method, form, origin)]
    return {
        "token": uuid4().hex,
        "methods": [(method, method_said(method)) for method in usable],
        "kinds": [(kind, kind_said(kind)) for kind in KINDS],
        "standings": [(standing, standing_said(standing)) for standing in STANDINGS],
        "directions": [(direction, direction_said(direction)) for direction in DIRECTIONS],
        "bands": bands,
        "own_bands": OWN,
        "criteria": [
            (item.id, said(item.label), form.weights.get(item.id, "")) for item in (origin.criteria if origin else ())
        ],
        "sectors": [(name, words.get(name, name), text) for name, text in form.sectors.items()],
        "target_label": target_label(form["target"], scope),
        "names": [(words[name], item["unit"]) for name, item in form.figures.items()],
        "rows": [
            (number, row, [(name, words[name], row.stated.get(name, "")) for name in form.stated_names])
            for number, row in enumerate(form.rows)
        ],
    }


def _is_usable(method: str, form: SplitForm, origin: DecompositionPlan | None) -> bool:
    """Whether a method has what it needs: what it splits by comes with the plan that a form began with."""
    needed = {"structure": form.sectors, "weights": origin and origin.criteria, "potential": form["benchmarks"]}
    return method not in needed or bool(needed[method]) or method == form["method"]
