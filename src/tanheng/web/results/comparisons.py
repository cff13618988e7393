"""A publication beside a result: what differs and why. Reads only; comparing writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tanheng.kernel.fact.sources import READINGS
from tanheng.kernel.pack import Factor
from tanheng.kernel.run import Statement, StatementChange
from tanheng.kernel.subject import Directory
from tanheng.records.comparing import Comparison, EntryDifference, FigureDifference, compare
from tanheng.records.publishing import open_publication, published_result
from tanheng.records.selecting import directory_as_of
from tanheng.web.directory.scope import Scope
from tanheng.web.results.figures import value_figure
from tanheng.web.results.heads import ResultHead
from tanheng.web.results.links import SourceCell
from tanheng.web.results.publications import PublicationLine, line_of
from tanheng.web.results.sight import Sight, open_sight
from tanheng.web.rules.clauses import Cited, cited
from tanheng.web.ui.figure import Figure, Standing
from tanheng.web.ui.formula import readable_number
from tanheng.web.ui.words import language, said, spoken

_MOST = 30


@dataclass(frozen=True)
class EntryShown:
    """An entry of a factor with its value."""

    id: str
    value: str
    unit: str
    clause: Cited | None
    published: date


@dataclass(frozen=True)
class EntryChange:
    """A factor that used other entries, with those that only one side used."""

    label: str
    then: Sequence[EntryShown]
    now: Sequence[EntryShown]


@dataclass(frozen=True)
class AmountShown:
    """An amount as its sender wrote it: a figure that leads to its workbook cell, and the name of the cell."""

    figure: Figure
    cell: str


@dataclass(frozen=True)
class AmountChange:
    """What one unit stated about a carrier and a month, then and now; None on the side that had nothing."""

    label: str
    then: AmountShown | None
    now: AmountShown | None


@dataclass(frozen=True)
class FigureChange:
    """A figure then and now, and by how much it differs."""

    label: str
    then: Figure
    now: Figure
    difference: Figure | None


@dataclass(frozen=True)
class ComparisonPage:
    """A publication beside a result."""

    line: PublicationLine
    head: ResultHead
    comparison: Comparison
    entries: Sequence[EntryChange]
    amounts: Sequence[AmountChange]
    figures: Sequence[FigureChange]
    inputs: Sequence[tuple[str, str, str]]


def comparison_page(position: int, reference: str, *, scope: Scope) -> ComparisonPage:
    """A publication beside a stored result: the figures it quotes first, then the widest areas; what is out of reach is
    left out.

    Refuses  publication-not-found, result-not-found.
    """
    publication = open_publication(str(position))
    sight = open_sight(reference, scope)
    then, now = ResultHead(published_result(publication)), ResultHead(sight.stored)
    found = compare(publication, now.stored)
    then_seen = Sight(then.stored, scope)
    figures = [item for item in found.figures if sight.sees(item.address) and then_seen.sees(item.address)]
    amounts = [item for item in found.amounts if sight.reaches(item.facility, item.period)]
    found = replace(found, figures=figures, amounts=amounts)
    quoted = [item for item in found.figures if str(item.address) in publication.figures]
    others = [item for item in found.figures if str(item.address) not in publication.figures]
    changes = _Changes(then, now, directory_as_of(now.log_position))
    return ComparisonPage(
        line=line_of(publication, then),
        head=now,
        comparison=found,
        entries=[changes.entry(item) for item in found.entries],
        amounts=[changes.amount(item) for item in found.amounts[:_MOST]],
        figures=[changes.figure(item) for item in [*quoted, *others][:_MOST]],
        inputs=[
            (spoken(name), str(before or "—"), str(after or "—"))
            for name, (before, after) in {**found.inputs, **found.packs, **found.about}.items()
        ],
    )


@dataclass(frozen=True)
class _Changes:
    then: ResultHead
    now: ResultHead
    directory: Directory

    def entry(self, item: EntryDifference) -> EntryChange:
        label = said(self.now.packs.get(Factor, item.factor).label)
        before = [_entry(self.then, item.factor, id) for id in item.before]
        return EntryChange(label, before, [_entry(self.now, item.factor, id) for id in item.after])

    def amount(self, item: StatementChange) -> AmountChange:
        name = self.directory.label_of(item.facility, language())
        line, period = item.line.label(self.now.packs)[language()], item.period.label(language())
        label = " · ".join((name, line, period))
        return AmountChange(label, _stated(item.before, label, period), _stated(item.after, label, period))

    def figure(self, item: FigureDifference) -> FigureChange:
        address = item.address
        name = self.directory.label_of(address.subject, language())
        column = self.now.column(address.column)
        both = item.before is not None and item.after is not None
        return FigureChange(
            label=" · ".join((name, address.period.label(language()), column.label)),
            then=value_figure(self.then, address, item.before, name),
            now=value_figure(self.now, address, item.after, name),
            difference=value_figure(self.now, address, item.after - item.before, name) if both else None,
        )


def _entry(head: ResultHead, factor: str, id: str) -> EntryShown:
    definition = head.packs.get(Factor, factor)
    entry = definition.entry(id)
    return EntryShown(id, str(entry.value), definition.unit.text, cited(head.packs, entry.clause), entry.published)


def _stated(statement: Statement | None, label: str, period: str) -> AmountShown | None:
    if statement is None:
        return None
    value = readable_number(statement.amount)
    if statement.source.startswith(READINGS):
        return AmountShown(Figure(value, statement.unit, period, Standing.COMPLETE, "", label), statement.source)
    cell = SourceCell.parse(statement.source)
    figure = Figure(value, statement.unit, period, Standing.COMPLETE, cell.href, label)
    return AmountShown(figure, f"{cell.file} · {cell.sheet}!{cell.cell}")
