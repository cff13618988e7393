"""One row of a sender's sheet as an observation, or as everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.faults import Finding, Refusal, Severity, blockers
from tanheng.kernel.pack import Carrier, Layout, LayoutItem, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit
from tanheng.kernel.subject import Directory, Facility
from tanheng.store.cell_values import ACCUMULATIONS, NotFinite, fits, folded, nearest, number_in, period_in, plain
from tanheng.store.sheets import Cell, Row
from tanheng.store.workbook_about import About, Abouts, ratio_of
from tanheng.store.workbook_headings import Headings

Found = TypeVar("Found")
# In the carrier's own unit: 10^10 t of coal is more than the world burns in a year. A cell that got past this
# would only be noticed when a sum over everybody leaves its grid.
LARGEST = 10**10
_SAYING = ("period", "carrier", "unit", "value")  # a row without any of them says nothing: a footer, a blank form


@dataclass(frozen=True)
class RowResult:
    """What one row gave: its key, if every describing cell could be read; its observation, if the value could too."""

    key: ObservationKey | None
    observation: Observation | None
    findings: tuple[Finding, ...]
    place: str
    cell: str
    is_data: bool = True
    about: str = ""


@dataclass
class _Problems:
    """The findings of one row as they are met."""

    found: list[Finding] = field(default_factory=list)

    def add(self, code: str, place: str, severity: Severity = Severity.BLOCKER, /, **fields: object) -> None:
        self.found.append(Finding(code, place, fields, severity))


@dataclass(frozen=True)
class RowReader:
    """Reads rows through a layout; `place` is `file!sheet`, `formulas` the cells that hold one."""

    layout: Layout
    headings: Headings
    pack_set: PackSet
    directory: Directory
    published: date
    place: str
    digest: str
    formulas: frozenset[str] = frozenset()

    def _is_filled(self, row: Row, field: str) -> bool:
        cell = self._cell(row, field)
        return not cell.is_empty or cell.address in self.formulas

    def read(self, row: Row) -> RowResult | None:
        """Reads one row; None for a row that has data in none of the layout's columns, such as a signature."""
        if not any(self._is_filled(row, field) for field in self.headings.columns if field != "note"):
            return None
        problems = _Problems()
        if not any(self._is_filled(row, field) for field in _SAYING):
            problems.add("row-left-out", self._at(row[0]), Severity.NOTE, text=plain(row[0].value)[:40])
            return RowResult(None, None, tuple(problems.found), self._at(row[0]), row[0].address, is_data=False)
        facility = self._part(row, "code", self._facility, problems)
        period = self._part(row, "period", self._period, problems)
        about = self._about(row, problems)
        unit = self._part(row, "unit", self._unit, problems)
        if about and unit:
            self._check_unit(row, about, unit, problems)
        if facility:
            self._check_name(row, facility, problems)
        key = self._key(facility, about, period) if facility and about and period else None
        return self._result(row, key, about, unit, problems)

    def _result(
        self, row: Row, key: ObservationKey | None, about: About | None, unit: str | None, problems: _Problems
    ) -> RowResult:
        cell, name = self._cell(row, "value"), about.name if about else ""
        value = self._value(cell, key, name, problems)
        observation = None
        if key and about and unit and value is not None and not blockers(problems.found):
            self._check_size(cell, about, unit, value, problems)
        if key and unit and value is not None and not blockers(problems.found):
            source = f"{self.digest}/{self.place}!{cell.address}"
            observation = Observation(key, value, unit, self.layout.data_status, self.published, source)
        return RowResult(key, observation, tuple(problems.found), self._at(cell), cell.address, about=name)

    # ---- the cells that describe
    def _part(
        self, row: Row, field: str, read: Callable[[Cell, Row, _Problems], Found | None], problems: _Problems
    ) -> Found | None:
        cell = self._cell(row, field)
        if cell.kind == "e":
            problems.add("cell-error", self._at(cell), text=cell.value)
        elif cell.is_empty and cell.address in self.formulas:
            problems.add("formula-without-value", self._at(cell))
        elif cell.is_empty:
            problems.add("cell-empty", self._at(cell), heading=self.headings.titles[field])
        else:
            return read(cell, row, problems)
        return None

    def _facility(self, cell: Cell, row: Row, problems: _Problems) -> Facility | None:
        code = folded(cell.value)
        if code in self._facilities:
            return self._facilities[code]
        name = self._cell(row, "name") if "name" in self.headings.columns else None
        shown = plain(name.value) if name and not name.is_empty else "-"
        same_name = [item for item in self.directory.facilities if folded(item.label["zh"]) == folded(shown)]
        codes = [known for item in same_name for known in item.codes.values()]
        near = "、".join(codes) or nearest(code, self._facilities).upper()
        problems.add("facility-unknown", self._at(cell), code=plain(cell.value), name=shown, nearest=near)
        return None

    def _period(self, cell: Cell, row: Row, problems: _Problems) -> Period | None:
        accumulation = self.layout.accumulation
        try:
            period = period_in(cell, accumulation)
        except Refusal as refusal:
            problems.add(refusal.code, self._at(cell), **refusal.fields)
            return None
        if fits(period, accumulation):
            return period
        words = ACCUMULATIONS[accumulation]
        problems.add("period-not-of-layout", self._at(cell), period=str(period), accumulation=words)
        return None

    def _about(self, row: Row, problems: _Problems) -> About | None:
        """What the amount is and of what; a row that does not say what it is states the usual one."""
        said = "item" in self.headings.columns and self._is_filled(row, "item")
        item = self._part(row, "item", self._item, problems) if said else self.layout.usual_item
        needs_carrier = item is None or not item.item or self._is_filled(row, "carrier")
        carrier = self._part(row, "carrier", self._carrier, problems) if needs_carrier else None
        if item is None or (carrier is None and needs_carrier):
            return None
        if carrier and item.kinds and carrier.kind not in item.kinds:
            place = self._at(self._cell(row, "item" if said else "carrier"))
            problems.add("item-not-for-carrier", place, carrier=carrier.label["zh"], item=item.names[0])
            return None
        return self._abouts.of(item, carrier)

    def _item(self, cell: Cell, row: Row, problems: _Problems) -> LayoutItem | None:
        name = folded(cell.value)
        if name in self._items:
            return self._items[name]
        told = {
            "heading": self.headings.titles["item"],
            "text": plain(cell.value),
            "nearest": nearest(name, self._items),
        }
        problems.add("choice-unknown", self._at(cell), **told)
        return None

    def _carrier(self, cell: Cell, row: Row, problems: _Problems) -> Carrier | None:
        name = folded(cell.value)
        if name in self._carriers:
            return self._carriers[name]
        problems.add(
            "carrier-unknown", self._at(cell), carrier=plain(cell.value), nearest=nearest(name, self._carriers)
        )
        return None

    def _unit(self, cell: Cell, row: Row, problems: _Problems) -> str | None:
        name, written = folded(cell.value), plain(cell.value)
        if name in self._units:
            return self._units[name]
        if Unit.is_known(written):
            return written
        problems.add("unit-unknown", self._at(cell), unit=written)
        return None

    # ---- what must agree
    def _check_unit(self, row: Row, about: About, unit: str, problems: _Problems) -> None:
        try:
            ratio_of(unit, about.unit, about.name)
        except Refusal:
            cell = self._cell(row, "unit")
            problems.add(
                "unit-not-for-carrier",
                self._at(cell),
                carrier=about.label,
                unit=plain(cell.value),
                expected=about.unit,
            )

    def _check_name(self, row: Row, facility: Facility, problems: _Problems) -> None:
        if "name" not in self.headings.columns:
            return
        cell, code = self._cell(row, "name"), self._cell(row, "code")
        names = {folded(facility.label["zh"]), folded(facility.label["en"])}
        if not cell.is_empty and folded(cell.value) not in names:
            problems.add(
                "facility-name-differs",
                self._at(cell),
                Severity.WARNING,
                code=plain(code.value),
                expected=facility.label["zh"],
                name=plain(cell.value),
            )

    # ---- the value
    def _value(self, cell: Cell, key: ObservationKey | None, name: str, problems: _Problems) -> Decimal | None:
        if cell.is_empty:
            self._report_empty(cell, key, name, problems)
            return None
        if cell.kind == "e":
            problems.add("cell-error", self._at(cell), text=cell.value)
            return None
        try:
            value, was_text = number_in(cell)
        except NotFinite as error:
            problems.add("number-not-finite", self._at(cell), text=str(error))
            return None
        except ValueError:
            problems.add("number-expected", self._at(cell), text=plain(cell.value))
            return None
        if was_text:
            problems.add("number-as-text", self._at(cell), Severity.WARNING, text=cell.value, value=value)
        if value < 0:
            problems.add("number-negative", self._at(cell), value=value)
        return value

    def _check_size(self, cell: Cell, about: About, unit: str, value: Decimal, problems: _Problems) -> None:
        if Fraction(value) * ratio_of(unit, about.unit, about.name) >= LARGEST:
            problems.add("amount-too-large", self._at(cell), value=value, unit=unit)

    def _report_empty(self, cell: Cell, key: ObservationKey | None, name: str, problems: _Problems) -> None:
        if cell.address in self.formulas:
            problems.add("formula-without-value", self._at(cell))
        elif key is not None:
            about = {"subject": key.subject, "carrier": name, "period": str(key.period)}
            problems.add("value-empty", self._at(cell), Severity.NOTE, **about)

    # ---- what names stand for
    @cached_property
    def _facilities(self) -> Mapping[str, Facility]:
        return {folded(code): item for item in self.directory.facilities for code in item.codes.values()}

    @cached_property
    def _carriers(self) -> Mapping[str, Carrier]:
        return {
            folded(name): carrier
            for carrier in self.pack_set.carriers.values()
            for name in (*carrier.aliases, carrier.id, carrier.label.zh, carrier.label.en)
        }

    @cached_property
    def _items(self) -> Mapping[str, LayoutItem]:
        return {folded(name): item for item in self.layout.items for name in item.names}

    @cached_property
    def _abouts(self) -> Abouts:
        return Abouts(self.layout, self.pack_set)

    @cached_property
    def _units(self) -> Mapping[str, str]:
        return {folded(name): unit for name, unit in self.layout.units.items()}

    def _key(self, facility: Facility, about: About, period: Period) -> ObservationKey:
        return ObservationKey(
            indicator=about.item.indicator,
            subject=facility.id,
            dimensions=about.dimensions,
            period=period,
            accumulation=self.layout.accumulation,
            coverage=self.layout.coverage,
            use_class=self.layout.use_class,
        )

    def _cell(self, row: Row, field: str) -> Cell:
        column = self.headings.columns[field]
        for cell in row:
            if cell.column == column:
                return cell
        return Cell(row[0].row, column, None, "n")

    def _at(self, cell: Cell) -> str:
        return f"{self.place}!{cell.address}"
