"""Publications as pages and the API show them. Reads only; repeating writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tanheng.kernel.trace import Address
from tanheng.records.models import Publication
from tanheng.records.people import names_of
from tanheng.records.publishing import Repetition, open_publication, publications, published_result, repeat
from tanheng.records.selecting import directory_as_of
from tanheng.web.directory.scope import Scope
from tanheng.web.results.figures import figure_at
from tanheng.web.results.heads import ResultHead
from tanheng.web.results.places import Places
from tanheng.web.results.selectors import city_href
from tanheng.web.ui.figure import Figure

Json = dict[str, Any]


@dataclass(frozen=True)
class PublicationLine:
    """A publication in one line: what, when, by whom, as known when, and the digest of its figures."""

    position: int
    title: str
    at: datetime
    by: str
    known_on: date
    digest: str


@dataclass(frozen=True)
class PublicationPage:
    """One publication: its figures, and the hashes of what is kept with it."""

    line: PublicationLine
    figures: Sequence[Figure]
    result_href: str
    accepted: Sequence[tuple[str, str]]
    receipt: Mapping[str, Any]
    receipt_digest: str
    blobs: Sequence[tuple[str, str]]


def publication_lines() -> Sequence[PublicationLine]:
    """Every publication, the latest first."""
    found = list(reversed(publications()))
    names = names_of(item.event.actor for item in found)
    return [_line(item, ResultHead(published_result(item)), names) for item in found]


def publication_page(position: int, *, scope: Scope) -> PublicationPage:
    """One publication, by its position in the log: what it quotes everybody may see.

    Refuses  publication-not-found, result-damaged, blob-not-found.
    """
    publication = open_publication(str(position))
    head = ResultHead(published_result(publication))
    places = Places(directory_as_of(head.log_position), head.period)
    href = "" if publication.figures else city_href(head.id, scope=scope)
    return PublicationPage(
        line=line_of(publication, head),
        figures=[figure_at(head, Address.parse(text), places.directory) for text in publication.figures],
        result_href=href or "",
        accepted=sorted(publication.accepted.items()),
        receipt=head.stored.receipt,
        receipt_digest=publication.receipt_digest,
        blobs=sorted(publication.blobs.items()),
    )


def repetition(position: int) -> Repetition:
    """A publication computed again from what it keeps.

    Refuses  publication-not-found, blob-not-found, blob-damaged.
    """
    return repeat(open_publication(str(position)))


def publication_json() -> list[Json]:
    """Every publication, the latest first."""
    return [
        {
            "reference": item.reference,
            "position": item.position,
            "title": item.title,
            "result": item.result,
            "figures": item.figures,
            "figures_digest": item.figures_digest,
            "receipt_digest": item.receipt_digest,
            "accepted": item.accepted,
            "at": item.event.at.isoformat(),
        }
        for item in reversed(publications())
    ]


def line_of(publication: Publication, head: ResultHead) -> PublicationLine:
    """A publication in one line, given what it published."""
    return _line(publication, head, names_of([publication.event.actor]))


def _line(publication: Publication, head: ResultHead, names: Mapping[Any, str]) -> PublicationLine:
    event = publication.event
    by = names[event.actor] if event.actor in names else str(event.actor)
    return PublicationLine(
        publication.position, publication.title, event.at, by, head.known_on, publication.figures_digest
    )
