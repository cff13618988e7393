"""What a page says about the result it shows: which kind it is, what it was computed from, as known when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from tanheng.kernel.pack import IndicatorShape, MethodDefinition, PackSet
from tanheng.kernel.period import Period
from tanheng.records.computing import open_result
from tanheng.records.kept_packs import packs_of
from tanheng.records.site_files import results
from tanheng.store.results import StoredResult
from tanheng.web.directory.scope import Scope
from tanheng.web.results.sight import Sight, open_sight
from tanheng.web.ui.words import language, said


@dataclass(frozen=True)
class Column:
    """A result column of a method, with its name and the unit people read it in."""

    id: str
    label: str
    indicator: IndicatorShape

    @property
    def unit(self) -> str:
        """The unit with its basis."""
        return self.indicator.unit.text

    @property
    def said_unit(self) -> str:
        """The unit as people are told it: percentage points of another figure are not per cent of anything."""
        return gettext("points") if self.indicator.points else self.unit


@dataclass(frozen=True)
class ResultHead:
    """A stored result, with its receipt in words.

    Made by `head_of` its figures are those that the reader may see; the sight says what else is open.
    """

    stored: StoredResult
    sight: Sight | None = None

    @property
    def id(self) -> str:
        return self.stored.id

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self.stored.receipt["parameters"]

    @cached_property
    def packs(self) -> PackSet:
        """The definitions that the receipt names."""
        return packs_of(self.stored.receipt["packs"])

    @property
    def computed_on(self) -> datetime | None:
        """When the result was written here; None for one that stands nowhere yet."""
        folder = results().root / self.id
        return datetime.fromtimestamp(folder.stat().st_mtime, UTC) if folder.is_dir() else None

    @property
    def period(self) -> Period:
        """The whole period of the result."""
        return Period.parse(self.parameters["period"])

    @property
    def period_label(self) -> str:
        return self.period.label(language())

    @property
    def known_on(self) -> date:
        """The knowledge date."""
        return date.fromisoformat(self.parameters["known_on"])

    @property
    def log_position(self) -> int:
        return int(self.parameters["log_position"])

    @property
    def scheme(self) -> str:
        return str(self.parameters["scheme"])

    @property
    def scheme_label(self) -> str:
        return said(self.packs.scheme_label(self.scheme))

    @property
    def method(self) -> MethodDefinition:
        return self.packs.get(MethodDefinition, self.stored.receipt["method"])

    @property
    def method_label(self) -> str:
        return said(self.method.label)

    @property
    def columns(self) -> Sequence[Column]:
        """The result columns in the order of the method."""
        return [self.column(id) for id in self.method.results]

    @property
    def is_account(self) -> bool:
        """Whether the method computes single cells: its areas do not add up, and a column may have no cell at all."""
        return self.method.form == "account"

    @cached_property
    def periods(self) -> Sequence[Period]:
        """The whole period, then its parts in their order: its months, of a year-to-date none; of an account, whatever
        it has figures for.
        """
        if not self.is_account:
            months = () if self.method.reads_to_date else self.period.months()
            return [self.period, *months] if len(months) > 1 else [self.period]
        found = {Period(start, end) for start, end in self.stored.figures.distinct(["period_start", "period_end"])}
        return [self.period, *sorted(found - {self.period})]

    def columns_in(self, period: Period) -> Sequence[Column]:
        """The columns to show for a period: all of them, but of an account those that it has a cell for."""
        if not self.is_account:
            return self.columns
        rows = self.stored.figures.where(period_start=period.start, period_end=period.end).rows()
        told = [item for item in self.columns if any(has_cell(row, item.id) for row in rows)]
        return told or self.columns

    @property
    def blockers(self) -> Sequence[Mapping[str, Any]]:
        """The findings that keep the result from being published unless somebody accepts them by name."""
        return [finding for finding in self.stored.findings if finding["severity"] == "blocker"]

    @property
    def blocker_codes(self) -> Sequence[tuple[str, Sequence[Mapping[str, Any]]]]:
        """The blocking findings by code: what is accepted is a code."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for finding in self.blockers:
            found.setdefault(finding["code"], []).append(finding)
        return sorted(found.items())

    def column(self, id: str) -> Column:
        """The result column of that id.

        Refuses  definition-missing.
        """
        shape = self.packs.get(IndicatorShape, id)
        return Column(shape.id, said(shape.label), shape)


def has_cell(row: Mapping[str, Any], column: str) -> bool:
    """Whether an account computed the column, if only to find that something is missing."""
    return row[column] is not None or row[f"{column}_missing"] > 0


def open_results(scope: Scope) -> Iterator[ResultHead]:
    """The stored results that have pages for a reader, the latest first, one opened after the other."""
    for id in results().ids():
        sight = Sight(open_result(id), scope)
        if sight.is_open:
            yield head_of(sight)


def result_head(reference: str, scope: Scope) -> ResultHead:
    """A stored result by id, unique beginning of an id, or `latest`, as a reader may see it.

    Refuses  result-not-found.
    """
    return head_of(open_sight(reference, scope))


def head_of(sight: Sight) -> ResultHead:
    """A result with the figures that the reader may see, and no others."""
    return ResultHead(sight.narrowed(), sight)
