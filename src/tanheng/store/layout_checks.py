"""What must agree inside a sheet: growth with its two figures, totals with their parts, columns with each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from tanheng.kernel.faults import Finding, Severity
from tanheng.store.cell_values import plain
from tanheng.store.layout_place import SheetPlace
from tanheng.store.layout_rows import BodyRow, leaves
from tanheng.store.layout_values import Figures

Amounts = Mapping[tuple[int, str], Decimal]  # by row and column
_HALF, _HUNDRED = Decimal("0.5"), Decimal(100)
_SUMMED = {"value", "listed", "sum"}


@dataclass(frozen=True)
class SheetChecks:
    """The checks of one sheet over the numbers that were read from it."""

    place: SheetPlace
    figures: Sequence[Figures]
    rows: Sequence[BodyRow]
    amounts: Amounts

    def findings(self) -> Iterator[Finding]:
        """Every printed figure that its parts contradict, and a total that is not there."""
        for item in self.figures:
            if item.column.reads == "growth":
                yield from self._growth(item)
            elif item.column.reads == "sum":
                yield from self._sums(item)
            elif item.column.reads == "quotient":
                yield from self._quotients(item)
        yield from self._totals()
        if self.place.profile.totals.expected and not any(row.role in {"total", "subtotal"} for row in self.rows):
            yield Finding("total-missing", self.place.sheet.place, severity=Severity.WARNING)

    def _setting(self, name: str) -> Decimal:
        own, shared = getattr(self.place.profile.checks, name), getattr(self.place.known.words.checks, name)
        return Decimal(own if own is not None else shared if shared is not None else "Infinity")

    def _severity(self, name: str) -> Severity:
        own, shared = getattr(self.place.profile.checks, name), getattr(self.place.known.words.checks, name)
        return Severity.BLOCKER if (shared if own is None else own) else Severity.WARNING

    @cached_property
    def _by_id(self) -> Mapping[str, Figures]:
        return {item.column.id: item for item in self.figures}

    def _of(self, row: BodyRow, item: Figures) -> list[Decimal] | None:
        """The amounts that a checked column is made of; None where one is missing."""
        found = [self.amounts[row.number, id] for id in item.column.of if (row.number, id) in self.amounts]
        return found if len(found) == len(item.column.of) else None

    def _growth(self, item: Figures) -> Iterator[Finding]:
        allowed = self._setting("growth_points")
        for row in self.rows:
            printed, of = self.amounts.get((row.number, item.column.id)), self._of(row, item)
            if printed is None or of is None or of[1] == 0:
                continue
            growth = (of[0] / of[1] - 1) * _HUNDRED
            if abs(printed - growth) <= allowed:
                continue
            slack = allowed + _last_digit(printed) + _HUNDRED * _share_of_digits(of)
            # a share that is not formatted as a percentage is as common as a percentage
            if abs(printed - growth) > slack and abs(printed * _HUNDRED - growth) > slack:
                fields = {
                    "label": plain(row.label),
                    "heading": item.title,
                    "printed": printed,
                    "computed": _short(growth),
                }
                where = self.place.sheet.at(row.number, item.number)
                yield Finding("growth-differs", where, fields, self._severity("growth_blocks"))

    def _sums(self, item: Figures) -> Iterator[Finding]:
        for row in self.rows:
            value, of = self.amounts.get((row.number, item.column.id)), self._of(row, item)
            of = of or [self.amounts[row.number, id] for id in item.column.of if (row.number, id) in self.amounts]
            if value is None or not of or abs(value - sum(of)) <= self._slack(value, of):
                continue
            names = "、".join(self._by_id[id].title for id in item.column.of if id in self._by_id)
            fields = {
                "label": plain(row.label),
                "heading": item.title,
                "value": value,
                "sum": sum(of),
                "columns": names,
            }
            where = self.place.sheet.at(row.number, item.number)
            yield Finding("column-sum-differs", where, fields, self._severity("sums_block"))

    def _quotients(self, item: Figures) -> Iterator[Finding]:
        allowed = self._setting("quotient_share")
        for row in self.rows:
            value, of = self.amounts.get((row.number, item.column.id)), self._of(row, item)
            if value is None or of is None or of[1] == 0:
                continue
            quotient = of[0] / of[1]
            slack = allowed * abs(quotient) + _last_digit(value) + abs(quotient) * _share_of_digits(of)
            if abs(value - quotient) > slack:
                names = "、".join(self._by_id[id].title for id in item.column.of if id in self._by_id)
                fields = {"label": plain(row.label), "heading": item.title, "value": value}
                fields |= {"columns": names, "quotient": _short(quotient)}
                where = self.place.sheet.at(row.number, item.number)
                yield Finding("quotient-differs", where, fields, self._severity("growth_blocks"))

    # ---- totals
    def _totals(self) -> Iterator[Finding]:
        for row in self.rows:
            parts = list(leaves(row)) if row.parts else []
            for item in self.figures:
                if item.column.reads in _SUMMED and (row.number, item.column.id) in self.amounts:
                    yield from self._total(row, parts, item)

    def _total(self, row: BodyRow, parts: list[BodyRow], item: Figures) -> Iterator[Finding]:
        total = self.amounts[row.number, item.column.id]
        if row.role in {"total", "subtotal"} and parts and self._adds(item):
            amounts = self._weighed(parts, item)
            gaps = len(amounts) < len(parts)
            difference = total - sum(amounts, Decimal(0))
            if amounts and abs(difference) > self._slack(total, amounts) and not (gaps and difference > 0):
                fields = {"label": plain(row.label), "heading": item.title, "total": total, "sum": sum(amounts)}
                fields |= {"parts": len(amounts), "difference": difference}
                where = self.place.sheet.at(row.number, item.number)
                yield Finding("total-differs", where, fields, self._severity("sums_block"))
        if row.named_parts and self._adds(item):
            amounts = self._weighed(row.named_parts, item)
            if sum(amounts) > total + self._slack(total, amounts):
                fields = {"label": plain(row.label), "heading": item.title, "total": total, "sum": sum(amounts)}
                where = self.place.sheet.at(row.number, item.number)
                yield Finding("of-which-exceeds", where, fields, self._severity("sums_block"))

    def _adds(self, item: Figures) -> bool:
        """Whether the rows of a column add up: in one unit, or weighed into one."""
        if item.indicator is not None and item.indicator.adds == "ratio":
            return False
        return item.unit is not None or bool(self.place.profile.totals.weigh_by)

    def _weighed(self, parts: Sequence[BodyRow], item: Figures) -> list[Decimal]:
        by = self.place.profile.totals.weigh_by if item.unit is None else ""
        found = [part.number for part in parts if (part.number, item.column.id) in self.amounts]
        if not by:
            return [self.amounts[number, item.column.id] for number in found]
        return [self.amounts[n, item.column.id] * self.amounts[n, by] for n in found if (n, by) in self.amounts]

    def _slack(self, total: Decimal, parts: Sequence[Decimal]) -> Decimal:
        # a column is printed with one number of decimals, and idle zeros are dropped: the finest of them counts
        digits = min([digit for value in (total, *parts) if (digit := _last_digit(value))], default=Decimal(0))
        return self._setting("sum_share") * abs(total) + (len(parts) + 1) * digits


def _last_digit(value: Decimal) -> Decimal:
    """Half a unit of the last digit that was printed; nothing where a formula left more digits than anybody reads."""
    exponent = value.as_tuple().exponent
    return _HALF.scaleb(exponent) if isinstance(exponent, int) and exponent > -6 else Decimal(0)


def _share_of_digits(amounts: Sequence[Decimal]) -> Decimal:
    """How far rounding of the printed digits may move a quotient, as a share of it."""
    return sum((_last_digit(value) / abs(value) for value in amounts if value), Decimal(0))


def _short(value: Decimal) -> Decimal:
    try:
        return round(value, 2)
    except InvalidOperation:  # more digits than a decimal holds: a slip of the sender, shown as it is
        return value
