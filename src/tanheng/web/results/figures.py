"""Figures of a result as pages show them. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tanheng.kernel.subject import Directory
from tanheng.kernel.trace import Address
from tanheng.web.results.heads import Column, ResultHead, has_cell
from tanheng.web.results.links import figure_href
from tanheng.web.ui.figure import Figure, Standing
from tanheng.web.ui.words import language

Row = Mapping[str, Any]


def figure_of(head: ResultHead, column: Column, address: Address, row: Row | None, *, said_label: str) -> Figure:
    """A figure of the table of a result; a subject without a row, or without a cell of an account, has none."""
    value = row[column.id] if row else None
    gaps = row[f"{column.id}_missing"] if row else 0
    filled = row["filled"] if row and "filled" in row else 0
    return Figure(
        value=None if value is None else column.indicator.on_grid.display(value),
        unit=column.said_unit,
        period=address.period.label(language()),
        standing=standing_of(value, gaps, filled),
        href=figure_href(head.id, address),
        label=f"{said_label} {column.label}",
        gaps=gaps,
        filled=filled,
        unverified=bool(row and row[f"{column.id}_unverified"]),
        withheld=bool(row and "withheld" in row and row["withheld"]),
        absent=row is None or (head.is_account and not has_cell(row, column.id)),
    )


def value_figure(head: ResultHead, address: Address, value: int | None, said_label: str) -> Figure:
    """A count of a column as a figure, such as a rest or a difference, that leads to the figure it belongs to."""
    column = head.column(address.column)
    row = {column.id: value, f"{column.id}_missing": 0, f"{column.id}_unverified": False}
    return figure_of(head, column, address, row, said_label=said_label)


def figure_at(head: ResultHead, address: Address, directory: Directory) -> Figure:
    """The figure at an address of a result."""
    period = address.period
    rows = head.stored.figures.where(subject=address.subject, period_start=period.start, period_end=period.end).rows()
    name = directory.label_of(address.subject, language())
    return figure_of(head, head.column(address.column), address, rows[0] if rows else None, said_label=name)


def standing_of(value: int | None, gaps: int, filled: int) -> Standing:
    """How complete a figure is; the worst that holds."""
    if value is None:
        return Standing.MISSING
    if gaps:
        return Standing.INCOMPLETE
    return Standing.FILLED if filled else Standing.COMPLETE


def share_of(size: int | None, whole: int | None) -> str:
    """The share of the whole in per cent; empty where either is missing."""
    return f"{100 * size / whole:.1f}%" if size is not None and whole else ""
