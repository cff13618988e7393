"""The catalogue of open data: as lines of a page, and in the words of DCAT for other catalogues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tanheng.web.public.published import PublishedTable, published_tables
from tanheng.web.ui.words import said

Json = dict[str, Any]


@dataclass(frozen=True)
class DatasetLine:
    """A published table in the catalogue, with the addresses of its files."""

    position: int
    title: str
    published: date
    known_on: date
    period: str
    indicators: Sequence[str]
    figures: int
    digest: str
    method: str
    method_version: int


def dataset_lines() -> Sequence[DatasetLine]:
    """Every table that was published, the latest first."""
    return [dataset_line(table) for table in published_tables()]


def dataset_line(table: PublishedTable) -> DatasetLine:
    """One table."""
    publication, head = table.publication, table.head
    names = dict.fromkeys(cell.column.label for cell in table.cells)
    return DatasetLine(
        table.position,
        publication.title,
        timezone.localdate(publication.event.at),
        head.known_on,
        head.period_label,
        list(names),
        len(table.cells),
        publication.figures_digest,
        head.method_label,
        int(head.stored.receipt["method_version"]),
    )


def dcat_catalogue(site: str) -> Json:
    """The catalogue as DCAT in JSON-LD.

    Reads    site: the address before that of a page, such as `https://carbon.example`.
    """
    return _without_nothing(
        {
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
                "vcard": "http://www.w3.org/2006/vcard/ns#",
            },
            "@id": site + reverse("public-data"),
            "@type": "dcat:Catalog",
            "dct:title": "碳衡 · 开放数据",
            "dct:language": ["zh", "en"],
            "dct:publisher": _publisher(),
            "dct:license": settings.TANHENG_DATA_LICENCE or None,
            "dcat:dataset": [_dataset(table, site) for table in published_tables()],
        }
    )


def _dataset(table: PublishedTable, site: str) -> Json:
    publication, head, place = table.publication, table.head, [table.position]
    page = site + reverse("public-table", args=place)
    return _without_nothing(
        {
            "@id": page,
            "@type": "dcat:Dataset",
            "dct:identifier": publication.reference,
            "dct:title": publication.title,
            "dct:issued": timezone.localdate(publication.event.at).isoformat(),
            "dct:temporal": {"dcat:startDate": head.period.start.isoformat(), "dcat:endDate": _last_day(table)},
            "dct:conformsTo": f"{head.method.id}/{head.stored.receipt['method_version']}",
            "dct:publisher": _publisher(),
            "dct:license": settings.TANHENG_DATA_LICENCE or None,
            "dcat:contactPoint": _contact(),
            "dcat:keyword": list(dict.fromkeys(said(cell.column.indicator.label) for cell in table.cells)),
            "dcat:landingPage": page,
            "dcat:version": publication.figures_digest,
            "dcat:distribution": [
                _distribution(site + reverse("public-table-csv", args=place), "text/csv", publication.title),
                _distribution(site + reverse("public-table-json", args=place), "application/json", publication.title),
            ],
        }
    )


def _distribution(address: str, media_type: str, title: str) -> Json:
    return {"@type": "dcat:Distribution", "dct:title": title, "dcat:downloadURL": address, "dcat:mediaType": media_type}


def _last_day(table: PublishedTable) -> str:
    return date.fromordinal(table.head.period.end.toordinal() - 1).isoformat()


def _publisher() -> Json | None:
    name = settings.TANHENG_DATA_PUBLISHER
    return {"@type": "foaf:Organization", "foaf:name": name} if name else None


def _contact() -> Json | None:
    contact = settings.TANHENG_DATA_CONTACT
    return {"@type": "vcard:Organization", "vcard:hasEmail": contact} if contact else None


def _without_nothing(given: Mapping[str, Any]) -> Json:
    """What nobody has named is left out, not stated as empty."""
    return {name: value for name, value in given.items() if value is not None}
