"""What was found in the data of a result."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.web.directory.scope import scope_of
from tanheng.web.results.findings import FindingsAsked, findings_csv, findings_page, findings_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def findings(request: HttpRequest, result: str) -> HttpResponse:
    """The findings by severity and code, each with its place."""
    page = findings_page(result, _asked(request), request.GET.get("page", "1"), scope_of(request))
    return render(request, "results/findings.html", {"page": page, "section": "results"})


def findings_as_csv(request: HttpRequest, result: str) -> HttpResponse:
    """Those that were asked for, as CSV."""
    text = findings_csv(result, _asked(request), scope_of(request))
    headers = {"Content-Disposition": 'attachment; filename="findings.csv"'}
    return HttpResponse(f"\ufeff{text}", content_type="text/csv; charset=utf-8", headers=headers)


def findings_as_workbook(request: HttpRequest, result: str) -> HttpResponse:
    """Those that were asked for, as a workbook."""
    content = findings_workbook(result, _asked(request), scope_of(request))
    headers = {"Content-Disposition": 'attachment; filename="findings.xlsx"'}
    return HttpResponse(content, content_type=_XLSX, headers=headers)


def _asked(request: HttpRequest) -> FindingsAsked:
    told = request.GET
    return FindingsAsked(told.get("severity", ""), told.get("code", ""), told.get("q", ""))
