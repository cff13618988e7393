"""What the cells of a row say of its figure, in a table with one figure a row: breakdown, coverage, period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tanheng.kernel.faults import Finding
from tanheng.kernel.pack import KnownRow, LayoutColumn
from tanheng.kernel.pack.layout import OF_THE_ROW
from tanheng.kernel.period import Accumulation, Period
from tanheng.store.cell_values import ACCUMULATIONS, fits, folded, plain
from tanheng.store.layout_place import SheetPlace
from tanheng.store.layout_rows import BodyRow, columns_reading
from tanheng.store.layout_text import closest

_DATED = (Accumulation.YEAR_TO_DATE, Accumulation.JANUARY_FEBRUARY)


@dataclass(frozen=True)
class RowSaid:
    """What a row says of its figure beside subject, indicator, unit and period; empty where it says nothing."""

    item: str = ""
    accumulation: Accumulation | None = None
    coverage: str = ""
    data_status: str = ""


@dataclass
class RowWords:
    """Reads the columns of a layout that hold for their own row; what is wrong gathers by column.

    Finds    choice-unknown: a word that the layout does not list, or an item that the indicator does not have;
             cell-empty: no kind of period, no item where the indicator has items; period-not-of-layout.
    """

    place: SheetPlace
    wrong: dict[int, list[Finding]] = field(default_factory=dict)

    @cached_property
    def columns(self) -> Mapping[str, tuple[LayoutColumn, int]]:
        """The columns of this kind that the sheet has, by what they say."""
        found = columns_reading(self.place, *OF_THE_ROW)
        return {column.reads: (column, number) for column, number in found}

    def said(self, row: BodyRow) -> RowSaid:
        """What one row says; its indicator must be one that the layout lists."""
        if row.known is None:
            names = [name for known in self.place.profile.rows.known for name in known.names]
            self._unlisted(row, self.label_column, row.name, names)
            return RowSaid()
        accumulation = self._word(row, "accumulation", must=True)
        return RowSaid(
            item=self._item(row, row.known),
            accumulation=Accumulation(accumulation) if accumulation else None,
            coverage=self._word(row, "coverage") or row.known.coverage,
            data_status=self._word(row, "data_status") or row.known.data_status,
        )

    def period(self, row: BodyRow, period: Period, accumulation: Accumulation, number: int) -> Period | None:
        """The span of a figure: as written, or from January on where a month stands for all that went before it."""
        if accumulation in _DATED and len(period.months()) == 1:
            period = Period(Period.year(period.start.year).start, period.end)
        if fits(period, accumulation):
            return period
        fields = {"period": str(period), "accumulation": ACCUMULATIONS[accumulation]}
        self._add(number, Finding("period-not-of-layout", self.place.sheet.at(row.number, number), fields))
        return None

    @cached_property
    def label_column(self) -> int:
        """Where the indicator stands."""
        return next((number for _, number in columns_reading(self.place, "label")), 1)

    def _item(self, row: BodyRow, known: KnownRow) -> str:
        item, claim = self._word(row, "item", must=bool(known.items)), self._text(row, "claim")
        if item and item not in known.items:
            column, number = self.columns["item"]
            fitting = [word for word, id in column.words.items() if id in known.items]
            self._unlisted(row, number, self._text(row, "item"), fitting)
        return f"{item}/{claim}" if item and claim else item

    def _word(self, row: BodyRow, kind: str, *, must: bool = False) -> str:
        text = self._text(row, kind)
        if kind not in self.columns:
            return ""
        column, number = self.columns[kind]
        if not text and must:
            fields = {"heading": self.place.head.title(number)}
            self._add(number, Finding("cell-empty", self.place.sheet.at(row.number, number), fields))
        words = {folded(word): id for word, id in column.words.items()}
        if not text or folded(text) in words:
            return words[folded(text)] if text else ""
        self._unlisted(row, number, text, column.words)
        return ""

    def _text(self, row: BodyRow, kind: str) -> str:
        if kind not in self.columns:
            return ""
        value = self.place.sheet.shown(row.number, self.columns[kind][1])
        return "" if value is None else plain(value)

    def _unlisted(self, row: BodyRow, number: int, text: str, listed: Iterable[str]) -> None:
        words = list(listed)
        near = "、".join(closest(text, words) or words[:5]) or "-"
        fields = {"heading": self.place.head.title(number), "text": text, "nearest": near}
        self._add(number, Finding("choice-unknown", self.place.sheet.at(row.number, number), fields))

    def _add(self, number: int, finding: Finding) -> None:
        self.wrong.setdefault(number, []).append(finding)
