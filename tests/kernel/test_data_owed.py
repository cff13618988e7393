"""What is owed of a month: by which day, how it stands, and that nothing is late that came or is not due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tanheng.kernel.obligation.data_owed import Arrival, Come, come_on, due_day, owings
from tanheng.kernel.pack.data_calendar import DataCalendar, DueDay, OwedForm, areas_in_force, forms_in_force
from tanheng.kernel.period import Calendar, Period, is_working_day

MARCH = Period.month(2026, 3)
HOLIDAY, WORKED = date(2026, 4, 6), date(2026, 4, 11)
CALENDAR = Calendar("c", frozenset({2026}), frozenset({HOLIDAY}), frozenset({WORKED}))
NORTH, MILL = "area/north", "facility/mill"


def form(**fields):
    usual = {
        "id": "gas",
        "label": {"zh": "燃气表", "en": "Gas"},
        "layouts": ("gas_by_user",),
        "sender": {"zh": "燃气公司", "en": "Gas company"},
        "about": {"kind": "area", "level": "district"},
        "due": {"day": 10},
        "status": "unverified",
    }
    return OwedForm.model_validate({**usual, **fields})


def arrival(subject=NORTH, month=MARCH, layout="gas_by_user", published=date(2026, 4, 8)):
    return Arrival(7, "燃气表.csv", "h", layout, month, frozenset({subject}), published)


def stand(day, *came, of=None, within=None, month=MARCH):
    return owings(of or form(), [NORTH], month, day, calendar=CALENDAR, arrivals=came, within=within or {})


def test_a_form_is_due_on_a_day_of_the_month_after():
    assert due_day(DueDay(day=10), MARCH, CALENDAR) == (date(2026, 4, 10), False)
    assert due_day(DueDay(day=10, months_after=2), Period.month(2026, 12), CALENDAR) == (date(2027, 2, 10), False)


def test_a_day_off_moves_to_the_next_working_day_only_where_the_rule_says_so():
    assert due_day(DueDay(day=4, moves=True), MARCH, CALENDAR)[0] == date(2026, 4, 7)  # a Saturday, then a holiday
    assert due_day(DueDay(day=4), MARCH, CALENDAR)[0] == date(2026, 4, 4)
    assert due_day(DueDay(day=11, moves=True), MARCH, CALENDAR)[0] == WORKED


def test_working_days_are_counted_over_the_holidays_of_the_calendar():
    assert due_day(DueDay(working_day=4), MARCH, CALENDAR) == (date(2026, 4, 7), False)


def test_in_a_year_whose_days_off_are_not_known_weekends_count_and_it_is_said():
    due, assumed = due_day(DueDay(day=2, moves=True), Period.month(2027, 4), CALENDAR)
    assert (due, assumed) == (date(2027, 5, 3), True)


@given(st.integers(2025, 2028), st.integers(1, 12), st.integers(1, 20), st.integers(0, 9), st.booleans())
def test_a_moved_day_is_a_working_day_and_never_lies_before_the_day_it_was_moved_from(year, month, day, after, counted):
    rule = DueDay(working_day=day, months_after=after) if counted else DueDay(day=day, months_after=after, moves=True)
    plain = due_day(DueDay(day=1 if counted else day, months_after=after), Period.month(year, month), CALENDAR)[0]
    found, _ = due_day(rule, Period.month(year, month), CALENDAR)
    assert found >= plain
    assert is_working_day(
        found, Calendar("c", frozenset(range(2024, 2031)), CALENDAR.days_off, CALENDAR.working_weekends)
    )


@given(st.integers(-60, 120), st.booleans())
def test_late_means_due_before_the_day_and_nothing_in(days, came):
    due = date(2026, 4, 10)
    day = due + timedelta(days=days)
    found = come_on(due, MARCH, day, came=came)
    assert (found is Come.LATE) == (due < day and not came)
    assert (found is Come.IN) == came
    assert (found is Come.NOT_YET) == (not came and day < MARCH.end)


def test_a_form_is_owed_from_the_end_of_its_month_and_late_on_the_day_after_it_was_due():
    days = (date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, 11))
    assert [stand(day)[0].come for day in days] == [Come.NOT_YET, Come.OWED, Come.OWED, Come.LATE]


def test_what_came_after_its_day_is_in_and_says_that_it_came_late():
    (found,) = stand(date(2026, 5, 1), arrival(published=date(2026, 4, 12)))
    assert (found.come, found.came_late) == (Come.IN, True)
    (found,) = stand(date(2026, 5, 1), arrival(published=date(2026, 4, 12)), arrival())
    assert not found.came_late, "the correction came late, the table did not"


def test_a_file_of_another_layout_month_or_area_is_not_what_is_owed():
    others = (arrival(layout="electricity"), arrival(month=Period.month(2026, 2)), arrival(subject="area/south"))
    assert [item.come for item in stand(date(2026, 5, 1), *others)] == [Come.LATE]


def test_a_table_about_the_firms_of_a_district_is_that_of_the_district():
    (found,) = stand(date(2026, 5, 1), arrival(subject=MILL), within={NORTH: frozenset({MILL})})
    assert found.come is Come.IN


def test_a_form_that_does_not_close_a_month_is_owed_by_nobody_of_it():
    assert stand(date(2026, 5, 1), of=form(closes=(6, 12))) == []


def test_a_site_states_a_form_anew_and_drops_those_that_nobody_sends_there():
    head = {"label": {"zh": "历", "en": "c"}, "calendar": "working_days"}
    nation = DataCalendar.model_validate({**head, "id": "a", "forms": [form(), form(id="heat")]})
    site = DataCalendar.model_validate(
        {**head, "id": "b", "forms": [form(due={"working_day": 5})], "nobody_owes": ["heat"], "areas": [NORTH]}
    )
    assert [(item.id, item.due.working_day) for item in forms_in_force((nation, site))] == [("gas", 5)]
    assert (areas_in_force((nation,)), areas_in_force((nation, site))) == ((), (NORTH,))


@pytest.mark.parametrize(
    "wrong",
    [
        {"due": {"day": 10, "working_day": 3}},
        {"due": {}},
        {"due": {"day": 31}},
        {"due": {"day": 5, "months_after": -1}},
        {"closes": []},
        {"closes": [13]},
        {"about": {"kind": "area"}},
    ],
)
def test_a_calendar_that_cannot_be_meant_is_no_definition(wrong):
    with pytest.raises(ValidationError):
        form(**wrong)


def test_a_calendar_states_a_form_once():
    with pytest.raises(ValidationError, match="twice"):
        DataCalendar(id="a", label={"zh": "历", "en": "c"}, calendar="w", forms=(form(), form()))
