"""What a method is told where a period holds nothing that it reads: the periods that do hold something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.period import Period


def nothing_in(period: Period, *, method: str, known_on: date, known: Iterable[Period]) -> Refusal:
    """The refusal of a period without data.

    Reads    known: the periods of whatever the method could have read instead.
    Gives    no-activity-data with the first and the last month of them: most often another period was meant.
    """
    fields = {"method": method, "period": str(period), "known_on": known_on, "there": _span(list(known))}
    return Refusal("no-activity-data", **fields)


def _span(known: list[Period]) -> Worded:
    if not known:
        return Worded("其他期间也没有", "nor in any other period")
    months = Period(min(each.start for each in known), max(each.end for each in known))
    return Worded(f"有数据的期间为 {months}", f"there are data for {months}")
