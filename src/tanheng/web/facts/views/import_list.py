"""The imports: all of them, one of them, and its undoing."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.facts.import_pages import import_evidence, import_list, import_page
from tanheng.web.facts.sending import ACT
from tanheng.web.facts.undoing import undo
from tanheng.web.facts.views.sent import number_of


@mandated
def imports(request: HttpRequest) -> HttpResponse:
    """The list."""
    scope = scope_of(request)
    scope.require(ACT)
    page = import_list(number_of(request, "begin", 0), scope=scope)
    return render(request, "facts/imports.html", {"page": page, "section": "facts"})


@mandated
def one_import(request: HttpRequest, position: int) -> HttpResponse:
    """One import, with the preview of what its undoing takes back."""
    page = import_page(position, number_of(request, "begin", 0), scope=scope_of(request))
    return render(request, "facts/import.html", {"page": page, "section": "facts"})


@mandated
def evidence(request: HttpRequest, position: int, number: int) -> HttpResponse:
    """A file that came along with an import, to download."""
    name, content = import_evidence(position, number, scope=scope_of(request))
    return FileResponse(BytesIO(content), as_attachment=True, filename=name)


@mandated
@require_POST
def undo_import(request: HttpRequest, position: int) -> HttpResponse:
    """Takes it back."""
    undo(position, reason=request.POST.get("reason", ""), scope=scope_of(request))
    return redirect("import", position)
