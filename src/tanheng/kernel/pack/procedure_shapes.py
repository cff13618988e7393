"""The shapes of proceedings: calendars of working days, procedures, the calendar of what is owed."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.faults import Worded
from tanheng.kernel.pack.calendar import WorkingCalendar
from tanheng.kernel.pack.data_calendar import DataCalendar
from tanheng.kernel.pack.procedure import Procedure
from tanheng.kernel.pack.role import Role
from tanheng.kernel.pack.shape import Shape

PROCEDURE_SHAPES: Mapping[str, type[Shape]] = {
    "calendar/1": WorkingCalendar,
    "procedure/1": Procedure,
    "data_calendar/1": DataCalendar,
}

PROCEDURE_KINDS: Mapping[type[Shape], Worded] = {
    WorkingCalendar: Worded("工作日历", "calendar of working days"),
    Procedure: Worded("办理程序", "procedure"),
    DataCalendar: Worded("报数日历", "data calendar"),
}


def cited_in_procedures(value: Shape) -> list[str]:
    """The clauses that a calendar or a procedure cites."""
    match value:
        case WorkingCalendar():
            return [entry.clause for entry in value.years]
        case Procedure():
            return [value.clause]
    return []


def named_in_procedures(value: Shape) -> list[tuple[type[Shape], str]]:
    """The roles and the calendar that a procedure names, and the calendar of a data calendar."""
    match value:
        case Procedure():
            roles = sorted({*value.roles, *value.acts_for_all})
            return [(WorkingCalendar, value.calendar), *((Role, role) for role in roles)]
        case DataCalendar():
            return [(WorkingCalendar, value.calendar)]
    return []
