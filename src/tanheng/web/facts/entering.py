"""Figures that are typed on a page: written into the form's own workbook, which then goes the way of every workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tanheng.kernel.pack import Layout
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Facility
from tanheng.records.evidence import safe_name
from tanheng.store.workbook_writing import write_workbook
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.entry_cells import LONGEST
from tanheng.web.facts.entry_grid import EntryGrid, EntryRow, RowId, entry_grid, form_of_page
from tanheng.web.facts.sending import ACT, Sending, send_workbooks
from tanheng.web.facts.typed import Entered, Typed, judged_row, stopped

_FIELDS = ("code", "name", "period", "carrier", "item", "unit", "value", "note")


def enter(unit: Facility, months: Sequence[Period], typed: Typed[RowId], *, scope: Scope) -> Entered[EntryGrid]:
    """Has what was typed checked like a workbook that was sent; nothing is recorded yet.

    Gives    the batch; or the grid with everything that was typed, where a figure was emptied, or where somebody else
             changed one of the same figures since the sender looked: both values stand side by side then.
    Refuses  not-permitted, no-mandate; nothing-of-that-name; entry-empty: nothing was changed; evidence-….
    """
    scope.require(ACT)
    scope.require_sight(unit.id)
    ids = list(dict.fromkeys(id for id, _ in typed.values))
    before, now = entry_grid(unit, months, ids, typed.seen), entry_grid(unit, months, ids)
    rows = [judged_row(row, _same_row(before, row), typed.values, lambda cell: cell.column) for row in now.rows]
    grid = replace(now, rows=rows)
    if (found := stopped(grid)) is not None:
        return found
    name, content = _workbook(unit, grid, typed.note)
    sending = Sending([(name, content)], scope.day, token=typed.token, evidence=typed.evidence, form=True)
    return Entered(send_workbooks(sending, scope=scope), grid)


def _same_row(grid: EntryGrid, row: EntryRow) -> EntryRow | None:
    return next((item for item in grid.rows if item.id == row.id), None)


def _workbook(unit: Facility, grid: EntryGrid, note: str) -> tuple[str, bytes]:
    """The form filled in with what was typed: the file that the records will name as the source of each figure."""
    _, layout, template = form_of_page()
    headings = {field: layout.columns[field][0] for field in _FIELDS}
    rows = [{headings[name]: text for name, text in row.items()} for row in _rows(unit, grid, layout, note)]
    name = safe_name(f"页面填报_{unit.label['zh']}_{grid.first}..{grid.last}.xlsx".replace("/", "_"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_workbook(path, layout, rows, template.title, note=note[:LONGEST] or "页面填报")
        return name, path.read_bytes()


def _rows(unit: Facility, grid: EntryGrid, layout: Layout, note: str) -> Iterator[Mapping[str, str]]:
    packs, _, _ = form_of_page()
    words = {unit: word for word, unit in reversed(list(layout.units.items()))}
    for row in grid.rows:
        for cell in row.cells:
            if cell.is_touched:
                yield {
                    "code": next(iter(unit.codes.values()), ""),
                    "name": unit.label["zh"],
                    "period": cell.column,
                    "carrier": packs.carriers[row.id.carrier].label.zh,
                    "item": layout.items[row.id.item].names[0],
                    "unit": words[row.unit] if row.unit in words else row.unit,
                    "value": cell.typed,
                    "note": note,
                }
