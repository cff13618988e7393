"""Factors."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tanheng.store.plain_text import inert
from tanheng.web.rules.factors import factor_lines, factor_page, factor_rows


def factors(request: HttpRequest) -> HttpResponse:
    """Every factor."""
    return render(request, "rules/factors.html", {"lines": factor_lines(), "section": "rules"})


def factor(request: HttpRequest, id: str) -> HttpResponse:
    """One factor over time."""
    page = factor_page(id, timezone.localdate(), request.GET.get("key", ""))
    return render(request, "rules/factor.html", {"page": page, "section": "rules"})


def factor_csv(request: HttpRequest, id: str) -> HttpResponse:
    """The values of a factor as a file that a spreadsheet opens."""
    rows = factor_rows(id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{id}.csv"'
    response.write("\ufeff")  # spreadsheets take a file without the mark for one of another encoding
    csv.writer(response).writerows([inert(cell) for cell in row] for row in rows)
    return response
