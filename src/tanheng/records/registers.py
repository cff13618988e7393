"""Rows of a file that are kept as they stand: tasks, self-checks, lists of units, logbooks.

They are no observations and are not compared one by one: a file's rows stand together in the event of its import, and
the same rows once more are not kept again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tanheng.kernel import fact
from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.period import Period
from tanheng.records.canonical import canonical, digest
from tanheng.records.evidence import Attachment
from tanheng.records.models import Event
from tanheng.records.selecting import IMPORT, known_position, undone_positions
from tanheng.store.layout_registers import RegisterRow

Register = Mapping[str, Any]


@dataclass(frozen=True)
class Origin:
    """The file that statements and rows come from: its hash, under which it is kept, the day on which it was published,
    the layout by which it was read, and the files that came along to prove it.
    """

    hash: str
    published: date
    layout: str = ""
    evidence: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class KeptRow:
    """A row as it was kept: the position and file of its import, its kind and layout, and what it says, as text.

    `cells` are where it says so; `known` is the day of the import, from which on a run may know it.
    """

    position: int
    file: str
    kind: str
    layout: str
    place: str
    subject: str | None
    period: str | None
    fields: Mapping[str, str]
    cells: Mapping[str, str]
    known: date
    hash: str = ""

    def as_fact(self) -> fact.KeptRow:
        """The row as the kernel knows it."""
        sheet = self.place.rpartition("!")[0]
        sheet = f"{self.hash}/{sheet}" if self.hash else sheet
        fields = {name: fact.KeptField(text, f"{sheet}!{self.cells[name]}") for name, text in self.fields.items()}
        period = None if self.period is None else Period.parse(self.period)
        return fact.KeptRow(self.kind, self.subject, period, fields, self.place, self.known, self.position)


def register_of(rows: Sequence[RegisterRow], origin: Origin | None = None) -> Register:
    """The rows of a file as plain values, with the digest that tells them apart; the file's name does not matter.

    Reads    origin: the file, where it is known.
    """
    plain = [_plain(row) for row in rows]
    content = [{**row, "place": row["place"].partition("!")[2]} for row in plain]
    known = {} if origin is None else {"hash": origin.hash, "published": origin.published.isoformat()}
    return {"digest": digest(canonical(content)), "rows": plain, **known}


def is_kept(register: Register) -> bool:
    """Whether an import that still counts has kept the same rows."""
    found = Event.objects.filter(kind=IMPORT, payload__register__digest=register["digest"])
    return bool(set(found.values_list("position", flat=True)) - undone_positions())


def kept_rows(kind: str | None = None, position: int | None = None, *, of_import: int | None = None) -> list[KeptRow]:
    """The rows kept up to a position and not undone by then, in the order of the log.

    Reads    kind: that of one register, such as tasks (default: all); of_import: the position of one import.
    Refuses  log-position-unknown.
    """
    until = known_position(position)
    undone = undone_positions(until)
    events = Event.objects.filter(kind=IMPORT, position__lte=until).order_by("position")
    events = events if of_import is None else events.filter(position=of_import)
    found = (row for event in events if event.position not in undone for row in _of_event(event))
    return [row for row in found if kind in (None, row.kind)]


def _of_event(event: Event) -> Iterator[KeptRow]:
    register = event.payload.get("register", {"rows": ()})
    known = date.fromisoformat(register["published"]) if "published" in register else event.at.date()
    hash = register["hash"] if "hash" in register else ""
    for row in register["rows"]:
        fields = {name: value["text"] for name, value in row["fields"].items()}
        cells = {name: value["cell"] for name, value in row["fields"].items()}
        about = {name: row[name] for name in ("kind", "layout", "place", "subject", "period")}
        yield KeptRow(
            event.position, event.payload["note"], fields=fields, cells=cells, known=known, hash=hash, **about
        )


def _plain(row: RegisterRow) -> dict[str, Any]:
    fields = {name: {"text": _text(item.value), "cell": item.cell} for name, item in row.fields.items()}
    about = {"kind": row.kind, "layout": row.layout, "place": row.place, "subject": row.subject}
    return {**about, "period": None if row.period is None else str(row.period), "fields": fields}


def _text(value: str | Decimal | date) -> str:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return value if isinstance(value, str) else value.isoformat()
