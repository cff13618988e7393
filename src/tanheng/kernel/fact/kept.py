"""Rows of senders' files that are kept as they stand: progress of tasks, self-checks, opinions, events of a unit.

They are statements in words as often as in numbers, so each field keeps its text and its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tanheng.kernel.period import Period


@dataclass(frozen=True)
class KeptField:
    """What one cell of a row says, and the cell: `<file>!<sheet>!<cell>`, with the file's hash where it is known."""

    text: str
    source: str


@dataclass(frozen=True)
class KeptRow:
    """A row of a register, known since a day. `subject` and `period` are None where the sheet names none."""

    kind: str
    subject: str | None
    period: Period | None
    fields: Mapping[str, KeptField]
    place: str
    known: date
    position: int

    def text(self, field: str) -> str | None:
        """What a field says; None where its cell is empty."""
        return self.fields[field].text if field in self.fields else None


@dataclass(frozen=True)
class Registers:
    """All kept rows of a site, as known on a date."""

    rows: tuple[KeptRow, ...]
    known_on: date

    def of(self, kind: str, *, subject: str | None = None, within: Period | None = None) -> list[KeptRow]:
        """The rows of one kind, in the order in which they were recorded.

        Reads    subject: of whom (default: of all); within: rows whose period lies in it (default: all).
        """
        found = (row for row in self.rows if row.kind == kind and row.known <= self.known_on)
        mine = (row for row in found if subject in (None, row.subject))
        return [row for row in mine if within is None or _inside(row.period, within)]


def rows_as_json(rows: Iterable[KeptRow]) -> list[Mapping[str, object]]:
    """Rows as plain values: `rows_of_json(rows_as_json(rows)) == rows`."""
    return [
        {
            "kind": row.kind,
            "subject": row.subject,
            "period": None if row.period is None else str(row.period),
            "fields": {name: [field.text, field.source] for name, field in row.fields.items()},
            "place": row.place,
            "known": row.known.isoformat(),
            "position": row.position,
        }
        for row in rows
    ]


def rows_of_json(found: Iterable[Mapping[str, Any]]) -> tuple[KeptRow, ...]:
    """The rows that plain values state."""
    return tuple(_row(item) for item in found)


def _row(item: Mapping[str, Any]) -> KeptRow:
    period = item["period"]
    return KeptRow(
        kind=item["kind"],
        subject=item["subject"],
        period=None if period is None else Period.parse(period),
        fields={name: KeptField(*said) for name, said in item["fields"].items()},
        place=item["place"],
        known=date.fromisoformat(item["known"]),
        position=item["position"],
    )


def _inside(period: Period | None, within: Period) -> bool:
    return period is not None and within.start <= period.start and period.end <= within.end
