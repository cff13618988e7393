"""Results and their figures as JSON. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.records.selecting import directory_as_of
from tanheng.store.results import StoredResult
from tanheng.web.directory.scope import Scope
from tanheng.web.results.heads import ResultHead, head_of
from tanheng.web.results.places import Places
from tanheng.web.results.sight import Sight, open_sight

Json = dict[str, Any]


def result_json(stored: StoredResult) -> Json:
    """A result by its number, with its receipt."""
    return {"id": stored.id, "receipt": dict(stored.receipt)}


def figure_rows(
    reference: str, *, level: str | None, parent: str | None, period: str | None, scope: Scope
) -> list[Json]:
    """The rows that a reader may see of a result for a period (the whole without one), narrowed to a level and to what
    lies in a parent.

    Refuses  result-not-found, area-not-found, period-unreadable.
    """
    sight = open_sight(reference, scope)
    head = head_of(sight)
    asked = Period.parse(period) if period else head.period
    table = head.stored.figures.where(period_start=asked.start, period_end=asked.end)
    if level is not None:
        table = table.where(level=level)
    if parent is not None:
        table = table.where_in("subject", _inside(head, sight, asked, parent))
    rows = sorted(table.rows(), key=lambda row: (row["level"], row["subject"]))
    labels = directory_as_of(head.log_position).labels if rows else {}
    return [_json(head, row, labels) for row in rows]


def _inside(head: ResultHead, sight: Sight, period: Period, parent: str) -> list[str]:
    places = Places(directory_as_of(head.log_position), period)
    area = places.area(parent)
    if not sight.enters(area.id, period):
        raise Refusal("area-not-found", area=area.id)
    return [item.id for item in (*places.children(area.id), *places.facilities(area.id))]


def _json(head: ResultHead, row: Json, labels: Mapping[str, Any]) -> Json:
    """A row with dates as text and each count beside what people read."""
    shown = {
        column.id: {
            "label": column.label,
            "value": row[column.id],
            "unit": column.indicator.on_grid.step.text,
            "exact": None if row[column.id] is None else f"{column.indicator.on_grid.exact(row[column.id]):f}",
            "display": None if row[column.id] is None else column.indicator.on_grid.display(row[column.id]),
            "display_unit": column.unit,
            "missing": row[f"{column.id}_missing"],
            "unverified": row[f"{column.id}_unverified"],
            "address": f"{column.id}@{row['subject']}@{Period(row['period_start'], row['period_end'])}",
        }
        for column in head.columns
    }
    period = str(Period(row["period_start"], row["period_end"]))
    subject = row["subject"]
    label = labels[subject] if subject in labels else {"zh": subject, "en": subject}
    told = {"level": row["level"], "subject": subject, "label": label, "period": period, "rows": row["rows"]}
    return {**told, "withheld": bool(row.get("withheld")), "figures": shown}
