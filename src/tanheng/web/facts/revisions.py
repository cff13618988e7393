"""All that was ever said of one figure: by whom, when, from which cell, and which of it holds. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import IndicatorShape
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit
from tanheng.records.disclosing import load_packs_once
from tanheng.records.models import Event, Observation
from tanheng.records.people import names_of
from tanheng.records.selecting import UNDOING
from tanheng.store.home import pack_folders
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.batch_page import closed_files, source_href
from tanheng.web.facts.breakdowns import breakdown_labels
from tanheng.web.ui.words import language, said

_DIGEST_LENGTH = 64
_MOST = 200


@dataclass(frozen=True)
class Revision:
    """One statement: the value, where it stands, since when the world and since when the site knew it, who recorded it.

    `difference` is that to the statement before, where both are in comparable units; `undone_by` the event that took
    it back; `holds` marks the one in force at the day that was asked for.
    """

    value: str
    unit: str
    status: str
    published: date
    recorded: datetime | None
    position: int
    who: str
    file: str
    cell: str
    href: str
    difference: str
    undone_by: int | None
    holds: bool


@dataclass(frozen=True)
class OtherCoverage:
    """The same figure of another coverage, accumulation or use: set beside, never compared."""

    coverage: str
    accumulation: str
    use_class: str
    value: str
    unit: str
    key: str


@dataclass(frozen=True)
class RevisionsPage:
    """A figure and everything that was said of it."""

    key: str
    subject: str
    indicator: str
    breakdown: str
    period: str
    accumulation: str
    coverage: str
    use_class: str
    day: date | None
    revisions: Sequence[Revision]
    others: Sequence[OtherCoverage]

    @property
    def held(self) -> bool:
        """Whether any of it was in force at the day that was asked for."""
        return any(item.holds for item in self.revisions)


def revisions_page(key: str, day: date | None, *, scope: Scope) -> RevisionsPage:
    """The statements of one key in the order in which they could be known; `day` asks which one was in force then.

    Refuses  figure-not-stated: nothing was ever said of it, or it is out of reach, which is the same answer;
             source-withheld: its use class is shown nowhere.
    """
    rows = _rows(key)
    if not rows or not _sees(rows[0], scope):
        raise Refusal("figure-not-stated", key=key[:12])
    packs = load_packs_once(tuple(map(str, pack_folders())))
    if packs.suppression and rows[0].use_class in packs.suppression.use_classes:
        raise Refusal("source-withheld", digest=rows[0].source[:12])
    about, labels = rows[0], {item.id: said(item.label) for item in packs.all(IndicatorShape)}
    breakdowns = breakdown_labels(packs)
    return RevisionsPage(
        key=key,
        subject=scope.ground.directory.label_of(about.subject, language()),
        indicator=labels[about.indicator] if about.indicator in labels else about.indicator,
        breakdown=" · ".join(said(breakdowns[id]) if id in breakdowns else id for id in about.dimensions.values()),
        period=about.as_fact().key.period.label(language()),
        accumulation=about.accumulation,
        coverage=about.coverage,
        use_class=about.use_class,
        day=day,
        revisions=_told(rows, day),
        others=_others(about, packs.suppression.use_classes if packs.suppression else ()),
    )


def _rows(key: str) -> list[Observation]:
    if len(key) != _DIGEST_LENGTH:
        return []
    return list(Observation.objects.filter(key_hash=key).order_by("published", "event_id", "row")[:_MOST])


def _sees(row: Observation, scope: Scope) -> bool:
    return scope.sees(row.subject, Period(row.period_start, row.period_end))


def _told(rows: Sequence[Observation], day: date | None) -> Sequence[Revision]:
    events = {event.position: event for event in Event.objects.filter(position__in={row.position for row in rows})}
    undone = _undone({row.position for row in rows})
    names = names_of(event.actor for event in events.values())
    counting = [row for row in rows if row.position not in undone and (day is None or row.published <= day)]
    closed = closed_files(row.source for row in rows)
    holds, before, found = counting[-1].pk if counting else None, None, []
    for row in rows:
        found.append(_revision(row, before, events, undone, names, closed, holds=row.pk == holds))
        before = row if row.position not in undone else before
    return found


def _undone(positions: Iterable[int]) -> Mapping[int, int]:
    """The imports among some that were undone, with the event that did it."""
    wanted = set(positions)
    told = Event.objects.filter(kind=UNDOING).values_list("position", "payload__undone")
    return {int(undone): position for position, undone in told if int(undone) in wanted}


def _revision(
    row: Observation,
    before: Observation | None,
    events: Mapping[int, Event],
    undone: Mapping[int, int],
    names: Mapping[Any, str],
    closed: Collection[str],
    *,
    holds: bool,
) -> Revision:
    event = events[row.position] if row.position in events else None
    place = row.source.partition("/")[2] or row.source
    file, _, cell = place.rpartition("!")
    return Revision(
        value=plain_decimal(row.value),
        unit=row.unit,
        status=row.status,
        published=row.published,
        recorded=event.at if event else None,
        position=row.position,
        who=names[event.actor] if event and event.actor in names else "",
        file=file,
        cell=cell,
        href=source_href(row.source, closed),
        difference="" if before is None else _difference(row, before),
        undone_by=undone[row.position] if row.position in undone else None,
        holds=holds,
    )


def _difference(row: Observation, before: Observation) -> str:
    """How much more a statement says than the one before, in its own unit; empty where the units do not compare."""
    rate = _rate(before.unit, row.unit)
    if rate is None:
        return ""
    change = row.value - before.value * rate
    return ("+" if change > 0 else "") + plain_decimal(change)


@lru_cache(maxsize=256)
def _rate(unit: str, other: str) -> Decimal | None:
    """How many of the other unit one is; None where they measure different things."""
    try:
        ratio = Unit.parse(unit).ratio_to(Unit.parse(other), what=unit)
    except Refusal:
        return None
    return Decimal(ratio.numerator) / Decimal(ratio.denominator)


def _others(about: Observation, hidden: Sequence[str]) -> Sequence[OtherCoverage]:
    """What was last said of the same figure under another coverage, accumulation or use class."""
    rows = Observation.objects.filter(
        subject=about.subject,
        indicator=about.indicator,
        period_start=about.period_start,
        period_end=about.period_end,
    ).exclude(key_hash=about.key_hash)
    last: dict[str, Observation] = {}
    for row in rows.order_by("published", "event_id")[:_MOST]:
        if row.dimensions == about.dimensions and row.use_class not in hidden:
            last[row.key_hash] = row
    undone = _undone({row.position for row in last.values()})
    return [
        OtherCoverage(row.coverage, row.accumulation, row.use_class, plain_decimal(row.value), row.unit, row.key_hash)
        for row in last.values()
        if row.position not in undone
    ]
