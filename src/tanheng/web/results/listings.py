"""Lists of subjects with their figures, which add up to the figure of the area around them. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.kernel.trace import Address
from tanheng.web.results.figures import Row, figure_of, share_of, value_figure
from tanheng.web.results.heads import Column, ResultHead
from tanheng.web.results.spans import rows_of_spans
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language

FACILITY = "facility/"
InColumn = tuple[Column, Figure]


@dataclass(frozen=True)
class Item:
    """A subject to list with the months that count here, the page its name leads to, and where it stood."""

    subject: str
    span: Period
    href: str
    place: str = ""


@dataclass(frozen=True)
class Line:
    """One row of a list: figures in the order of the columns, its share of the whole, the months if only some count.

    A unit that the result says nothing about leads nowhere: there is no figure to explain.
    """

    label: str
    href: str
    figures: Sequence[InColumn]
    size: int | None
    place: str = ""
    share: str = ""
    months: str = ""


@dataclass(frozen=True)
class Listing:
    """Subjects with their figures. `rest` is the whole less what is listed, where that is not nothing."""

    lines: Sequence[Line]
    whole: Sequence[InColumn]
    rest: Sequence[InColumn]

    @property
    def has_shares(self) -> bool:
        """Whether any line is a part of the whole: where nothing adds up there are no shares."""
        return any(line.share for line in self.lines)


def listing_of(
    head: ResultHead, directory: Directory, items: Sequence[Item], total: Item, whole: Row | None, chosen: Column
) -> Listing:
    """The items, the largest of the chosen column first, and the whole whose row is given."""
    return _Lister(head, directory, total, whole, chosen).listing(items)


@dataclass(frozen=True)
class _Lister:
    head: ResultHead
    directory: Directory
    total: Item
    whole: Row | None
    chosen: Column

    def listing(self, items: Sequence[Item]) -> Listing:
        rows = rows_of_spans(self.head, self.total.span, [(item.subject, item.span) for item in items])
        lines = [self._line(item, rows.get((item.subject, item.span))) for item in items]
        lines.sort(key=lambda line: (line.size is None, -(line.size or 0), line.label))
        return Listing(lines, self._figures(self.total, self.whole), self._rest([*rows.values()]))

    def _line(self, item: Item, row: Row | None) -> Line:
        size = row[self.chosen.id] if row else None
        return Line(
            label=self.directory.label_of(item.subject, language()),
            href="" if row is None and item.subject.startswith(FACILITY) else item.href,
            figures=self._figures(item, row),
            size=size,
            place=item.place,
            share=share_of(size, self.whole[self.chosen.id] if self.whole and not self.head.is_account else None),
            months="" if item.span == self.total.span else item.span.label(language()),
        )

    def _figures(self, item: Item, row: Row | None) -> Sequence[InColumn]:
        name = self.directory.label_of(item.subject, language())
        columns = self.head.columns_in(self.total.span)
        addresses = [(column, Address(column.id, item.subject, item.span)) for column in columns]
        return [(column, figure_of(self.head, column, address, row, said_label=name)) for column, address in addresses]

    def _rest(self, rows: Sequence[Row]) -> Sequence[InColumn]:
        """The whole less what is listed, by column; nothing where every column adds up."""
        if self.whole is None or self.head.is_account:  # areas with accounts of their own add up to nothing
            return []
        rests = {column: _difference(self.whole, rows, column) for column in self.head.columns}
        if not any(rests.values()):
            return []
        total = self.total
        return [
            (column, value_figure(self.head, Address(column.id, total.subject, total.span), rest, gettext("Rest")))
            for column, rest in rests.items()
        ]


def _difference(whole: Row, rows: Sequence[Row], column: Column) -> int:
    listed = sum(row[column.id] for row in rows if row[column.id] is not None)
    return listed if whole[column.id] is None else whole[column.id] - listed
