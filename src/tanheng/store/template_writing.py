"""Our own workbooks to be filled in: prefilled rows, drop-downs, units, notes, locked headings, a hidden mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import Carrier, LayoutProfile, PackSet, SheetWords, Template, TemplateColumn
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Facility
from tanheng.store.atomic import replacing
from tanheng.store.plain_text import inert

_CARRIER = Worded("能源品种", "carrier")
MARK_SHEET, LIST_SHEET = "模板信息", "下拉选项"
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same template gives the same file, whenever it is made)
_LONGEST_MESSAGE = 255
_LARGEST = 10**15
_PLAIN_UNITS = ("10^4 kWh", "MWh", "%")  # units without a basis, beside those that a layout spells out


@dataclass(frozen=True)
class TemplateFilling:
    """What is filled in beforehand: the units or areas that get rows, the period, what the title calls the receiver.

    `known` is what is recorded already, by unit and carrier: the value and the unit (`10^4 kWh`) it stands in, each by
    its column. Such cells stay open, since they may be wrong. For fixed rows, `instead` are words that take the place
    of theirs, `more_rows` rows that follow them, and `cells` what stands in them, by number of the row and column.
    """

    facilities: Sequence[Facility] = ()
    period: Period | None = None
    subject: str = ""
    areas: Sequence[str] = ()
    known: Mapping[tuple[str, str], Mapping[str, str | Decimal]] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    more_rows: Sequence[Mapping[str, str]] = ()
    cells: Mapping[tuple[int, str], str | Decimal] = field(default_factory=dict)


def write_template(path: Path, template: Template, pack_set: PackSet, filling: TemplateFilling) -> int:
    """Writes the present version of a template.

    Gives    how many rows are filled in. Headings and filled-in cells are locked without a password; carriers, units
             and choices are drop-downs that warn and do not refuse; the same filling gives the same bytes.
    Refuses  definition-missing: a carrier that no pack has.
    """
    with replacing(path) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": template.label.zh, "created": _MADE})
        out = _Sheet(book, _Rows(template, filling, _carriers(template, pack_set), words_of_units(pack_set)))
        out.words = _words(template, pack_set)
        out.write()
        book.close()
    return len(out.rows)


def template_rows(
    template: Template, pack_set: PackSet, filling: TemplateFilling
) -> Sequence[Mapping[str, str | Decimal]]:
    """The rows of a template as `write_template` fills them in, by column.

    Refuses  definition-missing: a carrier that no pack has.
    """
    return _Rows(template, filling, _carriers(template, pack_set), words_of_units(pack_set)).filled()


def words_of_units(pack_set: PackSet) -> Mapping[str, str]:
    """The first word that senders use for each unit."""
    words = dict[str, str]()
    for shape in pack_set.all(SheetWords):
        words |= {unit: word for word, unit in reversed(list(shape.units.items()))}
    return words


def _words(template: Template, pack_set: PackSet) -> Mapping[str, Sequence[str]]:
    """The words that the layout of a template lists, by column: names of rows, units, or words of a column's own."""
    if not any(column.fills == "words" for column in template.columns):
        return {}
    layout = pack_set.get(LayoutProfile, template.layout)
    shown = words_of_units(pack_set)
    plain = [shown[unit] for unit in _PLAIN_UNITS if unit in shown]
    by_kind = {"label": [row.names[0] for row in layout.rows.known], "unit": [*layout.units, *plain]}
    return {
        column.id: by_kind[column.reads] if column.reads in by_kind else list(column.words) for column in layout.columns
    }


def _carriers(template: Template, pack_set: PackSet) -> list[Carrier]:
    missing = [id for id in template.carriers if id not in pack_set.carriers]
    if missing:
        raise Refusal("definition-missing", kind=_CARRIER, id=", ".join(missing), nearest="-")
    return [pack_set.carriers[id] for id in template.carriers]


@dataclass(frozen=True)
class _Rows:
    """The rows that a template goes out with."""

    template: Template
    filling: TemplateFilling
    carriers: Sequence[Carrier]
    units: Mapping[str, str]

    def filled(self) -> list[dict[str, str | Decimal]]:
        """What stands in each row, by column."""
        found = [self._filled(facility, carrier) for facility, carrier in self._pairs()]
        ids = [column.id for column in self.template.columns]
        fixed = [dict(zip(ids, row, strict=False)) for row in self.template.fixed_rows]
        if self.template.rows_for == "area":
            fixed = [self._of_area(row, area) for area in self.filling.areas for row in fixed]
        found += [dict[str, str | Decimal](row) for row in (*fixed, *self.filling.more_rows)]
        for (number, column), value in self.filling.cells.items():
            found[number][column] = value
        return found

    def _of_area(self, row: Mapping[str, str], area: str) -> dict[str, str]:
        said = {"area": area, "period": str(self.filling.period or "")}
        filled = {id: text.format(**said) for id, text in row.items() if text}
        return filled | {id: text for id, text in self.filling.instead.items() if id in filled}

    def _pairs(self) -> Iterator[tuple[Facility | None, Carrier | None]]:
        match self.template.rows_for:
            case "facility":
                yield from ((facility, None) for facility in self.filling.facilities)
            case "facility_and_carrier":
                yield from ((facility, carrier) for facility in self.filling.facilities for carrier in self.carriers)
            case "carrier":
                yield from ((None, carrier) for carrier in self.carriers)

    def _filled(self, facility: Facility | None, carrier: Carrier | None) -> dict[str, str | Decimal]:
        found = ((column.id, self.text(column.fills, facility, carrier)) for column in self.template.columns)
        return {**{id: text for id, text in found if text}, **self._known(facility, carrier)}

    def _known(self, facility: Facility | None, carrier: Carrier | None) -> Mapping[str, Decimal | str]:
        key = (facility.id if facility else "", carrier.id if carrier else "")
        known = dict(self.filling.known[key]) if key in self.filling.known else {}
        unit = str(known["unit"]) if "unit" in known else ""
        return {**known, **({"unit": self.units[unit]} if unit in self.units else {})}

    def text(self, fills: str, facility: Facility | None, carrier: Carrier | None) -> str:
        """What stands in a cell that says a unit, a period or a carrier."""
        match fills:
            case "code" if facility is not None:
                return next(iter(facility.codes.values()), "")
            case "name" if facility is not None:
                return facility.label["zh"]
            case "period":
                return str(self.filling.period or "")
            case "carrier" if carrier is not None:
                return carrier.label.zh
            case "carrier_unit" if carrier is not None:
                unit = carrier.unit.text
                return self.units[unit] if unit in self.units else unit
        return ""


class _Sheet:
    """One template being written."""

    def __init__(
        self,
        book: Any,
        filled: _Rows,
    ) -> None:
        self.book = book
        self.filled = filled
        self.template = template = filled.template
        self.filling = filled.filling
        self.carriers = filled.carriers
        self.rows = filled.filled()
        self.words: Mapping[str, Sequence[str]] = {}
        self.sheet = book.add_worksheet(template.sheet)
        self.lists = book.add_worksheet(LIST_SHEET)
        self.formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "note": book.add_format({"font_color": "#595959", "text_wrap": False}),
            "heading": book.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True}),
            "fixed": book.add_format({"bg_color": "#F2F2F2", "border": 1}),
            "text": book.add_format({"locked": False, "border": 1, "text_wrap": True, "num_format": "@"}),
            "number": book.add_format({"locked": False, "border": 1}),
            "date": book.add_format({"locked": False, "border": 1, "num_format": "yyyy-mm-dd"}),
        }

    def write(self) -> None:
        """Writes head, headings, rows, drop-downs and the mark."""
        self._write_head()
        for number, row in enumerate(self.rows, self.template.header_row):
            self._write_row(number, row)
        for number in range(self.template.header_row + len(self.rows), self._last + 1):
            self._write_row(number, {})
        for column, shape in enumerate(self.template.columns):
            self._add_choices(column, shape)
        # No password: whoever must change more than was foreseen can, and what comes back is checked anyway.
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        self.lists.hide()
        self._write_mark()

    @property
    def _last(self) -> int:
        return self.template.header_row + len(self.rows) + self.template.blank_rows - 1

    def _write_head(self) -> None:
        template, period = self.template, self.filling.period
        shown = period.label("zh") if period else ""
        self.sheet.write_string(
            0, 0, template.title.format(period=shown, subject=self.filling.subject), self.formats["title"]
        )
        for row, note in enumerate(template.notes, 1):
            self.sheet.write_string(row, 0, note, self.formats["note"])
        only = self.filling.facilities[0] if len(self.filling.facilities) == 1 else None
        for place, line in enumerate(template.head):
            text = shown if line.fills == "period" else self.filled.text(line.fills, only, None)
            self.sheet.write_string(template.header_row - 2, 2 * place, inert(f"{line.label}{text}"))
        for column, shape in enumerate(template.columns):
            self.sheet.write_string(template.header_row - 1, column, shape.heading, self.formats["heading"])
            self.sheet.set_column(column, column, shape.width)
        self.sheet.freeze_panes(template.header_row, 0)

    def _write_row(self, number: int, row: Mapping[str, str | Decimal]) -> None:
        for column, shape in enumerate(self.template.columns):
            value = row[shape.id] if shape.id in row else ""
            if isinstance(value, Decimal):
                self.sheet.write_number(number, column, float(value), self.formats[shape.kind])
            elif shape.id in row:
                is_open = shape.open or self.template.rows_for == "area"
                look = self.formats["text" if is_open else "fixed"]
                self.sheet.write_string(number, column, inert(value), look)
            else:
                self.sheet.write_blank(number, column, None, self.formats[shape.kind])

    def _add_choices(self, column: int, shape: TemplateColumn) -> None:
        first, words = self.template.header_row, self._choices(shape)
        rules: dict[str, Any] = {"ignore_blank": True, "error_type": "warning"}
        if shape.note is not None:
            rules |= {"input_title": shape.heading[:32], "input_message": shape.note.zh[:_LONGEST_MESSAGE]}
        if words:
            self.lists.write_column(0, column, [inert(word) for word in words])
            letter = xl_col_to_name(column)
            source = f"='{LIST_SHEET}'!${letter}$1:${letter}${len(words)}"
            rules |= {"validate": "list", "source": source, "error_message": "请从下拉列表中选择。"}
        elif shape.kind == "number":
            within = {"validate": "decimal", "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST}
            rules |= {**within, "error_message": "请填写数字，不要带单位或文字。"}
        elif shape.note is not None:
            rules |= {"validate": "any"}
        else:
            return
        self.sheet.data_validation(first, column, max(first, self._last), column, rules)

    def _choices(self, shape: TemplateColumn) -> list[str]:
        match shape.fills:
            case "carrier":
                return [*(carrier.label.zh for carrier in self.carriers), *shape.choices]
            case "carrier_unit":
                units = sorted({self.filled.text("carrier_unit", None, carrier) for carrier in self.carriers})
                return [*units, *(unit for unit in shape.choices if unit not in units)]
            case "words":
                return list(self.words[shape.id])
            case "area":
                return list(self.filling.areas)
        return list(shape.choices)

    def _write_mark(self) -> None:
        mark = self.book.add_worksheet(MARK_SHEET)
        about = (self.template.id, str(self.template.version), str(self.filling.period or ""))
        for row, (name, text) in enumerate(zip(("template", "version", "period"), about, strict=True)):
            mark.write_string(row, 0, name)
            mark.write_string(row, 1, text)
        mark.very_hidden()
