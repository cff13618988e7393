"""Recording: idempotent, revisable, all or nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.subject import Directory
from tanheng.records import recording
from tanheng.records.chain import append
from tanheng.records.models import Event, Observation, Relation
from tanheng.records.observation_changes import stated_twice
from tanheng.records.recording import Recorded, record_directory, record_observations
from tanheng.records.selecting import directory_as_of, log_position, observation_rows
from tanheng.records.verification import verify_chain
from tests.records.world import (
    AUTUMN,
    KILN,
    MILL,
    OTHER_TOWN,
    SUMMER,
    TOWN,
    directory,
    located,
    many,
    stated,
)

pytestmark = pytest.mark.django_db


def test_new_statements_are_one_event(clerk):
    assert record_observations(many(3), clerk, "import") == Recorded(3, 0, 0, 1)
    payload = Event.objects.get().payload
    assert (payload["note"], payload["new"], payload["rows"]["observation"]["count"]) == ("import", 3, 3)


def test_the_same_statements_once_more_are_no_event(clerk):
    record_observations(many(3), clerk)
    assert record_observations(many(3), clerk) == Recorded(0, 0, 3, None)
    assert log_position() == 1


def test_a_revision_is_appended_and_supersedes(clerk):
    record_observations([stated("10")], clerk)
    assert record_observations([stated("12", AUTUMN)], clerk) == Recorded(0, 1, 0, 2)
    first, second = Observation.objects.order_by("event_id")
    assert (first.value, second.value) == (Decimal(10), Decimal(12))
    assert (second.supersedes, first.superseded_by, second.superseded_by) == (first, second, None)


def test_an_old_file_imported_once_more_says_nothing_new_after_a_revision(clerk):
    record_observations([stated("10")], clerk)
    record_observations([stated("12", AUTUMN)], clerk)
    assert record_observations([stated("10")], clerk) == Recorded(0, 0, 1, None)


def test_a_correction_of_the_same_day_supersedes(clerk):
    record_observations([stated("10")], clerk)
    assert record_observations([stated("11")], clerk).changed == 1
    assert record_observations([stated("11")], clerk).unchanged == 1


def test_what_was_published_earlier_than_anything_recorded_is_new(clerk):
    record_observations([stated("12", AUTUMN)], clerk)
    assert record_observations([stated("12", SUMMER)], clerk) == Recorded(1, 0, 0, 2)


def test_only_what_says_something_new_is_appended(clerk):
    record_observations(many(3), clerk)
    batch = [*many(2), stated("7", AUTUMN, subject="facility/2"), stated("1", subject="facility/new")]
    assert record_observations(batch, clerk) == Recorded(1, 1, 2, 2)


@pytest.mark.parametrize("value", ["0.1", "100", "1E+3", "-0.000000000000000000001", "12345678901234567890.123456789"])
def test_a_value_is_kept_exactly(clerk, value):
    record_observations([stated(value)], clerk)
    assert Observation.objects.get().value == Decimal(value)
    assert verify_chain() == []


def test_a_value_written_with_more_zeros_says_the_same(clerk):
    record_observations([stated("10")], clerk)
    assert record_observations([stated("10.00")], clerk).unchanged == 1


def test_a_file_imported_once_more_does_not_take_back_a_correction_of_its_date(clerk):
    first, correction = f"{'a' * 64}/may.xlsx!S!F4", f"{'b' * 64}/may.xlsx!S!F4"
    record_observations([stated("10", source=first)], clerk)
    record_observations([stated("11", source=correction)], clerk)
    assert record_observations([stated("10", source=first)], clerk).unchanged == 1
    assert record_observations([stated("10", source=first.replace("may", "copy of may"))], clerk).unchanged == 1
    assert record_observations([stated("10", source=first.replace("F4", "F5"))], clerk).changed == 1
    assert record_observations([stated("10", AUTUMN, source=first)], clerk).unchanged == 1


def test_a_dry_run_counts_and_writes_nothing(clerk):
    record_observations([stated("10")], clerk)
    batch = [stated("12", AUTUMN), stated("1", month=2)]
    assert record_observations(batch, clerk, dry_run=True) == Recorded(1, 1, 0, None)
    assert log_position() == 1


def test_one_batch_cannot_state_one_thing_twice(clerk):
    batch = [stated("10", source="a.xlsx!S!F1"), stated("11", source="a.xlsx!S!F9"), stated("1", month=2)]
    with pytest.raises(Refusal, match="batch-states-twice") as refused:
        record_observations(batch, clerk)
    assert refused.value.fields["pairs"] == "a.xlsx!S!F1 = a.xlsx!S!F9"
    assert (log_position(), Observation.objects.count()) == (0, 0)


def test_every_repeated_key_is_a_finding_with_both_places():
    batch = [stated("10", month=month, source=f"b!S!F{row}") for row, month in enumerate([1, 2, 1, 2, 3])]
    found = [(finding.place, finding.fields["first"]) for finding in stated_twice(batch)]
    assert found == [("b!S!F2", "b!S!F0"), ("b!S!F3", "b!S!F1")]


def test_one_cell_that_gives_one_key_twice_is_a_finding_too():
    assert len(stated_twice([stated("10"), stated("10")])) == 1


def test_an_error_in_the_middle_leaves_nothing_behind(clerk, monkeypatch):
    record_observations(many(2), clerk)
    done = count()

    def broken_hash(row):
        if next(done) == 500:
            raise OSError("the power fails")
        return "0" * 64

    monkeypatch.setattr("tanheng.records.chain.hash_of", broken_hash)
    with pytest.raises(OSError, match="power"):
        record_observations(many(1000, "2", AUTUMN), clerk)
    monkeypatch.undo()
    assert (log_position(), Observation.objects.count(), verify_chain()) == (1, 2, [])


def test_an_error_after_the_event_takes_the_event_back(clerk, monkeypatch):
    def append_and_fail(*arguments):
        append(*arguments)
        raise OSError("the power fails")

    monkeypatch.setattr(recording, "append", append_and_fail)
    with pytest.raises(OSError, match="power"):
        record_observations(many(10), clerk)
    assert (log_position(), Observation.objects.count(), Event.objects.count(), verify_chain()) == (0, 0, 0, [])


def test_ten_thousand_statements_said_again_change_nothing(clerk):
    record_observations(many(10_000), clerk)
    assert record_observations(many(10_000), clerk).unchanged == 10_000
    assert Observation.objects.count() == 10_000


def test_a_directory_comes_back_as_it_was_recorded(clerk):
    record_directory(directory(), clerk)
    assert directory_as_of() == directory()


def test_the_same_directory_once_more_is_no_event(clerk):
    assert record_directory(directory(), clerk) == Recorded(8, 0, 0, 1)
    assert record_directory(directory(), clerk) == Recorded(0, 0, 8, None)
    assert log_position() == 1


def test_a_renamed_unit_has_its_old_name_at_earlier_positions(clerk):
    record_directory(directory(), clerk)
    mill = replace(directory().facilities[1], label={"zh": "新厂", "en": "New"})
    assert record_directory(Directory(facilities=(mill,)), clerk) == Recorded(0, 1, 0, 2)
    assert directory_as_of().label_of(MILL) == "新厂"
    assert directory_as_of(1) == directory()
    assert directory_as_of(0) == Directory()


def test_a_relation_is_ended_by_a_later_record(clerk):
    record_directory(directory(), clerk)
    moved = date(2024, 7, 1)
    ended, begun = located(MILL, TOWN, end=moved), located(MILL, OTHER_TOWN, moved)
    assert record_directory(Directory(relations=(ended, begun)), clerk) == Recorded(1, 1, 0, 2)
    assert set(directory_as_of().relations) == {located(KILN, TOWN), ended, begun}
    assert directory_as_of(1) == directory()
    assert Relation.objects.count() == 4


def test_a_mistaken_relation_is_withdrawn_by_ending_it_where_it_begins(clerk):
    record_directory(directory(), clerk)
    start = date(2020, 1, 1)
    record_directory(Directory(relations=(located(MILL, TOWN, end=start), located(MILL, OTHER_TOWN))), clerk)
    assert set(directory_as_of().relations) == {located(KILN, TOWN), located(MILL, OTHER_TOWN)}


@pytest.mark.parametrize(
    ("relations", "code"),
    [
        ([located(MILL, OTHER_TOWN, date(2024, 1, 1))], "directory-relations-overlap"),
        ([located(MILL, TOWN, end=date(2019, 1, 1))], "relation-ends-before-it-begins"),
        ([located("facility/nobody", TOWN)], "relation-of-unknown-subject"),
        ([located(MILL, TOWN), located(MILL, TOWN, end=date(2024, 1, 1))], "batch-states-twice"),
    ],
)
def test_a_directory_that_cannot_be_is_refused_whole(clerk, relations, code):
    record_directory(directory(), clerk)
    with pytest.raises(Refusal, match=code):
        record_directory(Directory(relations=tuple(relations)), clerk)
    assert (log_position(), directory_as_of()) == (1, directory())


def test_a_position_that_the_log_has_not_reached_is_refused(clerk):
    record_observations(many(1), clerk)
    for ask in (directory_as_of, lambda position: list(observation_rows(position))):
        with pytest.raises(Refusal, match="log-position-unknown"):
            ask(2)


def test_observation_rows_carry_what_a_snapshot_needs(clerk):
    record_observations([stated("10.5")], clerk)
    (row,) = observation_rows(1)
    assert (row["position"], row["value"], row["dimensions"]) == (1, Decimal("10.5"), {"carrier": "diesel"})
    assert (row["published"], row["period_start"]) == (SUMMER, date(2024, 1, 1))
