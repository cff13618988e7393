"""What is recorded of a unit month by month, as a grid to be filled in. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Carrier, Layout, LayoutItem, PackSet, Template
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Facility
from tanheng.records.disclosing import load_packs_once
from tanheng.records.models import Observation
from tanheng.records.selecting import log_position, undone_positions
from tanheng.store.home import pack_folders
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.batch_page import closed_files
from tanheng.web.facts.entry_cells import EntryCell, recorded_cell

FORM = "unit_energy_monthly"
"""The form that is filled in on the page, as it is in a workbook: its layout and its template have this id."""
MOST_MONTHS = 12
_SHOWN_MONTHS = 3
_MOST_UNITS = 200
_ROW = "."


@dataclass(frozen=True)
class RowId:
    """What a row of the grid is about: an item of the form, by its place in the layout, and a carrier."""

    item: int
    carrier: str

    @staticmethod
    def parse(text: str) -> RowId | None:
        """`0.electricity`; None for anything else."""
        number, _, carrier = text.partition(_ROW)
        return RowId(int(number), carrier) if number.isdecimal() and carrier and len(number) < 4 else None

    def __str__(self) -> str:
        return f"{self.item}{_ROW}{self.carrier}"


@dataclass(frozen=True)
class EntryRow:
    """An indicator of a carrier over the months, in one unit."""

    id: RowId
    label: Mapping[str, str]
    unit: str
    cells: Sequence[EntryCell]


@dataclass(frozen=True)
class EntryGrid:
    """The grid of one unit. `seen` is the position of the log that it shows."""

    unit: Facility
    months: Sequence[Period]
    rows: Sequence[EntryRow]
    seen: int

    @property
    def first(self) -> str:
        """The first month."""
        return str(self.months[0])

    @property
    def last(self) -> str:
        """The last month."""
        return str(self.months[-1])


def form_of_page() -> tuple[PackSet, Layout, Template]:
    """The packs in use, and the form that the page is.

    Refuses  definition-missing.
    """
    packs: PackSet = load_packs_once(tuple(map(str, pack_folders())))
    return packs, packs.get(Layout, FORM), packs.get(Template, FORM)


def units_seen(scope: Scope, searched: str = "") -> Sequence[Facility]:
    """The units that the reader reports for, by name; those that a text is found in, if one is given."""
    text = searched.strip().lower()
    found = [item for item in scope.ground.directory.facilities if _is_found(item, text) and scope.sees(item.id)]
    return sorted(found, key=lambda item: item.label["zh"])[:_MOST_UNITS]


def _is_found(facility: Facility, text: str) -> bool:
    return not text or any(text in name.lower() for name in (*facility.label.values(), *facility.codes.values()))


def unit_seen(id: str, scope: Scope) -> Facility:
    """A unit that the reader reports for.

    Refuses  nothing-of-that-name.
    """
    scope.require_sight(id)
    found = next((item for item in scope.ground.directory.facilities if item.id == id), None)
    if found is None:
        raise Refusal("nothing-of-that-name", subject=id)
    return found


def months_between(first: str, last: str, day: date) -> Sequence[Period]:
    """The months of a form; the last three that are over where none are named, twelve at most.

    Refuses  period-unreadable.
    """
    over = date(day.year, day.month, 1) - timedelta(days=1)
    end = Period.parse(last) if last else Period.month(over.year, over.month)
    start = Period.parse(first) if first else None
    if start is None or start.start > end.start:
        count = end.start.year * 12 + end.start.month - _SHOWN_MONTHS
        start = Period.month(count // 12, count % 12 + 1)
    return Period(start.start, end.end).months()[-MOST_MONTHS:]


def entry_grid(
    unit: Facility, months: Sequence[Period], more: Iterable[RowId] = (), at: int | None = None
) -> EntryGrid:
    """What is recorded of a unit, at a position of the log.

    Reads    more: rows that were asked for beside those of the template and those that have figures.
    """
    packs, layout, template = form_of_page()
    seen = log_position() if at is None else at
    by_row = _recorded(unit.id, months, layout, seen)
    usual = [RowId(0, carrier) for carrier in template.carriers]
    known = [id for id in more if _is_known(id, packs, layout)]
    ids = dict.fromkeys([*usual, *by_row, *known])
    closed = closed_files(row.source for by_month in by_row.values() for row in by_month.values())
    rows = [_row(id, months, by_row[id] if id in by_row else {}, packs, layout, closed) for id in ids]
    return EntryGrid(unit, months, rows, seen)


def _is_known(id: RowId, packs: PackSet, layout: Layout) -> bool:
    return (id.item, id.carrier) in {(number, carrier.id) for number, _, carrier in row_choices(packs, layout)}


def row_choices(packs: PackSet, layout: Layout) -> Sequence[tuple[int, LayoutItem, Carrier]]:
    """Every row that the form may have: its item by number, and a carrier of a kind that the item takes."""
    items = [(number, item) for number, item in enumerate(layout.items) if not item.item]
    return [
        (number, item, carrier)
        for number, item in items
        for carrier in packs.carriers.values()
        if carrier.kind in item.kinds
    ]


def _recorded(
    subject: str, months: Sequence[Period], layout: Layout, position: int
) -> Mapping[RowId, Mapping[str, Observation]]:
    """The statement that counts of each row and month."""
    numbers = {item.indicator: number for number, item in reversed(list(enumerate(layout.items))) if not item.item}
    rows = Observation.objects.filter(
        subject=subject,
        indicator__in=numbers,
        accumulation=layout.accumulation,
        coverage=layout.coverage,
        use_class=layout.use_class,
        period_start__gte=months[0].start,
        period_end__lte=months[-1].end,
        event_id__lte=position,
    )
    undone, found = undone_positions(position), dict[RowId, dict[str, Observation]]()
    for row in rows.order_by("published", "event_id", "row"):
        if row.position not in undone and "carrier" in row.dimensions:
            id = RowId(numbers[row.indicator], row.dimensions["carrier"])
            found.setdefault(id, {})[str(Period(row.period_start, row.period_end))] = row
    return found


def _row(
    id: RowId,
    months: Sequence[Period],
    by_month: Mapping[str, Observation],
    packs: PackSet,
    layout: Layout,
    closed: Collection[str],
) -> EntryRow:
    item, carrier = layout.items[id.item], packs.carriers[id.carrier]
    unit = _unit(by_month.values(), carrier, layout)
    label = {
        lang: carrier.label[lang] if not id.item else f"{carrier.label[lang]} · {item.names[0]}"
        for lang in ("zh", "en")
    }
    months_text = [str(month) for month in months]
    cells = [
        recorded_cell(month, by_month[month] if month in by_month else None, unit, closed) for month in months_text
    ]
    return EntryRow(id, label, unit, cells)


def _unit(rows: Iterable[Observation], carrier: Carrier, layout: Layout) -> str:
    """The unit of the newest figure, where the form has a word for it; else that of the carrier."""
    writable = set(layout.units.values())
    used = [row.unit for row in sorted(rows, key=lambda row: row.period_start) if row.unit in writable]
    return used[-1] if used else carrier.unit.text
