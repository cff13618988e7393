"""A form that is filled in on a page: written as its own workbook, which then goes the way of every workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tanheng.records.evidence import safe_name
from tanheng.store.template_writing import write_template
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.entry_cells import EntryCell
from tanheng.web.facts.form_grid import FormGrid, FormRow, Place, form_grid
from tanheng.web.facts.forms import Asked, Form
from tanheng.web.facts.sending import ACT, Sending, send_workbooks
from tanheng.web.facts.typed import Entered, Typed, judged_row, stopped

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DIGITS = 15
"""How many digits a number of a workbook keeps; longer ones are written as text, which is read to the last digit."""


def enter_form(form: Form, asked: Asked, typed: Typed[str], *, scope: Scope) -> Entered[FormGrid]:
    """Has a form checked like a workbook that was sent; nothing is recorded yet.

    Gives    the batch; or the grid with everything that was typed, where a figure was emptied, or where somebody else
             changed one of the same figures since the sender looked: both values stand side by side then.
    Refuses  not-permitted, no-mandate; area-not-found, nothing-of-that-name; entry-empty; evidence-….
    """
    scope.require(ACT)
    now = form_grid(form, asked, scope=scope)
    before = now if now.seen == typed.seen else form_grid(form, asked, scope=scope, at=typed.seen)
    earlier = {row.id: row for row in before.rows}
    rows = [judged_row(row, earlier.get(row.id), typed.values, partial(_said_of, form, row)) for row in now.rows]
    grid = replace(now, rows=rows)
    if (found := stopped(grid)) is not None:
        return found
    sending = Sending(
        [form_workbook(grid, written(grid), typed.note)],
        scope.day,
        layout=form.layout.id,
        token=typed.token,
        evidence=typed.evidence,
        form=True,
    )
    return Entered(send_workbooks(sending, scope=scope), grid)


def _said_of(form: Form, row: FormRow, cell: EntryCell) -> str:
    heading = next(column.heading for column in form.template.columns if column.id == cell.column)
    named = [text.strip() for reads in ("subject_name", "label", "item") for text in _words(form, row, reads)]
    return " · ".join([*named, heading])


def _words(form: Form, row: FormRow, reads: str) -> list[str]:
    return [row.words[column.id] for column in form.layout.columns if column.reads == reads and column.id in row.words]


def written(grid: FormGrid) -> Mapping[Place, str]:
    """The fields that go into the workbook: what was typed; with all that is recorded where sums are checked."""
    whole = grid.form.layout.totals.expected
    return {
        (number, cell.column): cell.typed
        for number, _, cell in grid.cells()
        if cell.typed and (whole or cell.is_touched)
    }


def form_workbook(grid: FormGrid, fields: Mapping[Place, str], note: str = "") -> tuple[str, bytes]:
    """The form as a workbook with figures in some fields: the file that the records will name as their source."""
    form, filling = grid.form, grid.filling
    cells: dict[Place, str | Decimal] = {place: _value(text) for place, text in fields.items()}
    remarks = [column.id for column in form.template.columns if column.id in ("source", "note")]
    if note and remarks:
        cells |= {(number, remarks[0]): note for number, _ in fields}
    # a name is read as well: from 2024-01..2024-06 a reader would take January
    name = safe_name(f"{form.template.label.zh}_{filling.subject}_{grid.period.label()}.xlsx".replace("/", "_"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_template(path, form.template, form.packs, replace(filling, cells=cells))
        return name, path.read_bytes()


def _value(text: str) -> str | Decimal:
    is_number = _NUMBER.fullmatch(text) and sum(letter.isdigit() for letter in text) <= _DIGITS
    return Decimal(text) if is_number else text


def filled_form(form: Form, asked: Asked, *, scope: Scope) -> tuple[str, bytes]:
    """The name and the content of a form to be filled in elsewhere, with what is recorded already standing in it.

    Refuses  not-permitted; area-not-found, nothing-of-that-name; period-unreadable.
    """
    scope.require(ACT)
    grid = form_grid(form, asked, scope=scope)
    fields = {(number, cell.column): cell.recorded for number, _, cell in grid.cells() if cell.recorded}
    return form_workbook(grid, fields)
