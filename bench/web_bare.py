"""The yardstick of bench/web.py: a plain Django page that reads the rows a page of the site shows, and lists them.

Same database, same sessions and users, same server, as many threads. The rows stand in a table of their own, filled
from what the site's page shows: every row of its tables and lists, cell by cell. One query reads them, one short
template draws them. It asks who is logged in and whether; it knows no mandate, no links, no explanation, no language.
"""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from tanheng.records.settings import records_settings
from tanheng.store.home import Home
from tanheng.web.site.secret_key import secret_key

CELLS = 12
_ROWS, _ONE = {"tr", "li", "dd"}, {"td", "th"}
TABLE = "bench_row"


def configure() -> None:
    """Django as plain as it goes, over the database of the site that the environment names."""
    home = Home.of_environment()
    found = records_settings(home)
    settings.configure(
        **{**found, "INSTALLED_APPS": [*found["INSTALLED_APPS"], "django.contrib.sessions"]},
        SECRET_KEY=secret_key(home.root),
        ROOT_URLCONF="web_bare",
        ALLOWED_HOSTS=["*"],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
    )
    django.setup()


@cache
def model() -> Any:
    """The table of rows, which no migration knows."""
    from django.db import models

    columns = {f"c{number}": models.TextField(default="") for number in range(CELLS)}
    fields = {"page": models.CharField(max_length=300, db_index=True), "place": models.IntegerField(), **columns}
    cells = property(lambda row: [getattr(row, name) for name in columns])
    meta = type("Meta", (), {"app_label": "records", "db_table": TABLE})
    return type("Row", (models.Model,), {**fields, "cells": cells, "Meta": meta, "__module__": __name__})


class Rows(HTMLParser):
    """The rows of the tables and lists between the beginning and the end of the main part of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(html[html.index("<main") : html.index("</main>")])

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _ROWS:
            self.rows.append([""] if tag != "tr" else [])
        elif tag in _ONE and self.rows:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data.strip()}".strip()


def fill(pages: dict[str, str]) -> dict[str, int]:
    """Fills the table from the HTML of the site's pages, by address; gives how many rows each has."""
    from django.db import connection

    row = model()
    with connection.schema_editor() as editor:
        if TABLE in connection.introspection.table_names():
            editor.delete_model(row)
        editor.create_model(row)
    counts = {}
    for page, html in pages.items():
        found = [cells for cells in Rows(html).rows if cells]
        row.objects.bulk_create(
            row(page=page, place=place, **{f"c{n}": text for n, text in enumerate(cells[:CELLS])})
            for place, cells in enumerate(found)
        )
        counts[page] = len(found)
    return counts


_TEMPLATE = Engine().from_string(
    "<!doctype html><title>{{ page }}</title><p>{{ user }}</p><table>{% for row in rows %}<tr>"
    "{% for cell in row.cells %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


def bare(request: HttpRequest, rest: str) -> HttpResponse:
    """The page at an address of the site."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    page = request.get_full_path().removeprefix("/bare")
    rows = model().objects.filter(page=page).order_by("place")
    return HttpResponse(_TEMPLATE.render(Context({"page": page, "user": request.user, "rows": rows})))


urlpatterns = [path("bare/<path:rest>", bare)]


def application(environ: dict[str, Any], start: Any) -> Any:
    """What the server calls."""
    return _handler()(environ, start)


@cache
def _handler() -> Any:
    configure()
    return WSGIHandler()


def main() -> int:
    """Fills the table from the pages in a file of JSON, or serves them as the site is served."""
    if len(sys.argv) > 1:
        configure()
        print(json.dumps(fill(json.loads(Path(sys.argv[1]).read_text("utf-8")))))
        return 0
    from granian import Granian
    from granian.constants import Interfaces

    port = int(os.environ["TANHENG_PORT"])
    target = "web_bare:application"
    Granian(target, address="127.0.0.1", port=port, interface=Interfaces.WSGI, log_enabled=False).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
