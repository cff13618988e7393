"""One row of a sender's sheet as an observation, or as everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeVar

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.faults import Finding, Refusal, Severity, blockers
from tanheng.kernel.pack import Carrier, Layout, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit
from tanheng.kernel.subject import Directory, Facility
from tanheng.store.cell_values import ACCUMULATIONS, NotFinite, fits, folded, nearest, number_in, period_in, plain
from tanheng.store.sheets import Cell, Row
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
        carrier = self._part(row, "carrier", self._carrier, problems)
        unit = self._part(row, "unit", self._unit, problems)
        if carrier and unit:
            self._check_unit(row, carrier, unit, problems)
        if facility:
            self._check_name(row, facility, problems)
        key = self._key(facility, carrier, period) if facility and carrier and period else None
        return self._result(row, key, unit, problems)

    def _result(self, row: Row, key: ObservationKey | None, unit: str | None, problems: _Problems) -> RowResult:
        cell = self._cell(row, "value")
        value = self._value(cell, key, problems)
        observation = None
        if key and unit and value is not None and not blockers(problems.found):
            self._check_size(cell, key, unit, value, problems)
        if key and unit and value is not None and not blockers(problems.found):
            source = f"{self.digest}/{self.place}!{cell.address}"
            observation = Observation(key, value, unit, self.layout.data_status, self.published, source)
        return RowResult(key, observation, tuple(problems.found), self._at(cell), cell.address)

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
    def _check_unit(self, row: Row, carrier: Carrier, unit: str, problems: _Problems) -> None:
        try:
            _ratio(unit, carrier)
        except Refusal:
            cell = self._cell(row, "unit")
            problems.add(
                "unit-not-for-carrier",
                self._at(cell),
                carrier=carrier.label["zh"],
                unit=plain(cell.value),
                expected=carrier.unit.text,
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
    def _value(self, cell: Cell, key: ObservationKey | None, problems: _Problems) -> Decimal | None:
        if cell.is_empty:
            self._report_empty(cell, key, problems)
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

    def _check_size(self, cell: Cell, key: ObservationKey, unit: str, value: Decimal, problems: _Problems) -> None:
        carrier = self.pack_set.carriers[dict(key.dimensions)["carrier"]]
        if Fraction(value) * _ratio(unit, carrier) >= LARGEST:
            problems.add("amount-too-large", self._at(cell), value=value, unit=unit)

    def _report_empty(self, cell: Cell, key: ObservationKey | None, problems: _Problems) -> None:
        if cell.address in self.formulas:
            problems.add("formula-without-value", self._at(cell))
        elif key is not None:
            carrier, period = dict(key.dimensions)["carrier"], str(key.period)
            about = {"subject": key.subject, "carrier": carrier, "period": period}
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
    def _units(self) -> Mapping[str, str]:
        return {folded(name): unit for name, unit in self.layout.units.items()}

    def _key(self, facility: Facility, carrier: Carrier, period: Period) -> ObservationKey:
        return ObservationKey(
            indicator=self.layout.indicator,
            subject=facility.id,
            dimensions=(("carrier", carrier.id),),
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


def _ratio(unit: str, carrier: Carrier) -> Fraction:
    """How many units of the carrier one stated unit is.

    Refuses  unit-mismatch.
    """
    return _ratio_of(unit, carrier.unit.text, carrier.id)


@lru_cache(maxsize=4096)
def _ratio_of(unit: str, counted_in: str, carrier: str) -> Fraction:
    """A workbook has few units and many rows."""
    return Unit.parse(unit).ratio_to(Unit.parse(counted_in), what=carrier)
