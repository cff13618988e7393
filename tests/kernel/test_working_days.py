"""Working days are counted by the notices of the years, and never guessed beyond them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import WorkingCalendar
from tanheng.kernel.period import Calendar, is_working_day, working_days_after, working_days_between
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import read_packs

CALENDAR = read_packs(folders=[SHIPPED_PACKS])[0].get(WorkingCalendar, "working_days").calendar
# what the notices give in sum: working days of a year = weekdays - weekdays off + working weekends
WORKING_DAYS = {2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}
DAYS = st.dates(date(2021, 1, 1), date(2026, 6, 30))


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2026-02-14", True),  # a Saturday worked for the Spring Festival
        ("2026-02-16", False),  # a Monday off
        ("2026-01-04", True),
        ("2025-10-08", False),
        ("2024-02-09", True),  # the eve of 2024 was a working day
        ("2022-12-31", False),
        ("2026-11-21", False),  # a plain Saturday
        ("2026-11-23", True),
    ],
)
def test_days_off_and_working_weekends_are_those_of_the_notices(text, works):
    assert is_working_day(day(text), CALENDAR) is works


@pytest.mark.parametrize(("year", "days"), WORKING_DAYS.items())
def test_a_year_has_as_many_working_days_as_its_notice_leaves(year, days):
    first = date(year, 1, 1)
    assert sum(is_working_day(first + timedelta(days=n), CALENDAR) for n in range(365 + (year % 4 == 0))) == days


def test_five_working_days_before_the_spring_festival_end_after_it():
    # Wednesday 11 February: 12, 13, the worked Saturday 14, then 24 and 25
    assert working_days_after(day("2026-02-11"), 5, CALENDAR) == day("2026-02-25")


def test_no_working_days_from_a_day_off_lead_to_the_next_working_day():
    assert working_days_after(day("2026-10-01"), 0, CALENDAR) == day("2026-10-08")
    assert working_days_after(day("2026-10-08"), 0, CALENDAR) == day("2026-10-08")


def test_a_year_without_a_notice_is_refused_and_the_refusal_says_what_to_add():
    with pytest.raises(Refusal) as refused:
        working_days_after(day("2026-12-30"), 5, CALENDAR)
    assert refused.value.code == "calendar-year-missing"
    assert "2027" in refused.value.message("zh") and "calendars" in refused.value.next_step("zh")


def test_weekends_alone_are_days_off_where_that_is_said_of_a_year_without_a_notice():
    calendar = CALENDAR.assuming(day("2026-12-30"))
    assert working_days_after(day("2026-12-30"), 3, calendar) == day("2027-01-04")  # 31 December, Friday 1 January
    assert working_days_between(day("2025-12-31"), day("2026-01-05"), CALENDAR.assuming(day("2027-06-01"))) == 2
    assert (calendar.covers(day("2027-01-04")), CALENDAR.covers(day("2027-01-04"))) == (True, False)


def test_a_count_may_not_run_backwards():
    with pytest.raises(ValueError, match="before"):
        working_days_after(day("2026-01-05"), -1, CALENDAR)


@given(DAYS, st.integers(1, 60))
def test_as_many_working_days_lie_between_as_were_counted(start, count):
    end = working_days_after(start, count, CALENDAR)
    assert is_working_day(end, CALENDAR)
    assert working_days_between(start, end, CALENDAR) == count
    assert working_days_between(end, start, CALENDAR) == -count


@given(DAYS, st.integers(0, 30), st.integers(1, 30))
def test_counting_on_is_counting_once(start, first, second):
    once = working_days_after(start, first + second, CALENDAR) if first else working_days_after(start, second, CALENDAR)
    middle = working_days_after(start, first, CALENDAR) if first else start
    assert working_days_after(middle, second, CALENDAR) == once


def test_an_empty_calendar_knows_no_day():
    with pytest.raises(Refusal):
        is_working_day(day("2026-01-05"), Calendar("empty", frozenset(), frozenset(), frozenset()))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"working_weekends": ["2025-01-27"]}, "no weekends"),  # a Monday
        ({"working_weekends": ["2025-01-04"], "days_off": [["2025-01-04", "2025-01-05"]]}, "days off as well"),
        ({"days_off": [["2025-01-05", "2025-01-04"]]}, "before it begins"),
        ({"days_off": [["2024-01-01", "2024-01-01"]]}, "no day off lies in 2025"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_caught(change, problem):
    off = [["2025-01-01", "2025-01-01"], *change.pop("days_off", [])][-1:]
    label = {"zh": "假", "en": "off"}
    entry = {"year": 2025, "clause": "holidays-2025#days", "status": "secondary", **change}
    entry["days_off"] = [{"label": label, "first": first, "last": last} for first, last in off]
    with pytest.raises(ValueError, match=problem):
        WorkingCalendar.model_validate({"id": "x", "label": label, "years": [entry]})
