"""The log: gapless, chained, append-only; what is tampered with is noticed and named."""

import datetime
import json
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import connection

from tanheng.kernel.faults import Refusal
from tanheng.records.canonical import canonical
from tanheng.records.chain import append
from tanheng.records.models import GENESIS, Event, Observation, Person
from tanheng.records.people import erase, person_named
from tanheng.records.recording import record_directory, record_observations
from tanheng.records.verification import verify_chain
from tests.records.world import AUTUMN, directory, many, stated

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(clerk):
    """A directory, three statements, and a revision of the first."""
    record_directory(directory(), clerk)
    record_observations(many(3), clerk)
    record_observations([stated("9", AUTUMN, subject="facility/0")], clerk)


def tamper(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_each_event_carries_the_hash_of_the_one_before(log):
    first, second, third = Event.objects.all()
    assert [event.position for event in (first, second, third)] == [1, 2, 3]
    assert [first.previous_hash, second.previous_hash, third.previous_hash] == [GENESIS, first.hash, second.hash]


def test_an_outsider_can_compute_the_hash_of_an_event(log):
    event = Event.objects.get(position=2)
    content = {
        "actor": str(event.actor),
        "at": event.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        "kind": "observations",
        "payload": event.payload,
        "position": 2,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert event.hash == sha256((event.previous_hash + text).encode()).hexdigest()


def test_an_untouched_log_holds(log):
    assert verify_chain() == []


def test_an_empty_log_holds(db):
    assert verify_chain() == []


@pytest.mark.parametrize(
    ("sql", "code", "place"),
    [
        ("update records_event set kind = 'other' where position = 2", "chain-broken", "event:position=2"),
        ("update records_event set hash = previous_hash where position = 1", "chain-broken", "event:position=1"),
        ("update records_loghead set hash = 'x'", "chain-broken", "event:position=3"),
        ("update records_loghead set position = 2", "chain-broken", "event:position=3"),
        ("update records_event set position = 9 where position = 1", "chain-gap", "event:position=1"),
        ("update records_loghead set position = 4", "chain-gap", "event:position=4"),
    ],
)
def test_a_changed_event_is_noticed_and_the_first_broken_link_named(log, sql, code, place):
    with connection.constraint_checks_disabled():
        if connection.vendor == "postgresql" and "position = 9" in sql:
            tamper("delete from records_area")
            tamper("delete from records_party")
            tamper("delete from records_facility")
            tamper("delete from records_relation")
        tamper(sql)
        found = verify_chain()
        assert (found[0].code, found[0].place) == (code, place)
        if "position = 9" in sql:
            tamper("update records_event set position = 1 where position = 9")


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("update records_observation set value = '7' where position = 2 and row = 2", "observation:position=2;row=2"),
        ("update records_observation set supersedes_id = null where position = 3", "observation:position=3;row=1"),
        ("update records_observation set unit = 'kg' where position = 3", "observation:position=3;row=1"),
        ("update records_observation set key_hash = 'x' where position = 3", "observation:position=3;row=1"),
        ("update records_observation set row = 7 where position = 2 and row = 3", "observation:position=2;row=3, 7"),
        ("delete from records_observation where position = 2 and row = 3", "observation:position=2;row=3"),
        ("delete from records_observation where position = 3", "observation:position=3;row=1"),
        ("""update records_relation set "end" = '2024-01-01' where row = 2""", "relation:position=1;row=2"),
        ("update records_area set level = 'district' where row = 1", "area:position=1;row=1"),
    ],
)
def test_a_changed_or_removed_row_is_noticed_and_named(log, sql, place):
    tamper(sql)
    assert [(finding.code, finding.place) for finding in verify_chain()] == [("rows-changed", place)]


def test_a_row_exchanged_together_with_its_hash_is_noticed(log):
    row = Observation.objects.get(event_id=3)
    row.value = Decimal("10")
    forged = sha256(canonical(row.statement()).encode()).hexdigest()
    tamper("update records_observation set value = '10', row_hash = %s where position = 3", forged)
    assert [finding.place for finding in verify_chain()] == ["observation:position=3;row=?"]


def test_a_row_that_no_event_vouches_for_is_noticed(log):
    row = Observation.objects.get(event_id=3)
    row.pk, row.row, row._state.adding = None, 2, True
    row.save()
    assert [finding.place for finding in verify_chain()] == ["observation:position=3;row=2"]


def test_a_record_is_neither_saved_again_nor_deleted(log):
    for record in (Event.objects.get(position=1), Observation.objects.get(event_id=3)):
        for act in (record.save, record.delete):
            with pytest.raises(Refusal, match="record-is-append-only"):
                act()


def test_records_are_neither_updated_nor_deleted_in_bulk(log):
    rows = Observation.objects.all()
    row = rows[0]
    for act in (
        lambda: rows.update(unit="kg"),
        rows.delete,
        lambda: rows.bulk_update([row], ["unit"]),
        lambda: rows.bulk_create([row], update_conflicts=True, update_fields=["unit"], unique_fields=["id"]),
        lambda: row.revisions.all().delete(),
        lambda: row.revisions.update(unit="kg"),
    ):
        with pytest.raises(Refusal, match="record-is-append-only"):
            act()


def test_an_event_cannot_be_saved_over_another(log):
    event = Event.objects.get(position=1)
    forged = Event(position=1, kind="x", payload={}, actor=event.actor, at=event.at, previous_hash="", hash="")
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        forged.save()


def test_a_payload_with_a_double_has_no_hash(clerk):
    with pytest.raises(TypeError, match="float"):
        append("note", {"share": 0.1}, clerk)


def test_a_person_can_be_erased_and_the_log_still_holds(log, clerk):
    erase(clerk)
    assert (clerk.display_name, clerk.email) == ("", "")
    assert Person.objects.get(id=clerk.id).display_name == ""
    assert verify_chain() == []
    assert {event.actor for event in Event.objects.all()} == {clerk.id}


def test_the_log_never_holds_a_name(log, clerk):
    texts = [canonical(event.payload) for event in Event.objects.all()]
    assert not any(clerk.display_name in text or clerk.email in text for text in texts)


def test_one_name_and_email_is_one_person_until_erased(clerk):
    again = person_named(clerk.display_name, clerk.email)
    erase(again)
    assert again == clerk
    assert person_named("王芳", "wang@example.org") != clerk
