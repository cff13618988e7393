"""Half-open periods, year-to-date periods, how an observation accumulates, and working days.

A period is a pair of dates handed in; nothing here asks what day it is.
"""

from tanheng.kernel.period.calendar import Calendar, is_working_day, working_days_after, working_days_between
from tanheng.kernel.period.period import Accumulation, Period, months_between, read_date, year_to_date

__all__ = [
    "Accumulation",
    "Calendar",
    "Period",
    "is_working_day",
    "months_between",
    "read_date",
    "working_days_after",
    "working_days_between",
    "year_to_date",
]
