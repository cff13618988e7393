"""The shapes of proceedings: calendars of working days, procedures."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.calendar import WorkingCalendar
from tanheng.kernel.pack.shape import Shape

PROCEDURE_SHAPES: Mapping[str, type[Shape]] = {
    "calendar/1": WorkingCalendar,
}

PROCEDURE_KINDS: Mapping[type[Shape], Worded] = {
    WorkingCalendar: Worded("工作日历", "calendar of working days"),
}


def cited_in_procedures(value: Shape) -> list[str]:
    """The clauses that a calendar cites."""
    match value:
        case WorkingCalendar():
            return [entry.clause for entry in value.years]
    return []
