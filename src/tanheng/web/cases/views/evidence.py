"""A piece of evidence, handed out as a file to keep and never shown as a page of the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from tanheng.kernel.faults import Refusal
from tanheng.records.site_files import blobs
from tanheng.web.cases.own_pages import is_read_by
from tanheng.web.cases.selectors import case_seen
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of


@mandated
def evidence(request: HttpRequest, procedure: str, name: str, number: int, piece: int) -> HttpResponse:
    """The content of a piece that came with a move.

    Refuses  case-unknown; evidence-unknown; blob-not-found, blob-damaged.
    """
    id, scope = f"{procedure}/{name}", scope_of(request)
    moves = {move.number: move for move in case_seen(id, scope).moves if is_read_by(move, scope)}
    pieces = moves[number].evidence if number in moves else []
    if piece >= len(pieces) or not pieces[piece]["digest"]:
        raise Refusal("evidence-unknown", case=id, number=number)
    content = blobs().get(pieces[piece]["digest"])
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(True, pieces[piece]["name"])
    return answer
