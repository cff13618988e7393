"""By when a fault must be repaired: working days from the day it began."""

from __future__ import annotations

from datetime import date, timedelta

from tanheng.kernel.pack import PackSet, WorkingCalendar
from tanheng.kernel.pack.metering_quality import MeteringQuality

_SATURDAY = 5


def with_calendars(limits: MeteringQuality, packs: PackSet) -> MeteringQuality:
    """The limits with the days off and the working weekends of every calendar of the packs."""
    calendars = [each.calendar for each in packs.all(WorkingCalendar)]
    off = sorted({*limits.holidays, *(day for each in calendars for day in each.days_off)})
    worked = sorted({*limits.working_weekends, *(day for each in calendars for day in each.working_weekends)})
    return limits.model_copy(update={"holidays": tuple(off), "working_weekends": tuple(worked)})


def is_working_day(day: date, limits: MeteringQuality) -> bool:
    """Whether a day is a working day, as far as the limits know holidays."""
    if day in limits.working_weekends:
        return True
    return day.weekday() < _SATURDAY and day not in limits.holidays


def repair_by(began: date, limits: MeteringQuality) -> date:
    """The last day of the repair of a fault: the day it began is not counted.

    Source   the limit repair_working_days. After that day it must be reported and its readings entered by hand.
    """
    left, day = limits.whole("repair_working_days"), began
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, limits)
    return day
