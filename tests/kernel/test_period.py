"""A period is half-open, and is read in the ways Chinese statistics write one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, months_between, read_date, year_to_date

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
MONTH = st.builds(Period.month, st.integers(1990, 2060), st.integers(1, 12))


def period(text):
    return Period.parse(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024年", "2024-01-01", "2025-01-01"),
        ("2024-03", "2024-03-01", "2024-04-01"),
        ("2024-3", "2024-03-01", "2024-04-01"),
        ("2024/12", "2024-12-01", "2025-01-01"),
        ("2024年3月", "2024-03-01", "2024-04-01"),
        (" 2024年12月 ", "2024-12-01", "2025-01-01"),
        ("2024Q1", "2024-01-01", "2024-04-01"),
        ("2024年第四季度", "2024-10-01", "2025-01-01"),
        ("2024年2季度", "2024-04-01", "2024-07-01"),
        ("2024H2", "2024-07-01", "2025-01-01"),
        ("2024年上半年", "2024-01-01", "2024-07-01"),
        ("2024-01..2024-06", "2024-01-01", "2024-07-01"),
        ("2023..2024", "2023-01-01", "2025-01-01"),
        ("2024-01-15..2024-02-01", "2024-01-15", "2024-02-01"),
        ("2024-02-29..2024-03-01", "2024-02-29", "2024-03-01"),
    ],
)  # fmt: skip
def test_a_period_is_read_as_it_is_written(text, start, end):
    assert period(text) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        "2024-01..",
        "..2024-01",
        "2024-01-15",
        "2024-02-30..2024-03-01",
        "2024-01-15..2024-03",
        "0000",
        "三月",
        "",
        "24",
        "2024-00",
        "2024-13",
        "2024Q5",
        "2024Q0",
        "2024H3",
        "2024年一",
        "2024年第1",
        "2024年上",
        "2024H上半年",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(Refusal, match="period-unreadable"):
        period(text)


@pytest.mark.parametrize("text", ["2024-06..2024-01", "2024-01-15..2024-01-15", "2024-01-15..2024-01-01"])
def test_a_period_that_ends_before_it_begins_is_refused(text):
    with pytest.raises(Refusal, match="period-empty"):
        period(text)


@given(DAYS, DAYS)
def test_the_text_of_a_period_is_read_back_as_the_same_period(one, other):
    if one != other:
        whole = Period(min(one, other), max(one, other))
        assert period(str(whole)) == whole


@given(MONTH, MONTH)
def test_the_text_of_whole_months_is_read_back_as_the_same_months(one, other):
    whole = Period(min(one, other).start, max(one, other).end)
    assert whole.is_whole_months()
    assert period(str(whole)) == whole
    assert sum(month.days for month in whole.months()) == whole.days


def test_year_to_date_runs_from_january_to_the_end_of_the_month():
    assert [str(year_to_date(2024, month)) for month in (1, 2, 11, 12)] == [
        "2024-01", "2024-01..2024-02", "2024-01..2024-11", "2024",
    ]  # fmt: skip


def test_the_day_a_period_ends_is_no_longer_in_it():
    january, february = period("2024-01"), period("2024-02")
    assert january.overlap_days(february) == 0
    assert not january.covers(Period(date(2024, 1, 31), date(2024, 2, 2)))
    assert period("2024").covers(january) and not january.covers(period("2024"))
    assert (january.days, february.days, period("2023-02").days) == (31, 29, 28)


def test_a_cut_month_is_not_a_month():
    cut = period("2024-01-15..2024-03-10")
    assert [str(month) for month in cut.months()] == ["2024-02", "2024-03"]
    assert not cut.is_whole_months() and not cut.is_month()
    assert list(months_between(date(2024, 1, 2), date(2024, 2, 1))) == []


def test_two_months_are_whole_months_and_not_a_month():
    assert period("2024-01..2024-02").is_whole_months() and not period("2024-01..2024-02").is_month()
    assert period("2024-02").is_month()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024", "2024年"),
        ("2024-03", "2024年3月"),
        ("2024H1", "2024年1-6月"),
        ("2023-11..2024-02", "2023年11月-2024年2月"),
        ("2023..2024", "2023年1月-2024年12月"),
        ("2024-01-15..2024-02-01", "2024-01-15..2024-02-01"),
    ],
)
def test_a_period_is_labelled_as_an_official_writes_it(text, label):
    assert period(text).label() == label
    assert period(text).label("en") == str(period(text))


def test_a_date_is_a_day_that_exists():
    assert read_date("2025-06-30") == date(2025, 6, 30)
    for text in ("2025-06-31", "2025/06/30", "yesterday", ""):
        with pytest.raises(Refusal, match="date-unreadable"):
            read_date(text)
