"""What subjects contributed in some months of a result only, as rows like those of the table of figures. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tanheng.kernel.period import Period
from tanheng.web.results.figures import Row
from tanheng.web.results.heads import ResultHead

Span = tuple[str, Period]


def rows_of_spans(head: ResultHead, whole: Period, wanted: Sequence[Span]) -> Mapping[Span, Row]:
    """The row of each subject for its span of months, left out where there is none.

    Reads    a row of the table where the span is `whole`, which the table has; the sum of its months otherwise.
    """
    entire = {subject for subject, span in wanted if span == whole}
    found: dict[Span, Row] = {
        (row["subject"], whole): row for row in _rows(head, entire, period_start=whole.start, period_end=whole.end)
    }
    partial = [(subject, span) for subject, span in wanted if span != whole]
    months = [row for row in _rows(head, {subject for subject, _ in partial}) if _period(row).is_month()]
    for subject, span in partial:
        mine = [row for row in months if row["subject"] == subject and span.covers(_period(row))]
        if mine:
            found[subject, span] = _summed(head, mine)
    return found


def _rows(head: ResultHead, subjects: set[str], **fixed: Any) -> Sequence[Row]:
    if not subjects:
        return []
    table = head.stored.figures.where_in("subject", sorted(subjects))
    return table.where(**fixed).rows() if fixed else table.rows()


def _summed(head: ResultHead, months: Sequence[Row]) -> Row:
    """Integer sums; a column in which no month has a value has none either."""
    row: dict[str, Any] = {"filled": sum(month["filled"] for month in months)}
    for column in head.columns:
        values = [month[column.id] for month in months if month[column.id] is not None]
        row[column.id] = sum(values) if values else None
        row[f"{column.id}_missing"] = sum(month[f"{column.id}_missing"] for month in months)
        row[f"{column.id}_unverified"] = any(month[f"{column.id}_unverified"] for month in months)
    return row


def _period(row: Row) -> Period:
    return Period(row["period_start"], row["period_end"])
