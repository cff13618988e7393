"""Publications: the list, one of them, repeating it, and comparing it with today's knowledge."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tanheng.kernel.period import read_date
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.results.comparisons import comparison_page
from tanheng.web.results.publications import publication_lines, publication_page, repetition
from tanheng.web.results.services import compute_afresh

_SECTION = {"section": "publications"}


def publications(request: HttpRequest) -> HttpResponse:
    """Every publication, the latest first."""
    return render(request, "results/publications.html", {"lines": publication_lines(), **_SECTION})


def publication(request: HttpRequest, position: int) -> HttpResponse:
    """One publication with its figures, its digests and what it keeps."""
    today = timezone.localdate().isoformat()
    page = publication_page(position, scope=scope_of(request))
    return render(request, "results/publication.html", {"page": page, "today": today, **_SECTION})


@mandated
def repeat(request: HttpRequest, position: int) -> HttpResponse:
    """Computes a publication again from what it keeps, and shows both digests; only opened, it leads back."""
    if request.method != "POST":
        return redirect("publication", position)
    context = {"page": publication_page(position, scope=scope_of(request)), "repetition": repetition(position)}
    today = timezone.localdate().isoformat()
    return render(request, "results/publication.html", {**context, "today": today, **_SECTION})


@mandated
def fresh(request: HttpRequest, position: int) -> HttpResponse:
    """Computes the same question with what is known on a date, and leads to the comparison; only opened, it leads
    back: a login that came in between opens it.
    """
    if request.method != "POST":
        return redirect("publication", position)
    known_on = read_date(request.POST.get("known_on", ""))
    found = compute_afresh(position=position, known_on=known_on, scope=scope_of(request))
    return redirect("compare", position, found.id)


@mandated
def compare(request: HttpRequest, position: int, result: str) -> HttpResponse:
    """A publication beside a result: which figures differ, and which factor entries and inputs made them differ."""
    page = comparison_page(position, result, scope=scope_of(request))
    return render(request, "results/comparison.html", {"page": page, **_SECTION})
