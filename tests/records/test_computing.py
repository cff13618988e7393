"""Results from records: repeatable, explainable, indifferent to what comes later."""

from dataclasses import replace

import pytest
from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.records.computing import computed_again, explain_figure, open_result
from tanheng.records.directory_text import directory_of_text, directory_text
from tanheng.records.kept_packs import packs_of
from tanheng.records.recording import record_observations
from tanheng.records.run_inputs import inputs_at
from tanheng.records.selecting import directory_as_of, log_position
from tanheng.records.site_files import home
from tests.records.city import CORRECTED, FIRST_KNOWN, REVISED_KNOWN, computed, found_city, used
from tests.records.world import CITY, KILN, MILL, many

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(clerk):
    found_city(clerk)


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    computed_again.cache_clear()


def test_a_result_is_kept_and_opened_by_its_id_or_as_the_latest(city):
    result = computed()
    assert open_result(result.id[:6]).receipt == open_result().receipt == result.receipt
    assert result.receipt["parameters"]["log_position"] == log_position()


def test_computing_twice_gives_one_result(city):
    assert computed().id == computed().id
    assert len(list(home().results.glob("*/"))) == 1


def test_a_later_record_does_not_change_a_result_at_an_earlier_position(city, clerk):
    first = computed()
    position = log_position()
    record_observations([used(MILL, 3, "diesel", "99", CORRECTED)], clerk)
    assert computed(FIRST_KNOWN, position).id == first.id


def test_a_correction_published_later_does_not_change_what_was_known_earlier(city, clerk):
    first = computed()
    record_observations([used(MILL, 3, "diesel", "99", CORRECTED)], clerk)
    assert computed(FIRST_KNOWN).receipt["figures"] == first.receipt["figures"]
    assert computed(REVISED_KNOWN).receipt["figures"] != first.receipt["figures"]


def test_the_snapshot_is_made_once_for_all_positions_with_the_same_observations(city, clerk):
    first = inputs_at()
    record_observations(many(1), clerk)
    again, later = inputs_at(log_position() - 1), inputs_at()
    assert (again.snapshot.path, again.inputs().digests) == (first.snapshot.path, first.inputs().digests)
    assert later.snapshot.path != first.snapshot.path


def test_a_home_that_is_joined_to_another_database_makes_its_own_snapshot(clerk):
    with transaction.atomic():
        record_observations(many(1), clerk)
        first = inputs_at()
        transaction.set_rollback(True)
    record_observations(many(2), clerk)
    second = inputs_at()
    assert first.snapshot.position == second.snapshot.position == 1
    assert first.snapshot.digest != second.snapshot.digest


def test_a_figure_is_explained_down_to_its_units(city):
    told = explain_figure(computed(), f"co2@{CITY}@2024")
    assert told["value"] == sum(part["value"] for part in told["parts"]) + told["rest"]
    unit = explain_figure(open_result(), f"co2@{KILN}@2024-03@diesel")
    assert unit["steps"][-1]["value"] == unit["value"]


def test_a_figure_that_its_receipt_does_not_compute_to_is_not_explained(city):
    result = computed()
    changed = result.figures.select([name for name in result.figures.columns if name != "co2"]).with_constant(co2=1)
    with pytest.raises(Refusal, match="replay-differs"):
        explain_figure(replace(result, figures=changed), f"co2@{CITY}@2024")


def test_a_result_over_other_records_is_not_explained(city, clerk):
    result = computed()
    receipt = {**result.receipt, "inputs": {**result.receipt["inputs"], "directory": "0" * 64}}
    with pytest.raises(Refusal, match="inputs-differ"):
        explain_figure(replace(result, receipt=receipt), f"co2@{CITY}@2024")


def test_the_packs_of_a_result_are_kept_and_others_are_not_invented(city):
    result = computed()
    assert dict(packs_of(result.receipt["packs"]).hashes) == result.receipt["packs"]
    with pytest.raises(Refusal, match="packs-not-kept"):
        packs_of({"cn_national": "0" * 64})


def test_a_directory_comes_back_from_its_text(city):
    assert directory_of_text(directory_text(directory_as_of())) == directory_as_of()
