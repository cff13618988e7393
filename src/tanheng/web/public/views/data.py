"""Open data: the catalogue and the files. Files have an ETag, so that whoever fetches daily fetches once."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response

from tanheng.web.public.catalogue import dataset_line, dataset_lines, dcat_catalogue
from tanheng.web.public.data_tables import COLUMNS, about, csv_text, csvw_metadata, json_document
from tanheng.web.public.published import published_table


def data(request: HttpRequest) -> HttpResponse:
    """Every table that was published, with its files."""
    return render(request, "public/data.html", {"lines": dataset_lines(), "terms": _terms(), "section": "public"})


def table(request: HttpRequest, position: int) -> HttpResponse:
    """One table: what it is about, its columns, its files."""
    shown = published_table(position)
    context = {"line": dataset_line(shown), "about": about(shown), "columns": COLUMNS, "terms": _terms()}
    return render(request, "public/table.html", {**context, "section": "public"})


def table_csv(request: HttpRequest, position: int) -> HttpResponse:
    """The table as CSV; its description stands at the same address with `-metadata.json` behind it."""
    response = _file(request, csv_text(published_table(position), _site(request)), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="tanheng-{position}.csv"'
    metadata = reverse("public-table-metadata", args=[position])
    response.headers["Link"] = f'<{metadata}>; rel="describedby"; type="application/csvm+json"'
    return response


def table_json(request: HttpRequest, position: int) -> HttpResponse:
    """The table as JSON with its metadata."""
    return _json(request, json_document(published_table(position), _site(request)), "application/json")


def table_metadata(request: HttpRequest, position: int) -> HttpResponse:
    """The columns of the CSV in the words of CSVW."""
    address = _site(request) + reverse("public-table-csv", args=[position])
    return _json(request, csvw_metadata(published_table(position), address), "application/csvm+json")


def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue for other catalogues, as DCAT."""
    return _json(request, dcat_catalogue(_site(request)), "application/ld+json")


def _terms() -> dict[str, str]:
    """What the site says about the use of its data; empty where nobody has set it."""
    return {
        "publisher": settings.TANHENG_DATA_PUBLISHER,
        "licence": settings.TANHENG_DATA_LICENCE,
        "contact": settings.TANHENG_DATA_CONTACT,
    }


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _json(request: HttpRequest, document: Any, kind: str) -> HttpResponse:
    return _file(request, json.dumps(document, ensure_ascii=False, indent=1) + "\n", kind)


def _file(request: HttpRequest, text: str, kind: str) -> HttpResponse:
    """A file, or 304 where the caller has the same one. Other sites may read it from their pages."""
    body = text.encode()
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=kind)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=response)
