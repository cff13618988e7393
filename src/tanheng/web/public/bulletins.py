"""What the office made public, publication by publication: the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from tanheng.web.public.published import published_tables


@dataclass(frozen=True)
class Bulletin:
    """A publication in one line."""

    position: int
    title: str
    published: date
    known_on: date
    period: str


def bulletins() -> Sequence[Bulletin]:
    """Every publication that can be read."""
    return [
        Bulletin(
            table.position,
            table.publication.title,
            timezone.localdate(table.publication.event.at),
            table.head.known_on,
            table.head.period_label,
        )
        for table in published_tables()
    ]
