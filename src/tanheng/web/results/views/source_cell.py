"""A cell of an imported workbook, and the workbook itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from tanheng.web.directory.scope import scope_of
from tanheng.web.results.source_cells import source_cell_page, workbook_content


def source_cell(request: HttpRequest, digest: str, sheet: str, cell: str) -> HttpResponse:
    """A cell in its grid."""
    return render(
        request, "results/source_cell.html", {"page": source_cell_page(digest, sheet, cell, scope=scope_of(request))}
    )


def workbook(request: HttpRequest, digest: str) -> HttpResponse:
    """The workbook as it was imported, byte for byte, always as a download."""
    name, content = workbook_content(digest, scope=scope_of(request))
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
