"""Demand response: what would have been used in an event, what was, and what was delivered of what was bid.

baseline of an hour = mean of that hour over the last N like days x adjustment, half up to a whole step
adjustment = energy of the event's day / that mean, over some hours before the event, held between two limits
delivered = sum over the hours of the event of (baseline - energy metered);  share = delivered / (bid in kW x hours)

Like days are the latest days before the event of its kind (working or rest) that know all hours concerned and were not
named as events themselves. All in whole numbers and fractions of them: no double is involved.

Source   N and the limits are settings of `metering_uses`; the rules of a market replace them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.kernel.pack.metering_uses import MeteringUses
from tanheng.kernel.period import Period
from tanheng.metering.repairing import is_working_day
from tanheng.metering.uses_hours import HourTable, decimal_of

Json = dict[str, Any]
_PLACES: Final = 4
_DAY_HOURS: Final = 24


@dataclass(frozen=True)
class Asked:
    """An event: whole hours [start, end) of a day, what was bid in kW, and the share of it that counts as delivered.

    Refuses  event-hours-unfit: no whole hours of one day, or a bid of nothing.
    """

    day: date
    start: int
    end: int
    bid_kw: Decimal
    least_share: Decimal | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end <= _DAY_HOURS and self.bid_kw > 0):
            raise Refusal("event-hours-unfit", start=self.start, end=self.end, bid=self.bid_kw)

    @property
    def hours(self) -> range:
        """The hours of the event."""
        return range(self.start, self.end)

    def window(self, uses: MeteringUses) -> Period:
        """The days that its baseline may come from, and its own."""
        back = timedelta(days=uses.whole("look_back_days"))
        return Period(self.day - back, self.day + timedelta(days=1))


@dataclass(frozen=True)
class EventHour:
    """One hour of an event in whole steps; None where the hour was not known."""

    hour: int
    baseline: int
    metered: int | None

    @property
    def delivered(self) -> int | None:
        """What was not used; negative where more was."""
        return None if self.metered is None else self.baseline - self.metered


@dataclass(frozen=True)
class Delivered:
    """What an event brought. `share` and `effective` are None where an hour is not known or nothing was agreed."""

    asked: Asked
    like_days: Sequence[date]
    adjustment: Fraction
    hours: Sequence[EventHour]
    bid: Fraction
    findings: Sequence[Finding]

    @property
    def delivered(self) -> int | None:
        """The sum of its hours; None where one of them is not known."""
        values = [hour.delivered for hour in self.hours]
        return None if None in values else sum(value for value in values if value is not None)

    @property
    def share(self) -> Fraction | None:
        """Delivered against bid, exact."""
        return None if self.delivered is None else self.delivered / self.bid

    @property
    def effective(self) -> bool | None:
        """Whether the agreed share was reached."""
        agreed = self.asked.least_share
        return None if self.share is None or agreed is None else self.share >= Fraction(agreed)

    def as_json(self) -> Json:
        """The event as one document."""
        asked = self.asked
        about = {"day": str(asked.day), "from": asked.start, "to": asked.end, "bid_kw": str(asked.bid_kw)}
        hours = [{**vars(hour), "delivered": hour.delivered} for hour in self.hours]
        share = None if self.share is None else str(decimal_of(self.share, _PLACES))
        told = {"delivered": self.delivered, "share": share, "effective": self.effective}
        rests: Json = {"like_days": [str(day) for day in self.like_days]}
        rests |= {"adjustment": str(decimal_of(self.adjustment, _PLACES))}
        return {**about, **rests, "hours": hours, **told, "findings": [each.as_json() for each in self.findings]}


def event(
    table: HourTable,
    asked: Asked,
    steps_per_kwh: int,
    limits: MeteringQuality,
    uses: MeteringUses,
    subject: str,
    other_events: Collection[date] = (),
) -> Delivered:
    """What a unit or meter delivered in an event.

    Reads    table: the hours of `asked.window`. limits: working days. other_events: days that are no like days.
    Refuses  event-no-like-day.
    """
    before, day = _before(asked, uses), (asked.day - table.start).days
    like = _like_days(table, asked, (*before, *asked.hours), limits, uses, other_events)
    if not like:
        raise Refusal("event-no-like-day", subject=subject, day=asked.day, days=uses.whole("look_back_days"))
    mean = {hour: Fraction(sum(int(table.energy[row, hour]) for row in like), len(like)) for hour in range(_DAY_HOURS)}
    adjustment = _adjustment(table, day, before, mean, uses)
    factor = Fraction(1) if adjustment is None else adjustment
    hours = [EventHour(hour, _half_up(mean[hour] * factor), _metered(table, day, hour)) for hour in asked.hours]
    bid = Fraction(asked.bid_kw) * steps_per_kwh * len(asked.hours)
    found = _findings(subject, asked, len(like), adjustment, hours, uses)
    return Delivered(asked, [table.day(row) for row in like], factor, hours, bid, found)


def _before(asked: Asked, uses: MeteringUses) -> range:
    """The hours that give the adjustment; none where the day does not have them all."""
    end = asked.start - uses.whole("adjustment_gap_hours")
    start = end - uses.whole("adjustment_hours")
    return range(start, end) if start >= 0 else range(0)


def _like_days(
    table: HourTable,
    asked: Asked,
    hours: Sequence[int],
    limits: MeteringQuality,
    uses: MeteringUses,
    other_events: Collection[date],
) -> list[int]:
    """The rows of the latest like days, latest first."""
    kind = is_working_day(asked.day, limits)
    rows = range((asked.day - table.start).days - 1, -1, -1)
    fit = (
        row
        for row in rows
        if is_working_day(table.day(row), limits) == kind
        and table.day(row) not in other_events
        and table.known[row, list(hours)].all()
    )
    return [row for row, _ in zip(fit, range(uses.whole("like_days")), strict=False)]


def _adjustment(
    table: HourTable, day: int, before: range, mean: dict[int, Fraction], uses: MeteringUses
) -> Fraction | None:
    """None where the hours before the event are not known, not there, or bring nothing on like days."""
    usual = sum((mean[hour] for hour in before), Fraction(0))
    if not usual or not table.known[day, list(before)].all():
        return None
    least, most = Fraction(uses.value("adjustment_least")), Fraction(uses.value("adjustment_most"))
    return min(max(sum(int(table.energy[day, hour]) for hour in before) / usual, least), most)


def _metered(table: HourTable, day: int, hour: int) -> int | None:
    return int(table.energy[day, hour]) if table.known[day, hour] else None


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _findings(
    subject: str,
    asked: Asked,
    like: int,
    adjustment: Fraction | None,
    hours: Sequence[EventHour],
    uses: MeteringUses,
) -> list[Finding]:
    found = []
    about = {"subject": subject, "day": asked.day}
    if like < uses.whole("like_days"):
        fields = {**about, "found": like, "needed": uses.whole("like_days")}
        found.append(Finding("event-like-days-few", subject, fields, Severity.WARNING))
    if adjustment is None:
        found.append(Finding("event-not-adjusted", subject, about, Severity.WARNING))
    if missing := [str(hour.hour) for hour in hours if hour.metered is None]:
        found.append(Finding("event-hours-missing", subject, {**about, "hours": ", ".join(missing)}))
    return found
