"""Half-open periods, year-to-date periods, and how an observation accumulates.

A period is a pair of dates handed in; nothing here asks what day it is.
"""

from tanheng.kernel.period.period import Accumulation, Period, months_between, read_date, year_to_date

__all__ = ["Accumulation", "Period", "months_between", "read_date", "year_to_date"]
