"""Publications as pages and the API show them. Reads only; repeating and comparing write nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tanheng.kernel.pack import Factor
from tanheng.kernel.trace import Address
from tanheng.records.comparing import Comparison, EntryDifference, FigureDifference, compare
from tanheng.records.models import Publication
from tanheng.records.people import names_of
from tanheng.records.publishing import Repetition, open_publication, publications, published_result, repeat
from tanheng.records.selecting import directory_as_of
from tanheng.web.results.figures import figure_at, value_figure
from tanheng.web.results.heads import ResultHead, result_head
from tanheng.web.results.links import area_href
from tanheng.web.results.places import Places
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language, said

Json = dict[str, Any]
_MOST_FIGURES = 30


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


@dataclass(frozen=True)
class EntryShown:
    """An entry of a factor with its value."""

    id: str
    value: str
    unit: str
    clause: str
    published: date


@dataclass(frozen=True)
class EntryChange:
    """A factor that used other entries, with those that only one side used."""

    label: str
    then: Sequence[EntryShown]
    now: Sequence[EntryShown]


@dataclass(frozen=True)
class FigureChange:
    """A figure then and now, and by how much it differs."""

    label: str
    then: Figure
    now: Figure
    difference: Figure | None


@dataclass(frozen=True)
class ComparisonPage:
    """A publication beside a result."""

    line: PublicationLine
    head: ResultHead
    comparison: Comparison
    entries: Sequence[EntryChange]
    figures: Sequence[FigureChange]
    inputs: Sequence[tuple[str, str, str]]


def publication_lines() -> Sequence[PublicationLine]:
    """Every publication, the latest first."""
    found = list(reversed(publications()))
    names = names_of(item.event.actor for item in found)
    return [_line(item, ResultHead(published_result(item)), names) for item in found]


def publication_page(position: int) -> PublicationPage:
    """One publication, by its position in the log.

    Refuses  publication-not-found, result-damaged, blob-not-found.
    """
    publication = open_publication(str(position))
    head = ResultHead(published_result(publication))
    places = Places(directory_as_of(head.log_position), head.period)
    root = places.root()
    return PublicationPage(
        line=_line_of(publication, head),
        figures=[figure_at(head, Address.parse(text), places.directory) for text in publication.figures],
        result_href=area_href(head.id, root.id) if root else "",
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


def comparison_page(position: int, reference: str) -> ComparisonPage:
    """A publication beside a stored result: the figures it quotes first, then the widest areas.

    Refuses  publication-not-found, result-not-found.
    """
    publication = open_publication(str(position))
    then, now = ResultHead(published_result(publication)), result_head(reference)
    found = compare(publication, now.stored)
    quoted = [item for item in found.figures if str(item.address) in publication.figures]
    others = [item for item in found.figures if str(item.address) not in publication.figures]
    changes = _Changes(then, now)
    return ComparisonPage(
        line=_line_of(publication, then),
        head=now,
        comparison=found,
        entries=[changes.entry(item) for item in found.entries],
        figures=[changes.figure(item) for item in [*quoted, *others][:_MOST_FIGURES]],
        inputs=[
            (name, str(before or "—"), str(after or "—"))
            for name, (before, after) in {**found.inputs, **found.packs, **found.about}.items()
        ],
    )


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


def _line_of(publication: Publication, head: ResultHead) -> PublicationLine:
    return _line(publication, head, names_of([publication.event.actor]))


def _line(publication: Publication, head: ResultHead, names: Mapping[Any, str]) -> PublicationLine:
    event = publication.event
    by = names[event.actor] if event.actor in names else str(event.actor)
    return PublicationLine(
        publication.position, publication.title, event.at, by, head.known_on, publication.figures_digest
    )


@dataclass(frozen=True)
class _Changes:
    then: ResultHead
    now: ResultHead

    def entry(self, item: EntryDifference) -> EntryChange:
        label = said(self.now.packs.get(Factor, item.factor).label)
        before = [_entry(self.then, item.factor, id) for id in item.before]
        return EntryChange(label, before, [_entry(self.now, item.factor, id) for id in item.after])

    def figure(self, item: FigureDifference) -> FigureChange:
        address = item.address
        name = directory_as_of(self.now.log_position).label_of(address.subject, language())
        column = self.now.column(address.column)
        both = item.before is not None and item.after is not None
        return FigureChange(
            label=" · ".join((name, address.period.label(language()), column.label)),
            then=value_figure(self.then, address, item.before, name),
            now=value_figure(self.now, address, item.after, name),
            difference=value_figure(self.now, address, item.after - item.before, name) if both else None,
        )


def _entry(head: ResultHead, factor: str, id: str) -> EntryShown:
    definition = head.packs.get(Factor, factor)
    entry = definition.entry(id)
    return EntryShown(id, str(entry.value), definition.unit.text, entry.clause, entry.published)
