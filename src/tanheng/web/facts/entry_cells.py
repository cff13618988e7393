"""One field of a form that is filled in on a page: what is recorded, what was typed, and what stands in its way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.faults import Finding
from tanheng.records.models import Event, Observation
from tanheng.records.people import names_of
from tanheng.records.selecting import undone_positions
from tanheng.web.facts.batch_page import source_href

LONGEST = 60
"""How much may be typed into a field."""


@dataclass(frozen=True)
class EntryCell:
    """One figure: its column (a month, or a column of the form), what is recorded, and what stands in the field.

    `recorded` is empty where nothing is; `other` says it where it stands in another unit than the row. `checks` marks
    a total, which is compared with its parts and recorded nowhere.
    """

    column: str
    recorded: str = ""
    position: int = 0
    other: str = ""
    href: str = ""
    typed: str = ""
    problem: Mapping[str, str] | None = None
    theirs: str = ""
    checks: bool = False

    @property
    def is_touched(self) -> bool:
        """Whether somebody typed something else than what is recorded."""
        return self.typed != self.recorded

    @property
    def is_wrong(self) -> bool:
        """Whether something stands in the way of what was typed."""
        return bool(self.problem or self.theirs)


def recorded_cell(column: str, row: Observation | None, unit: str, closed: Collection[str]) -> EntryCell:
    """A field as the records stand; its source is linked unless its file is shown to nobody."""
    if row is None:
        return EntryCell(column)
    value = plain_decimal(row.value)
    told = EntryCell(column, position=row.position, href=source_href(row.source, closed))
    if row.unit != unit:
        return replace(told, other=f"{value} {row.unit}")
    return replace(told, recorded=value, typed=value)


def counting_under(keys: Iterable[str], position: int) -> Mapping[str, Observation]:
    """The statement that counts of each key, at a position of the log."""
    rows = Observation.objects.filter(key_hash__in=set(keys), event_id__lte=position)
    undone = undone_positions(position)
    return {row.key_hash: row for row in rows.order_by("published", "event_id", "row") if row.position not in undone}


def judged_cell(now: EntryCell, before: EntryCell, text: str, *, about: str) -> EntryCell:
    """A field as it was typed: left alone, it shows what is recorded by now; `about` is what its figure is about."""
    if text in (before.recorded, now.recorded):
        return now
    if now.position != before.position:
        return replace(now, typed=text, theirs=_said_by(now))
    if not text:
        return replace(now, typed=text, problem=_emptied(now, about))
    return replace(now, typed=text)


def _emptied(cell: EntryCell, about: str) -> Mapping[str, str]:
    found = Finding("entry-cell-emptied", about, {"value": cell.recorded, "month": about})
    return {lang: f"{found.message(lang)} {found.next_step(lang)}" for lang in ("zh", "en")}


def _said_by(cell: EntryCell) -> str:
    """The value that somebody recorded meanwhile, and who that was."""
    event = Event.objects.filter(position=cell.position).first()
    names = names_of([event.actor]) if event else {}
    who = names[event.actor] if event and event.actor in names else ""
    return f"{cell.recorded or cell.other or '—'} {who}".strip()
