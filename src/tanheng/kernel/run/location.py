"""The stays of facilities as a table to join by facility and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tanheng.kernel.subject import Stay
from tanheng.kernel.table import DAY, TEXT, Table


def as_table(stays: Sequence[Stay], levels: Sequence[str], *, kind: Any = TEXT) -> Table:
    """The stays as a table: facility, stay_start, stay_end (empty: still), and one column per level of area.

    An area is empty at a level that the chain of the facility skips. A month belongs where the facility lay on its
    first day; the month in which it opens, lying nowhere before, belongs where it opens.

    Reads    stays: those of one facility in the order of time.
    """
    columns: dict[str, tuple[Any, list[Any]]] = {
        "facility": (kind, [stay.facility for stay in stays]),
        "stay_start": (DAY, [_counts_from(stay, before) for before, stay in zip([None, *stays], stays, strict=False)]),
        "stay_end": (DAY, [stay.end for stay in stays]),
    }
    for level in levels:
        areas = [stay.areas[level] if level in stay.areas else None for stay in stays]
        columns[level] = (Table.enumeration(area for area in areas if area is not None), areas)
    return Table.of_columns(columns, keys=("facility", "stay_start"))


def _counts_from(stay: Stay, before: Stay | None) -> date:
    """The day from which months belong to a stay: the first of the month, unless another stay held that day."""
    if stay.start.day == 1:
        return stay.start
    first = stay.start.replace(day=1)
    held = before is not None and before.facility == stay.facility and (before.end is None or before.end > first)
    return stay.start if held else first
