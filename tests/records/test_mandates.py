"""Mandates: granted and ended as records, never overwritten, and vouched for by the log."""

from datetime import date

import pytest
from django.db import connection

from tanheng.kernel.faults import Refusal
from tanheng.kernel.subject import Area, Directory
from tanheng.records.mandate_models import Mandate
from tanheng.records.mandates import end_mandate, grant_mandate, mandate_of, mandates, mandates_of
from tanheng.records.models import Event
from tanheng.records.people import erase, person_named, person_of_login
from tanheng.records.recording import record_directory
from tanheng.records.verification import verify_chain

pytestmark = pytest.mark.django_db
TOWN = "area/m-town"
START, DAY = date(2026, 1, 1), date(2026, 11, 20)


@pytest.fixture
def clerk():
    clerk = person_named("王芳")
    record_directory(Directory(areas=(Area(TOWN, {"zh": "镇", "en": "Town"}, "town"),)), clerk)
    return clerk


@pytest.fixture
def granted(clerk):
    return grant_mandate(person=person_of_login("li"), role="town", actor=clerk, start=START, area=TOWN)


def test_a_mandate_acts_from_its_first_day_up_to_the_day_it_ends(granted, clerk):
    end_mandate(granted.mandate, end=DAY, actor=clerk)
    held = {day: len(mandates_of(granted.person, day)) for day in (date(2025, 12, 31), START, date(2026, 11, 19), DAY)}
    assert list(held.values()) == [0, 1, 1, 0]


def test_ending_a_mandate_is_a_further_row_and_the_first_one_stays(granted, clerk):
    end_mandate(granted.mandate, end=DAY, actor=clerk)
    assert [row.end for row in Mandate.objects.order_by("event_id")] == [None, DAY]
    assert [item.mandate for item in mandates()] == [granted.mandate]
    assert [event.kind for event in Event.objects.order_by("position")][-2:] == ["mandate", "mandate"]


def test_ending_it_twice_on_one_day_writes_once(granted, clerk):
    for _ in range(2):
        end_mandate(granted.mandate, end=DAY, actor=clerk)
    assert Mandate.objects.count() == 2


def test_the_verification_of_the_log_names_a_mandate_that_was_widened_behind_its_back(granted):
    assert verify_chain() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_mandate SET role = 'office' WHERE mandate = %s", [granted.mandate])
    (finding,) = verify_chain()
    assert (finding.code, finding.fields["table"]) == ("rows-changed", "mandate")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"role": "emperor"}, "role-unknown"),
        ({"area": ""}, "mandate-names-nothing"),
        ({"area": "area/elsewhere"}, "mandate-of-unknown-subject"),
        ({"role": "unit", "area": ""}, "mandate-names-nothing"),
        ({"end": date(2025, 1, 1)}, "mandate-ends-before-it-begins"),
    ],
)
def test_a_mandate_that_cannot_be_meant_is_refused_and_nothing_written(clerk, change, code):
    asked = {"person": clerk, "role": "town", "area": TOWN, "start": START, "actor": clerk} | change
    with pytest.raises(Refusal) as refused:
        grant_mandate(**asked)
    assert refused.value.code == code
    assert Mandate.objects.count() == 0


def test_a_mandate_nobody_was_given_is_unknown(clerk):
    with pytest.raises(Refusal) as refused:
        mandate_of("mandate/none")
    assert refused.value.code == "mandate-unknown"


def test_whoever_logs_in_is_not_taken_for_somebody_of_like_name(clerk):
    assert person_of_login("wang", name="王芳").id != clerk.id
    assert person_of_login("王芳").id != clerk.id
    assert person_of_login("wang").id == person_of_login("wang", name="another").id


def test_an_erased_person_is_let_in_no_more_by_the_login(clerk):
    before = person_of_login("li")
    erase(before)
    assert person_of_login("li").id != before.id
