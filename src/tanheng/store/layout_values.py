"""The figures of a sheet: the column of each with its unit and period, the numbers, and the observations they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import isfinite

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack import IndicatorShape, LayoutColumn
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Unit
from tanheng.store.cell_values import NotFinite, folded, number_in, plain
from tanheng.store.layout_headings import letter
from tanheng.store.layout_known import Known
from tanheng.store.layout_place import SheetPlace
from tanheng.store.layout_row_words import RowSaid
from tanheng.store.layout_rows import columns_reading
from tanheng.store.layout_text import period_of_column
from tanheng.store.sheets import Sheet

_HUNDRED = Decimal(100)
_SHARE = ("%",)
# In units of the indicator: more than the world has. A cell that got past this would only be noticed in a sum.
LARGEST = Decimal(10**10)


@dataclass(frozen=True)
class Figures:
    """A column of figures: where it stands, what it is called, its unit if that is one for all rows, its period."""

    column: LayoutColumn
    number: int
    title: str
    indicator: IndicatorShape | None
    unit: Unit | None
    period: Period | None
    accumulation: Accumulation | None

    @property
    def in_percent(self) -> bool:
        """Whether its cells are percentages."""
        return self.column.reads == "growth" or (self.unit is not None and self.unit.text in _SHARE)


@dataclass(frozen=True)
class FigureColumns:
    """Finds unit and period of each column of figures."""

    place: SheetPlace
    period: Period | None

    def found(self) -> list[Figures]:
        """The columns of figures that the sheet has.

        Finds    unit-not-stated; unit-assumed; unit-not-for-indicator; unit-unknown.
        """
        figures = [
            self._figures(column, number)
            for column, number in columns_reading(self.place, "value", "growth", "sum", "quotient", "listed")
        ]
        self._check_unit_cell(figures)
        self._check_meanings(figures)
        return figures

    def _check_meanings(self, figures: list[Figures]) -> None:
        """No two columns may be taken for the same figure."""
        first = dict[tuple[object, ...], Figures]()
        for item in figures:
            column = item.column
            meaning = (column.indicator, column.item, column.carrier, item.accumulation, column.years_back)
            if column.reads == "value" and meaning in first and first[meaning].number != item.number:
                row, other = self.place.head.last, first[meaning].number
                fields = {
                    "heading": item.title,
                    "first": f"{letter(other)}{row}",
                    "second": f"{letter(item.number)}{row}",
                }
                self.place.findings.append(Finding("heading-twice", self.place.sheet.at(row, item.number), fields))
            first.setdefault(meaning, item)

    def _figures(self, column: LayoutColumn, number: int) -> Figures:
        title = self.place.head.title(number)
        indicator = self.place.known.indicator(column.indicator) if column.indicator else None
        unit = self._unit(column, number, title, indicator)
        period, accumulation = None, column.accumulation
        if column.accumulation is not None and self.period is not None:
            period, accumulation = period_of_column(self.period, column.accumulation, column.years_back)
        return Figures(column, number, title, indicator, unit, period, accumulation)

    def _unit(self, column: LayoutColumn, number: int, title: str, indicator: IndicatorShape | None) -> Unit | None:
        expected = self._expected(column, indicator)
        if expected is None or column.unit_from or column.reads == "growth":
            return None
        own = self.place.profile.units
        in_heading = self.place.known.unit(self.place.head.unit_word(number), expected, own)
        if in_heading is not None:
            return self._fitting(in_heading, self.place.head.unit_word(number), expected, title, number)
        in_cell = {unit.text: unit for unit, _ in self._cell_units(expected)}
        if len(in_cell) == 1:
            return next(iter(in_cell.values()))
        if column.unit and not in_cell:
            return self._assumed(Unit.parse(column.unit), column, title, number)
        where = self.place.sheet.at(self.place.head.last, number)
        self.place.findings.append(Finding("unit-not-stated", where, {"heading": title}))
        return expected

    def _assumed(self, unit: Unit, column: LayoutColumn, title: str, number: int) -> Unit:
        """The layout's unit. A sheet that does not say its own may be in tens of thousands of it; a form that has a
        column for the unit of each row prints that of its other columns in its instructions."""
        by_row = any(other.reads == "unit" for other in self.place.profile.columns)
        if column.reads == "value" and unit.powers and not by_row:
            where = self.place.sheet.at(self.place.head.last, number)
            fields = {"heading": title, "unit": unit.text}
            self.place.findings.append(Finding("unit-assumed", where, fields, Severity.WARNING))
        return unit

    def _expected(self, column: LayoutColumn, indicator: IndicatorShape | None) -> Unit | None:
        """The unit a column is measured in, apart from its scale; None where the row decides."""
        if indicator is not None:
            by_row = "carrier_unit" in indicator.unit.text or "stated_unit" in indicator.unit.text
            return None if by_row else indicator.unit
        if column.total_is:
            return self.place.known.indicator(column.total_is).unit
        return Unit.parse(column.unit) if column.unit else None

    def _cell_units(self, expected: Unit) -> Iterator[tuple[Unit, str]]:
        for word, _ in self.place.unit_words:
            unit = self.place.known.unit(word, expected, self.place.profile.units)
            if unit is not None and unit.powers == expected.powers:
                yield unit, word

    def _fitting(self, unit: Unit, word: str, expected: Unit, title: str, number: int) -> Unit:
        if unit.powers != expected.powers:
            where = self.place.sheet.at(self.place.head.last, number)
            fields = {"heading": title, "unit": word, "expected": expected.text}
            self.place.findings.append(Finding("unit-not-for-indicator", where, fields))
        return unit

    def _check_unit_cell(self, figures: list[Figures]) -> None:
        """Every unit that the sheet states must be that of some column: one that is not is a slip."""
        kinds = [expected for item in figures if (expected := self._expected(item.column, item.indicator)) is not None]
        kinds += [Unit.parse("%")]
        by_row = any(item.indicator and "_unit" in item.indicator.unit.text for item in figures)
        for word, where in self.place.unit_words:
            units = [self.place.known.unit(word, kind, self.place.profile.units) for kind in kinds]
            if units and units[0] is None:
                self.place.findings.append(Finding("unit-unknown", where, {"unit": word}))
            elif not by_row and not any(u and u.powers == kind.powers for u, kind in zip(units, kinds, strict=True)):
                fields = {"heading": "单位", "unit": word, "expected": "、".join(sorted({kind.text for kind in kinds}))}
                self.place.findings.append(Finding("unit-not-for-indicator", where, fields))


@dataclass
class Numbers:
    """Reads the numbers of a sheet; what is wrong gathers by column, so that a shifted column is one finding."""

    sheet: Sheet
    known: Known
    wrong: dict[int, list[Finding]] = field(default_factory=dict)
    empty: dict[int, list[int]] = field(default_factory=dict)

    def read(self, row: int, figures: Figures) -> Decimal | None:
        """The number in a cell of a column; None where it is empty or no number."""
        value = self.sheet.value(row, figures.number)
        kind = value.__class__
        if kind is int or kind is float:
            number = Decimal(repr(value)) if kind is int or isfinite(value) else None
            if number is not None:
                return self._checked(number, row, figures)
        return self._read_slowly(row, figures)

    def _read_slowly(self, row: int, figures: Figures) -> Decimal | None:
        place, cell = (row, figures.number), self.sheet.cell(row, figures.number)
        if place in self.sheet.bare_formulas and cell.is_empty:
            self._report("formula-without-value", row, figures)
            return None
        if cell.kind == "e":
            self._report("cell-error", row, figures, text=cell.value)
            return None
        if cell.is_empty or (isinstance(cell.value, str) and folded(cell.value) in self.known.words.empty):
            self.empty.setdefault(figures.number, []).append(row)
            return None
        text = plain(cell.value)
        if figures.in_percent and text.endswith("%"):
            cell = cell._replace(value=text[:-1])
        try:
            number, was_text = number_in(cell)
        except NotFinite as error:
            self._report("number-not-finite", row, figures, text=str(error))
            return None
        except ValueError:
            self._report("number-expected", row, figures, text=text)
            return None
        if was_text and self.sheet.typed:
            fields = {"text": text, "value": number}
            self._add(Finding("number-as-text", self.sheet.at(*place), fields, Severity.WARNING), figures)
        return self._checked(number, row, figures)

    def _checked(self, number: Decimal, row: int, figures: Figures) -> Decimal | None:
        if (row, figures.number) in self.sheet.percents and figures.in_percent:
            number *= _HUNDRED
        if number < 0 and not figures.column.signed and figures.column.reads != "growth":
            self._report("number-negative", row, figures, value=number)
        return number

    def _report(self, code: str, row: int, figures: Figures, **fields: object) -> None:
        self._add(Finding(code, self.sheet.at(row, figures.number), fields), figures)

    def _add(self, finding: Finding, figures: Figures) -> None:
        self.wrong.setdefault(figures.number, []).append(finding)


@dataclass(frozen=True)
class RowFacts:
    """What a row is about, beside its figures."""

    number: int
    subject: str
    dimensions: tuple[tuple[str, str], ...]
    indicator: str = ""
    indicators: Mapping[str, str] = field(default_factory=dict)
    unit: Unit | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    period: Period | None = None
    said: RowSaid = field(default_factory=RowSaid)
    use_class: str = ""


@dataclass(frozen=True)
class Observing:
    """Makes observations of the figures of a sheet."""

    place: SheetPlace
    published: date
    digest: str

    @cached_property
    def _source(self) -> str:
        return f"{self.digest}/{self.place.sheet.place}!"

    @cached_property
    def _letters(self) -> dict[int, str]:
        return {}

    def observation(
        self, row: RowFacts, figures: Figures, value: Decimal, indicator: str, unit: Unit
    ) -> Observation | None:
        """One figure as an observation; None where its column has no period."""
        column, profile, said = figures.column, self.place.profile, row.said
        period, accumulation = figures.period, figures.accumulation
        if said.accumulation is not None:
            period, accumulation = row.period, said.accumulation
        elif row.period is not None and column.accumulation is not None:
            period, accumulation = period_of_column(row.period, column.accumulation, column.years_back)
        if period is None or accumulation is None:
            return None
        if figures.number not in self._letters:
            self._letters[figures.number] = letter(figures.number)
        key = ObservationKey(
            indicator, row.subject, row.dimensions, period, accumulation,
            said.coverage or column.coverage or profile.coverage,
            row.use_class or column.use_class or profile.use_class,
        )  # fmt: skip
        status = said.data_status or column.data_status or profile.data_status
        source = f"{self._source}{self._letters[figures.number]}{row.number}"
        return Observation(key, value, unit.text, status, self.published, source)
