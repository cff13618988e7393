"""The obligations as of a position of the log, and which of them count on a day. Reads only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation import Succession as Replaced
from tanheng.kernel.obligation import Target, Task, standing_on
from tanheng.records.obligation_models import REJECTED, Instrument, Obligation, Succession
from tanheng.records.selecting import known_position, latest
from tanheng.records.site_files import blobs


@dataclass(frozen=True)
class RecordedObligation:
    """An obligation that a review accepted, with where it stands in the document and what has ended it by the day."""

    obligation: Target | Task
    instrument: Instrument
    row: Obligation
    ended_by: Replaced | None

    @property
    def counts(self) -> bool:
        """Whether it still binds on the day that was asked for."""
        return self.ended_by is None


def instruments_as_of(position: int | None = None) -> list[Instrument]:
    """The documents recorded up to a position, by id.

    Refuses  log-position-unknown.
    """
    return list(latest(Instrument, known_position(position)).values())


def obligations_as_of(
    day: date, position: int | None = None, *, instrument: str | None = None
) -> list[RecordedObligation]:
    """The obligations accepted up to a position, each with what has ended it by a day; in the order of the documents.

    Reads    instrument: those of one document (default: all). What a later review rejected is left out.
    Refuses  log-position-unknown; instrument-unknown.
    """
    until = known_position(position)
    heads = {item.instrument: item for item in latest(Instrument, until).values()}
    if instrument is not None and instrument not in heads:
        raise Refusal("instrument-unknown", id=instrument, known=", ".join(heads) or "-")
    rows = [row for row in latest(Obligation, until).values() if row.decision != REJECTED]
    rows = [row for row in rows if instrument in (None, row.instrument)]
    rows.sort(key=lambda row: (row.instrument, *row.span, row.obligation))
    replaced = [row.as_succession() for row in latest(Succession, until).values()]
    standing = standing_on([row.as_obligation() for row in rows], replaced, day)
    return [
        RecordedObligation(item.obligation, heads[row.instrument], row, item.ended_by)
        for row, item in zip(rows, standing, strict=True)
    ]


def open_obligation(id: str, day: date, position: int | None = None) -> RecordedObligation:
    """One obligation by its id, or by the part of its id behind the document's.

    Refuses  obligation-unknown: none, or several, of that name.
    """
    found = [item for item in obligations_as_of(day, position) if id in (item.obligation.id, _short(item))]
    if len(found) != 1:
        raise Refusal("obligation-unknown", id=id)
    return found[0]


def revisions_of(id: str, position: int | None = None) -> list[Obligation]:
    """All decisions about one obligation up to a position, in the order of the log.

    Refuses  log-position-unknown.
    """
    rows = Obligation.objects.filter(obligation=id, event_id__lte=known_position(position))
    return list(rows.select_related("event").order_by("event_id", "row"))


def kept_reading(instrument: Instrument) -> Mapping[str, Any]:
    """The reading of a document as it was reviewed: `text`, in which spans count, and what was proposed.

    Refuses  blob-not-found, blob-damaged.
    """
    found: Mapping[str, Any] = json.loads(blobs().get(instrument.reading))
    return found


def _short(item: RecordedObligation) -> str:
    return item.obligation.id.removeprefix(f"{item.instrument.instrument}.")
