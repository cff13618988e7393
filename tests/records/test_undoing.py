"""An import is taken back by one more event: earlier positions keep their figures, later ones forget its rows."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tanheng.records.chain import append
from tanheng.records.computing import computed_again, explain_figure
from tanheng.records.models import Event, Observation
from tanheng.records.publishing import publish, repeat
from tanheng.records.recording import Recorded, record_observations
from tanheng.records.run_inputs import inputs_at
from tanheng.records.selecting import last_observation_position, log_position, observation_rows
from tanheng.records.undoing import imports, undo_import
from tanheng.records.verification import verify_chain
from tests.records.city import CORRECTED, REVISED_KNOWN, computed, found_city, used
from tests.records.world import AUTUMN, CITY, MILL, many, stated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    computed_again.cache_clear()


def values(position: int | None = None) -> list[str]:
    return sorted(str(row["value"]) for row in observation_rows(position))


def test_an_undone_import_counts_no_more_and_did_before(clerk):
    record_observations([stated("10")], clerk, "may.xlsx")
    record_observations([stated("12", AUTUMN)], clerk, "june.xlsx")
    undone = undo_import(2, clerk, "错发")
    assert (undone.position, undone.undone, undone.file, undone.rows) == (3, 2, "june.xlsx", 1)
    assert (values(1), values(2), values(3), values()) == (["10"], ["10", "12"], ["10"], ["10"])
    assert Observation.objects.count() == 2
    assert verify_chain() == []


def test_an_undoing_is_undone_by_importing_again(clerk):
    record_observations([stated("10")], clerk)
    undo_import(1, clerk)
    assert record_observations([stated("10")], clerk) == Recorded(1, 0, 0, 3)
    assert (values(2), values(3)) == ([], ["10"])
    assert Observation.objects.get(event_id=3).supersedes is None


def test_a_statement_of_an_undone_import_is_no_longer_revised(clerk):
    record_observations([stated("10")], clerk)
    record_observations([stated("12", AUTUMN)], clerk)
    undo_import(2, clerk)
    assert record_observations([stated("12", AUTUMN)], clerk) == Recorded(0, 1, 0, 4)
    assert Observation.objects.get(event_id=4).supersedes == Observation.objects.get(event_id=1)


def test_a_later_file_that_stated_the_same_is_named_as_to_be_imported_again(clerk):
    record_observations(many(3), clerk, "first.xlsx")
    record_observations([*many(2), stated("1", subject="facility/new")], clerk, "second.xlsx")
    (found,) = undo_import(1, clerk).findings
    assert (found.code, found.place) == ("undone-was-restated", "event:position=2")
    assert (found.fields["file"], found.fields["rows"]) == ("second.xlsx", 2)
    assert values() == ["1"]
    assert record_observations([*many(2), stated("1", subject="facility/new")], clerk).new == 2


def test_an_undone_file_that_stated_the_same_is_not_asked_for(clerk):
    record_observations(many(3), clerk)
    record_observations([*many(2), stated("1", subject="facility/new")], clerk)
    undo_import(2, clerk)
    assert undo_import(1, clerk).findings == ()


@pytest.mark.parametrize(
    ("position", "code"), [(1, "event-is-no-import"), (9, "log-position-unknown"), (2, "import-undone-already")]
)
def test_only_an_import_that_still_counts_can_be_undone(clerk, position, code):
    append("note", {}, clerk)
    record_observations(many(1), clerk)
    undo_import(2, clerk)
    with pytest.raises(Refusal, match=code):
        undo_import(position, clerk)
    assert log_position() == 3


def test_the_list_of_imports_says_what_was_undone_by_which_event(clerk):
    record_observations(many(2), clerk, "a.xlsx")
    record_observations([stated("9", AUTUMN, subject="facility/0")], clerk, "b.xlsx")
    undo_import(1, clerk)
    first, second = imports()
    assert (first.file, first.new, first.undone_by) == ("a.xlsx", 2, 3)
    assert (second.file, second.changed, second.undone_by, second.actor) == ("b.xlsx", 1, None, clerk.id)


def test_an_undoing_that_names_no_import_is_noticed(clerk):
    append("note", {}, clerk)
    append("import_undone", {"undone": 1}, clerk)
    assert [(finding.code, finding.place) for finding in verify_chain()] == [
        ("undoing-without-import", "event:position=2")
    ]


def test_a_result_and_a_publication_from_before_the_undoing_still_repeat(clerk):
    found_city(clerk)
    record_observations([used(MILL, 3, "diesel", "99", CORRECTED)], clerk)
    position = log_position()
    before = computed(REVISED_KNOWN)
    published = publish(before.id, "2024", clerk)
    undo_import(position, clerk)
    assert computed(REVISED_KNOWN, position).id == before.id
    assert computed(REVISED_KNOWN).receipt["figures"] != before.receipt["figures"]
    assert explain_figure(before, f"co2@{CITY}@2024")["value"]
    assert repeat(published).same


def test_after_an_undoing_the_inputs_are_those_from_before_the_import(clerk):
    found_city(clerk)
    before = inputs_at()
    record_observations([used(MILL, 3, "diesel", "99", CORRECTED)], clerk)
    undo_import(log_position(), clerk)
    after = inputs_at()
    assert after.inputs().digests == before.inputs().digests
    assert after.snapshot.path != before.snapshot.path
    assert last_observation_position(log_position()) == log_position()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(1, 3)), max_size=7))
def test_what_a_position_said_is_the_same_after_whatever_is_imported_and_undone_later(clerk, acts):
    said = {position: values(position) for position in range(log_position() + 1)}
    for number, (undo, subject, value) in enumerate(acts):
        open_imports = [item.position for item in imports() if item.undone_by is None]
        if undo and open_imports:
            undo_import(open_imports[subject % len(open_imports)], clerk)
        else:
            fact = stated(str(value), subject=f"facility/{subject}")
            record_observations([replace(fact, source=f"sha/book.xlsx!S!F{number}")], clerk)
        said[log_position()] = values()
    assert said == {position: values(position) for position in said}
    assert verify_chain() == []


def test_nothing_is_written_where_the_undoing_fails(clerk, monkeypatch):
    record_observations(many(1), clerk)

    def fail(*arguments):
        raise OSError("the power fails")

    monkeypatch.setattr("tanheng.records.undoing.append", fail)
    with pytest.raises(OSError, match="power"):
        undo_import(1, clerk)
    assert (Event.objects.count(), len(values())) == (1, 1)
