"""Publications: made once, kept whole, repeated from what they kept, compared with what came after."""

import json
import shutil
from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.subject import Directory
from tanheng.kernel.table import digest
from tanheng.records.comparing import compare
from tanheng.records.computing import computed_again, open_result
from tanheng.records.models import Event, Observation, Publication
from tanheng.records.publishing import open_publication, publications, publish, published_result, repeat
from tanheng.records.recording import record_directory, record_observations
from tanheng.records.selecting import log_position
from tanheng.records.site_files import blobs, home
from tanheng.records.verification import verify_chain
from tanheng.store.results import FIGURE_KEYS, ResultStore, StoredResult, result_id
from tests.records.city import CORRECTED, FIRST_KNOWN, REVISED_KNOWN, computed, found_city, used
from tests.records.world import CITY, KILN, MILL, TOWN, located

pytestmark = pytest.mark.django_db
REASON = "报送期已过，附说明"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    computed_again.cache_clear()


@pytest.fixture
def published(clerk):
    found_city(clerk)
    return publish(computed().id, "2024年区县能耗", clerk, [f"co2@{CITY}@2024-01..2024-12"])


def test_a_publication_is_one_event_with_its_digests_and_blobs(published):
    event = Event.objects.get(kind="published")
    result = open_result()
    assert event.position == published.position == log_position()
    assert event.payload["figures"] == published.figures == [f"co2@{CITY}@2024"]
    assert published.figures_digest == result.receipt["figures"]
    assert set(published.blobs) == {"figures", "findings", "receipt", "packs", "snapshot", "directory"}
    assert all(blobs().has(hash) for hash in published.blobs.values())
    assert verify_chain() == []


def test_publishing_the_same_once_more_gives_the_same_publication(published, clerk):
    again = publish("latest", published.title, clerk, published.figures)
    assert (again.pk, log_position()) == (published.pk, published.position)
    assert publish("latest", published.title, clerk).pk != published.pk


def test_a_publication_is_found_by_its_reference(published):
    assert publications() == [published]
    for reference in (published.reference, str(published.position), "latest"):
        assert open_publication(reference) == published
    with pytest.raises(Refusal, match="publication-not-found"):
        open_publication("publication/999")


def test_a_publication_is_repeated_to_the_same_digest_without_the_records(published, monkeypatch):
    def forbidden(*arguments, **named):
        raise AssertionError("a repetition reads the blobs alone")

    for name in ("results", "snapshots"):
        shutil.rmtree(getattr(home(), name))
    shutil.rmtree(home().root / "packs")
    monkeypatch.setattr(Observation.objects.__class__, "filter", forbidden)
    monkeypatch.setattr("tanheng.store.packs.load_packs", forbidden)
    assert repeat(published).same


def test_a_publication_keeps_its_digest_when_records_are_corrected(published, clerk):
    record_observations([used(MILL, 3, "diesel", "99", CORRECTED)], clerk)
    assert repeat(published).same


def test_a_damaged_blob_is_noticed_by_the_repetition(published):
    path = blobs().path(published.blobs["snapshot"])
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Refusal, match="blob-damaged"):
        repeat(published)


def test_a_published_result_is_put_back_where_the_results_were_emptied(published):
    before = open_result(published.result)
    shutil.rmtree(home().results)
    again = published_result(published)
    assert (again.receipt, again.findings) == (before.receipt, before.findings)
    assert again.figures.rows() == before.figures.rows()


def test_a_revised_factor_and_a_correction_are_named_by_the_comparison(published, clerk):
    record_observations([used(MILL, 3, "diesel", "99", CORRECTED)], clerk)
    found = compare(published, computed(REVISED_KNOWN))
    assert not found.same_digest
    assert [item.factor for item in found.entries] == ["grid_electricity_average"]
    assert (len(found.entries[0].before), len(found.entries[0].after)) == (1, 1)
    assert set(found.parameters) == {"known_on", "log_position"}
    assert (set(found.inputs), found.packs, found.about) == ({"observations"}, {}, {})
    (amount,) = found.amounts
    assert (amount.facility, str(amount.line), str(amount.period)) == (MILL, "diesel", "2024-03")
    assert (amount.after.amount, amount.before.amount) == (99.0, found.as_json()["amounts"][0]["before"]["amount"])
    first = found.figures[0]
    assert (first.level, first.address.subject, str(first.address.period)) == ("city", CITY, "2024")
    assert {item.address.column for item in found.figures} == {"co2", "energy_calorific", "energy_coal_equivalent"}
    assert found.as_json()["figures"][0]["address"] == str(first.address)


def test_a_result_compared_with_its_own_publication_differs_in_nothing(published):
    found = compare(open_result(published.result), published)
    assert (found.same_digest, found.figures, found.entries, found.parameters) == (True, (), (), {})
    assert found.amounts == ()


@pytest.fixture
def blocked(clerk):
    """A city in which one unit lies in no town for half a year: a blocking finding."""
    found_city(clerk)
    record_directory(Directory(relations=(located(KILN, TOWN, end=date(2024, 7, 1)),)), clerk)
    return computed()


def test_a_result_with_a_blocking_finding_is_not_published(blocked, clerk):
    position = log_position()
    with pytest.raises(Refusal, match="publication-blocked") as refused:
        publish(blocked.id, "x", clerk)
    assert refused.value.fields["codes"] == "not-located"
    assert (log_position(), publications()) == (position, [])


def test_an_accepted_finding_is_published_with_its_reason(blocked, clerk):
    made = publish(blocked.id, "x", clerk, accepted={"not-located": REASON, "another": "not found here"})
    assert made.accepted == {"not-located": REASON}
    assert Event.objects.get(kind="published").payload["accepted"] == {"not-located": REASON}


def test_an_acceptance_needs_a_reason(blocked, clerk):
    with pytest.raises(Refusal, match="acceptance-without-reason"):
        publish(blocked.id, "x", clerk, accepted={"not-located": " "})


@pytest.mark.parametrize("address", [f"co2@{CITY}@2023", "co2@area/nowhere@2024", f"water@{CITY}@2024"])
def test_a_figure_that_the_result_lacks_is_not_published(published, clerk, address):
    with pytest.raises(Refusal, match="figure-not-found"):
        publish("latest", "x", clerk, [address])


def test_a_result_that_was_changed_with_its_receipt_is_not_published(published, clerk):
    true = open_result()
    figures = true.figures.select([name for name in true.figures.columns if name != "co2"]).with_constant(co2=1)
    figures = figures.keyed(*FIGURE_KEYS)
    receipt = {**json.loads(json.dumps(true.receipt)), "figures": digest(figures)}
    ResultStore(home().results).save(StoredResult(result_id(receipt), receipt, true.findings, figures))
    with pytest.raises(Refusal, match="result-damaged"):
        publish("latest", "forged", clerk)
    assert Publication.objects.count() == 1


def test_a_result_at_one_position_is_published_after_later_records(published, clerk):
    position = published.position
    record_observations([used(MILL, 3, "diesel", "99", CORRECTED)], clerk)
    made = publish(computed(FIRST_KNOWN, position - 1).id, "later", clerk)
    assert repeat(made).same


@pytest.mark.parametrize("title", ["", "  \t", "两\n行", "长" * 301])
def test_a_title_that_no_list_could_show_is_refused(published, clerk, title):
    with pytest.raises(Refusal, match="title-unusable"):
        publish("latest", title, clerk)
    assert publish("latest", f" {'长' * 300} ", clerk).title == "长" * 300
