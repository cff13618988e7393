"""Publishing a figure or a whole result."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tanheng.kernel.faults import Refusal
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.results.heads import result_head
from tanheng.web.results.services import publish_result
from tanheng.web.ui.refusals import status_of
from tanheng.web.ui.words import language


@mandated
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, result: str) -> HttpResponse:
    """The form; sent, it publishes and leads to the publication. A refusal is shown above what was typed."""
    scope_of(request).require("publish")
    if request.method == "GET":
        return _form(request, result, request.GET, None)
    figures = [address for address in request.POST.getlist("figure") if address]
    try:
        published = publish_result(
            result=result,
            title=request.POST.get("title", "").strip(),
            figures=figures,
            accepted=_accepted(request.POST),
            user=request.user.get_username(),
            scope=scope_of(request),
        )
    except Refusal as refusal:
        return _form(request, result, request.POST, refusal)
    return redirect("publication", published.position)


def _accepted(fields: object) -> Mapping[str, str]:
    """The blockers that were ticked, each with its reason."""
    return {code: fields.get(f"reason-{code}", "").strip() for code in fields.getlist("accept")}


def _form(request: HttpRequest, result: str, given: object, refusal: Refusal | None) -> HttpResponse:
    said = refusal and {"message": refusal.message(language()), "next_step": refusal.next_step(language())}
    context = {
        "head": result_head(result, scope_of(request)),
        "address": given.get("figure", ""),
        "given": {"title": given.get("title", "")},
        "refusal": said,
        "open": True,
        "section": "publications",
    }
    return render(request, "results/publish.html", context, status=status_of(refusal) if refusal else 200)
