"""How the API answers: lists as JSON or CSV in parts, single things with their ETag, refusals in one shape."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, urlencode
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from tanheng.kernel.faults import Refusal
from tanheng.store.plain_text import inert
from tanheng.web.ui.api_shapes import Paging, Refused, Shape, TableFormat
from tanheng.web.ui.refusals import status_of

Json = dict[str, Any]
_CODES = frozenset({400, 401, 403, 404, 409, 422, 429})
REFUSALS = {_CODES: Refused}
TOKEN, SESSION = "token", "session"
EVERYBODY, MANDATED, WRITERS = "everybody", "mandate", "token"
"""Who is let in: whoever comes by, to see what is published; who acts under a mandate; a program with a token."""
_NEEDED: dict[str, list[Json]] = {
    EVERYBODY: [{}, {TOKEN: []}, {SESSION: []}],
    MANDATED: [{TOKEN: []}, {SESSION: []}],
    WRITERS: [{TOKEN: []}],
}
_CSV = "text/csv"


def gives_table(shape: type[Shape], name: str, summary: str, *, who: str = MANDATED) -> Json:
    """What is said of an operation that gives a list: its rows as JSON, or the same as CSV."""
    said = {_CSV: {"schema": {"type": "string"}}}
    return _said({200: list[shape], **REFUSALS}, name, summary, {200: {"content": said}}, who)


def gives(shape: Any, name: str, summary: str, *, who: str = MANDATED) -> Json:
    """What is said of an operation that gives one thing."""
    return _said({200: shape, **REFUSALS}, name, summary, {}, who)


def gives_file(name: str, summary: str, *, who: str = MANDATED) -> Json:
    """What is said of an operation that gives a file."""
    said = {"description": "The file, byte for byte", "content": {"application/octet-stream": {"schema": _BINARY}}}
    return _said(REFUSALS, name, summary, {200: said}, who)


def writes(shape: Any, name: str, summary: str) -> Json:
    """What is said of an operation that changes something: it needs a token, and gives what came of it."""
    return _said({200: shape, **REFUSALS}, name, summary, {}, WRITERS)


_BINARY = {"type": "string", "format": "binary"}


def _said(responses: Json, name: str, summary: str, more: Json, who: str) -> Json:
    unchanged = {304: {"description": "Nothing has changed since the ETag that was sent"}} if who != WRITERS else {}
    extra = {"security": _NEEDED[who], "x-who": who, "responses": {**more, **unchanged}}
    return {"response": responses, "url_name": name, "operation_id": name, "summary": summary, "openapi_extra": extra}


def table(
    request: HttpRequest, shape: type[Shape], rows: Sequence[object], paging: Paging, *, whole: int | None = None
) -> HttpResponse:
    """A part of a list as the request wants it; what its whole count is, and where the next part is, in the headers.

    Reads    whole: how long the list is, where `rows` are only the part that was asked for.
    """
    cut = rows[paging.offset : paging.offset + paging.limit] if whole is None else rows
    part, count = [plain(shape, row) for row in cut], len(rows) if whole is None else whole
    if _wants_csv(request, paging):
        answer = HttpResponse(_csv_text(shape, part), content_type=f"{_CSV}; charset=utf-8")
    else:
        answer = _json(part)
    answer.headers["X-Total-Count"] = str(count)
    following = paging.offset + paging.limit
    if following < count:
        query = {**request.GET.dict(), "offset": following, "limit": paging.limit}
        answer.headers["Link"] = f'<{request.path}?{urlencode(query)}>; rel="next"'
    patch_vary_headers(answer, ("Accept",))
    return _unless_known(request, answer)


def one(request: HttpRequest, shape: type[Shape], thing: object) -> HttpResponse:
    """A single thing."""
    return _unless_known(request, _json(plain(shape, thing)))


def raw(request: HttpRequest, content: Json) -> HttpResponse:
    """Something that is plain values already, such as an explanation."""
    return _unless_known(request, _json(content))


def file(name: str, content: bytes) -> HttpResponse:
    """A file to be saved."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def plain(shape: type[Shape], thing: object) -> Json:
    """Something as plain values: days and exact numbers as text."""
    return shape.model_validate(thing).model_dump(mode="json")


def answers_alike(api: NinjaAPI) -> None:
    """Lets an API answer every refusal, whoever made it, in the one shape."""

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        return _json(refusal.as_json(), status_of(refusal))

    @api.exception_handler(ValidationError)
    def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        places = [[str(part) for part in item["loc"] if part not in _LAYERS] for item in error.errors]
        return refused(request, Refusal("request-unreadable", fields=", ".join(".".join(place) for place in places)))

    @api.exception_handler(HttpError)
    def broken(request: HttpRequest, error: HttpError) -> HttpResponse:
        return refused(request, Refusal("request-unreadable", fields=str(error)))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return refused(request, Refusal("nothing-of-that-name", subject=request.path))


_LAYERS = frozenset({"query", "path", "body", "form", "file", "paging", "asked", "sent", "data"})


def _json(content: object, status: int = 200) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)


def _unless_known(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with its ETag; only that nothing changed where the caller has this very answer."""
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ("Authorization", "Cookie"))
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _wants_csv(request: HttpRequest, paging: Paging) -> bool:
    if paging.format is not None:
        return paging.format is TableFormat.CSV
    return request.get_preferred_type(["application/json", _CSV]) == _CSV


def _csv_text(shape: type[Shape], rows: Sequence[Json]) -> str:
    """Rows as CSV that spreadsheets open as UTF-8, with one column for each value of what lies in a value."""
    flat = [dict(_flat(row)) for row in rows]
    heads = list(dict.fromkeys(name for row in flat for name in row)) or list(shape.model_fields)
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows([_cell(row[name]) if name in row else "" for name in heads] for row in flat)
    return "\ufeff" + written.getvalue()


def _flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in row.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}_")
        else:
            yield f"{before}{name}", value


def _cell(value: object) -> object:
    """A value as a spreadsheet takes it; a text that it would take for a formula is marked as text."""
    if isinstance(value, list):
        return _joined(value)
    if isinstance(value, str) and value and not _is_number(value):
        return inert(value)
    return "" if value is None else value


def _joined(values: Iterable[object]) -> str:
    listed = list(values)
    if all(isinstance(item, str) for item in listed):
        return str(_cell("、".join(map(str, listed))))
    return json.dumps(listed, ensure_ascii=False)


def _is_number(text: str) -> bool:
    digits = text[1:].replace(",", "").replace(".", "", 1)
    return text[0] in "+-" and digits.isascii() and digits.isdecimal()
