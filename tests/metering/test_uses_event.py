"""Demand response: an exact baseline from like days, and a sum only where every hour is known."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.metering.uses_event import Asked, event
from tanheng.metering.uses_hours import HourTable
from tests.metering.centres import HALL, PACKS, USES

(LIMITS,) = PACKS.all(MeteringQuality)
DAY = date(2025, 7, 16)  # a Wednesday
ASKED = Asked(DAY, 14, 16, Decimal(50), Decimal("0.8"))
BEFORE = [date(2025, 7, day) for day in (15, 14, 11, 10, 9)]  # the last five working days


def table(energy, known=lambda day, hour: True, asked=ASKED):
    """The hours of the window of an event; `energy(day, hour)` in kWh becomes Wh."""
    window = asked.window(USES)
    days = [window.start + timedelta(days=place) for place in range(window.days)]
    there = np.array([[known(day, hour) for hour in range(24)] for day in days])
    values = np.array([[1000 * energy(day, hour) for hour in range(24)] for day in days], dtype=np.int64)
    return HourTable(window.start, values, there, np.ones_like(there), np.zeros(window.days, dtype=np.int64))


def usual(day, hour):
    """100 kW and one more for each day before the event; 60 in the event; weekends and older days differ widely."""
    if day == DAY:
        return 60 if 14 <= hour < 16 else 101
    return 100 + BEFORE.index(day) - 1 if day in BEFORE else 999


def of(energy=usual, known=lambda day, hour: True, asked=ASKED, others=()):
    return event(table(energy, known, asked), asked, 1000, LIMITS, USES, HALL, others)


def test_the_baseline_is_the_mean_of_the_last_like_days(tmp_path):
    """Days of 99, 100, 101, 102 and 103 kW: a mean of 101, no adjustment, 41 kW less in both hours against 50 bid."""
    found = of()
    assert found.like_days == BEFORE
    assert (found.adjustment, [hour.baseline for hour in found.hours]) == (1, [101_000, 101_000])
    assert (found.delivered, found.bid, found.share) == (82_000, 100_000, Fraction(41, 50))
    assert (found.effective, found.findings) == (True, [])


def test_a_busier_morning_raises_the_baseline(tmp_path):
    """Hours 11 and 12 bring 111.1 against 101: a tenth more."""

    def busy(day, hour):
        return Decimal("111.1") if day == DAY and hour in (11, 12) else usual(day, hour)

    found = of(busy)
    assert found.adjustment == Fraction(11, 10)
    assert [hour.baseline for hour in found.hours] == [111_100, 111_100]
    assert found.delivered == 2 * 51_100


@pytest.mark.parametrize(("morning", "adjustment"), [(202, Fraction(6, 5)), (20, Fraction(4, 5))])
def test_an_adjustment_has_limits(morning, adjustment):
    found = of(lambda day, hour: morning if day == DAY and hour in (11, 12) else usual(day, hour))
    assert found.adjustment == adjustment
    assert found.hours[0].baseline == 101_000 * adjustment


def test_the_hour_just_before_the_event_does_not_adjust():
    found = of(lambda day, hour: 5 if day == DAY and hour == 13 else usual(day, hour))
    assert found.adjustment == 1


def test_a_baseline_is_rounded_half_up_once():
    found = of(lambda day, hour: usual(day, hour) + (Decimal("0.0025") if day == BEFORE[0] else 0))
    assert found.hours[0].baseline == 101_000  # 101 000.4 x 101 / 101.0004, the morning being that much below it
    odd = [100, 100, 100, 100, Decimal("100.003")]
    day_of = {day: odd[place] for place, day in enumerate(BEFORE)}
    early = Asked(DAY, 1, 2, Decimal(50))
    found = of(lambda day, hour: day_of[day] if day in day_of else 100, asked=early)
    assert found.hours[0].baseline == 100_001  # 100 000.6
    assert [each.code for each in found.findings] == ["event-not-adjusted"]


def test_days_of_other_events_and_days_with_gaps_are_no_like_days():
    found = of(known=lambda day, hour: (day, hour) != (BEFORE[1], 11), others=[BEFORE[0]])
    assert found.like_days == [*BEFORE[2:], date(2025, 7, 8), date(2025, 7, 7)]


def test_a_gap_in_hours_that_do_not_matter_leaves_a_day_alike():
    assert of(known=lambda day, hour: hour != 3).like_days == BEFORE


def test_a_weekend_is_compared_with_weekends():
    sunday = Asked(date(2025, 7, 13), 14, 16, Decimal(50))
    found = of(lambda day, hour: 10, asked=sunday)
    assert [day.isoformat()[5:] for day in found.like_days] == ["07-12", "07-06", "07-05", "06-29", "06-28"]


def test_an_event_with_an_hour_that_is_not_known_has_no_sum():
    found = of(known=lambda day, hour: (day, hour) != (DAY, 15))
    assert [hour.delivered for hour in found.hours] == [41_000, None]
    assert (found.delivered, found.share, found.effective) == (None, None, None)
    assert [(each.code, each.fields["hours"]) for each in found.findings] == [("event-hours-missing", "15")]


def test_too_few_like_days_are_told_and_none_is_refused():
    found = of(known=lambda day, hour: day == DAY or day in BEFORE[:3])
    assert [(each.code, each.fields["found"]) for each in found.findings] == [("event-like-days-few", 3)]
    with pytest.raises(Refusal, match="event-no-like-day"):
        of(known=lambda day, hour: day == DAY)


def test_more_used_than_usual_is_delivered_below_nothing():
    found = of(lambda day, hour: 150 if day == DAY and hour in (14, 15) else usual(day, hour))
    assert (found.delivered, found.effective) == (-98_000, False)


def test_without_an_agreed_share_nothing_is_called_effective():
    assert of(asked=Asked(DAY, 14, 16, Decimal(50))).effective is None


@pytest.mark.parametrize(("start", "end", "bid"), [(16, 14, 50), (14, 14, 50), (14, 25, 50), (14, 16, 0)])
def test_an_event_has_hours_and_a_bid(start, end, bid):
    with pytest.raises(Refusal, match="event-hours-unfit"):
        Asked(DAY, start, end, Decimal(bid))
