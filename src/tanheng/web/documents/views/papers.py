"""The papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.documents.assessment_list import assessment_lines, cards_offered
from tanheng.web.documents.papers_page import paper_lines


@mandated
def papers(request: HttpRequest) -> HttpResponse:
    """Every paper that was drafted, as far as the reader sees its case, and the assessments of each year."""
    scope, asked = scope_of(request), request.GET
    if asked.get("scorecard") and asked.get("year"):
        return redirect("assessment_papers", asked["scorecard"], asked["year"])
    context = {"lines": paper_lines(scope), "section": "papers", "last_year": scope.day.year - 1}
    context |= {"assessments": assessment_lines(scope), "cards": cards_offered(scope)}
    return render(request, "documents/papers.html", context)
