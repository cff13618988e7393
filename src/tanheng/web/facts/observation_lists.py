"""What was stated, as far as a reader may see it: the value that counts of each key, or every one that was. Reads only.

Single statements of a confidential class leave by no page and no export, so they are left out here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tanheng.kernel.period import Period
from tanheng.records.disclosing import load_packs_once
from tanheng.records.models import Observation
from tanheng.records.selecting import undone_positions
from tanheng.store.home import pack_folders
from tanheng.web.directory.scope import Scope


@dataclass(frozen=True)
class ObservationLine:
    """A statement: what it is about, what it says, how far it may be used, when it was known, and where it stands.

    `counts` says that nothing that was recorded later took its place.
    """

    position: int
    indicator: str
    subject: str
    subject_label: dict[str, str]
    dimensions: dict[str, str]
    period: str
    accumulation: str
    coverage: str
    use_class: str
    value: Decimal
    unit: str
    status: str
    published: date
    source: str
    counts: bool


@dataclass(frozen=True)
class AskedObservations:
    """Which statements; empty asks for nothing. `revisions`: those too that others took the place of."""

    subject: str = ""
    indicator: str = ""
    period: str = ""
    revisions: bool = False


def observation_lines(asked: AskedObservations, *, scope: Scope) -> Sequence[ObservationLine]:
    """The statements that were asked for and are in reach, by subject, indicator and period, the latest last.

    Refuses  period-unreadable; area-not-found, nothing-of-that-name: the subject is not in reach.
    """
    if asked.subject:
        scope.require_sight(asked.subject)
    undone = undone_positions()
    rows = [row for row in _rows(asked) if row.event_id not in undone and scope.sees(row.subject, _period(row))]
    replaced = {row.supersedes_id for row in rows if row.supersedes_id is not None}
    labels = scope.ground.directory.labels
    return list(_lines(rows, replaced, labels, asked.revisions))


def _lines(rows: Iterable[Observation], replaced: set[Any], labels: Any, revisions: bool) -> Iterator[ObservationLine]:
    for row in rows:
        counts = row.pk not in replaced
        if counts or revisions:
            yield _line(row, counts, labels)


def _line(row: Observation, counts: bool, labels: Any) -> ObservationLine:
    named = labels[row.subject] if row.subject in labels else {"zh": row.subject, "en": row.subject}
    return ObservationLine(
        position=row.event_id,
        indicator=row.indicator,
        subject=row.subject,
        subject_label=named,
        dimensions=row.dimensions,
        period=str(_period(row)),
        accumulation=row.accumulation,
        coverage=row.coverage,
        use_class=row.use_class,
        value=row.value,
        unit=row.unit,
        status=row.status,
        published=row.published,
        source=row.source,
        counts=counts,
    )


def _rows(asked: AskedObservations) -> QuerySet[Observation]:
    fixed: dict[str, Any] = {
        name: text for name, text in (("subject", asked.subject), ("indicator", asked.indicator)) if text
    }
    if asked.period:
        whole = Period.parse(asked.period)
        fixed |= {"period_start__gte": whole.start, "period_end__lte": whole.end}
    rule = load_packs_once(tuple(map(str, pack_folders()))).suppression
    rows = Observation.objects.filter(**fixed).exclude(use_class__in=rule.use_classes if rule else ())
    return rows.order_by("subject", "indicator", "period_start", "period_end", "event_id", "row")


def _period(row: Observation) -> Period:
    return Period(row.period_start, row.period_end)
