"""A form with what is recorded in its fields. Reads only.

Which figure a field is, the layout says that reads the form when it comes back: the form is written with a mark in
every field and read, so that a page and a workbook cannot differ in what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from tanheng.kernel.fact import Observation as Stated
from tanheng.kernel.pack import TemplateColumn
from tanheng.kernel.period import Period
from tanheng.records.models import Observation
from tanheng.records.observation_changes import hash_of_key
from tanheng.records.selecting import log_position
from tanheng.store import read_workbook
from tanheng.store.template_writing import TemplateFilling, template_rows, write_template
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.batch_page import closed_files
from tanheng.web.facts.entry_cells import EntryCell, counting_under, recorded_cell
from tanheng.web.facts.forms import Asked, Form, filling_of, further_rows
from tanheng.web.facts.sending import reach_of

_ID = 12
Place = tuple[int, str]
"""A field: the number of its row, and its column."""


@dataclass(frozen=True)
class FormRow:
    """A row: its id, which says what it is about; its words by column as they are written; its fields."""

    id: str
    words: Mapping[str, str]
    cells: Sequence[EntryCell | None]


@dataclass(frozen=True)
class FormGrid:
    """A form of an area or unit and a span. `seen` is the position of the log that it shows."""

    form: Form
    asked: Asked
    filling: TemplateFilling = field(repr=False)
    label: Mapping[str, str]
    span: str
    period: Period
    rows: Sequence[FormRow]
    seen: int
    english: Mapping[str, str] = field(repr=False)

    def area_in_english(self, name: str) -> str:
        """What an area is called in English."""
        return self.english[name] if name in self.english else name

    @property
    def worded(self) -> Sequence[TemplateColumn]:
        """The columns of words that stand before the fields; what every row says alike is left out."""
        columns = [column for column in self.form.template.columns if column.kind != "number"]
        return [column for column in columns if self._differs(column.id)]

    def _differs(self, id: str) -> bool:
        """Whether rows differ in a column, or there is but one such column."""
        return len({row.words[id] if id in row.words else "" for row in self.rows}) > 1 or (
            len(self.rows) == 1 and any(id in row.words for row in self.rows)
        )

    @property
    def figures(self) -> Sequence[TemplateColumn]:
        """The columns that are filled in."""
        return figure_columns(self.form)

    def cells(self) -> Iterator[tuple[int, FormRow, EntryCell]]:
        """Every field, with the number of its row."""
        for number, row in enumerate(self.rows):
            yield from ((number, row, cell) for cell in row.cells if cell is not None)


def figure_columns(form: Form) -> Sequence[TemplateColumn]:
    """The columns of a form whose cells are figures."""
    reads = {column.id: column.reads for column in form.layout.columns}
    return [column for column in form.template.columns if column.kind == "number" and reads[column.id] == "value"]


def form_grid(form: Form, asked: Asked, *, scope: Scope, at: int | None = None) -> FormGrid:
    """A form as the records stand, at a position of the log.

    Refuses  area-not-found, nothing-of-that-name; period-unreadable.
    """
    seen = log_position() if at is None else at
    asked = replace(asked, rows=list(dict.fromkeys([*asked.rows, *_recorded_rows(form, asked, scope, seen)])))
    filling = filling_of(form, asked, scope)
    rows = template_rows(form.template, form.packs, filling)
    stated = stated_by_place(form, filling, rows, scope)
    keys = {place: hash_of_key(item.key) for place, item in stated.items()}
    recorded = counting_under(keys.values(), seen)
    closed = closed_files(row.source for row in recorded.values())

    def cell(number: int, column: str) -> EntryCell | None:
        if (number, column) not in stated:
            return EntryCell(column, checks=True) if _has_totals(form) else None
        key = keys[number, column]
        row = recorded[key] if key in recorded else None
        return recorded_cell(column, row, stated[number, column].unit, closed)

    columns = [column.id for column in figure_columns(form)]
    shown = [
        FormRow(_id_of(row), {id: str(text) for id, text in row.items()}, [cell(number, id) for id in columns])
        for number, row in enumerate(rows)
    ]
    assert filling.period is not None  # a form is always about a span
    span = next(iter(filling.instead.values()), "")
    label = {"zh": filling.subject, "en": scope.ground.directory.label_of(asked.subject, "en")}
    english = {item.label["zh"]: item.label["en"] for item in scope.ground.directory.areas}
    return FormGrid(form, asked, filling, label, span, filling.period, shown, seen, english)


def _has_totals(form: Form) -> bool:
    return form.layout.totals.expected


def _id_of(row: Mapping[str, str | Decimal]) -> str:
    """The name of a row: what it says, so that it stays the same row when others come before it."""
    return sha256("\n".join(f"{id}={text}" for id, text in sorted(row.items())).encode()).hexdigest()[:_ID]


def stated_by_place(
    form: Form, filling: TemplateFilling, rows: Sequence[Mapping[str, object]], scope: Scope
) -> Mapping[Place, Stated]:
    """What each field of a form states, by row and column; fields that are only checked state nothing."""
    columns = [column.id for column in form.template.columns]
    fields = [(number, column.id) for number in range(len(rows)) for column in figure_columns(form)]
    marked = replace(filling, cells={place: Decimal(0) for place in fields})
    directory = reach_of(scope).directory(scope.ground.directory)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_template(path, form.template, form.packs, marked)
        read = read_workbook(path, form.layout, form.packs, directory, scope.day, "0" * 64)
    found = dict[Place, Stated]()
    for item in read.observations:
        letters, row = coordinate_from_string(item.source.rpartition("!")[2])
        column = columns[column_index_from_string(letters) - 1]
        found[row - form.template.header_row - 1, column] = item
    return found


def _recorded_rows(form: Form, asked: Asked, scope: Scope, position: int) -> list[str]:
    """Further rows of the form for which figures are recorded, in the same span."""
    known = {row_id: row_id for row_id, _, _ in further_rows(form)}
    if not known:
        return []
    filling = filling_of(form, replace(asked, rows=[]), scope)
    period = filling.period
    word = next(iter(filling.instead.values()), "")
    if period is None or word not in form.spans:
        return []
    rows = Observation.objects.filter(
        subject=asked.subject,
        accumulation=form.spans[word],
        period_start=period.start,
        period_end=period.end,
        indicator__in=form.layout.indicators,
        use_class=form.layout.use_class,
        event_id__lte=position,
    ).values_list("indicator", "dimensions")
    said = {(indicator, dimensions["item"] if "item" in dimensions else "") for indicator, dimensions in rows}
    usual = _usual(form)
    return [id for id in known if (about := _about(form, id)) in said and about not in usual]


def _about(form: Form, id: str) -> tuple[str, str]:
    """The indicator and the item of a further row."""
    number, _, place = id.partition(".")
    row = form.layout.rows.known[int(number)]
    return row.indicator, row.items[int(place)] if row.items else ""


def _usual(form: Form) -> set[tuple[str, str]]:
    """What the fixed rows of a form are about."""
    named = {(indicator, item): _about(form, id) for id, indicator, item in further_rows(form)}
    ids = [column.id for column in form.template.columns]
    label = next((column.id for column in form.layout.reading("label")), "")
    item = next((column.id for column in form.layout.reading("item")), "")
    rows = [dict(zip(ids, row, strict=False)) for row in form.template.fixed_rows]
    pairs = [(row[label], row[item] if item in row else "") for row in rows if label in row]
    return {named[pair] for pair in pairs if pair in named}
