"""A sender's sheet as observations and rows, through a layout profile: every problem at once, each with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from tanheng.kernel.fact import Observation
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.kernel.pack import LayoutProfile
from tanheng.kernel.pack.layout import OF_THE_ROW
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit
from tanheng.store.cell_values import plain
from tanheng.store.counting import Told, counted
from tanheng.store.layout_checks import Amounts, SheetChecks
from tanheng.store.layout_fitting import fitting_problems
from tanheng.store.layout_headings import Head
from tanheng.store.layout_known import Known
from tanheng.store.layout_names import RowNames
from tanheng.store.layout_place import SheetPlace
from tanheng.store.layout_registers import Registering, RegisterRow
from tanheng.store.layout_rows import Body, BodyRow
from tanheng.store.layout_shifts import unshifted
from tanheng.store.layout_values import LARGEST, FigureColumns, Figures, Numbers, Observing, RowFacts
from tanheng.store.sheets import Sheet, address


@dataclass(frozen=True)
class SheetReading:
    """What one sheet says."""

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    rows: tuple[RegisterRow, ...]
    rows_read: int


@dataclass(frozen=True)
class SheetReader:
    """Reads one sheet through one layout; `asked` is the period that the caller expects, `told` hears of the rows."""

    sheet: Sheet
    profile: LayoutProfile
    known: Known
    published: date
    digest: str
    asked: Period | None = None
    told: Told | None = None

    def read(self, head: Head | None) -> SheetReading:
        """Everything that the sheet says; nothing but findings where its headings have changed."""
        problems = list(fitting_problems(self.sheet, self.profile, head))
        if head is None or any(finding.severity is Severity.BLOCKER for finding in problems):
            return SheetReading((), tuple(problems), (), 0)
        place = SheetPlace(self.sheet, head, self.profile, self.known, problems)
        period = place.period(self.asked)
        whole = None if "column" in self.profile.subject.found_in else self._whole(place)
        columns = FigureColumns(place, period).found()
        rows = Body(place).rows()
        return _SheetRows(self, place, period, whole, columns, rows).read()

    def _whole(self, place: SheetPlace) -> str | None:
        return None if self.profile.subject.kind == "none" else place.subject()


@dataclass(frozen=True)
class _SheetRows:
    """The rows of a sheet whose headings, period and units are known."""

    reader: SheetReader
    place: SheetPlace
    period: Period | None
    whole: str | None
    columns: Sequence[Figures]
    rows: Sequence[BodyRow]

    def read(self) -> SheetReading:
        numbers, names = Numbers(self.place.sheet, self.place.known), RowNames(self.place, self.whole)
        of_rows = {row.number: self._amounts(row, numbers) for row in self.rows if row.role != "skipped"}
        amounts = {(number, item.column.id): value for number, found in of_rows.items() for item, value in found}
        observations, registered, count = list[Observation](), list[RegisterRow](), 0
        for row in counted(self.rows, self.reader.told):
            if row.role == "skipped":
                continue
            of_row = of_rows[row.number]
            if row.role in {"total", "subtotal"}:
                observations += self._total(row, of_row, amounts)
                continue
            facts = self._facts(row, names) if of_row or not self._says_it_by_row else None
            count += 1
            if facts is not None:
                observations += self._observed(row, facts, of_row)
            registered += self._kept(row, facts)
        findings = [*self.place.findings, *unshifted(self.place, numbers, names), *self._remarks(numbers, amounts)]
        findings += SheetChecks(self.place, self.columns, self.rows, amounts).findings()
        findings += self._as_a_whole(observations, count)
        return SheetReading(tuple(observations), tuple(findings), tuple(registered), count)

    @cached_property
    def _says_it_by_row(self) -> bool:
        """Whether rows say themselves what their figure is: one without a figure is a row of the form, left open."""
        return any(column.reads in OF_THE_ROW for column in self.reader.profile.columns)

    def _amounts(self, row: BodyRow, numbers: Numbers) -> list[tuple[Figures, Decimal]]:
        if row.role == "text":
            return []
        found = [(item, numbers.read(row.number, item)) for item in self.columns]
        return [(item, value) for item, value in found if value is not None]

    def _facts(self, row: BodyRow, names: RowNames) -> RowFacts | None:
        if row.role == "text" or (not self.columns and self.reader.profile.subject.kind == "none"):
            return None
        return names.facts(row)

    def _kept(self, row: BodyRow, facts: RowFacts | None) -> Iterator[RegisterRow]:
        kind = self.reader.profile.kept_in or ("events" if row.role == "text" else "")
        if kind:
            subject = facts.subject if facts is not None else self.whole
            kept = Registering(self.place, kind, self.period).row(row, subject)
            if kept is not None:
                yield kept

    # ---- observations
    def _observed(
        self, row: BodyRow, facts: RowFacts, amounts: Iterable[tuple[Figures, Decimal]]
    ) -> Iterator[Observation]:
        observing = self._observing
        for item, value in amounts:
            if item.column.reads != "value":
                continue
            indicator = item.column.of_which if row.role == "of_which" else self._indicator(item, facts)
            if not indicator:
                continue
            unit = self._unit(item, facts, indicator)
            if unit is None or self._is_merged(row, item) or self._is_too_large(row, item, value, unit, facts):
                continue
            facts_of_column = _with_dimensions(facts, item)
            found = observing.observation(facts_of_column, item, value, indicator, unit)
            if found is not None:
                yield found

    def _indicator(self, item: Figures, facts: RowFacts) -> str:
        """The indicator of a figure: the column's, or the row's where the column says only month or year to date."""
        if item.column.id in facts.indicators:
            return facts.indicators[item.column.id]
        if not facts.indicator:
            return item.column.indicator
        if item.column.data_status == "forecast":
            return ""
        comparisons = self.place.known.comparisons
        if item.column.years_back:
            return comparisons[facts.indicator] if facts.indicator in comparisons else ""
        return facts.indicator

    @cached_property
    def _observing(self) -> Observing:
        return Observing(self.place, self.reader.published, self.reader.digest)

    def _total(
        self, row: BodyRow, of_row: Iterable[tuple[Figures, Decimal]], amounts: Amounts
    ) -> Iterator[Observation]:
        """Totals of columns whose rows are not recorded themselves; one that a reader sees through is confidential."""
        totals = self.reader.profile.totals
        subject = self.whole if totals.subject is None else self.place.total_subject
        if row.role != "total" or subject is None:
            return
        for item, value in of_row:
            if item.column.total_is and item.unit is not None:
                parts = [amounts[part.number, item.column.id] for part in row.parts if _has(amounts, part, item)]
                shown = self._hides_its_parts(value, parts)
                facts = RowFacts(row.number, subject, (), use_class=totals.use_class if shown else "")
                found = self._observing.observation(facts, item, value, item.column.total_is, item.unit)
                if found is not None:
                    yield found

    def _hides_its_parts(self, total: Decimal, parts: Sequence[Decimal]) -> bool:
        """Whether a total rests on enough rows and on none too much, by the rule of confidentiality that holds here."""
        rule = self.place.known.packs.suppression
        if rule is None or self.reader.profile.use_class not in rule.use_classes:
            return True
        largest = max((abs(part) for part in parts), default=abs(total))
        return len(parts) >= rule.minimum_units and largest <= rule.dominance_share * abs(total)

    def _unit(self, item: Figures, facts: RowFacts, indicator: str) -> Unit | None:
        shape = self.place.known.indicator(indicator)
        if item.column.unit_from:
            return self._unit_word(item, facts, item.column.unit_from, shape.unit)
        if "carrier_unit" in shape.unit.text:
            return None if facts.unit is None else _of_carrier(shape.unit, facts.unit)
        if facts.indicator and self.place.profile.reading("unit"):
            return self._unit_word(item, facts, self.place.profile.reading("unit")[0].id, shape.unit)
        return item.unit

    def _unit_word(self, item: Figures, facts: RowFacts, column: str, expected: Unit) -> Unit | None:
        word = facts.units[column] if column in facts.units else ""
        unit = self.place.known.unit(word, expected, self.place.profile.units) if word else None
        number = self.place.head.columns[column] if column in self.place.head.columns else item.number
        where = self.place.sheet.at(facts.number, number)
        fits = "stated_unit" in expected.text or (unit is not None and _of_a_kind(unit, expected))
        if unit is None:
            self._once(Finding("unit-unknown", where, {"unit": word or "-"}))
        elif not fits:
            fields = {"heading": item.title, "unit": word, "expected": expected.text}
            self._once(Finding("unit-not-for-indicator", where, fields))
        return unit if fits else None

    def _once(self, finding: Finding) -> None:
        if finding not in self.place.findings:
            self.place.findings.append(finding)

    def _is_merged(self, row: BodyRow, item: Figures) -> bool:
        sheet, place = self.place.sheet, (row.number, item.number)
        if place not in sheet.anchors:
            return False
        block = next(
            block
            for block in sheet.merged
            if block.top <= row.number <= block.bottom and block.left <= item.number <= block.right
        )
        if block.bottom > block.top:
            text = f"{address(block.top, block.left)}:{address(block.bottom, block.right)}"
            self.place.findings.append(Finding("value-merged", sheet.at(*place), {"block": text}))
        return block.bottom > block.top

    def _is_too_large(self, row: BodyRow, item: Figures, value: Decimal, unit: Unit, facts: RowFacts) -> bool:
        if value < LARGEST and not (value > 10_000 and facts.unit is not None):
            return False
        carrier = dict(facts.dimensions).get("carrier")
        own = self.place.known.packs.carriers[carrier].unit if carrier else None
        scale = unit.scale / own.scale if own is not None and own.powers == unit.powers else 1
        if value * Decimal(scale.numerator) / Decimal(scale.denominator) < LARGEST:
            return False
        where = self.place.sheet.at(row.number, item.number)
        self.place.findings.append(Finding("amount-too-large", where, {"value": value, "unit": unit.text}))
        return True

    # ---- what is said of the sheet as a whole
    def _remarks(self, numbers: Numbers, amounts: Amounts) -> Iterator[Finding]:
        titles = {item.number: item.title for item in self.columns if item.column.reads == "value"}
        totals = {row.number for row in self.rows if row.role in {"total", "subtotal"}}
        for number, empty in numbers.empty.items():
            cells = [address(row, number) for row in empty if row not in totals]
            if number in titles and cells:
                fields = {"heading": titles[number], "count": len(cells), "first": cells[0]}
                where = f"{self.place.sheet.place}!{cells[0]}"
                yield Finding("values-empty", where, fields, Severity.NOTE)
        left = [row for row in self.rows if row.role == "of_which" and not row.known]
        if left and not any(item.column.of_which for item in self.columns):
            fields = {"count": len(left), "first": plain(left[0].label)}
            yield Finding("of-which-left-out", f"{self.place.sheet.place}!{left[0].number}", fields, Severity.NOTE)
        yield from self._shares(amounts)
        yield from self._hidden()

    def _shares(self, amounts: Amounts) -> Iterator[Finding]:
        """Columns of percentages that look like shares: a file that keeps no formats does not say which they are."""
        for item in self.columns:
            if item.column.reads != "value" or not item.in_percent or item.column.signed:
                continue
            written = {row.number: amounts.get((row.number, item.column.id)) for row in self.rows}
            found = [value for value in written.values() if value]
            shown = any((number, item.number) in self.place.sheet.percents for number in written)
            if len(found) > 1 and not shown and max(found) <= 1:
                where = self.place.sheet.at(self.place.head.last, item.number)
                yield Finding("percent-unclear", where, {"heading": item.title}, Severity.WARNING)

    def _hidden(self) -> Iterator[Finding]:
        sheet, head = self.place.sheet, self.place.head
        rows = [row.number for row in self.rows if row.number in sheet.hidden_rows]
        columns = sorted(set(head.columns.values()) & sheet.hidden_columns)
        if rows or columns:
            parts = [f"{first}" for first in rows[:10]] + [address(head.last, column) for column in columns]
            yield Finding("hidden-cells-read", sheet.place, {"hidden": "、".join(parts)}, Severity.NOTE)

    def _as_a_whole(self, observations: Sequence[Observation], count: int) -> Iterator[Finding]:
        sheet, profile = self.place.sheet, self.reader.profile
        if not count:
            yield Finding("sheet-empty", sheet.place, {"sheet": sheet.name}, Severity.WARNING)
        if profile.status == "U":
            note = Worded(profile.note.zh, profile.note.en) if profile.note else Worded("-", "-")
            yield Finding("layout-uncertain", sheet.place, {"layout": profile.id, "note": note}, Severity.NOTE)
        last = max((o.key.period for o in observations if o.status != "forecast"), key=lambda p: p.end, default=None)
        if last and self.reader.published < last.end:
            fields = {"published": self.reader.published, "period": str(last)}
            yield Finding("published-too-early", sheet.place, fields, Severity.WARNING)


def _with_dimensions(facts: RowFacts, item: Figures) -> RowFacts:
    if not (item.column.item or item.column.carrier):
        return facts
    own = {"item": item.column.item, "carrier": item.column.carrier}
    added = {name: value for name, value in own.items() if value}
    dimensions = tuple(sorted((dict(facts.dimensions) | added).items()))
    return replace(facts, dimensions=dimensions)


def _of_a_kind(unit: Unit, expected: Unit) -> bool:
    """Whether a unit is of the kind of another: the price year of money stands in each observation."""
    return _timeless(unit) == _timeless(expected)


def _timeless(unit: Unit) -> set[tuple[str, int]]:
    return {(symbol.partition("[")[0] if symbol.startswith("CNY[") else symbol, power) for symbol, power in unit.powers}


def _of_carrier(unit: Unit, stated: Unit) -> Unit:
    return stated if unit.text == "carrier_unit" else Unit.parse(unit.text.replace("carrier_unit", stated.text))


def _has(amounts: Amounts, part: BodyRow, item: Figures) -> bool:
    return (part.number, item.column.id) in amounts
