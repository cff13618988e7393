"""The imports of the log, and one of them with what it said and what its undoing would take back. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.period import Period
from tanheng.records.disclosing import load_packs_once
from tanheng.records.models import Event, Observation
from tanheng.records.people import names_of
from tanheng.records.site_files import blobs
from tanheng.records.undoing import GoingBack, Import, going_back, import_at, imports
from tanheng.store.home import pack_folders
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.batch_page import closed_files, source_href
from tanheng.web.facts.breakdowns import breakdown_labels
from tanheng.web.facts.models import Batch
from tanheng.web.facts.sending import ACT
from tanheng.web.ui.words import language, said

AT_ONCE = 30
LINES_AT_ONCE = 50


@dataclass(frozen=True)
class ImportLine:
    """An import as a line of the list."""

    position: int
    at: datetime
    who: str
    file: str
    new: int
    changed: int
    unchanged: int
    kept: int
    undone_by: int | None


@dataclass(frozen=True)
class ImportList:
    """A page of the imports, the newest first, and what lies on the desk unrecorded."""

    lines: Sequence[ImportLine]
    begin: int
    before: int | None
    after: int | None
    total: int
    desk: Sequence[tuple[Batch, str]]


@dataclass(frozen=True)
class StatementLine:
    """A statement of an import in words, with its cell, and what would count instead of it."""

    subject: str
    indicator: str
    breakdown: str
    period: str
    value: str | None
    unit: str
    cell: str
    href: str
    back: str | None
    back_unit: str
    back_href: str
    standing: bool
    revisions: str


@dataclass(frozen=True)
class ImportPage:
    """One import."""

    line: ImportLine
    lines: Sequence[StatementLine]
    begin: int
    before: int | None
    after: int | None
    total: int
    vanish: int
    revert: int
    superseded: int
    evidence: Sequence[Mapping[str, Any]]
    layout: str


def import_list(begin: int, *, scope: Scope) -> ImportList:
    """The imports of the site for whoever sees all of it; of anybody else those of their own."""
    found = [item for item in reversed(imports()) if _is_open(item, scope)]
    page = found[begin : begin + AT_ONCE]
    names = names_of(item.actor for item in page)
    return ImportList(
        lines=[_line(item, names) for item in page],
        begin=begin,
        before=max(0, begin - AT_ONCE) if begin else None,
        after=begin + AT_ONCE if begin + AT_ONCE < len(found) else None,
        total=len(found),
        desk=_desk(scope),
    )


def import_lines(scope: Scope) -> Sequence[ImportLine]:
    """Every import in reach, the newest first."""
    found = [item for item in reversed(imports()) if _is_open(item, scope)]
    names = names_of(item.actor for item in found)
    return [_line(item, names) for item in found]


def _desk(scope: Scope) -> Sequence[tuple[Batch, str]]:
    """The batches of a reader that are not recorded yet, with the names of their files."""
    open_ones = Batch.objects.filter(person=scope.person).exclude(state=Batch.RECORDED)
    found = open_ones.prefetch_related("files").order_by("-made_at")[:10]
    return [(batch, "、".join(file.name for file in batch.files.all())) for batch in found]


def _is_open(item: Import, scope: Scope) -> bool:
    return scope.sees_all or (scope.person is not None and item.actor == scope.person)


def _line(item: Import, names: Mapping[Any, str]) -> ImportLine:
    who = names[item.actor] if item.actor in names else ""
    counts = (item.new, item.changed, item.unchanged, item.kept)
    return ImportLine(item.position, item.at, who, item.file, *counts, item.undone_by)


def import_seen(position: int, *, scope: Scope) -> Import:
    """An import in reach: that of one's own, as long as all that it is about is in reach; any for who sees all.

    Refuses  import-unknown.
    """
    try:
        found = import_at(position)
    except Refusal as refusal:
        raise Refusal("import-unknown", name=position) from refusal
    if not _is_open(found, scope) or not _sees_rows(position, scope):
        raise Refusal("import-unknown", name=position)
    return found


def _sees_rows(position: int, scope: Scope) -> bool:
    if scope.sees_all:
        return True
    about = Observation.objects.filter(event_id=position).values_list("subject", "period_start", "period_end")
    return all(scope.sees(subject, Period(start, end)) for subject, start, end in about.distinct())


def import_page(position: int, begin: int, *, scope: Scope) -> ImportPage:
    """One import with its statements and what its undoing would take back.

    Refuses  import-unknown; not-permitted.
    """
    scope.require(ACT)
    found = import_seen(position, scope=scope)
    items = going_back(position)
    standing = [item for item in items if item.standing]
    event = Event.objects.get(position=position)
    shown = items[begin : begin + LINES_AT_ONCE]
    told = _Telling.of(scope, [row.source for item in shown for row in (item.statement, item.back) if row])
    came = event.payload["came"] if "came" in event.payload else {"layout": ""}
    return ImportPage(
        line=_line(found, names_of([found.actor])),
        lines=[told.line(item) for item in shown],
        begin=begin,
        before=max(0, begin - LINES_AT_ONCE) if begin else None,
        after=begin + LINES_AT_ONCE if begin + LINES_AT_ONCE < len(items) else None,
        total=len(items),
        vanish=sum(item.back is None for item in standing),
        revert=sum(item.back is not None for item in standing),
        superseded=len(items) - len(standing),
        evidence=event.payload["evidence"] if "evidence" in event.payload else (),
        layout=came["layout"],
    )


def import_evidence(position: int, number: int, *, scope: Scope) -> tuple[str, bytes]:
    """The name and the content of a file that came along with an import.

    Refuses  not-permitted; import-unknown; evidence-unknown; blob-not-found, blob-damaged.
    """
    scope.require(ACT)
    import_seen(position, scope=scope)
    payload = Event.objects.get(position=position).payload
    kept = payload["evidence"] if "evidence" in payload else []
    if number >= len(kept):
        raise Refusal("evidence-unknown", case=position, number=number)
    return kept[number]["name"], blobs().get(kept[number]["digest"])


@dataclass(frozen=True)
class _Telling:
    """Observations in words."""

    scope: Scope
    indicators: Mapping[str, str]
    breakdowns: Mapping[str, str]
    confidential: Sequence[str]
    closed: Collection[str]

    @staticmethod
    def of(scope: Scope, sources: Iterable[str]) -> _Telling:
        packs = load_packs_once(tuple(map(str, pack_folders())))
        return _Telling(
            scope,
            {item.id: said(item.label) for item in packs.all(IndicatorShape)},
            {id: said(label) for id, label in breakdown_labels(packs).items()},
            packs.suppression.use_classes if packs.suppression else (),
            closed_files(sources),
        )

    def line(self, item: GoingBack) -> StatementLine:
        row, back = item.statement, item.back
        names = [self.breakdowns[text] if text in self.breakdowns else text for text in row.dimensions.values()]
        key = row.as_fact().key
        return StatementLine(
            subject=self.subject(row.subject),
            indicator=self.indicators[row.indicator] if row.indicator in self.indicators else row.indicator,
            breakdown=" · ".join(names),
            period=str(key.period),
            value=self.value(row),
            unit=row.unit,
            cell=row.source.rpartition("!")[2],
            href=source_href(row.source, self.closed),
            back=None if back is None else self.value(back),
            back_unit=back.unit if back else "",
            back_href=source_href(back.source, self.closed) if back else "",
            standing=item.standing,
            revisions=row.key_hash,
        )

    def subject(self, id: str) -> str:
        return self.scope.ground.directory.label_of(id, language())

    def value(self, row: Observation) -> str:
        return "" if row.use_class in self.confidential else plain_decimal(row.value)
