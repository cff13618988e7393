"""What was published, as the public may see it: tables, and the figures in them. Reads only.

Everything public is made from here, always under the scope of the public, whoever reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.kernel.trace import Address
from tanheng.records.models import Publication
from tanheng.records.publishing import open_publication, publications, published_result
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import results
from tanheng.web.directory.scope import public_scope
from tanheng.web.results.figures import Row, figure_of
from tanheng.web.results.heads import Column, ResultHead, head_of
from tanheng.web.results.places import Places
from tanheng.web.results.sight import Sight
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language

AREA, FACILITY = "area/", "facility/"


@dataclass(frozen=True)
class Cell:
    """One figure that was published: where it stands, its count on the grid of its indicator, and its row."""

    table: PublishedTable
    column: Column
    address: Address
    row: Row

    @property
    def count(self) -> int | None:
        """The exact count; None where there is no value, or none that is shown."""
        return self.row[self.column.id]

    @property
    def is_withheld(self) -> bool:
        """Whether there is a value that readers are not shown."""
        return bool(self.row.get("withheld"))

    @property
    def figure(self) -> Figure:
        """As pages show it."""
        label = self.table.directory.label_of(self.address.subject, language())
        return figure_of(self.table.head, self.column, self.address, self.row, said_label=label)


@dataclass(frozen=True)
class PublishedTable:
    """A publication with what the public sees of it."""

    publication: Publication
    head: ResultHead

    @property
    def position(self) -> int:
        return self.publication.position

    @property
    def is_whole(self) -> bool:
        """Whether the whole result was published, and not single figures of it."""
        return not self.publication.figures

    @cached_property
    def directory(self) -> Directory:
        """The names as the result knew them."""
        return directory_as_of(self.head.log_position)

    @cached_property
    def cells(self) -> Sequence[Cell]:
        """Every published figure, the city first and each subject by period."""
        found = self._whole() if self.is_whole else self._quoted()
        return sorted(
            found, key=lambda cell: (cell.address.subject, cell.address.period.start, cell.address.period.end)
        )

    def _whole(self) -> Iterator[Cell]:
        for row in self.head.stored.figures.rows():
            period = Period(row["period_start"], row["period_end"])
            if self._is_in_part(row["subject"], period):
                continue
            for column in self.head.columns:
                if _says_something(row, column.id):
                    yield Cell(self, column, Address(column.id, row["subject"], period), _shown(row, column.id))

    def _is_in_part(self, subject: str, period: Period) -> bool:
        """Whether a sum is called the city's and is made of one district, all that the site knows of it."""
        whole = self.head.is_account or not subject.startswith(AREA) or "#" in subject
        return not whole and Places(self.directory, period).only_part(subject) is not None

    def _quoted(self) -> Iterator[Cell]:
        figures = published_result(self.publication).figures
        for text in self.publication.figures:
            address = Address.parse(text)
            start, end = address.period.start, address.period.end
            for row in figures.where(subject=address.subject, period_start=start, period_end=end).rows():
                yield Cell(self, self.head.column(address.column), address, row)


def published_tables() -> Sequence[PublishedTable]:
    """Every publication as the public sees it, the latest first. One that was damaged says so on its own page."""
    found = []
    for item in reversed(publications()):
        with suppress(Refusal):
            found.append(_table(str(results().root), item.position, item.receipt_digest, item.title, language()))
    return found


def published_table(position: int) -> PublishedTable:
    """One publication.

    Refuses  publication-not-found.
    """
    item = open_publication(str(position))
    return _table(str(results().root), item.position, item.receipt_digest, item.title, language())


@lru_cache(maxsize=256)
def _table(_root: str, position: int, _receipt: str, _title: str, _language: str) -> PublishedTable:
    """Worked out once in a process and language: what was published stays."""
    item = open_publication(str(position))
    return PublishedTable(item, head_of(Sight(published_result(item), public_scope())))


def _says_something(row: Row, column: str) -> bool:
    if column not in row:  # the sums of few units stand there without their values
        return True
    return row[column] is not None or row[f"{column}_missing"] > 0


def _shown(row: Row, column: str) -> Mapping[str, object]:
    """A row with every column there; a value that is not shown is none."""
    return row if column in row else {**row, column: None}
